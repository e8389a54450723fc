"""The cache that all workers share, a table of the database: who tried what how often."""

from django.core.cache.backends.base import default_key_func
from django.utils.crypto import salted_hmac

SALT = "config.shared_cache"


def hashed(key: str, key_prefix: str, version: int) -> str:
    """A keyed hash instead of the key, which may hold somebody's address; as settings.CACHES wants."""
    return salted_hmac(
        SALT, default_key_func(key, key_prefix, version), algorithm="sha256"
    ).hexdigest()

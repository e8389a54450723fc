"""How often one address may send something: generously, since whole councils share one.

What is counted stands in the cache that all workers share alone, under a keyed hash of the address. The key is drawn anew
each day and kept in the cache as well, so that after a day nobody can tell whose hash it was; none of
it is ever kept with what was sent.
"""

import secrets
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

SALT = "curators.suggestions.limits"
HOUR, DAY = 3600, 24 * 3600
# (what is counted, in how many seconds, how often)
OF_AN_ADDRESS = ((HOUR, 60), (DAY, 240))
# As often may one page be sent with another text: what a person mends, not what a robot tries.
OF_A_FORM = ((DAY, 5),)


def may_send(request: HttpRequest, nonce: str) -> bool:
    """Whether whoever asks may send one more, which it counts."""
    address = asker_of(request)
    return _count(f"form {nonce}", OF_A_FORM) and _count(f"from {address}", OF_AN_ADDRESS)


def asker_of(request: HttpRequest) -> str:
    """The network address that asks, as signing in counts it too; of IPv6 what one household has (/64)."""
    said = get_adapter().get_client_ip(request)
    try:
        address = ip_address(said)
    except ValueError:
        return said
    if address.version == 6 and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ip_network((address, 64), strict=False) if address.version == 6 else address)


def _count(who: str, limits: tuple[tuple[int, int], ...]) -> bool:
    """Adds one for `who`; whether that is within all limits."""
    name = salted_hmac(SALT, who, secret=_key_of_the_day(), algorithm="sha256").hexdigest()
    now = int(timezone.now().timestamp())
    is_within = True
    for seconds, most in limits:
        key = f"{SALT}:{name}:{seconds}:{now // seconds}"
        # Two at the same instant may count as one: no matter, where sixty may.
        count = cache.get(key, 0) + 1
        cache.set(key, count, seconds)
        is_within = is_within and count <= most
    return is_within


def _key_of_the_day() -> str:
    today = timezone.localdate().isoformat()
    return cache.get_or_set(f"{SALT}:{today}", lambda: secrets.token_hex(16), 2 * DAY)

"""The site's own settings, with what tests need otherwise; each with its reason."""

import os

# A site on loopback with a key of its own, whatever the machine's environment says.
os.environ.setdefault("SECRET_KEY", "tests-only-" + "k3y!" * 12)
os.environ["SITE_URL"] = "http://127.0.0.1:8000"
for name in (
    *("DEBUG", "ALLOWED_HOSTS", "CACHE_URL", "TRUSTED_PROXIES", "EMAIL_URL"),
    "FETCH_ALLOW_NETWORKS",
):
    os.environ.pop(name, None)

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STORAGES  # noqa: E402

# Django's own test client.
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# No collected files: pages name static files as they are.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# Fast and unsafe: no test depends on how passwords are kept.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tests of the page cache switch it on; elsewhere a page says what the database says. Those of rate
# limits likewise; elsewhere nobody is held off.
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    for name in ("default", "pages")
}
# A connection that outlives its test would keep a thread's database from being dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

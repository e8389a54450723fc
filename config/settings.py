"""Settings of the site, read from the environment (see docs/operators.md for every name)."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from config import environment

BASE_DIR = Path(__file__).resolve().parent.parent
# What a running site writes: the embedded database, the secret key, collected static files.
VAR_DIR = BASE_DIR / "var"

DEBUG = environment.switch("DEBUG")
SITE_NAME = environment.text("SITE_NAME", "Waymark")
SITE_URL = environment.site_url("http://127.0.0.1:8000")
ON_LOOPBACK = environment.is_loopback(SITE_URL)
SECRET_KEY = environment.secret_key(VAR_DIR, loopback=ON_LOOPBACK)
ALLOWED_HOSTS = environment.names("ALLOWED_HOSTS") or (
    ["localhost", ".localhost", "127.0.0.1", "[::1]"]
    if ON_LOOPBACK
    else [urlsplit(SITE_URL).hostname]
)
# Networks beside the public internet that pages and links may be fetched from (catalogue.fetching).
FETCH_ALLOW_NETWORKS = environment.networks("FETCH_ALLOW_NETWORKS")
environment.refuse_unsafe(
    site=SITE_URL,
    debug=DEBUG,
    secret=SECRET_KEY,
    hosts=ALLOWED_HOSTS,
    fetched=FETCH_ALLOW_NETWORKS,
)

OPERATOR_NAME = environment.text("OPERATOR_NAME")
OPERATOR_CONTACT = environment.contact("OPERATOR_CONTACT")
SOURCE_URL = environment.page("SOURCE_URL")
ACCESSIBILITY_AUDITED = environment.day("ACCESSIBILITY_AUDITED")
ACCESSIBILITY_STATE = environment.accessibility(
    "ACCESSIBILITY_STATE", audited=ACCESSIBILITY_AUDITED
)

# Applications

INSTALLED_APPS = [
    "config",
    "pathways",
    "curators",
    "catalogue",
    "taggit",
    "modeltrans",
    "pghistory",
    "pgtrigger",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "config.desk.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "config.middleware.ProbesMiddleware",
    "config.middleware.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.HeadersMiddleware",
    "config.middleware.ApiMiddleware",
    "config.middleware.PlainTextMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.schedule.ScheduleMiddleware",
    "config.page_cache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.middleware.MethodsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "curators.accounts.second_factor.SecondFactorMiddleware",
    "config.middleware.WhoChangedItMiddleware",
    "config.middleware.AddressMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

# Public pages are Jinja2's (see config/templates.py); Django's own engine serves the admin.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "environment": "config.templates.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates" / "desk"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
        },
    },
]

# Database: a server named by DATABASE_URL, else the embedded one, which starts at the first query.

DATABASES = {
    "default": environment.database("DATABASE_URL")
    or import_string("config.localdb.database_settings")(BASE_DIR),
}
DATABASES["default"].setdefault("CONN_MAX_AGE", 600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # What all workers must agree on, such as how often somebody tried a password. Its keys may name
    # whoever asks, so they are kept as keyed hashes.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "KEY_FUNCTION": "config.shared_cache.hashed",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    # Without CACHE_URL every worker keeps pages of its own; they stay true, since the site's
    # revision is part of each page's key.
    "pages": environment.cache("CACHE_URL", "locmemcache://"),
}

# People

AUTH_USER_MODEL = "curators.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGOUT_REDIRECT_URL = "home"

# Signing in: by a code in a mail, a passkey, or a password; see curators/accounts. Accounts come by
# invitation alone.
ACCOUNT_ADAPTER = "curators.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# What a page says never depends on whether an address has an account.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Codes and no links, so that nothing that follows links in mails can use them up. Some mails take
# minutes to arrive.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "curators.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Nobody can have signed up with an address of somebody else.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = SITE_NAME
# The clock of a phone may be half a minute off.
MFA_TOTP_TOLERANCE = 1

# Mail

EMAIL_CONFIG = environment.mail(
    "EMAIL_URL", "consolemail://" if ON_LOOPBACK else "smtp://localhost:25"
)
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", f"{SITE_NAME} <noreply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Language

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("cy", _("Welsh"))]
# Welsh pages answer, but are neither linked nor indexed, until the Welsh is there.
WELSH_IS_READY = False
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
MODELTRANS_AVAILABLE_LANGUAGES = ("cy",)
USE_TZ = True
TIME_ZONE = "Europe/London"

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "config.static.JoinedStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 0 if DEBUG else 60
WHITENOISE_USE_FINDERS = DEBUG

# Safety. Cookies and redirects follow the scheme of SITE_URL.

HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
# Browsers give passkeys to HTTPS, and to http://localhost alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ON_LOOPBACK and not HTTPS
SESSION_COOKIE_NAME = "session"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
# For this host alone: whether its neighbours serve HTTPS too is not Waymark's to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# Networks of the proxies in front, as in 10.0.0.0/8; config.middleware.ProxyMiddleware takes the
# header from everybody else's requests.
TRUSTED_PROXIES = environment.networks("TRUSTED_PROXIES")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
# The page on which a pathway is built has some twenty fields for each of its steps, of which there
# are pathways.models.steps.MOST_STEPS at most, and each may hold long texts.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Shaped as django-csp takes it; Django 6's SECURE_CSP takes the inner dictionary.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# Tags

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = True

# Edit history: append only, and told who by config.middleware.WhoChangedItMiddleware.

PGHISTORY_APPEND_ONLY = True
# Reading changes nothing, so that nobody need be asked for.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    # The links of invitations, previews and suggestions are whole keys.
    "filters": {"mask_tokens": {"()": "config.masking.MaskTokens"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["mask_tokens"],
        }
    },
    # Django's own handlers would write the same beside it, unmasked.
    "loggers": {"django": {}, "django.server": {"propagate": True}},
    "root": {"handlers": ["console"], "level": "INFO" if DEBUG else "WARNING"},
}

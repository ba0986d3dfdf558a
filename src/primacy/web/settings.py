"""Django's settings: what differs between missions comes from the instance folder and a few environment variables.

PRIMACY_DATA             the instance folder
PRIMACY_DATABASE_URL     postgresql://user:password@host:port/name, else the file `database.url` of the instance folder
                         says it; otherwise SQLite in the instance folder
PRIMACY_SECRET_KEY_FILE  where the secret key lies; otherwise in the instance folder
PRIMACY_KEYS_FILE        where the keys of compartments lie, never in the instance folder; otherwise beside it
PRIMACY_SIGN_IN_FILE     tells of the OpenID Connect provider that people may use; otherwise sign-in.yaml of the folder
PRIMACY_ALLOWED_HOSTS    names under which the site is reached through a reverse proxy that speaks HTTPS, by commas
"""

import os

from csp.constants import NONE, SELF
from xstatic.pkg import leaflet

from primacy.framework.instance import Instance
from primacy.framework.languages import languages
from primacy.web.database import database
from primacy.web.keys import secret_key
from primacy.web.mail import mail_settings
from primacy.web.openid import for_allauth, provider

INSTANCE = Instance.here()
SECRET_KEY = secret_key(INSTANCE, os.environ)
DEBUG = False
PUBLIC_HOSTS = [host.strip() for host in os.environ.get("PRIMACY_ALLOWED_HOSTS", "").split(",") if host.strip()]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *PUBLIC_HOSTS]

OF_PAGES = [
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
INSTALLED_APPS = [
    "primacy.web",
    "primacy.work",
    "primacy.assessment",
    "primacy.incidents",
    "primacy.actors",
    "primacy.records",
    "primacy.compartments",
    "primacy.evidence",
    "primacy.places",
    "primacy.jobs",
    "primacy.ui",
    "primacy.access",
    "primacy.framework",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    *OF_PAGES,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # lines are thin; it pads what it sends, so that lengths tell nothing
    "csp.middleware.CSPMiddleware",
    "primacy.access.locked.LockedDownMiddleware",  # before anything that knows who asks or what for
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "primacy.access.middleware.IdleMiddleware",
    "primacy.access.middleware.FirstThingsMiddleware",
    "primacy.access.middleware.OneReadingMiddleware",
    "primacy.access.middleware.PrivatePagesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "primacy.web.middleware.FaultyFilesMiddleware",
    "primacy.web.middleware.TooManyLooksMiddleware",
    "primacy.web.middleware.WrongMethodMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "primacy.access.context.rights",
                "primacy.web.context.banner",
            ],
        },
    },
]
ROOT_URLCONF = "primacy.web.urls"
WSGI_APPLICATION = "primacy.web.wsgi.application"
DATABASES = {"default": database(INSTANCE, os.environ)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
LOGIN_URL = "access:sign-in"
LOGIN_REDIRECT_URL = "/"
OPENID = provider(INSTANCE, os.environ)
# allauth keeps factors and speaks with the provider; its pages, mails, sign-up and throttle are not used.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "primacy.access.sealing.Sealed"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # half-minutes: a laptop without a network has no exact clock
SOCIALACCOUNT_ADAPTER = "primacy.access.provider.OnlyThosePeople"
SOCIALACCOUNT_PROVIDERS = for_allauth(OPENID)
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form may lead to no other host, a link may; the provider asks anyway
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = list(languages().items())
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [("leaflet", leaflet.BASE_DIR)]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 300

# The proxy speaks HTTPS with the world and plain HTTP with us on the loopback; on a laptop there is no proxy.
_BEHIND_PROXY = bool(PUBLIC_HOSTS)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if _BEHIND_PROXY else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _BEHIND_PROXY
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in PUBLIC_HOSTS]
SESSION_COOKIE_NAME = "primacy_session"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "primacy.access.session_store"
SESSION_COOKIE_AGE = 12 * 3600  # from the sign-in on, however busy
SESSION_IDLE = 3600  # seconds without a click
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_TEMP_DIR = INSTANCE.folder if INSTANCE.folder.is_dir() else None  # never on a disk that nobody encrypted
UPLOAD_LIMIT = 500_000_000  # bytes of one file given to the site; larger ones go through `primacy import`

MAIL = mail_settings(INSTANCE)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if MAIL else "django.core.mail.backends.dummy.EmailBackend"
)
if MAIL:
    EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = MAIL.host, MAIL.port, 20
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.security == "starttls", MAIL.security == "tls"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without words": {"()": "primacy.web.logs.WithoutWords"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "without words"}},
    "loggers": {
        "django": {"handlers": ["terminal"], "level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},  # anybody can cause it
        "primacy": {"handlers": ["terminal"], "level": "WARNING"},
        "django_tasks": {"handlers": ["terminal"], "level": "ERROR"},
        "django_tasks_db": {"handlers": ["terminal"], "level": "ERROR"},
    },
}

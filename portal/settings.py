"""Django's settings: one file, read from the environment only. Every variable is listed in the README."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from portal.secret_files import secret

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default="") or BASE_DIR / "var")

DEBUG = env.bool("DEBUG", default=False)
# On where the portal is reached by https only: secure cookies, HSTS, redirect.
HTTPS = env.bool("HTTPS", default=False)

SECRET_KEY = secret("SECRET_KEY", VAR_DIR / "secrets")
# Receipt codes are stored as hashes keyed with this; a new key makes all receipts unreadable.
RECEIPT_KEY = secret("RECEIPT_KEY", VAR_DIR / "secrets")
# Contact data are sealed with the first of these keys and opened with any of them (comma-separated).
CONTACT_KEYS = secret("CONTACT_KEYS", VAR_DIR / "secrets").split(",")

# Health checks come from this machine itself, under this name.
ALLOWED_HOSTS = ["127.0.0.1", *env.list("ALLOWED_HOSTS", default=["localhost", "[::1]"])]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# The address people type, for links in files and mails, e.g. https://www.example.gov.cn/ghgs
PUBLIC_URL = env.str("PUBLIC_URL", default="").rstrip("/")
# Hosting below a path of the county's own site, e.g. /ghgs
URL_PREFIX = env.str("URL_PREFIX", default="").rstrip("/")
if URL_PREFIX:
    FORCE_SCRIPT_NAME = URL_PREFIX

INSTALLED_APPS = [
    "portal",
    "maps",
    "consultation",
    "portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.gis",
    "axes",
    "csp",
    "drf_spectacular",
    "leaflet",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.OutageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.LanguageMiddleware",
    "portal.elder_mode.ElderModeMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "portal.context.site",
                "portal.elder_mode.elder_mode",
                "consultation.context.current_consultation",
            ]
        },
    }
]

if not env.str("DATABASE_URL", default=""):
    raise ImproperlyConfigured(
        "DATABASE_URL is not set. Use script/server, script/test or `script/manage COMMAND`, which bring their own "
        "database, or set DATABASE_URL=postgis://user@host/database."
    )
DATABASES = {"default": env.db_url("DATABASE_URL", engine="django.contrib.gis.db.backends.postgis")}
# A new connection for each request costs a factor of five to ten; a health check survives a restarted database.
DATABASES["default"] |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
# gis.W001 warns of GDAL before 3.9 (Debian 12, Ubuntu 24.04): there a text given to SpatialReference() can make GDAL
# read files or ask the network. Nobody's text ever gets there: coordinate systems come from a fixed list of numbers.
# security.W005 and W021 want HSTS for all subdomains and for the browsers' own lists: the portal is mostly a guest
# under the county's name, and may not decide that for its neighbours; HSTS_SUBDOMAINS=on does where it may.
SILENCED_SYSTEM_CHECKS = ["gis.W001", "security.W005", "security.W021"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "portal.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "portal:sign-in"
LOGIN_REDIRECT_URL = "consultation:desk"
LOGOUT_REDIRECT_URL = "consultation:home"

# How many reverse proxies of ours stand in front: 0 trusts no X-Forwarded-For at all.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "portal.client_address.client_address"
AXES_LOCKOUT_TEMPLATE = "portal/locked_out.html"
AXES_RESET_ON_SUCCESS = True
# The portal's own admin shows failed sign-ins, to administrators.
AXES_ENABLE_ADMIN = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = f"{URL_PREFIX}/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.staticstorage.HashedModuleStorage"},
}
# Uploaded and made files; outside the web root, served only through a permission check.
MEDIA_ROOT = VAR_DIR / "media"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# A comment of 2 000 characters in Chinese is 18 kB in a form; room for the place, not for mischief.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

# 天地图 as a second base map; without a key the portal asks nobody anything.
TIANDITU_KEY = env.str("TIANDITU_KEY", default="").strip()
TIANDITU_ATTRIBUTION = env.str("TIANDITU_ATTRIBUTION", default="天地图 GS（2024）0568号 - 甲测资字1100471")
TILE_SOURCES = ["https://*.tianditu.gov.cn"] if TIANDITU_KEY else []

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *TILE_SOURCES],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = f"{URL_PREFIX}/"
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", default=False)
    SECURE_HSTS_PRELOAD = False
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAdminUser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "portal.problems.exception_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Tuyi 图议",
    "DESCRIPTION": "The plan, what it says at a place, and what people said about it.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    # Enumerations that share a name, told apart by hand.
    "ENUM_NAME_OVERRIDES": {"LayerStatusEnum": "maps.models.Layer.Status"},
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "maps.api_schema.add_layer_files",
    ],
}

LEAFLET_CONFIG = {
    # The page lays its own layers; no tiles of anybody else's by default.
    "TILES": [],
    "SPATIAL_EXTENT": (113.12, 35.12, 113.30, 35.34),
    "RESET_VIEW": False,
    "SCALE": "metric",
}

# The plan at /; a second plan on the same portal lives at /plans/<slug>/ in the API.
DEFAULT_PLAN = env.str("DEFAULT_PLAN", default="jiefang-2035")
# The folder that it is loaded from when the portal is set up.
PLAN_PACKAGE = env.str("PLAN_PACKAGE", default="") or str(BASE_DIR / "maps" / "plans" / DEFAULT_PLAN)
# What `bootstrap` runs after the migrations, each a command with its arguments, and with --demo.
BOOTSTRAP_COMMANDS = [("load_plan", PLAN_PACKAGE), ("open_consultation",)]
DEMO_COMMAND = "create_demo"
# Off only for tests and benchmarks; `check --deploy` warns.
COMMENT_THROTTLE = env.bool("COMMENT_THROTTLE", default=True)
# Off only for tests and benchmarks; `check --deploy` warns.
PROOF_OF_WORK = env.bool("PROOF_OF_WORK", default=True)
# From one network, in an hour. A village can sit behind one address: so many puzzles are easy, each further so many are
# twice as hard, and only beyond COMMENTS_PER_HOUR is a comment refused.
EASY_PROOFS_PER_HOUR = env.int("EASY_PROOFS_PER_HOUR", default=60)
COMMENTS_PER_HOUR = env.int("COMMENTS_PER_HOUR", default=300)
# Comments with an answered question instead of a solved puzzle (no script in the browser).
QUESTIONS_PER_HOUR = env.int("QUESTIONS_PER_HOUR", default=30)
RECEIPT_ATTEMPTS_PER_HOUR = env.int("RECEIPT_ATTEMPTS_PER_HOUR", default=30)

# What /readyz asks beside database and migrations: name to a function that returns "ok" or what is missing.
READINESS = {"plan": "maps.health.plan_loaded"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"axes": {"level": "WARNING"}},
}

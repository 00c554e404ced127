"""One flat module: everything that a county may set comes from the environment (docs: interfaces, Settings)."""

import os
import sys
from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from fenghuo.config.backups import backup_at, backup_keep
from fenghuo.config.clamd import clamd_address
from fenghuo.config.data_folder import data_folder, secret_key
from fenghuo.config.mail import mailers
from fenghuo.config.sealing import seal_hash
from fenghuo.config.tianditu import tianditu_key, tianditu_servers
from fenghuo.config.video_hosts import video_hosts

PACKAGE = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules

DATA = data_folder()
SECRET_KEY = secret_key(DATA)
DEBUG = os.environ.get("FENGHUO_DEBUG") == "1"
BASE_URL = os.environ.get("FENGHUO_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
NODE = os.environ.get("FENGHUO_NODE", "")
HTTPS = BASE_URL.startswith("https://")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", BASE_URL.split("//", 1)[1].split("/")[0].rsplit(":", 1)[0]]
if extra := os.environ.get("FENGHUO_HOSTS"):
    ALLOWED_HOSTS += extra.split(",")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "fenghuo.kernel.access",
    "fenghuo.kernel.journal",
    "fenghuo.kernel.registry",
    "fenghuo.kernel.web",
    "fenghuo.kernel.destruction",
    "fenghuo.kernel.maps",
    "fenghuo.kernel.maps.covering",
    "fenghuo.kernel.maps.siting",
    "fenghuo.kernel.documents",
    "fenghuo.kernel.messaging",
    "fenghuo.kernel.clocks",
    "fenghuo.kernel.keeping",
    "fenghuo.kernel.witnesses",
    "fenghuo.kernel.measures",
    "fenghuo.kernel.assignments",
    "fenghuo.kernel.submissions",
    "fenghuo.kernel.registers",
    "fenghuo.readiness.organisations",
    "fenghuo.readiness.teams",
    "fenghuo.readiness.plans",
    "fenghuo.response.incidents",
    "fenghuo.response.command",
    "fenghuo.oversight.workplan",
    "fenghuo.gateway",
    "fenghuo.config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "fenghuo.kernel.web.middleware.ProblemMiddleware",
    "fenghuo.kernel.web.middleware.AddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fenghuo.kernel.web.middleware.ActorMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "fenghuo.config.urls"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "kernel" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "fenghuo.kernel.web.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "fenghuo.kernel.web.templatetags.fenghuo",
            ],
        },
    }
]
FORM_RENDERER = "fenghuo.kernel.web.forms.PageForms"

# --- database -------------------------------------------------------------------------------------------------
DATABASES: dict[str, Any] = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA / 'fenghuo.sqlite3'}", conn_max_age=None, conn_health_checks=False
    )
}
SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if SQLITE:
    # FULL: an answered report survives a power cut.
    # secure_delete: what is destroyed or overwritten is zeroed in the file.
    # recursive_triggers: INSERT OR REPLACE may not slip past the journal's rules.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA recursive_triggers=ON;"
            "PRAGMA secure_delete=ON;PRAGMA cache_size=-32000;PRAGMA mmap_size=268435456;PRAGMA temp_store=MEMORY;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {})["prepare_threshold"] = 5  # statements that intake repeats (rows)
    DATABASES["default"]["OPTIONS"].setdefault("application_name", "fenghuo")  # a restore looks for us (in_use)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- signing in -----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one is slow on purpose
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_ADAPTER = "fenghuo.kernel.web.sign_in.ClosedSignUp"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Fenghuo"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_ENABLE_ADMIN = False
SESSION_COOKIE_AGE = 60 * 60 * 14  # a night shift and its handover
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 3600 * 24 * 30 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
VIDEO_HOSTS = video_hosts(os.environ.get("FENGHUO_VIDEO_HOSTS", ""))
TIANDITU_KEY = tianditu_key(os.environ.get("FENGHUO_TIANDITU_KEY", ""))
TIANDITU_SERVERS = tianditu_servers(TIANDITU_KEY, os.environ.get("FENGHUO_TIANDITU_SERVERS", ""))
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "blob:", *TIANDITU_SERVERS],
    "worker-src": [CSP.SELF],
    "connect-src": [CSP.SELF, *TIANDITU_SERVERS],
    "frame-src": [CSP.SELF, *VIDEO_HOSTS],
    "media-src": [CSP.SELF, *VIDEO_HOSTS],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}

# --- language, time -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# --- reaching people ------------------------------------------------------------------------------------------
SMTP_URL = os.environ.get("FENGHUO_SMTP_URL", "")
MAIL_FROM = os.environ.get("FENGHUO_MAIL_FROM", "fenghuo@localhost")
MAILERS = mailers(SMTP_URL)
SMS_GATEWAY = DATA / "sms.toml"

# --- sealing the journal --------------------------------------------------------------------------------------
SEAL_HASH = seal_hash(os.environ.get("FENGHUO_SEAL_HASH", ""))
ROOTS_TO = os.environ.get("FENGHUO_ROOTS_TO", "").replace(",", " ").split()  # who gets the newest root each day

# --- files ----------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
# Rows of the county itself, which replace the shipped ones of the same id (domain-rules: what is marked ?).
OWN_THRESHOLDS = DATA / "thresholds.csv"
OWN_DEADLINES = DATA / "deadlines.csv"
OWN_NEEDS = DATA / "needs.csv"
OWN_RETENTION = DATA / "retention.csv"
OWN_COMPLETENESS = DATA / "completeness.csv"
OWN_ROAD_SPEEDS = DATA / "road_speeds.csv"
OWN_ROAD_SURFACES = DATA / "road_surfaces.csv"
OWN_WADING = DATA / "wading.csv"
OWN_POSTS_NEEDED = DATA / "posts_needed.csv"
OWN_POSTS_APART = DATA / "posts_apart.csv"
OWN_PLAN_DUTIES = DATA / "plan_duties.csv"
OWN_PLAN_CHECKS = DATA / "plan_checks.csv"
OWN_SUBMISSION_KINDS = DATA / "submission_kinds.csv"
# Which orders have destroyed what: outside the database, so that it outlives the restoring of an old backup.
DESTRUCTION_ORDERS = DATA / "destruction-orders.json"
OWN_NOTICE_STEPS = DATA / "notice_steps.csv"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "servestatic.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = DATA / "attachments"
CLAMD = clamd_address(os.environ.get("FENGHUO_CLAMD", ""))  # unix:/path or tcp://host:port
BACKUP_AT = backup_at(os.environ.get("FENGHUO_BACKUP_AT", ""))  # each day; empty: only when somebody asks
BACKUP_KEEP = backup_keep(os.environ.get("FENGHUO_BACKUP_KEEP", "30"))  # days
IMPORTS = DATA / "imports"
MAPS = DATA / "maps"
# Compiled searches are kept where this process may surely write.
os.environ.setdefault("NUMBA_CACHE_DIR", str(DATA / "numba"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "fenghuo.config.logs.JsonLine"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": os.environ.get("FENGHUO_LOG", "text")},
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django.request": {"level": "ERROR"}, "axes": {"level": "WARNING"}, "httpx": {"level": "WARNING"}},
}

"""All settings, read from the environment (docs/reference/settings.md lists them).

Nothing is needed: without any, Tocsin runs embedded, with SQLite in `var/` of the working folder.
PostgreSQL is chosen by `TOCSIN_DATABASE_URL` alone.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf.locale import LANG_INFO

HOME = Path(os.environ.get("TOCSIN_HOME", "var")).resolve()
HOME.mkdir(parents=True, exist_ok=True)
HERE = Path(__file__).resolve().parent


def _kept_secret(name: str) -> str:
    """A secret that is made once and then kept in `TOCSIN_HOME`, readable by its owner only."""
    path = HOME / name
    if not path.exists():
        fresh = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(fresh, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


_SYNCHRONOUS = "OFF" if os.environ.get("TOCSIN_SYNCHRONOUS") == "OFF" else "FULL"


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": parts.port or "",
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": f"-c synchronous_commit={'off' if _SYNCHRONOUS == 'OFF' else 'on'}"},
        }
    path = url.removeprefix("sqlite:///") or str(HOME / "tocsin.sqlite3")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # Acknowledged means durable: a commit is on the disk before anyone is told.
            "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={_SYNCHRONOUS};",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
        # One file a process: two runs of the tests at once must not share one.
        "TEST": {"NAME": str(HOME / f"test-{os.getpid()}.sqlite3")},
    }


DEBUG = os.environ.get("TOCSIN_DEBUG") == "1"
SECRET_KEY = os.environ.get("TOCSIN_SECRET_KEY") or _kept_secret("secret-key")
ALLOWED_HOSTS = os.environ.get("TOCSIN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("TOCSIN_ORIGINS", "").split(",") if o]
BASE_URL = os.environ.get("TOCSIN_BASE_URL", "http://localhost:8000").rstrip("/")
MAP_APPROVAL_NUMBER = os.environ.get("TOCSIN_MAP_APPROVAL_NUMBER", "")
DEMO = os.environ.get("TOCSIN_DEMO") == "1"
CHANNELS = os.environ.get("TOCSIN_CHANNELS", "")

DATABASES = {"default": _database(os.environ.get("TOCSIN_DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "tocsin.spine.journal",
    "tocsin.spine.people",
    "tocsin.spine.places",
    "tocsin.spine.clocks",
    "tocsin.spine.incidents",
    "tocsin.stages.reduction.signals",
    "tocsin.stages.reduction.situations",
    "tocsin.stages.reduction.indicators",
    "tocsin.stages.readiness.plans",
    "tocsin.stages.response.command",
    "tocsin.stages.response.reports",
    "tocsin.stages.communication.alerts",
    "tocsin.stages.communication.bulletins",
    "tocsin.stages.communication.delivery",
    "tocsin.stages.recovery.reviews",
    "tocsin.flows",
    "tocsin.api",
    "tocsin.web",
]
# A room that has not been built yet is not listed; the test of the tree compares both ways.
INSTALLED_APPS = [
    app
    for app in INSTALLED_APPS
    if not app.startswith("tocsin.")
    or (HERE.parent / app.replace(".", "/") / "apps.py").exists()
    or (HERE.parent / app.replace(".", "/") / "models.py").exists()
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tocsin.web.door.door",
]

ROOT_URLCONF = "tocsin.urls"
WSGI_APPLICATION = "tocsin.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # The pages' own templates come first: they dress those of the libraries.
        "DIRS": [HERE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    }
]

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "tocsin.web.account.ClosedDoor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Tocsin"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = os.environ.get("TOCSIN_LANGUAGE", "zh-hans")
LANGUAGES = [(code, LANG_INFO[code]["name_local"]) for code in ("zh-hans", "en")]
LOCALE_PATHS = [
    HERE / "locale",
    *(HERE / "engine" / room / "locale" for room in ("cap", "reach", "gather", "allot")),
    HERE / "gateways" / "locale",
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("TOCSIN_TIME_ZONE", "Asia/Shanghai")

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("TOCSIN_LOG_LEVEL", "WARNING")},
}

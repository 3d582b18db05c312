"""Settings. Every variable comes from the environment and stands in .env.example."""

from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from registry import env, postgres

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

DEMO = env.flag("REGISTRY_DEMO", default=False)
"""The demo: known passwords, synthetic data, loopback only."""

DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.text("SECRET_KEY", default="demo-only-" + "x" * 50 if DEMO or DEBUG else None)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"] if DEMO else env.listing("ALLOWED_HOSTS", default=("127.0.0.1",))
CSRF_TRUSTED_ORIGINS = env.listing("CSRF_TRUSTED_ORIGINS", default=())
BEHIND_TLS = env.flag("BEHIND_TLS", default=not (DEMO or DEBUG))
"""A proxy ends TLS in front of us: cookies and redirects insist on https."""

INSTALLED_APPS = [
    "registry",
    "registry.admin_config.RegistryAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pgtrigger",
    "csp",
    "procrastinate.contrib.django",
    "agencies.audit",
    "agencies",
    "registry.api",
    "registry.reference",
    "registry.documents",
    "registry.notices",
    "registry.information",
    "registry.requests",
    "registry.cases",
    "registry.conferences",
    "registry.commendations",
    "registry.reorganisations",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "registry.api.requests.RequestIdMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "registry.language.UserLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "registry.api.idempotency.IdempotencyMiddleware",
]

ROOT_URLCONF = "registry.urls"
WSGI_APPLICATION = "registry.wsgi.application"
APPEND_SLASH = True

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
            ],
        },
    },
]

DATABASES = {"default": env.database(env.text("DATABASE_URL", default=postgres.database_url()))}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if env.flag("DATABASE_POOL", default=False):
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 2, "max_size": 12}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
FORMAT_MODULE_PATH = "registry.formats"
LOCALE_PATHS = [BASE_DIR / "registry" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
    "attachments": env.storage("ATTACHMENTS_STORAGE", folder=VAR_DIR / "attachments"),
}
FILE_UPLOAD_HANDLERS = ["registry.api.uploads.MeasuredUploadHandler"]
ATTACHMENT_MAX_BYTES = env.integer("ATTACHMENT_MAX_BYTES", 25 * 1_048_576, minimum=1)
ATTACHMENT_MAX_FILES = env.integer("ATTACHMENT_MAX_FILES", 20, minimum=1, maximum=1000)
CLAMAV_ADDRESS = env.socket_address("CLAMAV_ADDRESS")
CLAMAV_REQUIRED = env.flag("CLAMAV_REQUIRED", default=False)
"""A file that cannot be scanned is refused; otherwise it is marked “not scanned”."""
CLAMAV_TIMEOUT = env.integer("CLAMAV_TIMEOUT", 30, minimum=1, maximum=600)
"""Seconds that the scanner has for one step of one file."""
WHITENOISE_USE_FINDERS = True

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 8
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576

SECRECY_CEILING = env.text("SECRECY_CEILING", default="internal")
"""The highest marking whose content may be stored. State secrets begin above `internal`: registry/ceiling.py."""
SECRECY_AUTHORISATION = env.text("SECRECY_AUTHORISATION", default="")
"""Number and date of the paper that authorises the ceiling; shown on every page."""

SCORECARD_THRESHOLD = env.integer("SCORECARD_THRESHOLD", 3, minimum=3, maximum=50)
"""Counts below it, zero apart, are hidden in scorecards. It may be raised, never lowered."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "agencies.api.authentication.BearerKeyAuthentication",
        "agencies.api.authentication.StaffSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["registry.api.parsers.StrictJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "registry.api.pagination.RecordCursorPagination",
    "DEFAULT_FILTER_BACKENDS": [
        "agencies.api.filters.DeclaredFilterBackend",
        "registry.api.pagination.AllowedOrderingFilter",
    ],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_VERSIONING_CLASS": None,
    "EXCEPTION_HANDLER": "registry.api.errors.problem_handler",
    "PAGE_SIZE": 50,
    "COERCE_DECIMAL_TO_STRING": True,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}

DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "registry.api.errors.ProblemExceptionHandler",
    "EXCEPTION_FORMATTER_CLASS": "registry.api.errors.ProblemFormatter",
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Inter-agency information-sharing registry",
    "DESCRIPTION": "Role-scoped API of the registry. See docs/api.md for a walk through it.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SERVE_AUTHENTICATION": None,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SORT_OPERATION_PARAMETERS": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "registry.api.schema.add_problem_responses",
    ],
    "ENUM_NAME_OVERRIDES": {
        "ConferenceKindEnum": "registry.conferences.terms.Kind",
        "ResolutionKindEnum": "registry.conferences.terms.ResolutionKind",
        "SecrecyEnum": "registry.conferences.terms.Secrecy",
        "AgendaKindEnum": "registry.conferences.terms.AgendaKind",
        "ActionKindEnum": "registry.conferences.terms.ActionKind",
        "MissingReasonEnum": "registry.conferences.terms.Missing",
        "CommendationStatusEnum": "registry.commendations.terms.CommendationStatus",
        "AwardLevelEnum": "registry.commendations.terms.AwardLevel",
        "LevelEnum": "registry.information.terms.DocketLevel",
        "SealStatusEnum": "reports.terms.SealStatus",
        "ReportBuildStatusEnum": "reports.terms.ReportStatus",
        "CaseKindEnum": "registry.cases.terms.Kind",
        "ReorganisationKindEnum": "registry.reorganisations.terms.Kind",
        "CountryEnum": "registry.cases.terms.Country",
        "UrgencyEnum": "registry.information.terms.Urgency",
        "RefusalReasonEnum": "registry.requests.terms.RefusalReason",
        "RequestUrgencyEnum": "registry.requests.terms.RequestUrgency",
        "MailChoiceEnum": "registry.notices.terms.MailChoice",
        "PartEnum": "registry.conferences.terms.Part",
        "ReportPartEnum": "reports.parts.WRITTEN",
        "ConfirmEnum": "registry.cases.history_serializers.QUESTIONS",
        "TextQuestionEnum": "reports.narrative_serializers.CONFIRMABLE",
    },
}

STATEMENT_DUE_DAYS = env.integer("STATEMENT_DUE_DAYS", 10, minimum=1, maximum=365)
"""Days after the end of a period in which agencies confirm their figures."""

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
"""The job worker finds its tasks in the `jobs.py` of each app."""

BASE_URL = env.text("BASE_URL", default="").rstrip("/")
"""Under which address people reach the registry; links in mails begin with it. Empty: they are paths."""
EMAIL_HOST = env.text("EMAIL_HOST", default="")
"""The mail server. Empty: no mail is sent, and none is promised."""
EMAIL_PORT = env.integer("EMAIL_PORT", 587, minimum=1, maximum=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", default="registry@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "procrastinate": {"level": "WARNING"},
    },
}

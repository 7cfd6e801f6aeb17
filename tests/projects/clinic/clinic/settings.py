import os
from pathlib import Path

import sentry_sdk

BASE_DIR = Path(__file__).resolve().parent
SECRET_KEY = os.environ.get("SECRET_KEY", "unset")
DEBUG = False
ALLOWED_HOSTS = ["*"]
USE_TZ = True
ROOT_URLCONF = "clinic.urls"
WSGI_APPLICATION = "clinic.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "rest_framework",
    "clinic.people",
    "clinic.appointments",
    "clinic.billing",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

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
            ]
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("DB_NAME", "clinic"),
        "HOST": os.environ.get("DB_HOST", "db"),
        "OPTIONS": {"connect_timeout": 5},
    },
    "reporting": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("REPORTING_DB_NAME", "clinic"),
        "HOST": os.environ.get("REPORTING_DB_HOST", "replica"),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, "options": "-c statement_timeout=8000"},
    },
}

REST_FRAMEWORK = {
    "EXCEPTION_HANDLER": "clinic.errors.exception_handler",
    "DEFAULT_THROTTLE_RATES": {"user": "30/min", "practice": "20/min"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {"clinic": {"handlers": ["console"], "level": "INFO"}},
}

CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "redis://cache/0")
SMS_URL = "https://sms.example"
INSURER_URL = "https://insurer.example"
LABS_URL = "https://labs.example"
CALENDAR_URL = "https://calendar.example"

sentry_sdk.init(dsn=os.environ.get("SENTRY_DSN"), traces_sample_rate=0.1)

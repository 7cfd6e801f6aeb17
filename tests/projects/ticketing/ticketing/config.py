import os


class Config:
    SECRET_KEY = os.environ.get("SECRET_KEY", "")
    SQLALCHEMY_DATABASE_URI = os.environ.get("DATABASE_URL", "postgresql+psycopg://ticketing@db/ticketing")
    SQLALCHEMY_ENGINE_OPTIONS = {
        "pool_size": 10,
        "max_overflow": 20,
        "pool_pre_ping": True,
        "connect_args": {"options": "-c statement_timeout=5000"},
    }
    RATELIMIT_STORAGE_URI = os.environ.get("RATELIMIT_STORAGE_URI", "memory://")
    CELERY = {"broker_url": os.environ.get("CELERY_BROKER_URL", "redis://cache/0"), "task_ignore_result": True}
    PAYMENTS_URL = "https://payments.example"
    RATES_URL = "https://rates.example"
    GEOCODER_URL = "https://geocoder.example"
    ACCOUNTING_URL = "https://accounting.example"
    SMTP_HOST = "mail.example"
    REPORTING_DATABASE_URI = os.environ.get("REPORTING_DATABASE_URL", SQLALCHEMY_DATABASE_URI)

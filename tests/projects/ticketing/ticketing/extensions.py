from celery import Celery
from flask import request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_sqlalchemy import SQLAlchemy


def tenant_or_address() -> str:
    return request.headers.get("X-Organiser") or get_remote_address()


db = SQLAlchemy()
limiter = Limiter(key_func=tenant_or_address)
celery = Celery("ticketing", include=["ticketing.tasks"])

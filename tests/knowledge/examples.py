"""A small example of every library file: code as people write it, and what its calls and names mean.

In `means` stand names as the code spells them, each with the look-up that has to know it and a word of the answer.
"""

from typing import NamedTuple


class Example(NamedTuple):
    """`file` is the library file's name without its suffix."""

    file: str
    code: str
    means: tuple[tuple[str, str, str], ...]


EXAMPLES = (
    Example(
        "requests",
        "import requests as r\nclass Client(r.Session): pass\nc = Client()",
        (
            ("r.get", "effect", "external"),
            ("c.post", "effect", "an HTTP service"),
            ("r.get().raise_for_status", "effect", "HTTPError"),
        ),
    ),
    Example(
        "httpx",
        "import httpx\nasync def f():\n    async with httpx.AsyncClient() as c: pass",
        (("httpx.get", "effect", "bound_s=5"), ("httpx.Client().post", "effect", "external")),
    ),
    Example("aiohttp", "from aiohttp import ClientSession", (("ClientSession().get", "effect", "bound_s=300"),)),
    Example("urllib", "from urllib.request import urlopen as fetch", (("fetch", "effect", "timeout@2"),)),
    Example("urllib3", "import urllib3\npool = urllib3.PoolManager()", (("pool.request", "effect", "MaxRetryError"),)),
    Example(
        "boto3",
        "import boto3\ns3 = boto3.client('s3')",
        (("s3.put_object", "effect", "retries=4"), ("boto3.resource('s3').Bucket('x').upload_file", "effect", "AWS")),
    ),
    Example(
        "google",
        "from google.cloud import storage\nclient = storage.Client()",
        (("client.bucket('b').blob('n').upload_from_string", "effect", "Google Cloud"),),
    ),
    Example(
        "smtplib",
        "import smtplib\nserver = smtplib.SMTP('mail')",
        (
            ("smtplib.SMTP", "effect", "makes=True"),
            ("server.sendmail", "effect", "the mail server"),
            ("smtplib.SMTP_SSL().login", "effect", "SMTPException"),
        ),
    ),
    Example("ftplib", "import ftplib", (("ftplib.FTP_TLS().retrbinary", "effect", "the file server"),)),
    Example(
        "socket",
        "import socket\ns = socket.create_connection(('h', 1))",
        (("socket.create_connection", "effect", "timeout@1"), ("s.recv", "effect", "settimeout")),
    ),
    Example(
        "paramiko",
        "import paramiko\nssh = paramiko.SSHClient()",
        (("ssh.connect", "effect", "timeout@6"), ("ssh.open_sftp().put", "effect", "SSH")),
    ),
    Example(
        "grpc",
        "import grpc\nchannel = grpc.insecure_channel('h')",
        (("channel.unary_unary('/a')", "effect", "None"), ("grpc.Method.with_call", "effect", "RpcError")),
    ),
    Example(
        "redis",
        "import redis\ncache = redis.Redis.from_url('redis://')",
        (("cache.get", "effect", "socket_timeout"), ("redis.from_url().set", "effect", "Redis")),
    ),
    Example(
        "elasticsearch", "from elasticsearch import Elasticsearch\nes = Elasticsearch()", (("es.search", "effect", "bound_s=10"),)
    ),
    Example(
        "stripe",
        "import stripe",
        (
            ("stripe.Charge.create", "effect", "Stripe"),
            ("stripe.Charge.create().capture", "effect", "Stripe"),
            ("stripe.Charge.create().metadata.get", "effect", "None"),
            ("stripe.Account.retrieve().get().get", "effect", "None"),
            ("stripe.Webhook.construct_event", "effect", "SignatureVerificationError"),
            ("stripe.Webhook.construct_event().data.object.metadata.get", "effect", "None"),
            ("stripe.util.convert_to_dict", "effect", "None"),
        ),
    ),
    Example(
        "slack", "from slack_sdk import WebClient\nslack = WebClient()", (("slack.chat_postMessage", "effect", "SlackApiError"),)
    ),
    Example(
        "python",
        "import json, uuid\nfrom datetime import datetime as dt\nfrom decimal import Decimal",
        (
            ("int", "effect", "ValueError"),
            ("json.loads", "effect", "outside=True"),
            ("dt.strptime", "effect", "convert"),
            ("uuid.UUID", "effect", "ValueError"),
            ("Decimal", "effect", "InvalidOperation"),
            ("open", "effect", "OSError"),
            ("pool.submit", "runner", "@0"),
        ),
    ),
    Example(
        "parsers",
        "import yaml\nimport jwt",
        (("yaml.safe_load", "effect", "YAMLError"), ("jwt.decode", "effect", "outside=True")),
    ),
    Example(
        "flask",
        "from flask import Flask, Blueprint, abort, request\n"
        "from flask.views import MethodView\napp = Flask('x')\nbp = Blueprint('b', 'x')",
        (
            ("app.route", "route", "methods"),
            ("bp.get", "route", "verb=True"),
            ("app.register_blueprint", "mount", "url_prefix"),
            ("app.errorhandler", "handler", "application"),
            ("bp.errorhandler", "handler", "router"),
            ("abort", "raised_by", "HTTPException"),
            ("MethodView", "views", "POST"),
            ("request.args", "sources", "flask.request"),
            ("bp", "router", "url_prefix@5"),
        ),
    ),
    Example(
        "flask_restful",
        "from flask_restful import Api, Resource, abort\napi = Api()",
        (
            ("api.add_resource", "route", "resource@0"),
            ("Resource", "views", "GET"),
            ("abort", "raised_by", "HTTPException"),
            ("api", "router", "app@0"),
        ),
    ),
    Example(
        "flask_smorest",
        "from flask_smorest import Blueprint\nfrom flask_appbuilder import expose\nbp = Blueprint('b', 'x')",
        (("bp.route", "route", "rule@0"), ("expose", "route", "inside='view'")),
    ),
    Example(
        "django",
        "from django.urls import path, include\nfrom django.shortcuts import get_object_or_404\n"
        "from django.views import View\nfrom django.core.management import BaseCommand",
        (
            ("path", "route", "view@1"),
            ("include", "mount", "arg@0"),
            ("get_object_or_404", "raised_by", "Http404"),
            ("View", "views", "GET"),
            ("BaseCommand", "entry", "handle"),
        ),
    ),
    Example(
        "django_orm",
        "from django.db import models\nclass Order(models.Model): pass\norder = Order.objects.get(pk=1)",
        (
            ("Order.objects.get", "effect", "ObjectDoesNotExist"),
            ("Order.objects.filter().first", "effect", "query"),
            ("order.delete", "effect", "delete"),
            ("models.ForeignKey", "relation", "related_name"),
            ("models.Model", "model", "django"),
        ),
    ),
    Example(
        "rest_framework",
        "from rest_framework import viewsets, routers, decorators\nrouter = routers.DefaultRouter()",
        (
            ("router.register", "route", "spreads=True"),
            ("viewsets.ModelViewSet", "views", "retrieve"),
            ("decorators.action", "route", "detail"),
        ),
    ),
    Example(
        "ninja",
        "from ninja import NinjaAPI\napi = NinjaAPI()",
        (
            ("api.get", "route", "verb=True"),
            ("api.add_router", "mount", "router@1"),
            ("api.exception_handler", "handler", "exc_class@0"),
        ),
    ),
    Example(
        "fastapi",
        "from fastapi import FastAPI, APIRouter, HTTPException\napp = FastAPI()\nrouter = APIRouter()",
        (
            ("router.get", "route", "verb=True"),
            ("app.include_router", "mount", "router@0"),
            ("app.exception_handler", "handler", "exc_class"),
        ),
    ),
    Example(
        "fastapi_versions",
        "from cadwyn import Cadwyn, VersionedAPIRouter\napp = Cadwyn()\nrouter = VersionedAPIRouter()",
        (("router.get", "route", "verb=True"), ("app.generate_and_include_versioned_routers", "mount", "router@0")),
    ),
    Example(
        "starlette",
        "from starlette.routing import Route, Mount\nfrom starlette.applications import Starlette",
        (("Route", "route", "endpoint@1"), ("Mount", "mount", "path@0"), ("Starlette", "router", "routes@1")),
    ),
    Example(
        "aiohttp_web",
        "from aiohttp import web\napp = web.Application()\nroutes = web.RouteTableDef()",
        (
            ("app.router.add_get", "route", "verb=True"),
            ("routes.post", "route", "path@0"),
            ("app.add_subapp", "mount", "subapp@1"),
        ),
    ),
    Example(
        "sqlalchemy",
        "from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\nclass User(db.Model): pass",
        (
            ("User.query.get", "effect", "query"),
            ("db.session.commit", "effect", "IntegrityError"),
            ("User.query.first_or_404", "raised_by", "NotFound"),
            ("db.relationship", "relation", "joined"),
            ("db.session.delete", "effect", "delete"),
        ),
    ),
    Example(
        "peewee",
        "import peewee\nclass User(peewee.Model): pass",
        (("User.get", "effect", "DoesNotExist"), ("User.select().where().get", "effect", "outside=True")),
    ),
    Example(
        "dbapi",
        "import psycopg2\nconnection = psycopg2.connect('x')",
        (("connection.cursor().execute", "effect", "query"), ("psycopg2.connect", "engine", "statement_timeout")),
    ),
    Example("alembic", "from alembic import op", (("op.drop_column", "step", "drop"), ("op.execute", "step", "run"))),
    Example(
        "celery",
        "from celery import Celery, shared_task\napp = Celery()",
        (
            ("shared_task", "entry", "celery.Task"),
            ("app.task", "entry", "task"),
            ("app.send_task", "effect", "OperationalError"),
            ("app.task", "guards", "autoretry_for"),
        ),
    ),
    Example(
        "queues",
        "import dramatiq\nfrom apscheduler.schedulers.background import BackgroundScheduler\nclock = BackgroundScheduler()",
        (("dramatiq.actor", "entry", "task"), ("clock.add_job", "entry", "func@0"), ("clock.add_job", "runner", "func@0")),
    ),
    Example(
        "click",
        "import click\nimport typer\napp = typer.Typer()\n@click.group()\ndef cli(): pass",
        (("click.command", "entry", "command"), ("app.command", "entry", "command")),
    ),
    Example(
        "retries",
        "from tenacity import retry\nimport backoff",
        (("retry", "guards", "stop"), ("backoff.on_exception", "guards", "max_tries")),
    ),
    Example(
        "breakers",
        "import pybreaker\nfrom circuitbreaker import circuit\nbreaker = pybreaker.CircuitBreaker()",
        (("breaker", "guards", "breaker"), ("breaker.call", "guards", "breaker"), ("circuit", "guards", "breaker")),
    ),
    Example(
        "limiters",
        "from flask_limiter import Limiter\nlimiter = Limiter(lambda: 1)",
        (
            ("limiter.limit", "guards", "limiter"),
            ("limiter.exempt", "guards", "exempt=True"),
            ("Limiter", "guards", "default_limits"),
        ),
    ),
    Example(
        "tracing",
        "import sentry_sdk\nfrom asgi_correlation_id import CorrelationIdMiddleware",
        (("sentry_sdk.init", "guards", "tracker"), ("CorrelationIdMiddleware", "guards", "correlation")),
    ),
    Example(
        "tornado",
        "import tornado.web\nfrom tornado.httpclient import AsyncHTTPClient",
        (("tornado.web.url", "route", "@1"), ("AsyncHTTPClient().fetch", "effect", "request_timeout")),
    ),
    Example(
        "vendors",
        "import openai\nfrom anthropic import AsyncAnthropic\nfrom twilio.rest import Client\nfrom github import Github\n"
        "ai = openai.AsyncOpenAI()\nclaude = AsyncAnthropic()\nphone = Client('a', 'b')\ncode = Github('t')",
        (
            ("ai.chat.completions.create", "effect", "openai.APIError"),
            ("ai.with_options(timeout=3).responses.create", "effect", "retries=2"),
            ("claude.messages.create", "effect", "Anthropic"),
            ("phone.messages.create", "effect", "http_client"),
            ("code.get_repo", "effect", "bound_s=15"),
        ),
    ),
)

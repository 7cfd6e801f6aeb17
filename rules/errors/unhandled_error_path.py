"""Errors that leave an entry point with nobody to answer for them."""

from collections.abc import Iterator

from auditor.rule import Finding, Project, ProjectRule, Severity


class UnhandledErrorPath(ProjectRule):
    """
    An error that nobody on the way catches ends a request with a bare 500 and a task in silence. Catch it where something
    sensible can be done, or register one handler with the framework that tells the client what happened. What only a mistake
    in the code or in the set-up can bring about is not meant, nor what a check before it rules out, nor what a task raises to
    say that it failed or to be run again. Where many entry points fail with a broker or cache that all of them stand on, the
    nearest speaks for all. The confidence is low where the error begins far from the entry point, or its callers ask about
    what decides, so that much may rule it out on the way, and in commands, whose user sees what they end with, but for a
    library's error that is overlooked among others that are answered for.
    """

    title = "error that leaves an entry point unhandled"
    severity = Severity.MEDIUM
    cwe = (248, 755)
    bad = [
        """
        # file: shop/gateway.py
        import requests

        def charge(order):
            return requests.post("https://pay.example/charges", json=order, timeout=3)
        # file: shop/views.py
        from flask import Flask, request

        from shop.gateway import charge

        app = Flask(__name__)

        @app.post("/orders/<key>/pay")
        def pay(key):  # <-
            return charge({"order": key}).json()
        """,
        """
        from flask import Flask, request

        app = Flask(__name__)

        @app.get("/orders")
        def orders():  # <-
            page = request.args.get("page", "1")
            return {"page": int(page)}
        """,
        """
        from fastapi import APIRouter

        router = APIRouter()
        class OutOfStock(Exception):
            pass
        class Stock:
            def take(self, sku):
                if sku not in self.levels:
                    raise OutOfStock(sku)

        @router.post("/orders/{sku}")
        def order(sku: str):  # <-
            Stock().take(sku)
        @router.put("/orders")
        def change(body: dict):  # <-
            return body["sku"]
        """,
        """
        from flask import Flask, request

        app = Flask(__name__)
        UNITS = {"kg": 1, "g": 1000}

        def weight(amount, unit="kg"):
            if unit not in UNITS:
                raise ValueError(unit)
            return amount * UNITS[unit]

        @app.get("/weight")
        def in_unit():  # <-
            return {"weight": weight(1, request.args.get("unit"))}

        @app.get("/weight/kg")
        def in_kilograms():
            return {"weight": weight(1, "kg")}
        """,
        """
        import subprocess

        import click

        @click.command()
        @click.argument("path")
        def convert(path):  # <-
            with open(path) as file:
                subprocess.run(["convert", "-"], input=file.read())
        """,
        """
        from django.db import models
        from django.urls import path

        class Member(models.Model):
            email = models.EmailField(unique=True)
            code = models.CharField(unique=True, default=new_code)

        class Logs:
            def process_exception(self, request, error):
                print("failed")
        def join(request):  # <-
            Member.objects.create(email=request.POST.get("email"))

        def join_once(request):
            if Member.objects.filter(email=request.POST.get("email")).exists():
                return None
            Member.objects.create(email=request.POST.get("email"))

        def join_unnamed(request):
            Member.objects.create(note=request.POST.get("note"))

        urlpatterns = [path("join", join), path("once", join_once), path("unnamed", join_unnamed)]
        """,
    ]
    good = [
        """
        import requests
        from flask import Flask, abort

        app = Flask(__name__)

        @app.post("/orders/<key>/pay")
        def pay(key):
            try:
                return requests.post("https://pay.example/charges", json=key, timeout=3).text
            except IOError:
                abort(502)
        """,
        """
        from fastapi import FastAPI
        from fastapi.responses import JSONResponse

        app = FastAPI()
        class OutOfStock(Exception):
            pass
        @app.exception_handler(OutOfStock)
        def tell(request, error):
            return JSONResponse({"error": "out of stock"}, status_code=409)

        @app.post("/orders/{sku}")
        def order(sku: str, levels: dict):
            if sku not in levels:
                raise OutOfStock(sku)
        """,
        """
        from starlette.applications import Starlette
        from starlette.requests import Request
        from starlette.responses import PlainTextResponse
        from starlette.routing import Route

        def order(request: Request):
            return PlainTextResponse(request.path_params["number"])

        app = Starlette(routes=[Route("/orders/{number}", order)])
        """,
        """
        from fastapi import FastAPI, HTTPException
        from sqlalchemy import func, select
        from sqlalchemy.exc import NoResultFound
        from sqlalchemy.orm import Session

        app = FastAPI()

        def found(session: Session, number):
            return session.execute(select(Order).where(Order.number == number)).scalar_one()

        @app.get("/orders/{number}")
        def order(number: int, session: Session):
            if number < 1:
                raise HTTPException(404)
            return {"later": session.execute(select(func.count()).where(Order.number > number)).scalar_one()}

        @app.get("/orders/{number}/twice")
        def twice(number: int, session: Session):
            try:
                found(session, number)
            except NoResultFound:
                raise HTTPException(404)
            return found(session, number)
        """,
        """
        import os
        import subprocess

        from django.db import IntegrityError, transaction
        from django.urls import path

        from shop.settings import STRICT

        LOUD = os.environ.get("LOUD")

        class Untidy(Exception):
            pass
        def check(order, connection):
            if LOUD or STRICT:
                raise Untidy(order)
            if not connection.in_atomic_block:
                raise Untidy("only within a transaction")
            if order.total != sum(order.prices):
                raise ValueError("the total is wrong")

        def name(order):
            try:
                return order.names.create(language="en")
            except IntegrityError:
                try:
                    return order.names.get(language="en")
                except order.DoesNotExist:
                    pass
                raise

        def guarded(request):
            try:
                return request.POST["number"]
            except Exception:
                if settings.DEBUG:
                    raise
                return None

        def show(request):
            check(request.user.order, transaction.get_connection())
            subprocess.run(["convert", "logo.svg"])
            with open(os.path.join(os.path.dirname(__file__), "logo.png")) as logo:
                return logo.read() + name(request.user.order)

        urlpatterns = [path("show", show), path("guarded", guarded)]
        """,
        """
        import click
        import httpx

        class Refused(Exception):
            pass
        def safely(call):
            try:
                return call()
            except httpx.HTTPError as error:
                raise click.ClickException(str(error)) from error
        def fetch(key):
            try:
                return httpx.get(key, timeout=5)
            except Exception as error:
                if isinstance(error, Refused):
                    raise
                return None

        @click.command()
        @click.argument("key")
        def show(key):
            click.echo(safely(lambda: httpx.get(key, timeout=5).text))
            click.echo(fetch(key))
        """,
        """
        import httpx
        from celery import shared_task
        from rq import Retry
        from rq.decorators import job

        class SoldOut(Exception):
            pass
        def told(address, strict=False):
            try:
                httpx.post(address, timeout=5)
            except Exception:
                if strict:
                    raise
        @job("mail", retry=Retry(max=3))
        def tell(address):
            httpx.post(address, timeout=5).raise_for_status()

        @shared_task(throws=(SoldOut,))
        def buy(key):
            if not key:
                raise SoldOut(key)
            remember.delay(key)

        @shared_task
        def remember(key):
            return told(key)
        """,
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        for one in project.unhandled:
            yield self.finding(
                one.location,
                one.sentence,
                severity=Severity.LOW if one.entry.kind == "command" else None,
                confidence=one.confidence,
                path=one.path,
                facts={"entry": one.entry.label, "error": one.error},
            )

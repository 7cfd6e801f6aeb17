"""What a view's own method answers that is given every error, what ends a program, and what goes by another name."""

from tests.paths.projects import project

VIEWS = """
from django.urls import path
from rest_framework.response import Response
from rest_framework.views import APIView

class ShopError(Exception):
    pass

class SoldOut(ShopError):
    pass

class Untold(Exception):
    pass

def answered(error):
    if isinstance(error, ShopError):
        return Response({}, status=409)

class ShopView(APIView):
    def handle_exception(self, exc):
        return answered(exc) or super().handle_exception(exc)

class Buy(ShopView):
    def post(self, request, sku):
        if sku not in STOCK:
            raise SoldOut(sku)

class Tell(ShopView):
    def post(self, request, sku):
        if sku not in STOCK:
            raise Untold(sku)

class Hush(APIView):
    def handle_exception(self, exc):
        return Response({"error": str(exc)}, status=500)

    def post(self, request, sku):
        if sku not in STOCK:
            raise Untold(sku)

urlpatterns = [path("buy/<sku>", Buy.as_view()), path("tell/<sku>", Tell.as_view()), path("hush/<sku>", Hush.as_view())]
"""


def test_a_view_that_is_given_every_error_answers_those_it_asks_for() -> None:
    assert {one.entry.label for one in project({"shop/views.py": VIEWS}).unhandled} == {"POST /tell/<sku>"}


def test_what_ends_a_program_or_a_task_is_no_error_of_a_request() -> None:
    views = """
import asyncio
import sys

from fastapi import FastAPI

app = FastAPI()

async def settled(work):
    try:
        return await work
    except asyncio.CancelledError as error:
        stop = error
    raise asyncio.CancelledError() from stop

@app.post("/work")
async def work():
    return await settled(begin())

@app.post("/stop")
def stop(code: int):
    if code:
        sys.exit(code)
"""
    assert project({"shop/app.py": views}).unhandled == ()


def test_a_type_that_its_package_hands_on_under_another_name_is_the_same() -> None:
    views = """
from django.db import models
from django.db.models.base import ObjectDoesNotExist
from django.urls import path

class Member(models.Model):
    name = models.TextField()

def show(request, key):
    try:
        return Member.objects.get(pk=key)
    except ObjectDoesNotExist:
        return None

def show_if_there(request, key):
    rows = Member.objects.filter(pk=key)
    if rows.exists():
        return rows.get()

urlpatterns = [path("a/<int:key>", show), path("b/<int:key>", show_if_there)]
"""
    assert project({"shop/views.py": views}).unhandled == ()


def test_a_row_that_a_method_of_the_class_looks_for_first_breaks_no_constraint() -> None:
    views = """
from django.db import models
from django.urls import path

class Exam(models.Model):
    course = models.TextField()
    name = models.TextField()

    class Meta:
        unique_together = (("course", "name"),)

    @classmethod
    def get_by_name(cls, course, name):
        return cls.objects.filter(course=course, name=name).first()

def add(request, course, name):
    if Exam.get_by_name(course, name) is None:
        Exam.objects.create(course=course, name=name)

def add_boldly(request, course, name):
    Exam.objects.create(course=course, name=name)

urlpatterns = [path("a/<course>/<name>", add), path("b/<course>/<name>", add_boldly)]
"""
    found = {(one.entry.label, one.error.rpartition(".")[2]) for one in project({"shop/views.py": views}).unhandled}
    assert found == {("ANY /b/<course>/<name>", "IntegrityError")}


def test_handlers_in_a_list_that_a_class_keeps_under_another_name_are_registered() -> None:
    handlers = """
def answer(error):
    return "failed", 500

HANDLERS = [(404, answer), (Exception, answer)]
"""
    server = """
import flask

from shop.handlers import HANDLERS

class Server:
    ALL = HANDLERS

    @classmethod
    def set_up(cls, app):
        for kind, handler in cls.ALL:
            app.register_error_handler(kind, handler)

bp = flask.Blueprint("shop", __name__)

@bp.get("/orders")
def orders():
    return int(flask.request.args["page"])
"""
    assert project({"shop/handlers.py": handlers, "shop/app.py": server}).unhandled == ()


def test_a_result_that_is_waited_for_without_a_bound_never_comes_too_late() -> None:
    views = """
from celery.result import AsyncResult
from flask import Flask

app = Flask(__name__)

@app.get("/report/<key>")
def report(key):
    return AsyncResult(key).get()

@app.get("/soon/<key>")
def soon(key):
    return AsyncResult(key).get(timeout=5)
"""
    assert [one.entry.label for one in project({"shop/app.py": views}).unhandled] == ["GET /soon/<key>"]


def test_mail_that_is_sent_silently_lets_nothing_out() -> None:
    views = """
from django.core.mail import send_mail
from django.urls import path

def tell(request):
    send_mail("Hello", "", None, ["a@shop.example"], fail_silently=True)

def tell_loudly(request):
    send_mail("Hello", "", None, ["a@shop.example"], fail_silently=False)

urlpatterns = [path("tell", tell), path("loud", tell_loudly)]
"""
    assert {one.entry.label for one in project({"shop/views.py": views}).unhandled} == {"ANY /loud"}


def test_a_decorator_answers_the_types_that_it_is_given() -> None:
    views = """
import functools

import wrapt
from flask import Flask, abort

app = Flask(__name__)

class SoldOut(Exception):
    pass

class Untold(Exception):
    pass

def answers(kinds, status):
    def around(view):
        @functools.wraps(view)
        def inner(*args, **kwargs):
            try:
                return view(*args, **kwargs)
            except kinds:
                abort(status)
        return inner
    return around

def answers_too(kind, status):
    @wrapt.decorator
    def inner(wrapped, _instance, args, kwargs):
        try:
            return wrapped(*args, **kwargs)
        except kind:
            abort(status)
    return inner

@app.get("/a/<sku>")
@answers((SoldOut, KeyError), 409)
def buy(sku):
    if sku not in STOCK:
        raise SoldOut(sku)

@app.get("/b/<sku>")
@answers_too(SoldOut, 409)
def order(sku):
    if sku not in STOCK:
        raise SoldOut(sku)

@app.get("/c/<sku>")
@answers_too(SoldOut, 409)
def tell(sku):
    if sku not in STOCK:
        raise Untold(sku)
"""
    assert [one.entry.label for one in project({"shop/app.py": views}).unhandled] == ["GET /c/<sku>"]

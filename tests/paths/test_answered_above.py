"""What views, decorators, forms, rows and classes of routes look at is not met below them; commands are less sure."""

from tests.paths.projects import project
from tests.paths.shop import ORDERS, app, told

DJANGO = """
from django.db import models
from django.shortcuts import render
from django.urls import path
from django.views import View

class Gone(Exception):
    pass

class Order(models.Model):
    name = models.CharField()

class Tells(View):
    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except Gone:
            return render(request, "gone.html")

class Answered(Tells):
    def get(self, request, key):
        if key in LOST:
            raise Gone(key)

class Bare(View):
    def get(self, request, key):
        if key in LOST:
            raise Gone(key)

def again(request, key):
    order = Order.objects.filter(name=key).first()
    return Order.objects.select_for_update().get(pk=order.pk)

def by_key(request, key):
    return Order.objects.get(pk=key)

urlpatterns = [
    path("answered/<key>", Answered.as_view()),
    path("bare/<key>", Bare.as_view()),
    path("again/<key>", again),
    path("by-key/<key>", by_key),
]
"""


def test_a_view_whose_dispatch_stops_an_error_answers_for_its_methods_and_a_row_finds_itself() -> None:
    found = project({"shop/views.py": DJANGO}).unhandled
    assert {one.entry.label.split(" ")[1] for one in found} == {"/bare/<key>", "/by-key/<key>"}


def test_what_a_decorator_looks_at_and_what_a_route_does_not_fill_is_not_met() -> None:
    routes = """
import functools

def known(view):
    @functools.wraps(view)
    def wrapper(name, *args):
        if name not in NAMES:
            return "", 404
        return view(name, *args)
    return wrapper

@app.post("/known/<name>")
@known
def looked_at(name):
    return checked(name)

@app.post("/any/<name>")
def bare(name):
    return checked(name)
"""
    assert set(told({**app(routes), "shop/orders.py": ORDERS})) == {"bare"}
    views = """
from django.urls import path
from shop.orders import checked

def show(request, name=None, kind=None):
    if name is not None:
        checked(name)

urlpatterns = [path("shown/<kind>", show), path("named/<name>", show)]
"""
    found = project({"shop/views.py": views, "shop/orders.py": ORDERS}).unhandled
    assert {one.entry.label.split(" ")[1] for one in found} == {"/named/<name>"}


def test_a_row_that_a_scope_asks_for_before_is_there_and_so_is_a_key_that_the_caller_asks_for() -> None:
    views = """
from django.db import models
from django.urls import path

class Order(models.Model):
    name = models.CharField()

def asked(request, key):
    if Order.objects.filter(id=key).exists():
        return Order.objects.get(pk=key)

def bare(request, key):
    return Order.objects.get(pk=key)

def origin(request):
    return request.META["HTTP_ORIGIN"]

def shows(request):
    if request.META.get("HTTP_ORIGIN"):
        return origin(request)

def dares(request):
    return origin(request)

urlpatterns = [path("asked/<int:key>", asked), path("bare/<int:key>", bare), path("shows", shows), path("dares", dares)]
"""
    found = project({"shop/views.py": views}).unhandled
    assert {one.entry.label.split(" ")[1] for one in found} == {"/bare/<int:key>", "/dares"}


def test_what_is_put_off_checked_by_a_helper_or_answered_by_a_class_of_routes_is_none_of_the_handlers() -> None:
    routes = """
from functools import partial

from fastapi import APIRouter, HTTPException
from fastapi.routing import APIRoute

from shop.orders import Late, checked, is_valid_name

class Tells(APIRoute):
    def get_route_handler(self):
        handler = super().get_route_handler()

        async def tell(request):
            try:
                return await handler(request)
            except Late as error:
                return str(error)

        return tell

router = APIRouter(ROUTES)

@router.post("/later/{name}")
def later(name: str):
    work = partial(checked, name)
    try:
        return work()
    except Late:
        raise HTTPException(409)

@router.post("/asked/{name}")
def asked(name: str):
    if not is_valid_name(name):
        return None
    return checked(name)

@router.post("/now/{name}")
def now(name: str):
    return checked(name)
"""
    orders = f"{ORDERS}\ndef is_valid_name(name):\n    return name not in TAKEN\n"
    bare = project({"shop/app.py": routes.replace("ROUTES", ""), "shop/orders.py": orders}).unhandled
    assert {one.entry.label.split(" ")[1] for one in bare} == {"/now/{name}"}
    assert not project({"shop/app.py": routes.replace("ROUTES", "route_class=Tells"), "shop/orders.py": orders}).unhandled


def test_handlers_that_an_application_is_told_of_late_in_a_long_call_count_too() -> None:
    routes = """
from fastapi import FastAPI
from shop.orders import Late, checked

def tell(request, error):
    return str(error)

app = FastAPI(description="WORDS", exception_handlers={Late: tell})

@app.post("/now/{name}")
def now(name: str):
    return checked(name)
"""
    assert not project({"shop/app.py": routes.replace("WORDS", "long " * 200), "shop/orders.py": ORDERS}).unhandled


def test_a_serializer_that_looks_for_an_error_where_it_validates_meets_it_there() -> None:
    seats = """
from rest_framework import serializers, views
from django.urls import path

class Taken(Exception):
    pass

def place(seats):
    if seats in SOLD:
        raise Taken(seats)

class Looks(serializers.Serializer):
    def validate_seats(self, value):
        try:
            place(value)
        except Taken as error:
            raise serializers.ValidationError(str(error))
        return value

    def create(self, data):
        place(data["seats"])

class Dares(serializers.Serializer):
    def create(self, data):
        place(data["seats"])

class Carefully(views.APIView):
    def post(self, request, seats):
        serializer = Looks(data=request.data)
        serializer.is_valid(raise_exception=True)
        serializer.create(seats)

class Boldly(views.APIView):
    def post(self, request, seats):
        serializer = Dares(data=request.data)
        serializer.is_valid(raise_exception=True)
        serializer.create(seats)

urlpatterns = [
    path("carefully/<seats>", Carefully.as_view()),
    path("boldly/<seats>", Boldly.as_view()),
]
"""
    found = project({"shop/seats.py": seats}).unhandled
    assert {one.entry.label.split(" ")[1] for one in found} == {"/boldly/<seats>"}


def test_a_command_is_told_with_little_certainty_but_for_what_it_overlooks_among_the_errors_it_answers() -> None:
    commands = """
import subprocess
import click
import requests

@click.command()
def build():
    subprocess.run(["npm", "build"], check=True)

@click.command()
@click.argument("url")
def fetch(url):
    requests.get(url, timeout=5)

@click.command()
@click.argument("name")
def write(name):
    with open(name, "w") as file:
        file.write("done")

@click.command()
@click.argument("name")
def read(name):
    with open(name) as file:
        return file.read()

@click.command()
@click.argument("url")
def overlook(url):
    try:
        requests.get(url, timeout=5).raise_for_status()
    except requests.HTTPError as error:
        raise click.ClickException("refused") from error
"""
    found = {one.entry.label: str(one.confidence) for one in project({"shop/cli.py": commands}).unhandled}
    assert found == {"build": "low", "fetch": "low", "write": "low", "read": "low", "overlook": "medium"}


def test_a_row_of_a_class_with_an_unknown_base_is_caught_by_the_classs_own_type() -> None:
    code = """
from django.db import models
from django.shortcuts import render
from django.urls import path
from elsewhere.models import Device

class Key(Device):
    name = models.CharField(max_length=40)

def caught(request):
    try:
        key = Key.objects.get(name=request.GET.get("name"))
    except Key.DoesNotExist:
        key = None
    return render(request, "a.html", {"key": key})

def other(request):
    try:
        key = Key.objects.get(name=request.GET.get("name"))
    except Key.Error:
        key = None
    return render(request, "a.html", {"key": key})

urlpatterns = [path("a", caught), path("b", other)]
"""
    assert [one.entry.label for one in project({"app.py": code}).unhandled] == ["ANY /b"]

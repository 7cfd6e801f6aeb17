"""What stands around a handler answers for it: dependencies that yield, context managers, and a task's base class."""

from tests.paths.projects import project

DEPENDENCIES = """
import base64
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI
from fastapi.responses import JSONResponse

class Taken(Exception):
    pass

class Lost(Exception):
    pass

class Refused(Exception):
    pass

app = FastAPI()

@app.exception_handler(Refused)
async def refused(request, error):
    return JSONResponse({}, status_code=409)

@asynccontextmanager
async def work():
    try:
        yield 1
    except Taken as error:
        raise Refused() from error

async def session():
    async with work() as one:
        yield one

async def partner(key: str):
    if key == "":
        raise Lost(key)

Session = Annotated[int, Depends(session)]
orders = APIRouter(prefix="/orders")
feeds = APIRouter(prefix="/feeds", dependencies=[Depends(partner)])

@orders.post("/kept/{key}")
async def kept(key: str, session: Session):
    if key in "ab":
        raise Taken(key)

@orders.post("/bare/{key}")
async def bare(key: str):
    if key in "ab":
        raise Taken(key)

@feeds.get("/today")
async def today():
    return {}

app.include_router(orders)
app.include_router(feeds)
"""


def test_a_dependency_that_yields_answers_for_what_its_handler_raises_and_a_routers_own_may_fail() -> None:
    found = project({"shop/app.py": DEPENDENCIES}).unhandled
    assert {(one.entry.label, one.error.rpartition(".")[2]) for one in found} == {
        ("POST /orders/bare/{key}", "Taken"),
        ("GET /feeds/today", "Lost"),
    }


CONTEXTS = """
import functools

import requests
from django.http import JsonResponse
from django.urls import path
from rest_framework.exceptions import APIException

class Gateway(APIException):
    status_code = 502

class answered:
    def __init__(self, *kinds):
        self.kinds = kinds

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is not None and issubclass(kind, self.kinds):
            raise Gateway() from error

def told(*kinds):
    def wrap(view):
        @functools.wraps(view)
        def inner(request, *args):
            try:
                return view(request, *args)
            except kinds as error:
                return JsonResponse({"error": str(error)}, status=400)
        return inner
    return wrap

def safe(request):
    with answered(ValueError, requests.RequestException):
        return JsonResponse(requests.get("https://rates.example", timeout=2).json())

def half(request):
    with answered(ValueError):
        return JsonResponse(requests.get("https://rates.example", timeout=2).json())

@told(ValueError, KeyError)
def read(request):
    return JsonResponse({"n": int(request.POST["n"])})

urlpatterns = [path("safe", safe), path("half", half), path("read", read)]
"""


def test_a_context_manager_ends_the_types_it_is_made_with_and_a_decorator_all_that_it_is_given() -> None:
    found = project({"shop/views.py": CONTEXTS}).unhandled
    assert {one.entry.label for one in found} == {"ANY /half"}


TASKS = """
import requests
from celery import Task, shared_task

class Patient(Task):
    autoretry_for = (requests.RequestException,)
    retry_backoff = True

class Hasty(Task):
    autoretry_for = (KeyError,)

@shared_task(base=Patient)
def fetch(url):
    return requests.get(url, timeout=3).text

@shared_task(base=Hasty)
def fetch_once(url):
    return requests.get(url, timeout=3).text
"""


def test_a_task_is_tried_again_for_the_types_that_its_base_class_names() -> None:
    found = project({"shop/tasks.py": TASKS}).unhandled
    assert {one.entry.label for one in found} == {"fetch_once"}

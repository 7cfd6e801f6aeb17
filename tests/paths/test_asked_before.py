"""What code asks for before it calls what would fail, and who answers for whom."""

from tests.paths.shop import app, told


def test_what_a_class_of_settings_raises_of_itself_is_no_input() -> None:
    body = """
class ConfigError(Exception):
    pass

class Config:
    def number(self, key):
        if key not in self.values:
            raise ConfigError(key)

def parse(text):
    if text not in KNOWN:
        raise ConfigError(text)

@app.get("/limit/<key>")
def limit(key):
    return Config().number(key)

@app.post("/config/<text>")
def config(text):
    return parse(text)
"""
    assert set(told(app(body))) == {"config"}


def test_a_handler_of_an_application_answers_for_no_other_that_stands_beside_it() -> None:
    body = """
import requests
from fastapi import FastAPI

inner = FastAPI()
outer = FastAPI()
outer.mount("/inner", inner)

@inner.exception_handler(Exception)
def tell(request, error):
    return {"error": "sorry"}

@inner.get("/in")
def inside():
    return requests.get("https://a.example", timeout=3).text

@outer.get("/out")
def outside():
    return requests.get("https://a.example", timeout=3).text
"""
    assert set(told(app(body))) == {"outside"}


def test_the_body_that_a_class_has_looked_at_and_the_text_that_a_caller_has_checked_are_whole() -> None:
    body = """
from urllib.parse import urlsplit
from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel

api = FastAPI()

class Order(BaseModel):
    key: str
    link: str

def path_of(link):
    return urlsplit(link).path

@api.post("/known")
async def known(request: Request, order: Order):
    payload = await request.json()
    return payload["key"]

@api.post("/raw")
async def raw(request: Request):
    payload = await request.json()
    return payload["key"]

@api.post("/checked")
def checked(order: Order):
    try:
        validate_link(order.link, KNOWN)
    except WrongLink:
        raise HTTPException(400)
    return path_of(order.link)

@api.post("/bold")
def bold(order: Order):
    return path_of(order.link)
"""
    assert set(told(app(body))) == {"raw", "bold"}


def test_what_a_caller_asks_for_and_an_argument_that_it_leaves_out_rule_an_error_out() -> None:
    body = """
class Missing(Exception):
    pass

def task(key):
    if key not in TASKS:
        raise Missing(key)

def connect(host, link=None, port=None):
    if link and (host or port):
        raise Missing(link)

@app.get("/asked/<key>")
def asked(key):
    if BOARD.has_task(key):
        return task(key)

@app.get("/bold/<key>")
def bold(key):
    return task(key)

@app.get("/host/<host>")
def by_host(host):
    return connect(host)

@app.get("/link/<host>")
def by_link(host):
    return connect(host, link=request.args["link"])
"""
    assert set(told(app(body))) == {"bold", "by_link"}

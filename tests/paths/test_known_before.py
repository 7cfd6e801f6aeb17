"""What a caller, a schema, a parser or the server has seen to before, so that nothing is missing, taken or ill-formed."""

from tests.paths.projects import project
from tests.paths.shop import app, told

STORE = """
from sqlalchemy import Column, Integer, String, select
from sqlalchemy.orm import Session, declarative_base

Base = declarative_base()

class Order(Base):
    id = Column(Integer, primary_key=True)
    name = Column(String, unique=True)

def by_name(session: Session, name):
    return session.execute(select(Order).where(Order.name == name)).scalar_one()

def find(session: Session, name):
    return session.execute(select(Order).where(Order.name == name)).scalar_one_or_none()

def make(session: Session, name):
    session.add(Order(name=name))
    session.commit()

def rename(session: Session, order: Order):
    return by_name(session, order.name)
"""
NAMED = "name: str, session: Session"
ROUTES = f"""
from fastapi import FastAPI, HTTPException
from sqlalchemy.orm import Session
from sqlalchemy.exc import IntegrityError, NoResultFound
from store import Order, by_name, find, make, rename

app = FastAPI()

@app.get("/bold")
def bold({NAMED}):
    return by_name(session, name)

@app.get("/asked")
def asked({NAMED}):
    if find(session, name) is None:
        raise HTTPException(404)
    return by_name(session, name)

@app.get("/tried")
def tried({NAMED}):
    try:
        order = by_name(session, name)
    except NoResultFound:
        raise HTTPException(404)
    return order, by_name(session, name)

@app.get("/own")
def own({NAMED}):
    return rename(session, find(session, name))

@app.post("/taken")
def taken({NAMED}):
    make(session, name)

@app.post("/free")
def free({NAMED}):
    if find(session, name) is not None:
        raise HTTPException(409)
    make(session, name)

@app.post("/nested")
def nested({NAMED}):
    try:
        with session.begin_nested():
            session.add(Order(name=name))
    except IntegrityError:
        raise HTTPException(409)
    session.commit()
"""


def test_a_row_that_a_caller_has_found_and_a_name_that_it_has_asked_for_are_met_again() -> None:
    found = {one.entry.node.scope: one for one in project({"store.py": STORE, "main.py": ROUTES}).unhandled}
    lines = ROUTES.splitlines()
    names = {lines[one.location.line - 1].split("def ")[1].partition("(")[0] for one in found.values()}
    assert names == {"bold", "taken"}


def test_an_argument_that_a_parser_was_told_the_type_of_is_a_number() -> None:
    body = """
from flask_restx import Api, Resource
from flask_restx.reqparse import RequestParser

api = Api(app)
parser = RequestParser()
parser.add_argument("page", type=int)
parser.add_argument("size")

@api.route("/pages")
class Pages(Resource):
    def get(self):
        args = parser.parse_args()
        page = args["page"]
        return float(page)

@api.route("/sizes")
class Sizes(Resource):
    def put(self):
        args = parser.parse_args()
        size = args["size"]
        return float(size)
"""
    assert set(told(app(body))) == {"put"}


def test_a_key_that_a_schema_over_the_view_asks_for_is_there() -> None:
    body = """
@app.post("/checked")
@validate(SCHEMA)
def checked():
    return request.json["name"]

@app.post("/bold")
def bold():
    return request.json["name"]
"""
    assert set(told(app(body))) == {"bold"}


def test_the_length_that_the_server_has_counted_is_a_number() -> None:
    body = """
@app.post("/long")
def long():
    return int(request.headers.get("content-length", "0"))

@app.post("/page")
def page():
    return int(request.args["page"])
"""
    assert set(told(app(body))) == {"page"}


def test_what_the_body_of_a_stream_raises_comes_after_the_answer_has_begun() -> None:
    body = """
import requests
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

api = FastAPI()

def lines():
    for line in requests.get("https://log.example", stream=True, timeout=3).iter_lines():
        yield line

@api.get("/stream")
def stream():
    return StreamingResponse(lines())

@api.get("/whole")
def whole():
    return list(lines())
"""
    assert set(told(app(body))) == {"whole"}


def test_an_error_whose_base_a_library_answers_or_that_says_a_status_is_answered() -> None:
    body = """
from elsewhere.errors import RESTException, Problem

class Wrong(RESTException):
    pass

class Gone(Problem):
    status_code = 410

class Lost(Exception):
    status_code = 404

@app.get("/wrong")
def wrong():
    if request.args.get("key"):
        raise Wrong()

@app.get("/gone")
def gone():
    if request.args.get("key"):
        raise Gone()

@app.get("/lost")
def lost():
    if request.args.get("key"):
        raise Lost()
"""
    assert set(told(app(body))) == {"lost"}

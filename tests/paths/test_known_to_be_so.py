"""What is no defect of the way in: applications made for a look, numbers that are known to be, handlers kept in a dictionary."""

from tests.paths.projects import project
from tests.paths.shop import app, told

LOOKED_AT = """
from flask import Blueprint

bp = Blueprint("shop", __name__)

@app.errorhandler(Exception)
def failed(error):
    return {"error": str(error)}, 500

def paths():
    shown = Flask("shown")
    shown.register_blueprint(bp)
    return [rule.rule for rule in shown.url_map.iter_rules()]

@bp.get("/orders")
def orders():
    return request.args["key"] + open(request.args["name"]).read()

app.register_blueprint(bp, url_prefix="/v1")
"""
SERVED = """
from flask import Blueprint

bp = Blueprint("shop", __name__)

def make():
    made = Flask("made")
    made.register_blueprint(bp)
    return made

@bp.get("/orders")
def orders():
    return open(request.args["name"]).read()
"""
NUMBERS = """
def amount(value):
    if not isinstance(value, (int, float)):
        return None
    return float(value)

def place(value):
    return int(value)

@app.post("/amount")
def by_amount():
    return {"amount": amount(request.json.get("amount"))}

@app.post("/place")
def by_place():
    at = request.json.get("at")
    if not isinstance(at, int):
        abort(400)
    return {"at": place(at)}

@app.post("/few")
def few():
    whole = request.args.get("whole", "1")
    if whole not in {"0", "1"}:
        raise NotFound
    return {"whole": int(whole)}

@app.post("/unasked")
def unasked():
    at = request.json.get("at")
    if not isinstance(at, (int, str)):
        abort(400)
    return {"at": place(request.json.get("to"))}
"""
MADE = """
import os
import tempfile

@app.post("/folders")
def folder():
    os.makedirs(request.args["name"], exist_ok=True)
    return {"at": tempfile.mkstemp(suffix=request.args["name"])}

@app.get("/folders")
def listed():
    return {"names": os.listdir(request.args["name"])}
"""


def test_an_application_that_is_made_for_a_look_answers_nobody() -> None:
    assert list(project(app(LOOKED_AT)).unhandled) == []
    assert "orders" in told(app(SERVED))


def test_what_is_known_to_be_a_number_can_be_made_one() -> None:
    assert list(told(app(NUMBERS))) == ["unasked"]


def test_what_is_made_anew_seldom_fails() -> None:
    assert told({"shop/app.py": f"from flask import Flask, request\napp = Flask(__name__)\n{MADE}"}) == {
        "folder": "low",
        "listed": "high",
    }


FILLED = {
    "shop/errors.py": """
        class SoldOut(Exception):
            pass

        class Late(Exception):
            pass
    """,
    "shop/answers.py": """
        from fastapi.responses import JSONResponse

        from shop.errors import SoldOut

        handlers = {}

        def tell(request, error):
            return JSONResponse({}, status_code=409)

        handlers[SoldOut] = tell
    """,
    "shop/app.py": """
        from fastapi import FastAPI

        from shop.answers import handlers
        from shop.errors import Late, SoldOut

        app = FastAPI()
        for kind, handler in handlers.items():
            app.add_exception_handler(kind, handler)

        @app.get("/orders/{key}")
        def order(key: str):
            if key in LATE:
                raise Late(key)
            raise SoldOut(key)
    """,
}
DECODED = """
def page_of(request: LocalProxy):
    return int(request.form.get("page", 1))

@app.post("/page")
def page():
    return {"page": page_of(request)}

@app.post("/rows")
def rows():
    return {"rows": request.files["rows"].read().decode("utf-8")}

@app.post("/forgiving")
def forgiving():
    return {"rows": request.files["rows"].read().decode("utf-8", errors="replace"), "note": request.data.decode("latin-1")}
"""


def test_handlers_are_found_in_a_dictionary_that_is_filled_pair_by_pair() -> None:
    assert [one.error for one in project(FILLED).unhandled] == ["shop.errors.Late"]


def test_what_is_sent_may_be_no_text_and_a_request_may_be_handed_on() -> None:
    assert sorted(told(app(DECODED))) == ["page", "rows"]


PARTLY = """
@app.get("/rows")
def rows():
    try:
        return {"rows": open(request.args["name"]).read()}
    except FileNotFoundError:
        abort(404)

@app.get("/all")
def everything():
    return {"rows": open(request.args["name"]).read()}
"""


def test_a_file_that_is_answered_for_where_it_is_not_there_seldom_fails_otherwise() -> None:
    assert told({"shop/app.py": f"from flask import Flask, abort, request\napp = Flask(__name__)\n{PARTLY}"}) == {
        "rows": "low",
        "everything": "high",
    }


READ_AGAIN = """
import json
from functools import wraps

from fastapi import Body, Depends, FastAPI, Request
from pydantic import BaseModel

app = FastAPI()

class Order(BaseModel):
    name: str

@app.post("/orders")
async def order(order: Order, request: Request):
    return (await request.json()).get("note")

@app.post("/filters")
async def filtered(request: Request, order: Order = Depends()):
    return (await request.json()).get("note")

def logged(function):
    @wraps(function)
    async def wrapper(*args, **kwargs):
        request: Request = kwargs.get("request")
        payload = await request.body()
        print(json.loads(str(payload, "utf-8")))
        return await function(*args, **kwargs)
    return wrapper

@app.post("/orders/logged")
@logged
async def kept(request: Request, orders: list[Order]):
    return len(orders)

@app.post("/orders/given")
@logged
async def given(request: Request, order: dict = Body(...)):
    return order.get("name")

@app.post("/orders/maybe")
@logged
async def maybe(request: Request, order: Order = Body(None)):
    return order

@app.post("/orders/refreshed")
@logged
async def refreshed(request: Request):
    return "done"
"""


def test_a_body_that_the_framework_has_parsed_is_valid_when_it_is_read_again() -> None:
    assert sorted(told({"shop/app.py": READ_AGAIN})) == ["filtered", "maybe", "refreshed"]

"""Whose errors a handler is asked for: a mounted part's middleware, a library that answers its own views' errors."""

from tests.paths.projects import project

PARTS = """
from aiohttp import web

@web.middleware
async def tells(request, handler):
    try:
        return await handler(request)
    except ValueError as error:
        return web.json_response({"bad": str(error)}, status=400)

async def page(request):
    return web.json_response({"page": int(request.query.get("page", "1"))})

async def pages(request):
    return web.json_response({"pages": int(request.query.get("pages", "1"))})

def make():
    app = web.Application(MAIN)
    app.router.add_get("/page", page)
    part = web.Application(PART)
    part.router.add_get("/pages", pages)
    app.add_subapp("/part", part)
    AFTER
    return app
"""


def left(main: str = "", part: str = "", after: str = "pass") -> set[str]:
    """The handlers that an error leaves."""
    text = PARTS.replace("MAIN", main).replace("PART", part).replace("AFTER", after)
    return {one.entry.route.path for one in project({"shop.py": text}).unhandled if one.entry.route}


def test_a_mounted_part_s_middleware_answers_for_its_routes_alone() -> None:
    assert left(part="middlewares=[tells]") == {"/page"}
    assert left(after="part.middlewares.append(tells)") == {"/page"}


def test_the_outermost_application_s_middleware_answers_for_all() -> None:
    assert left(main="middlewares=[tells]") == set()
    assert left(main="middlewares=[tells]", part="middlewares=[tells]") == set()


VIEWS = """
from flask import Flask, Blueprint
from LIBRARY import Api, Resource

class Gone(Exception):
    pass

app = Flask(__name__)
SETTING

@app.errorhandler(Gone)
def gone(error):
    return {"gone": str(error)}, 410

part = Blueprint("part", __name__)
api = Api(part, MORE)

class Order(Resource):
    def get(self, key):
        raise Gone(key)

api.add_resource(Order, "/orders/<key>")
app.register_blueprint(part)
REST
"""


def leaves(library: str, more: str = "", setting: str = "", rest: str = "") -> bool:
    """Whether the error leaves the resource."""
    text = VIEWS.replace("LIBRARY", library).replace("MORE", more).replace("SETTING", setting).replace("REST", rest)
    return bool(tuple(project({"shop.py": text}).unhandled))


def test_views_that_answer_their_own_errors_do_not_ask_the_application() -> None:
    assert leaves("flask_restful")
    assert leaves("flask_restx")


def test_what_such_a_library_is_told_of_is_answered() -> None:
    assert not leaves("flask_restful", 'errors={"Other": {"status": 409}, "Gone": {"status": 410, "message": "gone"}}')
    assert not leaves("flask_restx", rest="@api.errorhandler(Gone)\ndef told(error):\n    return {}, 410")
    assert not leaves("flask_restful", setting='app.config["PROPAGATE_EXCEPTIONS"] = True')
    own = "class Own(Api):\n    def handle_error(self, error):\n        return self.make_response({}, 410)"
    assert not leaves("flask_restful", rest=own)


def test_a_handler_of_one_interface_is_not_asked_for_another_s() -> None:
    other = "other = Api(Blueprint('other', __name__))\n@other.errorhandler(Gone)\ndef told(error):\n    return {}, 410"
    assert leaves("flask_restx", rest=other)


LOADED = """
from flask import Flask
from flask.views import MethodView
from flask_smorest import Blueprint
from marshmallow import Schema, fields

class Wanted(Schema):
    sku = fields.Str(required=True)

part = Blueprint("part", __name__)

@part.route("/orders")
class Orders(MethodView):
    DECORATOR
    def post(self, data: dict):
        return {"sku": data["sku"]}

app = Flask(__name__)
app.register_blueprint(part)
"""


def test_a_body_that_a_schema_has_loaded_lacks_no_key() -> None:
    assert not tuple(project({"shop.py": LOADED.replace("DECORATOR", "@part.arguments(Wanted)")}).unhandled)

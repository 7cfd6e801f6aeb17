"""Routers that reach what they hang on through methods, long loops and functions that make applications."""

import pytest

from tests.paths.projects import project, table


def test_an_application_that_a_method_is_handed_hangs_where_the_method_puts_it() -> None:
    files = {
        "house/api.py": """
            from aiohttp import web
            routes = web.RouteTableDef()

            @routes.get("/plugins")
            async def plugins(request): ...

            def init():
                app = web.Application()
                app.add_routes(routes)
                return app
            """,
        "house/server.py": """
            from aiohttp import web

            class Server:
                def __init__(self, api: web.Application) -> None:
                    self.app = web.Application()
                    self.app.add_subapp("/house/v1", api)
            """,
        "house/main.py": """
            from house.api import init
            from house.server import Server
            server = Server(init())
            """,
        "house/other.py": """
            from house.api import init
            from house.server import Server
            def run():
                api = init()
                return Server(api)
            """,
    }
    assert table(files) == [("GET", "/house/v1/plugins", "api.plugins")]


def test_a_long_list_in_the_head_of_a_loop_is_read_to_its_end() -> None:
    names = [f"a_rather_long_name_of_a_router_{number}" for number in range(20)]
    made = "\n".join(f"{name} = APIRouter()\n@{name}.get('/{name}')\ndef of_{name}(): ..." for name in names)
    files = {
        "handlers.py": f"from fastapi import APIRouter\n{made}\n",
        "app.py": f"from fastapi import FastAPI\nfrom handlers import *\napp = FastAPI()\nfor router in [{', '.join(names)}]:\n"
        "    app.include_router(router, prefix='/v1')\n",
    }
    assert [path for _, path, _ in table(files)] == sorted(f"/v1/{name}" for name in names)


def test_an_application_below_another_is_watched_with_it() -> None:
    files = {
        "api.py": "from fastapi import FastAPI\ndef make():\n    api = FastAPI()\n    return api\napi = make()\n",
        "app.py": "from fastapi import FastAPI\nfrom api import api\napp = FastAPI()\napp.mount('/api/v1', api)\n",
    }
    assert {one.name for one, _ in project(files).unwatched} == {"app"}


def test_a_function_that_a_package_shows_hides_the_module_of_its_name() -> None:
    files = {
        "shop/__init__.py": "",
        "shop/routers/__init__.py": "from .orders import orders",
        "shop/routers/orders.py": """
            from fastapi import APIRouter

            def orders():
                router = APIRouter()

                @router.get("/{key}")
                def show(key: int): ...

                return router
            """,
        "shop/main.py": """
            from fastapi import FastAPI
            from shop.routers import orders
            app = FastAPI()
            app.include_router(orders(), prefix="/api/v1/orders")
            """,
    }
    assert [route.path for route in project(files).routes] == ["/api/v1/orders/{key}"]


def test_two_braces_of_a_formatted_path_are_one() -> None:
    code = """
        from fastapi import FastAPI
        KB = "kb"
        app = FastAPI()

        @app.get(f"/{KB}/{{kbid}}/files")
        def files(kbid: str): ...
        """
    assert [route.path for route in project({"app.py": code}).routes] == ["/kb/{kbid}/files"]


def test_texts_side_by_side_are_filled_as_one() -> None:
    code = """
        from django.urls import re_path
        from views import show
        versions = "|".join(["0", "1"])
        urlpatterns = [re_path(r"^v(?P<api_version>%s)/plates/" "(?P<key>[0-9]+)/$" % versions, show)]
        """
    found = project({"urls.py": code, "views.py": "def show(request, api_version, key): ..."}).routes
    assert [route.version for route in found] == ["any"]
    assert "plates/(?P<key>" in found[0].path


@pytest.mark.parametrize("prefix", ["prefix", "V1 + prefix", 'f"{V1}{prefix}"'])
def test_a_loop_mounts_what_a_table_pairs_with_prefixes(prefix: str) -> None:
    code = """
from flask import Blueprint, Flask

shop, desk = Blueprint("shop", __name__), Blueprint("desk", __name__)
app = Flask(__name__)

@shop.get("/a")
def a(): ...

@desk.get("/b")
def b(): ...

V1 = "/v1"
for blueprint, prefix in ((shop, "/shop"), (desk, "/desk")):
    app.register_blueprint(blueprint, url_prefix=PREFIX)
""".replace("PREFIX", prefix)
    above = "/v1" if "V1" in prefix else ""
    assert sorted(route.path for route in project({"app.py": code}).routes) == [f"{above}/desk/b", f"{above}/shop/a"]


def test_a_row_without_a_prefix_mounts_at_the_root() -> None:
    code = """
from flask import Blueprint, Flask

shop, desk = Blueprint("shop", __name__), Blueprint("desk", __name__)
app = Flask(__name__)

@shop.get("/a")
def a(): ...

@desk.get("/b")
def b(): ...

for blueprint, prefix in ((shop, None), (desk, "/desk")):
    app.register_blueprint(blueprint, url_prefix=prefix)
"""
    assert sorted(route.path for route in project({"app.py": code}).routes) == ["/a", "/desk/b"]


def test_resources_hang_below_the_blueprint_that_their_api_names_beside_the_application() -> None:
    code = """
from flask import Blueprint, Flask
from flask_rest_jsonapi import Api, ResourceDetail, ResourceList

app = Flask(__name__)
v1 = Blueprint("v1", __name__, url_prefix="/v1")

class Orders(ResourceList): ...
class Order(ResourceDetail): ...

api = Api(app, v1)
named = Api(blueprint=v1)
api.route(Orders, "orders", "/orders")
named.route(Order, "order", "/orders/<int:id>")
app.register_blueprint(v1)
"""
    assert sorted(route.path for route in project({"app.py": code}).routes) == ["/v1/orders", "/v1/orders/<int:id>"]


def test_a_sign_that_a_routers_own_method_asks_for_leaves_the_prefix_out() -> None:
    code = """
from flask import Blueprint, Flask
from flask.blueprints import BlueprintSetupState

class State(BlueprintSetupState):
    def add_url_rule(self, rule, endpoint=None, view_func=None, **options):
        if rule.startswith("!/"):
            self.url_prefix, rule = None, rule[1:]
        super().add_url_rule(rule, endpoint, view_func, **options)

shop = Blueprint("shop", __name__, url_prefix="/shop")

def orders():
    return "orders"

shop.add_url_rule("/orders", "orders", orders)
shop.add_url_rule("!/all-orders", "all", orders)
app = Flask(__name__)
app.register_blueprint(shop)
"""
    assert sorted(route.path for route in project({"app.py": code}).routes) == ["/all-orders", "/shop/orders"]
    plain = project({"app.py": code.replace('startswith("!/")', 'startswith("/")')}).routes
    assert sorted(route.path for route in plain) == ["/shop!/all-orders", "/shop/orders"]


def test_a_prefix_and_a_path_without_a_slash_between_them_get_one() -> None:
    files = {
        "house/app.py": """
            from flask import Blueprint, Flask

            rooms = Blueprint("rooms", __name__)

            @rooms.get("free")
            def free(): ...

            @rooms.get("<int:key>/beds")
            def beds(key): ...

            app = Flask(__name__)
            app.register_blueprint(rooms, url_prefix="/house/rooms")
            """,
    }
    assert [path for _, path, _ in table(files)] == ["/house/rooms/<int:key>/beds", "/house/rooms/free"]


@pytest.mark.parametrize("above", ["shop", "aside"])
def test_a_list_of_routes_that_takes_itself_in_below_a_path_hangs_at_the_root(above: str) -> None:
    files = {
        f"{above}/urls.py": """
            from django.conf import settings
            from django.urls import include, path

            urlpatterns = [path("api/v1/", include("house.urls"))]

            if settings.BASE_PATH:
                prefix = settings.BASE_PATH.lstrip("/")
                urlpatterns = [path(prefix + "/", include(urlpatterns))]
            """,
        "house/urls.py": """
            from django.http import HttpResponse
            from django.urls import path

            def rooms(request):
                return HttpResponse("")

            urlpatterns = [path("rooms", rooms)]
            """,
    }
    assert {route.path for route in project(files).routes} == {"/api/v1/rooms"}


CONFIG = """
class Config:
    API_PREFIX = "/api/v1"
"""
FACTORY = """
from flask import Blueprint, Flask

from shop.config import Config

orders = Blueprint("orders", __name__)

@orders.get("/orders")
def all_orders():
    return {{}}

def create_app({parameters}):
    app = Flask(__name__)
    {load}
    app.register_blueprint(orders, url_prefix={prefix})
    return app
"""


@pytest.mark.parametrize(
    ("parameters", "load", "prefix"),
    [
        ("config: type = Config", "pass", "config.API_PREFIX"),
        ("config=Config", "app.config.from_object(config)", "app.config['API_PREFIX']"),
        ("config=Config", "app.config.from_object(config)", "app.config.get('API_PREFIX', '/api')"),
        ("", "app.config.from_object('shop.config.Config')", "app.config['API_PREFIX']"),
    ],
)
def test_a_prefix_that_the_configuration_holds_is_read_there(parameters: str, load: str, prefix: str) -> None:
    app = FACTORY.format(parameters=parameters, load=load, prefix=prefix)
    found = project({"shop/__init__.py": "", "shop/config.py": CONFIG, "shop/app.py": app})
    assert [(route.path, route.version) for route in found.routes] == [("/api/v1/orders", "v1")]


def test_a_prefix_that_nobody_can_tell_may_hold_the_version() -> None:
    app = FACTORY.format(parameters="config", load="app.config.from_object(config)", prefix="f'/{config.API_PREFIX}'")
    found = project({"shop/__init__.py": "", "shop/config.py": "class Config:\n    pass\n", "shop/app.py": app})
    assert [route.path for route in found.api.unversioned] == ["/{API_PREFIX}/orders"]
    assert all(map(found.api.is_doubtful, found.api.unversioned))

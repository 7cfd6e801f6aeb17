"""Routes of frameworks that no shipped file describes, and of classes and objects that are found by texts."""

from pathlib import Path

from tests.paths.projects import project, table

OWN = """
library = "in-house web"
imports = ["house"]

[[router]]
classes = ["house.web.Site"]
prefix = "below"

[[route]]
calls = ["house.web.Site.page"]
path = "where@0"
handler = "what@1"
default = ["GET"]
absolute = "!"

[[view]]
bases = ["house.web.Screen"]
methods = { show = ["GET"], store = ["POST"] }
"""


def test_a_users_file_describes_an_in_house_framework_of_the_project_itself(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    files = {
        "house/__init__.py": "",
        "house/web.py": "class Site:\n    def page(self, where, what): ...\n\nclass Screen: ...\n",
        "shop.py": """
        from house.web import Screen, Site

        site = Site("shop", below="/shop")

        class Cart(Screen):
            def show(self): ...
            def store(self): ...

        site.page("/cart", Cart)
        site.page("!/root", Cart)
        """,
    }
    assert table(files, (tmp_path / "own.toml",)) == [
        ("GET", "/root", "Cart.show"),
        ("GET", "/shop/cart", "Cart.show"),
        ("POST", "/root", "Cart.store"),
        ("POST", "/shop/cart", "Cart.store"),
    ]


def test_a_class_that_no_library_describes_answers_by_methods_called_after_http() -> None:
    files = {
        "app.py": """
        from flask import Flask

        app = Flask(__name__)

        class Handler:
            def _process_GET(self): ...
            def _process_POST(self): ...

        class Whole:
            def _process(self): ...

        app.add_url_rule("/some", view_func=Handler, methods=("GET", "POST"))
        app.add_url_rule("/whole", view_func=Whole, methods=("GET", "POST"))
        """
    }
    assert table(files) == [
        ("GET", "/some", "Handler._process_GET"),
        ("GET", "/whole", "Whole._process"),
        ("POST", "/some", "Handler._process_POST"),
        ("POST", "/whole", "Whole._process"),
    ]


def test_routes_of_an_object_that_a_loader_gives_by_a_text_are_mounted() -> None:
    files = {
        "shop/config.py": """
        from django.apps import AppConfig, apps
        from django.urls import path

        class Shop(AppConfig):
            label = "shop"

            def ready(self):
                self.basket = apps.get_app_config("basket")

            def get_urls(self):
                urls = [path("basket/", self.basket.urls)]
                return urls
        """,
        "shop/basket.py": """
        from django.apps import AppConfig
        from django.urls import path
        from shop.views import summary

        class Basket(AppConfig):
            label = "basket"

            def get_urls(self):
                return [path("summary/", summary)]
        """,
        "shop/views.py": "def summary(request): ...\n",
    }
    assert table(files) == [("ANY", "/basket/summary/", "views.summary")]


def test_a_class_attribute_that_lists_methods_leaves_the_others_out() -> None:
    files = {
        "app.py": """
        from flask_appbuilder import AppBuilder, ModelRestApi, expose

        class Methods:
            READ = {"get", "get_list"}

        class Orders(ModelRestApi):
            resource_name = "orders"
            include_route_methods = Methods.READ | {"pay"}

            @expose("/<pk>/pay", methods=("POST",))
            def pay(self, pk): ...

            @expose("/hidden")
            def hidden(self): ...

        appbuilder = AppBuilder()
        appbuilder.add_api(Orders)
        """
    }
    assert table(files) == [
        ("GET", "/api/v1/orders/", "Orders"),
        ("GET", "/api/v1/orders/<int:pk>", "Orders"),
        ("POST", "/api/v1/orders/<pk>/pay", "Orders.pay"),
    ]


def test_handlers_behind_wrappers_and_variables_are_found_and_lost_ones_are_told() -> None:
    found = project(
        {
            "urls.py": """
            from django.urls import path
            from django.views import View
            from django.views.generic import RedirectView
            from django.contrib.auth.decorators import login_required
            from django.views.decorators.cache import cache_page

            class Form(View):
                def get(self, request): ...

            kept = Form.as_view()

            urlpatterns = [
                path("wrapped/", login_required(Form.as_view())),
                path("twice/", cache_page(60)(login_required(Form.as_view(template="x")))),
                path("kept/", kept),
                path("elsewhere/", login_required(RedirectView.as_view(url="/"))),
                path("lost/", plugins.view_of("x")),
            ]
            """
        }
    )
    assert [route.path for route in found.routes] == ["/kept/", "/twice/", "/wrapped/"]
    assert [place.line for place in found.lost_routes] == [18]


ROUTER = """
from starlette.routing import Router

class ApiRouter(Router):
    def __init__(self, prefix=""):
        self.prefix = prefix
        super().__init__()

    def post(self, path):
        def decorator(function):
            async def answer(request):
                return encoded(await function(request=request))
            self.add_route(path=self.prefix + path, endpoint=answer, methods=["POST"])
            return answer
        return decorator

    def include_router(self, router, prefix=""):
        self.mount(path=self.prefix + prefix, app=router)
"""
KEYS = """
from router import ApiRouter

router = ApiRouter()

@router.post("/keys")
async def keys(request): ...

def unrelated():
    router.post("/elsewhere")
"""
MAIN = """
from keys import router as keys_router
from router import ApiRouter
from starlette.applications import Starlette

root = ApiRouter()
root.include_router(keys_router, prefix="/api/secrets")
app = Starlette()
app.mount("/", root)
"""


def test_a_router_of_the_projects_own_class_declares_and_mounts_as_others_do() -> None:
    found = [(route.name, route.handler) for route in project({"router.py": ROUTER, "keys.py": KEYS, "main.py": MAIN}).routes]
    assert found == [("POST /api/secrets/keys", "keys.keys")]

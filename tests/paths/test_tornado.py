"""Tornado's routes, which are pairs in plain lists."""

from tests.paths.projects import project, table

SHOP = {
    "shop/base.py": """
        from tornado.web import RequestHandler

        class Base(RequestHandler):
            def prepare(self): ...
        """,
    "shop/orders.py": """
        from shop.base import Base

        class Orders(Base):
            async def get(self):
                self.write({})

            async def post(self):
                self.write({})

        class Order(Base):
            def delete(self, key):
                self.write({})

        class Home(Base):
            def get(self):
                self.render("home.html")

        default_handlers = [(r"/v1/orders", Orders), (r"/v1/orders/([0-9]+)$", Order)]
        """,
    "shop/app.py": """
        import tornado.web

        from shop import orders
        from shop.orders import Home, Orders

        NAMES = [("/not/a/route", "Orders"), ("/another", str)]

        def make_app():
            handlers = list(orders.default_handlers)
            return tornado.web.Application([
                (r"/", Home),
                tornado.web.url(r"/old/orders", Orders, name="old"),
                (r"/static/(.*)", tornado.web.StaticFileHandler, {"path": "static"}),
            ])
        """,
}


def test_pairs_of_a_path_and_a_handler_are_routes_wherever_they_are_listed() -> None:
    assert table(SHOP) == [
        ("DELETE", "/v1/orders/([0-9]+)", "orders.Order.delete"),
        ("GET", "/", "orders.Home.get"),
        ("GET", "/old/orders", "orders.Orders.get"),
        ("GET", "/v1/orders", "orders.Orders.get"),
        ("POST", "/old/orders", "orders.Orders.post"),
        ("POST", "/v1/orders", "orders.Orders.post"),
    ]


def test_what_renders_a_template_is_a_page() -> None:
    assert [route.path for route in project(SHOP).routes if route.page] == ["/"]


def test_what_says_in_a_header_that_it_is_a_page_is_one() -> None:
    told = 'self.set_header("Content-Type", "text/html; charset=utf-8")'
    orders = SHOP["shop/orders.py"].replace('self.render("home.html")', told)
    assert [route.path for route in project({**SHOP, "shop/orders.py": orders}).routes if route.page] == ["/"]


def test_a_long_list_within_a_function_is_read_to_its_end() -> None:
    rows = "".join(f'            (r"/v1/orders/by/some/criterion/{n}", Orders),\n' for n in range(40))
    app = f"""
import tornado.web

from shop.orders import Order, Orders

class Shop(tornado.web.Application):
    def __init__(self):
        handlers = [
            # orders
{rows}            (r"/api/status", Orders),
        ]
        super().__init__(handlers)

shop = Shop()
"""
    found = project({**SHOP, "shop/app.py": app})
    assert len([route for route in found.routes if route.handler.endswith("Orders.get")]) == 42
    assert [words for _, words in found.unwatched] == ["error tracker", "metrics"]


JOBS = """
from jupyter_server.base.handlers import APIHandler
from jupyter_server.extension.application import ExtensionApp
from jupyter_server.utils import url_path_join

class Shared(APIHandler):
    def get(self): ...

class Jobs(Shared):
    def post(self):
        body = self.get_json_body()
        self.finish(body["name"])

class Job(APIHandler):
    def get(self, key):
        self.finish({"pages": int(self.get_query_argument("pages"))})

class Spare(Shared):
    def get(self): ...

class Scheduler(ExtensionApp):
    handlers = [(r"jobs", Jobs), (url_path_join("jobs", "one"), Job)]
"""


def test_handlers_of_an_extension_are_routes_and_those_that_no_pair_names_have_an_unknown_path() -> None:
    told = table({"jobs.py": JOBS})
    assert ("POST", "/jobs", "Jobs.post") in told
    assert ("GET", "/{?}", "Job.get") in told
    assert ("GET", "/{?}", "Spare.get") in told
    assert not any("Shared" in name and path == "/{?}" for _, path, name in told)


def test_what_such_a_handler_reads_of_a_request_may_be_missing_or_no_number() -> None:
    found = {(one.entry.node.scope, one.error) for one in project({"jobs.py": JOBS}).unhandled}
    assert {error for _, error in found} == {"KeyError", "ValueError"}


SENT = """
import json

from tornado import escape
from tornado.web import RequestHandler
from tower.content import NotResolved

class Store(RequestHandler):
    def post(self):
        return json.loads(escape.to_unicode(self.request.body))

class Decode(RequestHandler):
    def post(self):
        return escape.json_decode(self.request.body)

class Gone(RequestHandler):
    def get(self, key):
        if key not in SHELVES:
            raise NotResolved(key)

routes = [(r"/store", Store), (r"/decode", Decode), (r"/gone/(.+)", Gone)]
"""


def test_a_body_is_parsed_in_any_form_and_what_a_strange_library_raises_it_may_answer() -> None:
    assert {(one.entry.label, str(one.confidence)) for one in project({"store.py": SENT}).unhandled} == {
        ("POST /store", "high"),
        ("POST /decode", "high"),
        ("GET /gone/(.+)", "low"),
    }

"""Routes that a function of the application's own declares for whoever calls it."""

from tests.paths.projects import project

SERVICE = """
from flask import Blueprint, Flask
from flask.views import MethodView

class Resource(MethodView):
    def dispatch_request(self, *args, **kwargs):
        return getattr(self, "get")(*args, **kwargs)

class Service:
    def __init__(self, app):
        self.blueprint = Blueprint("api", __name__, url_prefix="/api")
        app.register_blueprint(self.blueprint)

    def add_resource(self, resource, *urls, hidden=False):
        view = resource.as_view(resource.__name__)
        for url in urls:
            self.blueprint.add_url_rule(rule=url, endpoint=view.__name__, view_func=view)

    def add_page(self, url, function):
        self.blueprint.add_url_rule(url, view_func=function)
"""
APP = """
from flask import Flask
from service import Resource, Service

class Orders(Resource):
    def get(self): ...
    def post(self): ...

class Order(Resource):
    def get(self, key): ...

def about(): ...

app = Flask(__name__)
service = Service(app)
service.add_resource(Orders, "/orders", "/v1/orders")
service.add_resource(Order, "/orders/<int:key>", hidden=True)
service.add_page("/about", about)
"""


def test_a_wrapper_around_the_frameworks_call_declares_a_route_for_each_of_its_callers() -> None:
    routes = {
        (route.name, route.handler.rpartition("app.")[2]) for route in project({"service.py": SERVICE, "app.py": APP}).routes
    }
    assert routes == {
        ("GET /api/orders", "Orders.get"),
        ("POST /api/orders", "Orders.post"),
        ("GET /api/v1/orders", "Orders.get"),
        ("POST /api/v1/orders", "Orders.post"),
        ("GET /api/orders/<int:key>", "Order.get"),
        ("GET /api/about", "about"),
    }


HELPER = """
def register_view(router, routes, view_func, *args, **kwargs):
    for route in routes:
        router.add_url_rule(route, view_func=view_func, *args, **kwargs)
"""
PAGES = """
from flask import Blueprint, Flask
from flask.views import MethodView
from helper import register_view

class Login(MethodView):
    def get(self): ...

class Forum(MethodView):
    def get(self): ...
    def post(self): ...

app = Flask(__name__)
auth = Blueprint("auth", __name__)
forum = Blueprint("forum", __name__)
register_view(auth, routes=["/login"], view_func=Login.as_view("login"))
register_view(forum, ["/<int:key>", "/<int:key>-<slug>"], Forum.as_view("forum"))
app.register_blueprint(auth, url_prefix="/auth")
app.register_blueprint(forum, url_prefix="/forum")
"""


def test_each_caller_names_the_router_and_the_list_of_paths() -> None:
    routes = {
        (route.name, route.handler.rpartition("pages.")[2]) for route in project({"helper.py": HELPER, "pages.py": PAGES}).routes
    }
    assert routes == {
        ("GET /auth/login", "Login.get"),
        ("GET /forum/<int:key>", "Forum.get"),
        ("POST /forum/<int:key>", "Forum.post"),
        ("GET /forum/<int:key>-<slug>", "Forum.get"),
        ("POST /forum/<int:key>-<slug>", "Forum.post"),
    }


VERBS = """
from flask import Flask
from flask.views import MethodView

class Resource(MethodView):
    def dispatch_request(self, *args, **kwargs):
        return super().dispatch_request(*args, **kwargs)

class Orders(Resource):
    def get(self): ...

app = Flask(__name__)
app.add_url_rule("/orders", view_func=Orders.as_view("orders"), methods=["GET", "POST", "DELETE"])
"""


def test_what_dispatches_to_the_verbs_of_a_class_answers_no_others() -> None:
    assert [route.name for route in project({"app.py": VERBS}).routes] == ["GET /orders"]


PREFIXED = """
from flask import Flask
from flask_classful import FlaskView, route

class Api(FlaskView):
    route_prefix = "/v3/"

class OrdersView(Api):
    route_base = "orders"

    @route("/open")
    def open(self): ...

app = Flask(__name__)
OrdersView.register(app)
"""


def test_a_views_prefix_stands_before_its_base() -> None:
    assert [(route.path, route.version) for route in project({"app.py": PREFIXED}).routes] == [("/v3/orders/open", "v3")]


HUNG = """
from flask import Blueprint, Flask
from flask_classful import FlaskView, route

class OrdersView(FlaskView):
    route_base = "/orders"

    @route("", methods=["POST"])
    def add(self): ...

    def get(self, id): ...

class Bills(FlaskView):
    def index(self): ...

class Carts(FlaskView):
    route_base = "/carts"

    @route("/open")
    def open(self): ...

inside = Blueprint("inside", __name__, url_prefix="/inside")

def hang(app):
    prefix = "/api/v3"
    OrdersView.register(app, route_prefix=prefix)
    Bills.register(app)
    Carts.register(inside, route_base="/baskets")
    app.register_blueprint(inside)

app = Flask(__name__)
hang(app)
"""


def test_a_view_hangs_itself_below_what_its_register_says() -> None:
    assert sorted((route.name, route.version) for route in project({"app.py": HUNG}).routes) == [
        ("GET /api/v3/orders/<id>", "v3"),
        ("GET /bills/", ""),
        ("GET /inside/baskets/open", ""),
        ("POST /api/v3/orders", "v3"),
    ]


def test_a_view_of_one_answer_says_itself_which_methods_it_takes() -> None:
    text = """
from flask import Flask
from flask.views import View

class Told(View):
    methods = ["POST", "PUT"]

    def dispatch_request(self):
        return "", 204

app = Flask(__name__)
app.add_url_rule("/told", view_func=Told.as_view("told"))
"""
    assert sorted(entry.label for entry in project({"shop.py": text}).entries) == ["POST /told", "PUT /told"]

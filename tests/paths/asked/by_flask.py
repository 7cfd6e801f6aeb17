"""Blueprints within blueprints, prefixes that are replaced, views as classes, routes in a loop and under a condition."""

from tests.paths.asked.application import Application

FLASK = Application(
    "flask",
    {
        "shop/__init__.py": "",
        "shop/app.py": """
            from flask import Flask

            from shop.views import api, pages
            from shop import admin, stock, stores


            def create_app(debug=False):
                app = Flask(__name__)
                app.register_blueprint(pages)
                app.register_blueprint(api, url_prefix="/api/v2")
                admin.register(app)
                app.register_blueprint(stock.bp)
                app.register_blueprint(stores.bp)
                if debug:
                    app.add_url_rule("/debug", view_func=ping)
                for path in ("/ping", "/healthz"):
                    app.add_url_rule(path, path, ping)
                return app


            def ping():
                return "pong"
            """,
        "shop/views.py": """
            from flask import Blueprint
            from flask.views import MethodView

            PREFIX = "/orders"
            pages = Blueprint("pages", __name__, url_prefix="/pages")
            api = Blueprint("api", __name__, url_prefix="/never")
            nested = Blueprint("nested", __name__, url_prefix="/deep")


            @pages.route("/")
            def home():
                return "home"


            @pages.route("/form", methods=["GET", "POST"])
            def form():
                return "form"


            @api.post(PREFIX)
            def create():
                return "created"


            @nested.get("/leaf")
            def leaf():
                return "leaf"


            class OneOrder(MethodView):
                def get(self, key):
                    return key

                def delete(self, key):
                    return key


            class Many(OneOrder):
                def post(self):
                    return "many"


            api.add_url_rule(f"{PREFIX}/<int:key>", view_func=OneOrder.as_view("one"))
            api.add_url_rule(PREFIX + "/many/<int:key>", view_func=Many.as_view("many"))
            api.register_blueprint(nested)
            """,
        "shop/tables.py": """
            def register(blueprint, rows, decorators=None):
                views = {}
                for path, resource in rows:
                    view = views.get(resource)
                    if view is None:
                        view = resource.as_view(resource.__name__)
                        for decorator in decorators or []:
                            view = decorator(view)
                        views[resource] = view
                    blueprint.add_url_rule(path, view_func=view)
                return blueprint
            """,
        "shop/stock.py": """
            from flask import Blueprint
            from flask.views import MethodView

            from shop.tables import register


            class Level(MethodView):
                def get(self, sku):
                    return sku

                def put(self, sku):
                    return sku


            routes = [("/level/<sku>", Level), ("/old-level/<sku>", Level)]
            bp = Blueprint("stock", __name__, url_prefix="/stock")
            api = register(bp, routes)
            """,
        "shop/stores.py": """
            from flask import Blueprint
            from flask.views import MethodView

            from shop.tables import register


            class Stores(MethodView):
                def get(self):
                    return "stores"


            routes = [
                ("/all", Stores),
            ]
            bp = Blueprint("stores", __name__, url_prefix="/stores")
            register(bp, routes)
            """,
        "shop/admin.py": """
            from flask import Blueprint

            bp = Blueprint("admin", __name__)


            def register(app):
                app.register_blueprint(bp, url_prefix="/admin")


            @bp.delete("/orders/<key>")
            def drop(key):
                return key
            """,
    },
    """
from shop.app import create_app
for rule in create_app(debug=True).url_map.iter_rules():
    for method in rule.methods - {"HEAD", "OPTIONS"}:
        if rule.endpoint != "static":
            print(method, rule.rule)
""",
)

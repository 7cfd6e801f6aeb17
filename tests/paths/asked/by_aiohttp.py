"""Tables, lists and an application within another."""

from tests.paths.asked.application import Application

AIOHTTP = Application(
    "aiohttp",
    {
        "shop/__init__.py": "",
        "shop/app.py": """
            from aiohttp import web

            routes = web.RouteTableDef()


            @routes.get("/hello")
            async def hello(request):
                return web.Response()


            async def pay(request):
                return web.Response()


            class Thing(web.View):
                async def get(self):
                    return web.Response()

                async def post(self):
                    return web.Response()


            class Reports:
                async def sales(self, request):
                    return web.Response()


            TABLE = [
                ("POST", "/orders/{order_id}", pay),
                ("PUT", "/orders", pay),
            ]
            PAGES = {"/pages/one": pay, "/pages/two": pay}


            def set_up(app):
                for method, path, handler in TABLE:
                    app.router.add_route(method, f"/api/v1{path}", handler)
                for path, handler in PAGES.items():
                    app.router.add_get(path, handler)
                for row in (("DELETE", "/spread", pay),):
                    app.router.add_route(*row)
                reports = Reports()
                app.router.add_get("/reports/sales", reports.sales)


            def make():
                app = web.Application()
                set_up(app)
                app.add_routes(routes)
                app.add_routes([web.post("/pay", pay), web.view("/thing", Thing)])
                app.router.add_delete("/gone", pay)
                sub = web.Application()
                sub.router.add_put("/inner", pay)
                app.add_subapp("/sub", sub)
                return app
            """,
    },
    """
from shop.app import make
from aiohttp import web
for route in make().router.routes():
    path = route.resource.canonical
    if route.method == "*":
        for verb in ("get", "post"):
            print(verb.upper(), path)
    elif route.method != "HEAD":
        print(route.method, path)
""",
)

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


            def make():
                app = web.Application()
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

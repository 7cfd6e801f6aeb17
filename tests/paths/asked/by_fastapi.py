"""Routers within routers, from a loop, and an application within another."""

from tests.paths.asked.application import Application

FASTAPI = Application(
    "fastapi",
    {
        "shop/__init__.py": "",
        "shop/main.py": """
            from fastapi import FastAPI

            from shop import carts, orders, stock
            from shop.users import router as users

            app = FastAPI()
            ROUTERS = (orders.router, orders.old)
            for router in ROUTERS:
                app.include_router(router, prefix="/api/v1")
            for module in (carts, stock):
                app.include_router(module.router, prefix="/api/v2")
            app.include_router(users)


            @app.get("/health")
            def health():
                return {}


            inner = FastAPI()
            app.mount("/inner", inner)


            @inner.post("/thing")
            async def thing():
                return {}
            """,
        "shop/carts.py": """
            from fastapi import APIRouter

            router = APIRouter(prefix="/carts")


            @router.get("")
            def carts():
                return []
            """,
        "shop/stock.py": """
            from fastapi import APIRouter

            router = APIRouter(prefix="/stock")


            @router.get("")
            def stock():
                return []
            """,
        "shop/orders.py": """
            from fastapi import APIRouter

            router = APIRouter(prefix="/orders")
            old = APIRouter()
            items = APIRouter(prefix="/{order}/items")


            @router.get("/")
            def listed():
                return []


            @router.api_route("/both", methods=["PUT", "PATCH"])
            def both():
                return []


            @items.delete("/{item}")
            def drop(order: int, item: int):
                return []


            @old.get("/old")
            def get_old():
                return []


            router.include_router(items)
            """,
        "shop/users.py": """
            from fastapi import APIRouter

            router = APIRouter(prefix="/users")


            def me():
                return {}


            router.add_api_route("/me", me, methods=["GET"])
            """,
    },
    """
from shop.main import app
from starlette.routing import Mount

def routes(one, prefix):
    for path, item in one.openapi()["paths"].items():
        for method in item:
            print(method.upper(), prefix + path)
    for route in one.routes:
        if isinstance(route, Mount):
            routes(route.app, prefix + route.path)

routes(app, "")
""",
)

"""Routers of modules that a loop hangs in, each below a prefix of its own."""

from tests.paths.projects import table

ORDERS = """
from fastapi import APIRouter

router = APIRouter()

@router.get("/{number}")
def show(number: int) -> dict:
    return {}
"""
API = """
from fastapi import APIRouter
from shop import orders, stock

router = APIRouter()
for module, prefix in ((orders, "/orders"), (stock, "/stock")):
    router.include_router(module.router, prefix=prefix)
"""
MAIN = """
from fastapi import FastAPI
from shop.api import router

app = FastAPI()
app.include_router(router, prefix="/v1")
"""


def test_each_module_hangs_below_the_prefix_that_stands_beside_it() -> None:
    files = {"shop/orders.py": ORDERS, "shop/stock.py": ORDERS, "shop/api.py": API, "shop/main.py": MAIN}
    assert table(files) == [("GET", "/v1/orders/{number}", "orders.show"), ("GET", "/v1/stock/{number}", "stock.show")]

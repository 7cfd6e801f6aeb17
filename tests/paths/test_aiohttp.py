"""What is read of aiohttp's own request, and of statements whose connection nobody knows."""

import re
import textwrap

import pytest

from tests.paths.projects import project

APP = """
from aiohttp import web

async def order(request):
    BODY
    return web.json_response({})

class Orders(web.View):
    async def get(self):
        request = self.request
        BODY
        return web.json_response({})

app = web.Application()
app.router.add_get(r"PATH", order)
app.router.add_view(r"PATH", Orders)
"""


def errors(body: str, path: str = "/orders/{key}") -> set[str]:
    """The types that leave the handlers."""
    text = re.sub(r"( *)BODY", lambda match: textwrap.indent(body, match[1]), APP).replace("PATH", path)
    return {one.error.rpartition(".")[2] for one in project({"shop.py": text}).unhandled}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("body = await request.json()", "JSONDecodeError"),
        ("page = request.query['page']", "KeyError"),
        ("page = int(request.query.get('page', '0'))", "ValueError"),
        ("key = int(request.match_info['key'])", "ValueError"),
    ],
)
def test_what_comes_with_a_request_may_be_wrong(body: str, kind: str) -> None:
    assert kind in errors(body)


def test_a_path_that_says_what_it_looks_like_can_be_converted() -> None:
    assert errors("key = int(request.match_info['key'])", r"/orders/{key:\d+}") == set()


def test_digits_that_were_asked_for_can_be_converted() -> None:
    asked = "if 'n' not in body or not str(body['n']).isdigit():\n    return None\n"
    assert "ValueError" not in errors(f"body = await request.post()\n{asked}n = int(body['n'])")


LOOP = """
from aiohttp import web

async def names(request):
    found = []
    async with request.app["pool"].acquire() as conn:
        for row in await conn.fetch("SELECT * FROM orders LIMIT 100"):
            found.append(STATEMENT)
    return web.json_response(found)

app = web.Application()
app.router.add_get("/names", names)
"""


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ('await conn.fetchval("SELECT name FROM depot WHERE id = $1", row["depot"])', 1),
        ('await request.app["pool"].execute("UPDATE depot SET seen = 1 WHERE id = $1", row["depot"])', 1),
        ('await conn.executemany("UPDATE depot SET seen = 1 WHERE id = $1", row["depots"])', 0),
        ('describe("SELECT is a word")', 0),
    ],
)
def test_a_statement_in_a_loop_is_a_query_whoever_runs_it(statement: str, number: int) -> None:
    assert len(project({"shop.py": LOOP.replace("STATEMENT", statement)}).repeated_queries) == number


KEPT = """
from aiohttp import ClientSession, web

CLIENT = web.AppKey("client", object)

class Carrier:
    def __init__(self):
        self.session = ClientSession()

    async def track(self, key):
        async with self.session.get(f"https://carrier.example/{key}") as answer:
            return await answer.text()

async def track(request):
    return web.json_response(await READ.track(request.match_info["key"]))

def make():
    app = web.Application()
    WRITE = Carrier()
    app.router.add_get("/tracks/{key}", track)
    return app
"""


@pytest.mark.parametrize(
    ("write", "read"),
    [
        ('app["carrier"]', 'request.app["carrier"]'),
        ("app[CLIENT]", "request.app[CLIENT]"),
        ("app[CLIENT]", "request.config_dict[CLIENT]"),
    ],
)
def test_what_an_application_keeps_under_a_key_is_known_by_its_key(write: str, read: str) -> None:
    found = project({"shop.py": KEPT.replace("WRITE", write).replace("READ", read)}).unhandled
    assert {one.error.rpartition(".")[2] for one in found} & {"ClientConnectionError", "TimeoutError"}


def test_another_key_tells_nothing() -> None:
    text = KEPT.replace("WRITE", 'app["carrier"]').replace("READ", 'request.app["other"]')
    assert not tuple(project({"shop.py": text}).unhandled)


SERVED = """
from aiohttp import web
from aiohttp.web_middlewares import middleware

async def order(request):
    return web.json_response(await request.json())

class Server:
    def __init__(self):
        self.app = web.Application(middlewares=[self.middleware])
        self.app.router.add_post("/orders", order)

    @middleware
    async def middleware(self, request, handler):
        try:
            return await handler(request)
        except CAUGHT as error:
            raise web.HTTPBadRequest(text=str(error))
"""


@pytest.mark.parametrize(("caught", "found"), [("BaseException", 0), ("KeyError", 1)])
def test_a_method_may_be_called_like_the_decorator_that_makes_it_a_middleware(caught: str, found: int) -> None:
    assert len(project({"shop.py": SERVED.replace("CAUGHT", caught)}).unhandled) == found


SESSION = """
from aiohttp import web
from sqlalchemy import select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

sessions = async_sessionmaker(create_async_engine("postgresql://shop"))

class Base(DeclarativeBase):
    pass

class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)

@web.middleware
async def session_per_request(request, handler):
    async with sessions() as session:
        request["session"] = session
        return await handler(request)

async def orders(request):
    rows = (await request["session"].scalars(select(Order))).all()
    return web.json_response([row.id for row in rows])

app = web.Application(middlewares=[session_per_request])
app.router.add_get("/v1/orders", orders)
"""


def test_what_a_request_keeps_under_a_key_is_known_by_its_key() -> None:
    assert len(project({"shop.py": SESSION}).unbounded_queries) == 1

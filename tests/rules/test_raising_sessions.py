"""A session that is seen to raise what a server refuses owes nobody a look at the status."""

import pytest

from tests.rules.test_expected_failures import found

ASKED = """
import httpx

class Client:
    async def orders(self):
        response = await self._client.get("/orders")
        response.raise_for_status()
        return response.json()

    async def order(self, key):
        try:
            response = await self._client.get(f"/orders/{{key}}")
            {look}
        except httpx.HTTPStatusError as error:
            if error.response.status_code == 404:
                return None
            raise
        return response

    async def lines(self):
        return (await self._client.get("/lines")).json()
"""


@pytest.mark.parametrize(("look", "number"), [("response = response.json()", 0), ("response.raise_for_status()", 1)])
def test_a_status_that_is_caught_and_not_asked_for_is_raised_by_the_session(look: str, number: int) -> None:
    assert len(found("errors/unchecked-result", ASKED.format(look=look))) == number


def test_the_answer_of_an_error_is_none_of_a_call_of_its_name() -> None:
    text = (
        "import httpx\n\ndef lines(client):\n    response = client.session.get('/lines')\n    try:\n        go()\n"
        "    except Refused as error:\n        print(error.response.status_code)\n    return response.json()\n"
    )
    assert not found("errors/unchecked-result", text)


@pytest.mark.parametrize("name", ["_post", "_send", "call_api"])
def test_a_helper_that_hands_an_answer_on_leaves_the_look_to_its_callers(name: str) -> None:
    text = (
        "import requests as r\n\ndef NAME(path, **options):\n    return r.post(URL + path, **options)\n\n"
        "def known(sender):\n    return NAME('/senders', json=sender).json()\n\n"
        "def add(sender):\n    return NAME('/senders', json=sender).status_code == 201\n"
    )
    assert [one.location.line for one in found("errors/unchecked-result", text.replace("NAME", name))] == [7]


SESSIONS = """
import aiohttp
import httpx

class Rates:
    def __init__(self):
        self.raising = httpx.Client(base_url="https://a.test", event_hooks={"response": [check]})
        self.plain = httpx.Client(base_url="https://b.test")

    def one(self):
        return self.raising.get("/one").json()

    def two(self):
        return self.plain.get("/two").json()

async def three():
    async with aiohttp.ClientSession(
        raise_for_status=True,
    ) as session:
        async with session.get("https://c.test") as answer:
            return await answer.json()

async def four():
    async with aiohttp.ClientSession() as session:
        async with session.get("https://d.test") as answer:
            return await answer.json()
"""


def test_a_session_that_raises_speaks_for_itself_alone() -> None:
    text = SESSIONS.lstrip("\n")
    lines = [one.location.line for one in found("errors/unchecked-result", text)]
    assert [text.splitlines()[line - 1].strip().partition("test")[0] for line in lines] == [
        'return self.plain.get("/two").json()',
        'async with session.get("https://d.',
    ]


def test_a_session_that_raises_and_is_kept_nobody_knows_where_may_be_any() -> None:
    assert not found("errors/unchecked-result", SESSIONS + "\nkeep(httpx.Client(event_hooks={'response': [check]}))\n")


GIVEN = """
import httpx

class Labels:
    kept = None

    @classmethod
    def client(cls)GIVES:
        cls.kept = cls.kept or httpx.AsyncClient(base_url="https://labels.test")
        return cls.kept

    async def preview(self, code):
        return (await self.client().get(f"/{code}")).content

    async def page(self, code):
        client = self.client()
        reply = await client.get(f"/pages/{code}")
        return reply.text
"""


@pytest.mark.parametrize(("gives", "number"), [(" -> httpx.AsyncClient", 2), (' -> "httpx.AsyncClient"', 2), (" -> Shelf", 0)])
def test_a_method_that_says_it_gives_a_session_gives_one(gives: str, number: int) -> None:
    assert len(found("errors/unchecked-result", GIVEN.replace("GIVES", gives))) == number


OTHER = """
import requests
from shop.rows import {kind}

def rate(url):
    {made}
    response = session.get(url, timeout=3)
    response.raise_for_status()
    return response.text

async def order(session: {kind}, key):
    found = session.get("order", key)
    return found.total
"""


@pytest.mark.parametrize(
    ("made", "number"), [("session = requests.Session()", 0), ("session = requests.session()", 0), ("session = client()", 1)]
)
def test_a_session_that_is_declared_as_something_else_is_none_of_its_namesake_in_another_function(made: str, number: int) -> None:
    assert len(found("errors/unchecked-result", OTHER.format(kind="Rows", made=made))) == number


@pytest.mark.parametrize(("compared", "number"), [("OrderStatus.PAID", 0), ("HTTPStatus.NOT_FOUND", 1), ("404", 1)])
def test_a_status_that_is_one_of_an_enumeration_is_no_answers(compared: str, number: int) -> None:
    text = (
        "import aiohttp\n\nasync def close(shop, key):\n    order = await shop.http.get(key)\n"
        f"    if order.status == {compared}:\n        raise ValueError(key)\n\n"
        "async def show(shop, key):\n    order = await shop.http.get(key)\n    return await order.json()\n"
    )
    assert len(found("errors/unchecked-result", text)) == number

"""A library's own bound that the caller takes away, under whatever name, and a bound set around the call."""

import pytest

from tests.paths.projects import project

ASK = """
import asyncio
import aiohttp

LIMITS = aiohttp.ClientTimeout(total={total})

async def rates():
    {given}
    {around}
        async with aiohttp.ClientSession(timeout={name}) as session:
            async with session.get("https://rates.example/today") as answer:
                return await answer.json()
"""


def bounded(total: str, name: str, around: str = "if True:") -> list[bool | None]:
    given = f"limits = aiohttp.ClientTimeout(total={total})"
    return [
        one.bounded for one in project({"rates.py": ASK.format(total=total, given=given, name=name, around=around)}).outbound.all
    ]


@pytest.mark.parametrize("name", ["limits", "LIMITS"])
@pytest.mark.parametrize(("total", "says"), [("None", False), ("5", True)])
def test_a_bound_is_read_behind_its_name(name: str, total: str, says: bool) -> None:
    assert bounded(total, name) == [says]


def test_a_bound_around_the_call_stands_for_the_one_taken_away() -> None:
    assert bounded("None", "aiohttp.ClientTimeout(total=None)", "async with asyncio.timeout(5):") == [True]


GUARD = """
import socket

real = socket.socket.connect

def guarded(self, address):
    print(address)
    return real(self, address)

{put}
"""


@pytest.mark.parametrize(
    ("put", "waits"), [("socket.socket.connect = guarded", 0), ("guarded(socket.socket(), ('ledger.test', 80))", 1)]
)
def test_what_stands_in_for_a_library_function_hands_on_the_wait_of_its_callers(put: str, waits: int) -> None:
    assert len(project({"guard.py": GUARD.format(put=put)}).outbound.unbounded) == waits


REPLACED = """
import requests
from functools import partial

patient = requests.Session()
patient.request = partial(patient.request, timeout=5)
plain = requests.Session()

def rates():
    return patient.get("https://rates.example").json(), plain.get("https://rates.example").json()
"""
ELSEWHERE = """
from rates import patient, plain

def today():
    return patient.get("https://rates.example").json(), plain.get("https://rates.example").json()
"""


def test_one_client_that_is_made_patient_bounds_its_own_calls_wherever_it_is_asked() -> None:
    found = project({"rates.py": REPLACED, "today.py": ELSEWHERE}).outbound.all
    assert [one.bounded for one in found] == [True, False, True, False]


FACTORY = """
import functools
import requests

def patient(seconds):
    session = requests.Session()
    session.request = functools.partial(session.request, timeout=seconds)
    return session

def plain():
    session = requests.Session()
    session.headers["User-Agent"] = "shop"
    return session
"""
MADE = """
from clients import patient, plain

hurried = patient(5)
slow = plain()

def today():
    return hurried.get("https://rates.example").json(), slow.get("https://rates.example").json()
"""


def test_a_client_is_bounded_by_the_function_that_makes_it_patient() -> None:
    assert [one.bounded for one in project({"clients.py": FACTORY, "today.py": MADE}).outbound.all] == [True, False]


@pytest.mark.parametrize(("limit", "says"), [("None", False), ("10", True), ("settings.LIMIT", True)])
def test_a_bound_that_is_none_under_its_name_bounds_nothing(limit: str, says: bool) -> None:
    code = f"import requests\nfrom shop import settings\nLIMIT = {limit}\n"
    code += "def rates():\n    return requests.get('https://rates.example', timeout=LIMIT)\n"
    assert [one.bounded for one in project({"rates.py": code}).outbound.all] == [says]


def test_a_library_function_that_a_pool_is_given_is_called_once_whoever_knows_the_pool() -> None:
    code = """
from concurrent.futures import ThreadPoolExecutor
import requests

def rates(pool):
    return pool.submit(requests.get, "https://rates.example").result()

def today():
    with ThreadPoolExecutor() as own:
        return own.submit(requests.get, "https://rates.example", timeout=3).result()
"""
    assert [one.bounded for one in project({"rates.py": code}).outbound.all] == [False, True]


LINES = """
import asyncio

async def ask(host):
    reader, writer = await asyncio.open_connection(host, 4059)
    return await reader.readline()

async def soon(host):
    return await {soon}

async def later(host):
    async with asyncio.timeout(5):
        return await ask(host)

{more}
"""


@pytest.mark.parametrize(
    ("soon", "more", "waits"),
    [
        ("asyncio.wait_for(ask(host), 3)", "", 0),
        ("ask(host)", "", 1),
        ("asyncio.wait_for(ask(host), 3)", "async def plainly(host):\n    return await ask(host)", 1),
    ],
)
def test_a_stream_is_opened_in_time_where_all_who_ask_for_it_wait_no_longer(soon: str, more: str, waits: int) -> None:
    assert len(project({"lines.py": LINES.format(soon=soon, more=more)}).outbound.unbounded) == waits


def test_an_empty_limit_is_none() -> None:
    assert bounded("5", "aiohttp.ClientTimeout()") == [False]


def test_a_client_is_known_that_is_the_default_of_a_parameter() -> None:
    code = """
import requests

session = requests.Session()

class Rates:
    def __init__(self, http=session, tries=None):
        self.http = http

    def today(self):
        return self.http.get("https://rates.example", timeout=None).json()
"""
    assert [one.bounded for one in project({"rates.py": code}).outbound.all] == [False]

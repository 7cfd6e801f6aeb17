"""What a client makes waits as long as the client does, and as long as its library where a method of that was replaced."""

import pytest

from tests.paths.projects import project

CACHE = """
import redis

client = redis.Redis.from_url("redis://cache", socket_timeout=1)
endless = redis.Redis.from_url("redis://cache")

def top():
    pipe = client.pipeline()
    pipe.get("hits")
    return pipe.execute()

def last():
    pipe = endless.pipeline()
    pipe.get("hits")
    return pipe.execute()
"""


def test_a_pipeline_has_the_time_limit_of_its_client() -> None:
    found = project({"shop/cache.py": CACHE}).outbound
    waits = {one.edge.call.line: one.bounded for one in found.all if one.edge.call.target == "pipe.execute"}
    assert waits == {10: True, 15: False}


DOCUMENTS = """
import redis

client = redis.Redis(host="cache")
documents = client.json()

def order(key):
    return documents.get(key)

def orders(text):
    return client.ft("orders").search(text)
"""


def test_a_clients_modules_wait_where_they_are_asked_and_not_where_they_are_made() -> None:
    found = project({"shop/cache.py": DOCUMENTS}).outbound
    assert {one.edge.call.target for one in found.all} == {"documents.get", "client.ft().search"}


PATCHED = """
import types

from requests.adapters import HTTPAdapter

def be_patient():
    old = HTTPAdapter.send

    def send(self, request, timeout=None, **options):
        if timeout is None:
            timeout = 30
        return types.MethodType(old, self)(request, timeout=timeout, **options)

    HTTPAdapter.send = send
"""
RATES = """
import requests

def today():
    return requests.get("https://rates.example/today")
"""


def test_a_librarys_method_that_is_replaced_at_the_start_bounds_all_calls_of_the_library() -> None:
    assert not project({"shop/start.py": PATCHED, "shop/rates.py": RATES}).outbound.unbounded
    same = PATCHED.replace("timeout = 30", "pass")
    assert project({"shop/start.py": same, "shop/rates.py": RATES}).outbound.unbounded


POOLED = """
import redis

def ping(url):
    client = redis.Redis.from_url(url)
    client.connection_pool.connection_kwargs["socket_timeout"] = 3
    client.ping()

def wait(url):
    other = redis.Redis.from_url(url)
    other.ping()
"""


def test_an_option_of_the_connections_bounds_the_client_that_makes_them() -> None:
    found = project({"shop/cache.py": POOLED}).outbound.unbounded
    assert [one.edge.call.target for one in found] == ["other.ping"]


@pytest.mark.parametrize("module", ["rates_pb2_grpc", "shop.rates_pb2_grpc", "vendor.stubs"])
def test_a_stub_that_is_generated_when_the_project_is_built_reaches_another_machine(module: str) -> None:
    code = f"""
    import grpc
    from {module} import RatesStub

    async def rate(wanted):
        async with grpc.aio.insecure_channel("rates.example:443") as channel:
            stub = RatesStub(channel)
            return await stub.Find(wanted)
    """
    found = project({"shop/__init__.py": "", "shop/rates.py": code}).outbound.unbounded
    assert [one.location.line for one in found] == [8]

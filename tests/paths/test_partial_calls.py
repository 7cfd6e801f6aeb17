"""What `functools.partial` holds is what its call does: wherever it is kept, and whatever it was filled with."""

import pytest

from tests.paths.projects import project

HELD = "import functools\n\nimport requests\n\nfetch = functools.partial(requests.get, {filled})\n"
AWAY = "from places import fetch\n\ndef rates():\n    return fetch('https://rates.example/today')\n"
METHOD = (
    "from functools import partial\n\nimport requests\n\nclass Rates:\n    def __init__(self):\n"
    "        self.fetch = partial(requests.get, {filled})\n\n    def today(self):\n        return self.fetch('https://rates.example/today')\n"
)


@pytest.mark.parametrize(("filled", "bounded"), [("timeout=3", True), ("headers={}", False)])
def test_a_partial_of_another_module_waits_as_it_was_filled(filled: str, bounded: bool) -> None:
    found = project({"places.py": HELD.format(filled=filled), "rates.py": AWAY})
    assert [(one.service, one.bounded) for one in found.outbound.all] == [("rates.example", bounded)]


@pytest.mark.parametrize(("filled", "bounded"), [("timeout=3", True), ("headers={}", False)])
def test_a_partial_kept_on_the_object_waits_as_it_was_filled(filled: str, bounded: bool) -> None:
    found = project({"rates.py": METHOD.format(filled=filled)})
    assert [(one.service, one.bounded) for one in found.outbound.all] == [("rates.example", bounded)]


def test_what_a_call_gives_anew_counts_more_than_what_was_filled_in() -> None:
    code = HELD.format(filled="timeout=3") + "\ndef rates():\n    return fetch('https://rates.example', timeout=None)\n"
    assert [one.bounded for one in project({"places.py": code}).outbound.all] == [False]


def test_the_errors_of_what_a_partial_holds_come_back() -> None:
    code = HELD.format(filled="timeout=3") + (
        "from flask import Flask\napp = Flask(__name__)\n\n@app.get('/rates')\ndef rates():\n    return fetch('https://rates.example').text\n"
    )
    raised = {one.error.rpartition(".")[2] for one in project({"app.py": code}).unhandled}
    assert "ConnectionError" in raised


def test_a_partial_method_of_a_class_is_its_method_filled_in() -> None:
    code = """
        from functools import partialmethod

        import requests

        class Rates:
            def _call(self, method, path):
                return requests.request(method, "https://rates.example" + path, timeout=3)

            fetch = partialmethod(_call, "GET")

            def today(self):
                return self.fetch("/today")
        """
    graph = project({"rates.py": code}).graph
    today, call = (next(node for node in graph.nodes if graph.name(node).endswith(word)) for word in ("today", "_call"))
    assert call in [edge.to for edge in graph.edges(today)]


CLIENT = """
from functools import partial

import httpx

http = httpx.Client(base_url="https://rates.example", timeout={timeout})
fetch = partial(http.get, "/today")

def today():
    return fetch().json()
"""


@pytest.mark.parametrize(("timeout", "bounded"), [("None", False), ("5.0", True)])
def test_a_partial_of_a_clients_method_waits_as_its_client_does(timeout: str, bounded: bool) -> None:
    assert [one.bounded for one in project({"rates.py": CLIENT.format(timeout=timeout)}).outbound.all] == [bounded]


@pytest.mark.parametrize("given", ["partial(requests.get, 'https://rates.example/today', {filled})", "fetch"])
@pytest.mark.parametrize(("filled", "bounded"), [("timeout=3", True), ("headers={}", False)])
def test_a_partial_that_a_thread_is_given_waits_as_it_was_filled(given: str, filled: str, bounded: bool) -> None:
    code = (
        "import asyncio\nfrom functools import partial\n\nimport requests\n\nasync def rates():\n"
        f"    fetch = partial(requests.get, 'https://rates.example/today', {filled})\n"
        f"    return await asyncio.to_thread({given.format(filled=filled)})\n"
    )
    found = project({"rates.py": code})
    assert [(one.service, one.bounded) for one in found.outbound.all] == [("rates.example", bounded)]

"""What is one outside service for a reader, and where a breaker may have no place."""

import pytest

from auditor.paths.project import Project
from tests.paths.projects import project

FLASK = "import requests\nfrom flask import Flask, request\napp = Flask(__name__)\n"


def exposed(code: str) -> list[tuple[str, bool]]:
    found: Project = project({"app.py": FLASK + code})
    return [(one.service, one.doubtful) for one in found.services.exposed()]


def test_what_is_sent_along_names_no_service() -> None:
    code = "@app.get('/a')\ndef a():\n    return requests.post(app.gateway(), json={'acme': ACME_SERVER}, timeout=3).json()\n"
    assert exposed(code) == [("requests in app", False)]


def test_two_calls_of_a_host_that_a_variable_names_reach_one_service() -> None:
    code = (
        "@app.get('/a')\ndef a():\n    requests.get(f'https://{auth_server}/user', timeout=3)\n"
        "    return requests.post(f'https://{auth_server}/token', timeout=3).json()\n"
    )
    assert exposed(code) == [("auth_server", False)]


@pytest.mark.parametrize(
    ("url", "service"),
    [
        ("'https://rates.example/{}'.format(key)", "rates.example"),
        ("'https://rates.example/%s' % key", "rates.example"),
        ("'https://rates.' + key", "requests in app"),
        ("'https://{}/all'.format(key)", "requests in app"),
    ],
)
def test_a_text_that_goes_on_names_a_host_that_stands_whole_in_it(url: str, service: str) -> None:
    code = f"@app.get('/a')\ndef a(key):\n    return requests.get({url}, timeout=3).json()\n"
    assert [name for name, _ in exposed(code)] == [service]


def test_a_helper_that_reaches_several_hosts_is_named_after_none_of_them() -> None:
    code = (
        "def fetch(url):\n    return requests.get(url, timeout=3)\n"
        "@app.get('/a')\ndef a():\n    return fetch('https://rates.example/today').json()\n"
        "@app.get('/b')\ndef b():\n    return fetch('https://stock.example/all').json()\n"
    )
    assert exposed(code) == [("requests in app", False)]


@pytest.mark.parametrize("address", ["request.args['url']", "request.get_json()['url']", "f\"{request.args['host']}/feed\""])
def test_an_address_that_the_request_brings_is_no_service_of_ours(address: str) -> None:
    code = (
        "def fetch(url):\n    return requests.get(url, timeout=3)\n"
        f"@app.get('/a')\ndef a():\n    where = {address}\n    return fetch(where).json()\n"
    )
    assert exposed(code) == [("requests in app", True)]


def test_a_probe_asks_because_asking_is_its_job() -> None:
    code = (
        "def run_probe(row):\n    return requests.get(row.url, timeout=3)\n"
        "@app.get('/a')\ndef a():\n    return run_probe(app.row).json()\n"
    )
    assert exposed(code) == [("requests in app", True)]


def test_what_a_client_hands_out_waits_as_the_client_does() -> None:
    code = (
        "import redis\n"
        "class Store:\n"
        "    def __init__(self, socket_timeout):\n"
        "        self.bounded = redis.Redis(socket_timeout=socket_timeout)\n"
        "        self.open = redis.Redis()\n"
        "    def put(self, key):\n        pipe = self.bounded.pipeline()\n        pipe.execute()\n"
        "    def drop(self, key):\n        pipe = self.open.pipeline()\n        pipe.execute()\n"
    )
    assert [one.location.line for one in project({"app.py": code}).outbound.unbounded if one.bounded is False] == [11]


POLICY = """
import requests
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_exponential

patient = retry(
    stop=stop_after_attempt(3), wait=wait_exponential(max=4), retry=retry_if_exception_type(KIND), reraise=True
)
"""
USES = """
import requests as http
from flask import Flask

from shop.policy import patient

app = Flask(__name__)

@patient
def send(text):
    return http.post("https://sms.example/messages", json=text, timeout=3)

@app.post("/messages")
def message():
    return send("hello").text
"""


def guarded(kind: str) -> bool:
    """Whether the only service of an application is behind its policy."""
    files = {"shop/__init__.py": "", "shop/policy.py": POLICY.replace("KIND", kind), "shop/app.py": USES}
    return not list(project(files).services.exposed())


def test_a_policy_that_is_made_once_and_kept_guards_what_it_decorates() -> None:
    assert guarded("requests.ConnectionError")
    assert guarded("(requests.ConnectionError, requests.Timeout)")


def test_a_policy_for_other_errors_guards_nothing() -> None:
    assert not guarded("KeyError")


@pytest.mark.parametrize(
    "request_", ["urllib.request.Request('https://rates.example/today')", "urljoin('https://rates.example', day)"]
)
def test_an_address_that_a_request_was_made_of_names_the_service(request_: str) -> None:
    code = (
        "import urllib.request\nfrom urllib.parse import urljoin\n"
        f"@app.get('/a')\ndef a():\n    asked = {request_}\n    return urllib.request.urlopen(asked, None, 3).read()\n"
    )
    assert exposed(code) == [("rates.example", False)]


TRIED = """
import asyncio

async def wait_before(attempt):
    await asyncio.sleep({pause})

def fetch(url):
    try:
        return requests.get(url, timeout=3)
    except requests.RequestException:
        return None

@app.get('/a')
async def a():
    for attempt in range(5):
        answer = fetch("https://rates.example/today")
        if answer is not None:
            break
        await wait_before(attempt)
    return answer.json()
"""


@pytest.mark.parametrize(("pause", "guarded"), [("0.5 * 2 ** attempt", True), ("1", False)])
def test_a_retry_may_leave_the_error_to_what_it_calls_and_the_pause_to_a_helper(pause: str, guarded: bool) -> None:
    assert exposed(TRIED.format(pause=pause)) == ([] if guarded else [("rates.example", False)])


@pytest.mark.parametrize(
    ("made", "away"),
    [
        ("http.client.HTTPConnection('127.0.0.1', 8081)", False),
        ("http.client.HTTPConnection('ledger.example', 8081)", True),
        ("requests_unixsocket('http://localhost')", False),
    ],
)
def test_a_method_and_a_path_name_no_host_but_the_client_does(made: str, away: bool) -> None:
    code = f"import http.client\ndef alive():\n    connection = {made}\n    connection.request('GET', '/alive')\n"
    assert any(not one.local for one in project({"app.py": code}).outbound.all) == away


TASK = """
import requests
from celery import shared_task

class RatesError(Exception): ...
class OtherError(Exception): ...

def fetch():
    try:
        return requests.get("https://rates.example/today", timeout=3).json()
    except {caught} as error:
        raise RatesError("no rates") from error

@shared_task(autoretry_for=({types},), retry_backoff=True, max_retries=4)
def refresh():
    return fetch()
"""


@pytest.mark.parametrize(
    ("caught", "types", "guarded"),
    [
        ("requests.RequestException", "RatesError", True),
        ("requests.RequestException", "OtherError", False),
        ("KeyError", "RatesError", False),
        ("KeyError", "requests.RequestException", True),
    ],
)
def test_a_task_may_be_run_again_for_the_error_that_takes_the_place_of_the_services(
    caught: str, types: str, guarded: bool
) -> None:
    found = project({"app.py": TASK.format(caught=caught, types=types)}).services.exposed()
    assert [one.service for one in found] == ([] if guarded else ["rates.example"])


GIVEN = """
def relay_url():
    return settings.find().rstrip('/')

def first():
    return requests.get(f"{relay_url()}/first", timeout=3).json()

def second():
    base = relay_url()
    return requests.post(base + "/second", timeout=3).json()

@app.get('/a')
def a():
    return first() | second() | forward().json()
"""


def test_calls_of_the_address_that_one_function_gives_reach_one_service() -> None:
    relay = "import requests\nfrom app import relay_url\n"
    relay += "def forward():\n    return requests.get(f'{relay_url()}/third', timeout=3)\n"
    found = project({"app.py": FLASK + "from relay import forward\n" + GIVEN, "relay.py": relay})
    assert [one.service for one in found.services.exposed()] == ["relay_url()"]


def test_a_method_may_give_another_address_for_each_object() -> None:
    code = (
        "class Shop:\n    def own_url(self):\n        return self.url\n"
        "@app.get('/a')\ndef a():\n    return requests.get(f'{Shop().own_url()}/a', timeout=3).json()\n"
        "@app.get('/b')\ndef b():\n    shop = Shop()\n    return requests.get(f'{shop.own_url()}/b', timeout=3).json()\n"
    )
    assert exposed(code) == [("requests in app", False)]


CLIENTS = """
import functools

import httpx
from flask import Flask
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_exponential

app = Flask(__name__)
backing_off = functools.partial(retry, wait=wait_exponential(max=4), stop=stop_after_attempt(4), reraise=True)

class Unreachable(Exception): ...

class Client:
    base_url = ""

    def __init__(self):
        self.http = httpx.Client(base_url=self.base_url, timeout=5)

    def call(self, path, **body):
        try:
            return self.http.post(path, json=body).json()
        except httpx.HTTPError as error:
            raise Unreachable(path) from error

class Payments(Client):
    def charge(self, cents):
        return self.call("/charges", cents=cents)

class Mail(Client):
    @backing_off(retry=retry_if_exception_type({kind}))
    def send(self, text):
        return self.call("/mails", text=text)

@app.post("/pay")
def pay():
    return Payments().charge(5)

@app.post("/mail")
def mail():
    return Mail().send("hello")
"""


@pytest.mark.parametrize(
    ("kind", "exposed"),
    [
        ("Unreachable", ["httpx in Payments"]),
        ("ZeroDivisionError", ["httpx in Mail", "httpx in Payments"]),
    ],
)
def test_what_a_base_class_calls_for_its_heirs_is_a_service_of_each(kind: str, exposed: list[str]) -> None:
    found = project({"shop.py": CLIENTS.replace("{kind}", kind)}).services
    assert [one.service for one in found.exposed()] == exposed
    assert found.reached == {name: name not in exposed for name in ("httpx in Mail", "httpx in Payments")}

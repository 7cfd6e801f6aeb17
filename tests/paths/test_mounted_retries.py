"""Which adapters that are mounted on a client stand for a bounded retry of its calls, and breakers of a class of one's own."""

import pytest

from tests.paths.projects import project

CODE = """
import pybreaker
import requests
from flask import Flask
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

app = Flask(__name__)
other = requests.Session()
other.mount("https://", HTTPAdapter(max_retries=Retry(total=3, backoff_factor=0.5)))
{made}

@app.get("/rates")
def rates():
    return session.{method}("https://rates.example", timeout=3).json()
"""


def is_exposed(made: str, method: str = "get") -> bool:
    return bool(list(project({"rates.py": CODE.format(made=made, method=method)}).services.exposed()))


@pytest.mark.parametrize(
    ("adapter", "exposed"),
    [
        ("HTTPAdapter()", True),
        ("HTTPAdapter(max_retries=3)", True),
        ("HTTPAdapter(max_retries=Retry(total=3))", True),
        ("HTTPAdapter(max_retries=Retry(total=3, backoff_factor=0))", True),
        ("HTTPAdapter(max_retries=Retry(total=3, backoff_factor=0.5))", False),
        ("HTTPAdapter(max_retries=policy)", False),
        ("HTTPAdapter(max_retries=hasty)", True),
        ("adapter", False),
    ],
)
def test_a_client_retries_by_its_own_adapter_alone(adapter: str, exposed: bool) -> None:
    made = (
        "policy = Retry(total=3, backoff_factor=0.5)\nhasty = Retry(total=3)\nadapter = HTTPAdapter(max_retries=policy)\n"
        f"session = requests.Session()\nsession.mount('https://', {adapter})\n"
    )
    assert is_exposed(made) is exposed


@pytest.mark.parametrize(
    ("said", "exposed"), [("", True), (", allowed_methods=['POST']", False), (", allowed_methods=None", False)]
)
def test_what_changes_something_is_sent_again_only_where_the_retry_says_so(said: str, exposed: bool) -> None:
    retry = f"Retry(total=3, backoff_factor=0.5{said})"
    made = f"session = requests.Session()\nsession.mount('https://', HTTPAdapter(max_retries={retry}))\n"
    assert is_exposed(made, "post") is exposed


@pytest.mark.parametrize(("base", "exposed"), [("pybreaker.CircuitBreaker", False), ("object", True)])
def test_an_object_of_a_class_derived_from_a_breaker_is_one(base: str, exposed: bool) -> None:
    code = f"""
import pybreaker
import requests
from flask import Flask

app = Flask(__name__)

class Fuse({base}):
    pass

fuse = Fuse()

@fuse
def load():
    return requests.get("https://rates.example", timeout=3)

@app.get("/rates")
def rates():
    return load().json()
"""
    assert bool(list(project({"rates.py": code}).services.exposed())) is exposed


@pytest.mark.parametrize(
    ("retries", "method", "exposed"),
    [
        ("Retry(total=3, backoff_factor=0.5)", "GET", False),
        ("policy", "GET", False),
        ("Retry(total=3)", "GET", True),
        ("3", "GET", True),
        ("Retry(total=3, backoff_factor=0.5)", "POST", True),
        ("Retry(total=3, backoff_factor=0.5, allowed_methods=['GET', 'POST'])", "POST", False),
    ],
)
def test_a_pool_of_connections_may_be_made_with_its_retries(retries: str, method: str, exposed: bool) -> None:
    code = f"""
from flask import Flask
from urllib3 import PoolManager, Retry

app = Flask(__name__)
policy = Retry(total=3, backoff_factor=0.5)
pool = PoolManager(timeout=3, retries={retries})

@app.get("/rates")
def rates():
    return pool.request("{method}", "https://rates.example").data
"""
    assert bool(list(project({"rates.py": code}).services.exposed())) is exposed


@pytest.mark.parametrize(("pause", "exposed"), [("backoff_factor=0.5", False), ("backoff_factor=0", True)])
@pytest.mark.parametrize("base", ["requests.Session", "Base"])
def test_a_session_class_of_another_file_retries_as_it_is_made(base: str, pause: str, exposed: bool) -> None:
    sessions = f"""
import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

class {"Partner" if base == "requests.Session" else "Base"}(requests.Session):
    def __init__(self, url):
        super().__init__()
        self.url = url
        self.mount("https://", HTTPAdapter(max_retries=Retry(total=3, {pause})))
"""
    sessions += "" if base == "requests.Session" else "\nclass Partner(Base):\n    pass\n"
    rates = """
from flask import Flask
from sessions import Partner

app = Flask(__name__)

class Rates:
    def __init__(self):
        self.session = Partner("https://rates.example")

    def today(self):
        return self.session.get("/today", timeout=3).json()

rates = Rates()

@app.get("/rates")
def show():
    return rates.today()
"""
    found = project({"sessions.py": sessions, "rates.py": rates})
    assert bool(list(found.services.exposed())) is exposed

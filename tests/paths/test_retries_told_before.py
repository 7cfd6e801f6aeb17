"""Retries that are told all they need before they are used, and those of a session of the project's own class."""

from tests.paths.projects import project

PATIENT = """
from functools import partial

import httpx
from fastapi import FastAPI
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

app = FastAPI()
http = httpx.Client(base_url="https://parcels.test")
patient = partial(
    Retrying,
    retry=retry_if_exception_type(httpx.TransportError),
    stop=stop_after_attempt(4),
    wait=wait_random_exponential(max=5),
)

@app.get("/parcels")
def parcels():
    for attempt in patient():
        with attempt:
            answer = http.get("/parcels")
    return answer.json()
"""
SESSION = """
import requests
from flask import Flask
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

app = Flask(__name__)

class TimeoutSession(requests.Session):
    def request(self, method, url, **kwargs):
        kwargs.setdefault("timeout", 5)
        return super().request(method, url, **kwargs)

class Parcels:
    def __init__(self):
        self.session = TimeoutSession()
        self.session.mount("https://", HTTPAdapter(max_retries=Retry(total=3, backoff_factor=0.4)))

    def all(self):
        return self.session.request("GET", "https://parcels.test/all").json()

@app.get("/parcels")
def parcels():
    return Parcels().all()
"""


def is_exposed(code: str) -> bool:
    return bool(list(project({"app.py": code}).services.exposed()))


def test_a_retry_that_a_partial_was_told_of_stands_around_the_loop() -> None:
    assert not is_exposed(PATIENT)
    assert is_exposed(PATIENT.replace("wait=wait_random_exponential(max=5),", ""))


def test_what_all_callers_mount_on_a_session_is_for_what_its_class_sends() -> None:
    assert not is_exposed(SESSION)
    assert is_exposed(SESSION.replace(", backoff_factor=0.4", ""))
    assert is_exposed(
        f"{SESSION}\n@app.get('/other')\ndef other():\n    return TimeoutSession().request('GET', '//a.test').json()\n"
    )

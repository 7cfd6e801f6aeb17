"""A tracer's instrumentations tie the calls of the libraries that they are made for."""

import pytest

from tests.paths.projects import project

TELEMETRY = """
import httpx
import requests
from fastapi import FastAPI
from opentelemetry import propagate
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.instrumentation.requests import RequestsInstrumentor

app = FastAPI()
FastAPIInstrumentor.instrument_app(app)
{instrument}

@app.get("/rates")
def rates():
    return requests.get("http://rates/today", timeout=3).json()

@app.get("/stock")
def stock():
    headers = {{}}
    {inject}
    return httpx.get("http://stock/now", headers=headers).json()
"""


@pytest.mark.parametrize(
    ("instrument", "inject", "lost"),
    [
        ("pass", "pass", ["httpx", "requests"]),
        ("RequestsInstrumentor().instrument()", "pass", ["httpx"]),
        ("HTTPXClientInstrumentor().instrument()", "pass", ["requests"]),
        ("RequestsInstrumentor().instrument()", "propagate.inject(headers)", []),
        ("RequestsInstrumentor().instrument(); HTTPXClientInstrumentor().instrument()", "pass", []),
    ],
)
def test_each_instrumentation_ties_the_calls_of_its_own_library(instrument: str, inject: str, lost: list[str]) -> None:
    found = project({"shop.py": TELEMETRY.format(instrument=instrument, inject=inject)}).tracing
    said = [one.what for one in found.broken() if one.link == "outbound"]
    assert sorted(name for name in ("httpx", "requests") if f"calls by {name} in shop carry no request id" in said) == lost
    assert len(said) == len(lost)

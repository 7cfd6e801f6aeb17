"""The route table knows what each route leads to, and an audit joins it with what a load test measured there."""

import json
from pathlib import Path
from typing import Any

import pytest

from auditor.run.routes import leads_to
from tests.cli.command import auditor, fill
from tests.evidence import made
from tests.paths.projects import project

APP = """
import requests
from flask import Flask, jsonify

app = Flask(__name__)


def rates():
    return requests.get("https://rates.example.org/today").json()


def again(depth):
    return rates() if depth else again(depth + 1)


@app.get("/api/v1/prices")
def prices():
    try:
        return jsonify(again(0))
    except (requests.RequestException, ValueError):
        return jsonify({}), 503


@app.get("/api/v1/events/<int:event>")
def event(event):
    return jsonify({"id": event})
"""


@pytest.fixture
def report(tmp_path: Path) -> dict[str, dict[str, Any]]:
    """The ledger's rows of a small application, by route."""
    root = fill(tmp_path / "shop", {"shop/__init__.py": "", "shop/web.py": APP})
    metrics = {
        "http_req_duration": made.trend(100),
        "http_req_failed{method:GET,url:https://shop.example.org/api/v1/prices?day=1}": {"passes": 30, "fails": 70, "value": 0.3},
        "http_req_failed{method:GET,url:https://shop.example.org/api/v1/events/17}": {"passes": 0, "fails": 100, "value": 0},
        "http_req_failed{method:GET,url:https://shop.example.org/nowhere}": {"passes": 0, "fails": 1, "value": 0},
    }
    (root / "k6.json").write_text(json.dumps({"metrics": metrics, "root_group": {}}))
    done = auditor("audit", ".", "--no-deps", "--evidence", "k6.json", "--format", "json", cwd=root)
    found = json.loads(done.stdout)
    assert [one["subject"] for one in found["unplaced"]] == ["GET /nowhere"]
    return {row["route"]["path"]: row for row in found["routes"]}


def test_each_route_is_told_with_what_it_leads_to(report: dict[str, dict[str, Any]]) -> None:
    counted = {path: row["route"] for path, row in report.items()}
    assert {path: route["untimed_calls"] for path, route in counted.items()} == {
        "/api/v1/prices": 1, "/api/v1/events/<int:event>": 0,
    }  # fmt: skip
    assert "1 call without a timeout" in report["/api/v1/prices"]["said"]


def test_what_was_measured_bears_out_or_contradicts_the_code(report: dict[str, dict[str, Any]]) -> None:
    assert {path: row["standing"] for path, row in report.items()} == {
        "/api/v1/prices": "contradicted", "/api/v1/events/<int:event>": "confirmed",
    }  # fmt: skip


def test_circles_of_calls_end_and_carry_every_target_to_every_caller() -> None:
    graph = project({"a.py": "def a():\n    b()\n\n\ndef b():\n    c()\n    a()\n\n\ndef c():\n    pass\n"}).graph
    names = {graph.name(node): node for node in graph.nodes}
    masks = leads_to(graph, [names["c"], names["a"]])
    assert {name: masks.get(node, 0) for name, node in names.items() if name in "abc"} == {"a": 0b11, "b": 0b11, "c": 0b01}

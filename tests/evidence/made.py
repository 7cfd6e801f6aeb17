"""Files as other tools write them: made by the tools where they are installed, else in the form of their documentation."""

import json
import subprocess
import sys
from pathlib import Path

CODE = """
def share(total, parts):
    if parts:
        return total / parts
    return 0


def never():
    return "nobody calls this"
"""
TEST = """
from shop import share


def test_share():
    assert share(6, 3) == 2
"""


def covered(folder: Path) -> dict[str, Path]:
    """A small project whose test really ran under coverage.py: its XML, JSON and LCOV, and pytest's JUnit XML."""
    (folder / "shop.py").write_text(CODE)
    (folder / "test_shop.py").write_text(TEST)
    for words in (
        ("run", "--branch", "--include=shop.py", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--junitxml=junit.xml"),
        ("xml", "-q"),
        ("json", "-q"),
        ("lcov", "-q"),
    ):
        subprocess.run([sys.executable, "-m", "coverage", *words], cwd=folder, check=True, capture_output=True)
    return {name: folder / name for name in ("coverage.xml", "coverage.json", "coverage.lcov", "junit.xml")}


def trend(p95: float) -> dict[str, float]:
    return {"avg": p95 / 2, "min": 1, "med": p95 / 3, "max": 2 * p95, "p(90)": p95 - 1, "p(95)": p95}


def k6_export(p95: float = 181.5, failed: float = 0.02) -> bytes:
    """As `k6 run --summary-export` writes it: values beside each other, `passes` counting the requests that failed."""
    metrics = {
        "http_req_duration": {**trend(p95), "thresholds": {"p(95)<200": False}},
        "http_req_duration{expected_response:true}": trend(p95 - 5),
        "http_req_duration{name:/api/events/{id}}": trend(320),
        "http_req_duration{method:POST,url:https://shop.example.org/api/orders?x=1}": trend(90),
        "http_req_failed": {"passes": 4, "fails": 196, "value": failed},
        "http_req_failed{name:/api/events/{id}}": {"passes": 4, "fails": 36, "value": 0.1},
        "http_reqs": {"count": 200, "rate": 6.5},
        "vus": {"value": 1, "min": 1, "max": 10},
    }
    return json.dumps({"metrics": metrics, "root_group": {"name": "", "path": "", "groups": {}, "checks": {}}}).encode()


def k6_summary(p95: float = 181.5, failed: float = 0.02) -> bytes:
    """As `handleSummary` gets it: the same values inside `values`, with types and thresholds."""
    page = json.loads(k6_export(p95, failed))
    for name, body in page["metrics"].items():
        kind = "trend" if "p(95)" in body else "rate" if "passes" in body else "counter"
        values = {("rate" if key == "value" else key): value for key, value in body.items() if key != "thresholds"}
        page["metrics"][name] = {"type": kind, "contains": "time" if kind == "trend" else "default", "values": values}
        if "thresholds" in body:
            page["metrics"][name]["thresholds"] = {"p(95)<200": {"ok": True}}
    page |= {"options": {"summaryTrendStats": ["avg", "p(95)"]}, "state": {"testRunDurationMs": 30012.7}}
    return json.dumps(page).encode()


def k6_stream(times_ms: list[float], failed: int = 0) -> bytes:
    """As `k6 run --out json=FILE` writes it: a line a metric's declaration, then a line a point."""
    declared = {"name": "http_req_duration", "type": "trend", "contains": "time", "thresholds": [], "submetrics": None}
    lines: list[dict[str, object]] = [{"type": "Metric", "data": declared, "metric": "http_req_duration"}]
    for at, value in enumerate(times_ms):
        tags = {"method": "GET", "name": "/api/events", "url": "http://x/api/events?p=1", "status": "200", "group": ""}
        time = f"2026-03-20T14:{at // 60 % 60:02d}:{at % 60:02d}.625742514+01:00"
        lines.append({"type": "Point", "data": {"time": time, "value": value, "tags": tags}, "metric": "http_req_duration"})
        bad = {"time": time, "value": int(at < failed), "tags": tags}
        lines.append({"type": "Point", "data": bad, "metric": "http_req_failed"})
    lines.append({"type": "Point", "data": {"time": "2026-03-20T15:00:00Z", "value": 5, "tags": None}, "metric": "vus"})
    return b"\n".join(json.dumps(line).encode() for line in lines) + b"\n"


def vector(*series: tuple[dict[str, str], str]) -> bytes:
    """An answer of Prometheus to an instant query."""
    result = [{"metric": labels, "value": [1774000000.781, value]} for labels, value in series]
    return json.dumps({"status": "success", "data": {"resultType": "vector", "result": result}}).encode()


def issue(level: str = "error", status: str = "unresolved", culprit: str = "shop.pay", number: int = 1) -> dict[str, object]:
    """One issue as Sentry's API lists it, with the fields that matter."""
    return {
        "id": str(number), "shortId": f"SHOP-{number}", "title": "ZeroDivisionError", "culprit": culprit, "level": level,
        "status": status, "count": "12", "userCount": 3, "firstSeen": "2026-03-01T10:00:00Z",
        "lastSeen": "2026-03-20T10:00:00Z", "permalink": "https://sentry.example.org/1",
    }  # fmt: skip


def sarif(*results: dict[str, object], tool: str = "bandit", rules: tuple[dict[str, object], ...] = (), **run: object) -> bytes:
    """A SARIF file of one run."""
    whole = {"tool": {"driver": {"name": tool, "rules": list(rules)}}, "results": list(results), **run}
    return json.dumps({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [whole]}).encode()


def result(rule: str = "B101", uri: str = "shop.py", line: int = 3, text: str = "says why", **more: object) -> dict[str, object]:
    """One result of a SARIF run."""
    place = {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": line}}}
    return {"ruleId": rule, "level": "warning", "message": {"text": text}, "locations": [place], **more}


REDIS = """# Server
redis_version:7.2.4
# Stats
total_connections_received:12
keyspace_hits:720
keyspace_misses:280
"""

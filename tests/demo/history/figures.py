"""Figures that other tools would have measured each week, made up for the demo, in the form those tools write."""

import json
import math
from datetime import datetime, timedelta

import msgspec


class File(msgspec.Struct, frozen=True):
    """A file of another tool: its name and text."""

    name: str
    text: str


STATEMENTS = 9_000
FIRST_LOAD_TEST = 4
"""The made-up team ran no load test before this week, so nothing is known of latency until then."""
NO_LOAD_TEST = frozenset((17, 18))


def files(week: int, of: int, when: datetime) -> tuple[File, ...]:
    """All files of a week, counted from 0. The figures wobble, and get better on the whole."""
    share = week / max(of - 1, 1)
    wave = math.sin(week * 1.7)
    made = [_coverage(58 + 17 * share + wave, when), _issues(round(19 - 13 * share + 2 * wave), when)]
    if week >= FIRST_LOAD_TEST and week not in NO_LOAD_TEST:
        made.append(_load_test(430 - 170 * share + 18 * wave, 0.021 - 0.015 * share))
    return tuple(made)


def _coverage(line_pct: float, when: datetime) -> File:
    covered = round(STATEMENTS * line_pct / 100)
    totals = {"covered_lines": covered, "num_statements": STATEMENTS, "missing_lines": STATEMENTS - covered,
              "percent_covered": line_pct}  # fmt: skip
    page = {"meta": {"format": 3, "version": "7.10.0", "timestamp": when.isoformat()}, "files": {}, "totals": totals}
    return File("coverage.json", json.dumps(page))


def _load_test(p95_ms: float, failed: float) -> File:
    times = {"avg": p95_ms / 2, "min": 3.0, "med": p95_ms / 3, "max": p95_ms * 3, "p(90)": p95_ms * 0.8, "p(95)": p95_ms}
    requests = 20_000
    metrics = {
        "http_req_duration": times,
        "http_req_duration{name:/api/v1/watch}": {**times, "p(95)": p95_ms * 1.3},
        "http_req_failed": {"passes": round(requests * failed), "fails": requests - round(requests * failed), "value": failed},
        "http_reqs": {"count": requests, "rate": 66.7},
    }
    return File("k6.json", json.dumps({"metrics": metrics, "root_group": {"name": "", "path": "", "groups": {}, "checks": {}}}))


def _issues(number: int, when: datetime) -> File:
    seen = (when - timedelta(days=2)).isoformat()
    page = [
        {
            "id": str(one), "shortId": f"DEMO-{one}", "title": "TimeoutError", "culprit": "/api/v1/watch", "level": "error",
            "status": "unresolved", "count": "7", "userCount": 2, "firstSeen": seen, "lastSeen": seen,
        }
        for one in range(1, number + 1)
    ]  # fmt: skip
    return File("sentry.json", json.dumps(page))

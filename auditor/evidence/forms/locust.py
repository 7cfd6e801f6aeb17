"""Locust: the table of a load test (`--csv NAME` writes it as `NAME_stats.csv`), and what `--json` prints of it."""

import csv
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from auditor.evidence.forms.route import of_path
from auditor.evidence.record import Evidence, Refused, from_epoch
from auditor.model.measure import Measure

TOOL = "Locust"
HEAD = ("Type", "Name", "Request Count", "Failure Count")
"""How the table's first line begins since Locust 1.0."""
ALL = "Aggregated"
SHARES = (("http.p50_ms", "50%", 0.5), ("http.p95_ms", "95%", 0.95), ("http.p99_ms", "99%", 0.99))
MOST_ROUTES = 1000


def table(text: str, file: str) -> Evidence:
    """The figures of `NAME_stats.csv`: of all requests, which Locust writes in a row of its own, and of each that is a route."""
    found: list[Measure] = []
    try:
        for row in islice(csv.DictReader(text.splitlines()), MOST_ROUTES):
            whole = row.get("Name") == ALL and not row.get("Type")
            place = "" if whole else _place(row.get("Type") or "", row.get("Name") or "")
            if whole or place:
                times = ((name, _number(row.get(key))) for name, key, _ in SHARES)
                found += _figures(place, _number(row.get(HEAD[2])), _number(row.get(HEAD[3])), times)
    except csv.Error as error:
        raise Refused(f"it is no CSV that can be read: {error}") from None
    if not any(not one.subject for one in found):
        raise Refused(f"Locust's table holds no row {ALL} with requests: was the test stopped before it ended?")
    return Evidence(kind="locust", tool=TOOL, file=file, taken_at="", measures=tuple(_unique(found)))


def listing(page: Sequence[Mapping[str, object]], file: str) -> Evidence:
    """The figures of `--json`, whose entries hold how often each answer time, in milliseconds, came about."""
    found: list[Measure] = []
    everything: Counter[float] = Counter()
    requests = failures = 0.0
    newest = ""
    for one in page[:MOST_ROUTES]:
        times = _times(one.get("response_times"))
        count, failed = _number(one.get("num_requests")), _number(one.get("num_failures"))
        everything += times
        requests, failures = requests + (count or 0), failures + (failed or 0)
        newest = max(newest, from_epoch(str(one.get("last_request_timestamp") or "")))
        place = _place(str(one.get("method", "")), str(one.get("name", "")))
        if place:
            found += _figures(place, count, failed, _percentiles(times))
    found += _figures("", requests, failures, _percentiles(everything))
    if not requests:
        raise Refused("no request was made in this test")
    return Evidence(kind="locust", tool=TOOL, file=file, taken_at=newest, measures=tuple(_unique(found)))


def _times(value: object) -> Counter[float]:
    """Answer times with how often each came about."""
    pairs = ((_number(key), _number(count)) for key, count in (value if isinstance(value, dict) else {}).items())
    return Counter({time: int(count) for time, count in pairs if time is not None and count})


def _percentiles(times: Counter[float]) -> Iterator[tuple[str, float | None]]:
    """The slowest time that no more than the given share of requests stayed below, as Locust works it out."""
    total = sum(times.values())
    for name, _, share in SHARES:
        slower = 0
        for time in sorted(times, reverse=True):
            slower += times[time]
            if total - slower <= math.floor(total * share):
                yield name, time
                break


def _figures(
    place: str, count: float | None, failed: float | None, times: Iterable[tuple[str, float | None]]
) -> Iterator[Measure]:
    if not count:
        return
    yield from (Measure(name, value, "ms", place, TOOL) for name, value in times if value is not None)
    yield Measure("http.requests", count, "count", place, TOOL)
    if failed is not None and failed <= count:
        yield Measure("http.error_rate_pct", round(100 * failed / count, 6), "%", place, TOOL)


def _place(method: str, name: str) -> str:
    path = of_path(name)
    return f"{method.upper() if method.isalpha() else 'ANY'} {path}" if path else ""


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None  # `N/A` of a route that nobody asked
    return number if math.isfinite(number) and 0 <= number < 1e15 else None


def _unique(found: Iterable[Measure]) -> Iterator[Measure]:
    """The first of each name and subject: two entries may name one route."""
    return iter({(one.name, one.subject): one for one in reversed(list(found))}.values())

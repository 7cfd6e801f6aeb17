"""k6: the summary of a load test (`--summary-export`, or the object that `handleSummary` gets), and its stream of points."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from auditor.evidence.forms.route import subject
from auditor.evidence.record import Evidence, Refused, from_iso
from auditor.model.measure import Measure, unknown

TOOL = "k6"
TRENDS = (("http.p50_ms", "med"), ("http.p95_ms", "p(95)"), ("http.p99_ms", "p(99)"))
SUBMETRIC = re.compile(r"(\w+)\{(.*)\}\Z", re.DOTALL)
MOST_ROUTES = 1000


def summary(page: Mapping[str, object], file: str) -> Evidence:
    """The figures of a summary: all requests, and each URL that a threshold by tag gave figures of its own. The structured
    form of k6 1.5 and later holds its metrics as a list inside `results`, and the time in `metadata`.
    """
    results, about = page.get("results"), page.get("metadata")
    metrics = (results if isinstance(results, dict) else page).get("metrics")
    about = about if isinstance(about, dict) else {}
    taken_at = from_iso(str(about.get("generated_at") or about.get("generatedAt") or ""))
    if isinstance(metrics, list):
        metrics = {one.get("name"): one for one in metrics if isinstance(one, dict)}
    if not isinstance(metrics, dict) or not any(str(name).startswith("http_req") for name in metrics):
        raise Refused("the summary holds no HTTP requests")
    found: list[Measure] = []
    for name, body in sorted(metrics.items(), key=lambda pair: str(pair[0])):
        metric, tags = _named(str(name))
        place = subject(tags) if tags else ""
        if isinstance(body, dict) and (not tags or place):
            values = body.get("values")
            found += _figures(metric, values if isinstance(values, dict) else body, place)
    if not any(one.name == "http.p95_ms" and not one.subject for one in found):
        found.append(unknown("http.p95_ms", "the summary holds no p(95): ask for it in summaryTrendStats", "ms", source=TOOL))
    return Evidence(kind="k6", tool=TOOL, file=file, taken_at=taken_at, measures=tuple(_unique(found)))


def _named(name: str) -> tuple[str, dict[str, str]]:
    """`http_req_duration{method:GET,name:/x}` as a metric and its tags."""
    match = SUBMETRIC.match(name)
    if match is None:
        return name, {}
    tags = {}
    for part in re.split(r",\s*(?=\w+:)", match[2]):
        key, _, value = part.partition(":")
        tags[key.strip()] = value.strip().strip("\"'")
    return match[1], tags


def _figures(metric: str, values: Mapping[str, object], place: str) -> Iterable[Measure]:
    if metric == "http_req_duration":
        for name, key in TRENDS:
            value = _number(values.get(key, values.get("p(50)") if key == "med" else None))
            if value is not None:
                yield Measure(name, value, "ms", place, TOOL)
    elif metric == "http_req_failed":
        rate = _number(values.get("rate", values.get("value")))
        if rate is not None and 0 <= rate <= 1:
            yield Measure("http.error_rate_pct", round(100 * rate, 6), "%", place, TOOL)
    elif metric == "http_reqs":
        count = _number(values.get("count"))
        if count is not None:
            yield Measure("http.requests", count, "count", place, TOOL)


def _number(value: object) -> float | None:
    usable = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0
    return float(value) if usable and isinstance(value, int | float) else None


class Data(msgspec.Struct):
    """What a point of the stream holds; the rest of it is not needed."""

    time: str = ""
    value: float = 0.0
    tags: dict[str, object] | None = None


class Line(msgspec.Struct):
    """One line of the stream."""

    type: str
    metric: str = ""
    data: Data | None = None


class Kind(msgspec.Struct):
    """Enough of a line to know whether it is a point that matters."""

    type: str = ""
    metric: str = ""


def stream(data: bytes, file: str) -> Evidence:
    """The figures of `--out json`: percentiles worked out from every point, as k6 does it (linear between neighbours)."""
    times: dict[str, list[float]] = defaultdict(list)
    failed: dict[str, list[float]] = defaultdict(list)
    newest, broken = "", 0
    brief, whole = msgspec.json.Decoder(Kind), msgspec.json.Decoder(Line)
    for raw in data.split(b"\n"):
        if not raw.strip():
            continue
        try:
            head = brief.decode(raw)
            if head.type != "Point" or head.metric not in ("http_req_duration", "http_req_failed"):
                continue
            point = whole.decode(raw).data
        except msgspec.MsgspecError:
            broken += 1
            continue
        if point is None or not math.isfinite(point.value) or point.value < 0:
            broken += 1
            continue
        newest = max(newest, from_iso(point.time))
        target = times if head.metric == "http_req_duration" else failed
        place = subject({key: str(value) for key, value in (point.tags or {}).items()})
        for name in {"", place if place in target or len(target) <= MOST_ROUTES else ""}:
            target[name].append(point.value)
    if not times[""]:
        raise Refused("the stream holds no point of http_req_duration")
    gaps = (f"{broken:,} of its lines could not be read",) if broken else ()
    places = sorted({*times, *failed})
    measures = tuple(one for place in places for one in _of(place, times.get(place, []), failed.get(place, [])))
    return Evidence(kind="k6", tool=TOOL, file=file, taken_at=newest, measures=measures, gaps=gaps)


def _of(place: str, times: list[float], failed: list[float]) -> Iterable[Measure]:
    if times:
        ordered = sorted(times)
        for name, share in (("http.p50_ms", 0.5), ("http.p95_ms", 0.95), ("http.p99_ms", 0.99)):
            yield Measure(name, round(percentile(ordered, share), 6), "ms", place, TOOL)
        yield Measure("http.requests", len(ordered), "count", place, TOOL)
    if failed:
        yield Measure("http.error_rate_pct", round(100 * sum(map(bool, failed)) / len(failed), 6), "%", place, TOOL)


def percentile(ordered: list[float], share: float) -> float:
    """A percentile of sorted figures, straight between the two nearest ranks."""
    at = share * (len(ordered) - 1)
    low = math.floor(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def _unique(found: Iterable[Measure]) -> Iterable[Measure]:
    """The first of each name and subject: two tags may name one route."""
    seen = set()
    for one in found:
        if (one.name, one.subject) not in seen:
            seen.add((one.name, one.subject))
            yield one

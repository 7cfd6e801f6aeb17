"""Prometheus: an answer of its HTTP API to an instant query, which has values but does not say what they mean."""

import math
from collections.abc import Mapping

from auditor.evidence.forms.route import subject
from auditor.evidence.record import Evidence, Refused, from_epoch
from auditor.model.measure import Measure, unknown

TOOL = "Prometheus"
MOST_SERIES = 2000
UNITS = (("_pct", "%"), ("_ms", "ms"), ("_s", "s"), ("_bytes", "B"))


def answer(page: Mapping[str, object], file: str, measure: str, unit: str = "") -> Evidence:
    """What the query gave, as the measure that the caller names. Series with a route's label become that route's figures,
    a single other one the project's. Raises Refused where the server told an error or no measure is named.
    """
    if not measure:
        raise Refused("an answer of Prometheus does not say what it measures: name it with --measure, such as cache.hit_rate_pct")
    if page.get("status") != "success":
        raise Refused(f"Prometheus answered with an error: {str(page.get('error') or 'no reason was given')[:200]}")
    data = page.get("data")
    if not isinstance(data, dict):
        raise Refused("the answer holds no data")
    samples = _samples(data)
    unit = unit or unit_of(measure)
    found = _measures(samples, measure, unit)
    newest = max((from_epoch(str(time)) for _, time, _ in samples), default="")
    return Evidence(kind="prometheus", tool=TOOL, file=file, taken_at=newest, measures=tuple(found))


def unit_of(measure: str) -> str:
    """The unit that a measure's name ends in."""
    return next((unit for ending, unit in UNITS if measure.endswith(ending)), "count")


def _samples(data: Mapping[str, object]) -> list[tuple[dict[str, str], float, float]]:
    """Labels, time and value of every series; of a range its last value."""
    kind, result = data.get("resultType"), data.get("result")
    if kind in ("scalar", "string"):
        pair = _pair(result)
        return [({}, *pair)] if pair else []
    found = []
    for one in (result if isinstance(result, list) else [])[:MOST_SERIES]:
        if not isinstance(one, dict):
            continue
        values = one.get("values")
        pair = _pair(values[-1] if isinstance(values, list) and values else one.get("value"))
        labels = one.get("metric")
        if pair:
            told = labels.items() if isinstance(labels, dict) else ()
            found.append(({str(key): str(value) for key, value in told}, *pair))
    return found


def _pair(value: object) -> tuple[float, float] | None:
    if not (isinstance(value, list) and len(value) == 2):
        return None
    try:
        return float(value[0]), float(value[1])
    except (TypeError, ValueError):
        return None


def _measures(samples: list[tuple[dict[str, str], float, float]], name: str, unit: str) -> list[Measure]:
    if not samples:
        return [unknown(name, "the query gave no data", unit, source=TOOL)]
    routes = {}
    others = []
    for labels, _, value in samples:
        place = subject(labels)
        if place:
            routes[place] = value
        else:
            others.append(value)
    found = [_one(name, value, unit, place) for place, value in sorted(routes.items())]
    if len(others) == 1:
        found.append(_one(name, others[0], unit, ""))
    elif others:
        note = f"the query gave {len(others)} series: bring them together, such as with sum() or avg()"
        found.append(unknown(name, note, unit, source=TOOL))
    return found


def _one(name: str, value: float, unit: str, place: str) -> Measure:
    if not math.isfinite(value):
        return unknown(name, "the query gave no number: nothing happened in its window", unit, place, TOOL)
    return Measure(name, value, unit, place, TOOL)

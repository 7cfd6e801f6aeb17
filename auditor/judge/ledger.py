"""The route ledger: a row a route that joins what the code says of it with what was measured there."""

import re
from collections.abc import Iterable, Mapping

from auditor.model.measure import Basis, Measure
from auditor.model.route import Entry, Ledger, Route, Standing
from auditor.model.units import figure

ERRORS_PCT = 1.0
"""A share of failed requests up to this says nothing against a route: load tests hit limits and time out now and then."""
ABOUT = ("http.", "sentry.", "cache.", "database.", "breaker.")
PARAMETER = re.compile(r"\{[^/{}]*\}|<[^/<>]*>|\(\?P<\w+>[^()]*\)|(?<=/):\w+|\[[^/\[\]]*\]")
PLAIN = {
    "http.p95_ms": "95 of 100 answers within {}",
    "http.error_rate_pct": "{} of requests failed",
    "http.requests": "{} requests",
    "http.limited_requests": "{} requests turned away",
    "sentry.unresolved": "{} unresolved errors",
}


def ledger(routes: Iterable[Route], measures: Iterable[Measure]) -> Ledger:
    """A row for each route, in their order. A measure belongs to the route whose method and path its subject names: the path
    as the framework writes it, or a real one that fits; of several that fit, the ones with the fewest parameters.
    """
    table = tuple(routes)
    shapes = [_shape(route.path) for route in table]
    exact: dict[str, list[int]] = {}
    for at, shape in enumerate(shapes):
        exact.setdefault(shape, []).append(at)
    placed: dict[int, list[Measure]] = {}
    unplaced = []
    for measure in measures:
        if not measure.subject or not measure.name.startswith(ABOUT):
            continue
        found = _fitting(measure.subject, table, shapes, exact)
        for at in found:
            placed.setdefault(at, []).append(measure)
        if not found:
            unplaced.append(measure)
    return Ledger(tuple(_entry(route, placed.get(at, [])) for at, route in enumerate(table)), tuple(unplaced))


def _shape(path: str) -> str:
    """A path with every parameter as `*`, without anchors and a slash at the end."""
    return "/" + PARAMETER.sub("*", "/" + path.strip("^$").lstrip("/")).strip("/")


def _fitting(subject: str, routes: tuple[Route, ...], shapes: list[str], exact: Mapping[str, list[int]]) -> list[int]:
    method, _, path = subject.partition(" ")
    found = [at for at in exact.get(_shape(path), []) if _same_method(method, routes[at].method)]
    if found:
        return found
    words = _shape(path).split("/")
    fits = [at for at, shape in enumerate(shapes) if _fits(words, shape.split("/")) and _same_method(method, routes[at].method)]
    least = min((shapes[at].count("*") for at in fits), default=0)
    return [at for at in fits if shapes[at].count("*") == least]


def _fits(words: list[str], shape: list[str]) -> bool:
    if len(words) != len(shape):
        return False
    return all(part in ("*", word) or _within(word, part) for word, part in zip(words, shape, strict=True))


def _within(word: str, part: str) -> bool:
    """A segment that is a parameter in part: `report-*.csv`."""
    if "*" not in part:
        return False
    head, tail = part.split("*", 1)[0], part.rsplit("*", 1)[1]
    return len(word) >= len(head) + len(tail) and word.startswith(head) and word.endswith(tail)


def _same_method(one: str, other: str) -> bool:
    return one == other or "ANY" in (one, other)


def _entry(route: Route, found: list[Measure]) -> Entry:
    measured = tuple(sorted(found, key=lambda one: (one.name, one.subject)))
    standing, why = _standing(route, {one.name: one for one in measured if one.known and one.basis is not Basis.STALE}, measured)
    return Entry(route, _said(route), measured, standing, why)


def _said(route: Route) -> tuple[str, ...]:
    """What the code says, in words; what it does not say is left out."""
    words = [
        _whether(route.handled, "errors are answered for", "errors can escape"),
        _limited(route.limited),
        f"version {route.version}" if route.version else ("" if route.page else "no version in its path"),
        _whether(route.traced, "traced", "not traced"),
        _number(route.queries_in_loops, "query in a loop", "queries in loops", "no query in a loop"),
        _number(route.untimed_calls, "call without a timeout", "calls without a timeout", "every call has a timeout"),
    ]
    return tuple(word for word in words if word)


def _limited(by: str) -> str:
    return "perhaps limited" if by == "unknown" else f"limited by {by}" if by else "not limited"


def _whether(said: bool | None, yes: str, no: str) -> str:
    return "" if said is None else yes if said else no


def _number(count: int | None, one: str, many: str, none: str) -> str:
    return "" if count is None else none if not count else f"{count} {one if count == 1 else many}"


def _standing(route: Route, fresh: Mapping[str, Measure], measured: tuple[Measure, ...]) -> tuple[Standing, str]:
    """Whether measurements bear out what the code says of errors and limits: the two claims that can be seen from outside."""
    if not fresh:
        return Standing.NO_EVIDENCE, "every figure of this route is too old" if measured else "nobody measured this route"
    told = ", ".join(_plain(one) for name, one in sorted(fresh.items()) if name in PLAIN)
    failing = _value(fresh, "http.error_rate_pct", 0.0) > ERRORS_PCT or _value(fresh, "sentry.unresolved", 0.0) > 0
    seen = "http.error_rate_pct" in fresh or "sentry.unresolved" in fresh
    limits = _value(fresh, "http.limited_requests", 0.0) > 0
    if route.handled is True and failing:
        return Standing.CONTRADICTED, f"errors are answered for in the code, yet: {told}"
    if not route.limited and limits:
        return Standing.CONTRADICTED, f"no limit is seen in the code, yet: {told}"
    if route.handled is False and failing:
        return Standing.CONFIRMED, f"errors can escape, and they do: {told}"
    if (route.handled is True and seen) or (route.limited and limits):
        return Standing.CONFIRMED, told
    return Standing.NO_EVIDENCE, f"what was measured says nothing of errors or limits{f': {told}' if told else ''}"


def _value(fresh: Mapping[str, Measure], name: str, otherwise: float) -> float:
    one = fresh.get(name)
    return otherwise if one is None or one.value is None else one.value


def _plain(measure: Measure) -> str:
    return PLAIN[measure.name].format(figure(measure.value or 0.0, measure.unit))

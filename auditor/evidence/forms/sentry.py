"""Sentry: a list of issues as its API gives it, counted by level, and by the transaction where they arise."""

from collections import Counter
from collections.abc import Sequence

from auditor.evidence.forms.route import of_path
from auditor.evidence.record import Evidence
from auditor.model.measure import Measure

TOOL = "Sentry"
LEVELS = ("fatal", "error", "warning", "info", "debug")
GRAVE = ("fatal", "error")
DONE = ("resolved", "ignored", "archived", "muted", "resolvedInNextRelease")


def issues(page: Sequence[object], file: str, taken_at: str = "", note: str = "") -> Evidence:
    """Unresolved issues by level; `incidents.count` are those of level fatal or error. An issue without a status counts as
    unresolved, one of an unknown level as an error: what can not be read is not taken to be fine.
    """
    levels: Counter[str] = Counter(dict.fromkeys(LEVELS, 0))
    places: Counter[str] = Counter()
    for one in page:
        if not isinstance(one, dict) or one.get("status") in DONE:
            continue
        level = str(one.get("level", "error"))
        levels[level if level in LEVELS else "error"] += 1
        places[_place(one)] += 1
    grave = sum(levels[level] for level in GRAVE)
    found = [
        Measure("incidents.count", grave, "incidents", source=TOOL, note=note),
        Measure("sentry.unresolved", sum(levels.values()), "count", source=TOOL, note=note),
        *(Measure(f"sentry.unresolved_{level}", levels[level], "count", source=TOOL, note=note) for level in LEVELS),
        *(Measure("sentry.unresolved", count, "count", place, TOOL) for place, count in sorted(places.items()) if place),
    ]
    return Evidence(kind="sentry", tool=TOOL, file=file, taken_at=taken_at, measures=tuple(found))


def _place(issue: dict[object, object]) -> str:
    """The transaction as a route, where it is one: `/api/events/{id}` or `GET /api/events/{id}`."""
    text = str(issue.get("culprit", ""))
    method, _, path = text.partition(" ")
    if method.isalpha() and method.isupper() and of_path(path):
        return f"{method} {of_path(path)}"
    return f"ANY {of_path(text)}" if of_path(text) else ""

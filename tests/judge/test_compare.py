"""Two snapshots beside each other, as values: what came, went, returned, and what else differs."""

from auditor.judge.compare import compare
from auditor.model.finding import Confidence, Severity
from auditor.model.history import Conditions, Entry, Past, Point, Seen, Series, Stretch, Weighed
from auditor.model.snapshot import Scope
from auditor.model.verdict import Grade

JANUARY, FEBRUARY, MARCH, APRIL = (f"2026-0{month}-05T09:00:00+00:00" for month in (1, 2, 3, 4))


def entry(at: str, conditions: str = "then") -> Entry:
    return Entry(at, "c" * 40, at, Grade("B", 80.0, "1"), True, {}, 0, 0, Scope(), conditions)


def seen(name: str, *stretches: tuple[str, str], suppressed_from: str = "", counts_from: str = "") -> Seen:
    first = stretches[0][0]
    weights = [Weighed(first, Severity.HIGH, not counts_from)]
    if suppressed_from:
        weights.append(Weighed(suppressed_from, Severity.HIGH, False))
    if counts_from:
        weights.append(Weighed(counts_from, Severity.HIGH, True))
    stood = tuple(Stretch(*one) for one in stretches)
    return Seen(name, "errors/broad-except", Confidence.HIGH, "a.py", 1, name, stood, tuple(weights))


FINDINGS = (
    seen("stays", (JANUARY, APRIL)),
    seen("new", (APRIL, APRIL)),
    seen("came and went between", (MARCH, MARCH)),
    seen("returned", (JANUARY, JANUARY), (APRIL, APRIL)),
    seen("fixed", (JANUARY, FEBRUARY)),
    seen("silenced", (JANUARY, APRIL), suppressed_from=MARCH),
    seen("resumed", (JANUARY, APRIL), counts_from=MARCH),
)
POINTS = tuple(Point(at, "", value) for at, value in ((JANUARY, 1.0), (FEBRUARY, 2.0), (APRIL, None)))
PAST = Past(
    entries=(entry(JANUARY), entry(FEBRUARY), entry(MARCH), entry(APRIL, "now")),
    series=(
        Series("todo.count", "", "count", POINTS),
        Series("size.files", "", "count", (Point(FEBRUARY, "", 3.0), Point(APRIL, "", 3.0))),
    ),
    seen=FINDINGS,
    conditions={"then": Conditions("1"), "now": Conditions("2", {"errors/broad-except": "ab"})},
)


def names(findings: tuple[Seen, ...]) -> list[str]:
    return [one.message for one in findings]


def test_every_finding_is_told_once_by_what_became_of_it():
    found = compare(PAST, PAST.entries[1], PAST.entries[3])
    assert names(found.open) == ["stays"]
    assert names(found.new) == ["new"]
    assert names(found.returned) == ["returned"]
    assert names(found.resumed) == ["resumed"]
    assert names(found.fixed) == ["fixed"]
    assert names(found.silenced) == ["silenced"]


def test_a_figure_that_became_unknown_has_changed_and_one_that_stayed_has_not():
    (change,) = compare(PAST, PAST.entries[1], PAST.entries[3]).changes
    assert change.measure == "todo.count"
    assert change.before is not None
    assert change.after is not None
    assert (change.before.value, change.after.value) == (2.0, None)


def test_what_differs_besides_the_code_is_named():
    assert compare(PAST, PAST.entries[1], PAST.entries[3]).differing == ("tool version", "rules")
    assert compare(PAST, PAST.entries[0], PAST.entries[1]).differing == ()


def test_an_entry_is_found_by_moment_or_by_day():
    assert PAST.entry("2026-02-05") is PAST.entries[1]
    assert PAST.entry("2026-02-04") is PAST.entries[0]
    assert PAST.entry(MARCH) is PAST.entries[2]
    assert PAST.entry("2025-12-31") is None
    assert PAST.newest is PAST.entries[3]

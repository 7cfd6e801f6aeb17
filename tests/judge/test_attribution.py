"""A figure's move is split by cause, the parts sum to it, and what can not be told apart is said to be so."""

import msgspec
import pytest

from auditor.judge.attribution import attributions
from auditor.judge.compare import compare
from auditor.judge.grade import grade
from auditor.judge.grade_causes import explained, score
from auditor.judge.halfway import between, mixed
from auditor.judge.verdict import judge
from auditor.model.change import Attribution, Cause
from auditor.model.finding import Confidence, Finding, Severity
from auditor.model.history import Comparison, Conditions, Entry, Past, Point, Seen, Series, Stretch, Weighed
from auditor.model.measure import Measure
from auditor.model.policy import Discover, Gate, Rules
from auditor.model.snapshot import Scope
from auditor.model.taken import Taken
from auditor.model.verdict import Grade
from tests.judge.values import finding, measures, snapshot, without

THEN, NOW = "2026-01-05T09:00:00+00:00", "2026-01-12T09:00:00+00:00"
BROAD = "errors/broad-except"
RULES = {BROAD: "d1", "dependencies/vulnerable": "d1"}
PLAIN = Conditions("1.0", RULES, {"flask": "3.0", "jinja2": "3.1"})


def entry(at: str, commit: str, key: str, grade_: Grade) -> Entry:
    return Entry(at, commit, at, grade_, True, {}, 0, 0, Scope(), key)


def seen(name: str, first: str, last: str, rule: str = BROAD, path: str = "a.py", hidden_from: str = "", **facts: str) -> Seen:
    weights = [Weighed(first, Severity.MEDIUM, True)]
    if hidden_from:
        weights.append(Weighed(hidden_from, Severity.MEDIUM, False))
    return Seen(name, rule, Confidence.HIGH, path, 1, name, (Stretch(first, last),), tuple(weights), facts)


def past(
    findings: tuple[Seen, ...] = (),
    values: dict[str, tuple[float | None, float | None, str]] | None = None,
    after: Conditions = PLAIN,
    commits: tuple[str, str] = ("a" * 40, "b" * 40),
    grades: tuple[Grade, Grade] = (Grade("B", 80.0, "1"), Grade("B", 80.0, "1")),
) -> tuple[Past, Comparison]:
    series = tuple(
        Series(name, "", "count", (Point(THEN, "", was), Point(NOW, "", now)), source)
        for name, (was, now, source) in (values or {}).items()
    )
    entries = (entry(THEN, commits[0], "then", grades[0]), entry(NOW, commits[1], "now", grades[1]))
    whole = Past(entries, series, findings, {"then": PLAIN, "now": after})
    return whole, compare(whole, *entries)


def parts(whole: Past, compared: Comparison, at: int = 0) -> dict[Cause, float]:
    found = attributions(whole, compared)[at]
    if found.parts:
        assert found.was is not None
        assert found.now is not None
        assert found.was + sum(part.amount for part in found.parts) == pytest.approx(found.now)
    return {part.cause: part.amount for part in found.parts}


FIXED = (seen("1", THEN, THEN), seen("2", THEN, THEN), seen("3", NOW, NOW))
COUNTED = {"errors.broad_handlers": (5.0, 4.0, BROAD)}


def test_findings_fixed_and_new_under_equal_conditions_are_the_codes_doing() -> None:
    whole = past(FIXED, COUNTED)
    assert parts(*whole) == {Cause.CODE: -1}
    assert attributions(*whole)[0].parts[0].note == "2 gone, 1 new"


def test_a_changed_rule_over_the_same_code_is_the_rules_doing() -> None:
    after = msgspec.structs.replace(PLAIN, rules={**RULES, BROAD: "d2"})
    assert parts(*past(FIXED, COUNTED, after, ("a" * 40, "a" * 40))) == {Cause.RULES: -1}


def test_a_changed_rule_over_changed_code_can_not_be_told_apart() -> None:
    after = msgspec.structs.replace(PLAIN, rules={**RULES, BROAD: "d2"})
    assert parts(*past(FIXED, COUNTED, after)) == {Cause.OPEN: -1}


def test_a_finding_that_was_suppressed_or_left_out_is_scope_beside_those_that_were_mended() -> None:
    found = (seen("1", THEN, THEN), seen("2", THEN, NOW, hidden_from=NOW), seen("3", THEN, THEN, path="legacy/x.py"))
    after = msgspec.structs.replace(PLAIN, discover=Discover(exclude=("legacy/",)))
    assert parts(*past(found, {"errors.broad_handlers": (5.0, 2.0, BROAD)}, after)) == {Cause.SCOPE: -2, Cause.CODE: -1}


def test_what_no_finding_accounts_for_is_not_given_to_a_cause() -> None:
    assert parts(*past(FIXED, {"errors.broad_handlers": (5.0, 1.0, BROAD)})) == {Cause.CODE: -1, Cause.OPEN: -3}


def test_an_advisory_on_a_package_that_stayed_is_not_the_codes_doing() -> None:
    rule = "dependencies/vulnerable"
    found = (
        seen("new advisory", NOW, NOW, rule, package="flask"),
        seen("upgraded", THEN, THEN, rule, package="jinja2"),
    )
    after = msgspec.structs.replace(PLAIN, packages={"flask": "3.0", "jinja2": "3.2"})
    whole = past(found, {"dependencies.vulnerable": (3.0, 4.0, "auditor")}, after)
    assert parts(*whole) == {Cause.ADVISORIES: 1, Cause.CODE: -1, Cause.OPEN: 1}


@pytest.mark.parametrize(
    ("after", "commits", "cause"),
    [
        (PLAIN, ("a" * 40, "b" * 40), Cause.CODE),
        (msgspec.structs.replace(PLAIN, tool_version="2"), ("a" * 40, "a" * 40), Cause.RULES),
        (msgspec.structs.replace(PLAIN, discover=Discover(exclude=("x",))), ("a" * 40, "a" * 40), Cause.SCOPE),
        (msgspec.structs.replace(PLAIN, choice=Rules(path_ignores={"x": ("errors",)})), ("a" * 40, "a" * 40), Cause.SCOPE),
        (msgspec.structs.replace(PLAIN, tool_version="2"), ("a" * 40, "b" * 40), Cause.OPEN),
        (PLAIN, ("", ""), Cause.CODE),
    ],
)
def test_a_figure_without_findings_has_one_cause_or_none(after: Conditions, commits: tuple[str, str], cause: Cause) -> None:
    assert parts(*past((), {"duplication.density_pct": (9.0, 6.0, "auditor")}, after, commits)) == {cause: -3}


def test_what_others_measured_is_evidence() -> None:
    assert parts(*past((), {"coverage.line_pct": (70.0, 80.0, "coverage.py")})) == {Cause.EVIDENCE: 10}


def test_an_unknown_side_has_no_parts_and_says_so() -> None:
    (only,) = attributions(*past((), {"coverage.line_pct": (None, 80.0, "coverage.py")}))
    assert (only.parts, only.note) == ((), "not known before, so nothing can be said of its move")


def graded(before: Grade, after: Grade, findings: tuple[Seen, ...], values: dict[str, tuple[float | None, float | None, str]],
           made: Conditions = PLAIN) -> Attribution:  # fmt: skip
    whole, compared = past(findings, {"size.code_lines": (10_000.0, 10_000.0, "auditor"), **values}, made, grades=(before, after))
    found = score(whole, compared, attributions(whole, compared))
    assert (found.was or 0) + sum(part.amount for part in found.parts) == pytest.approx(found.now)
    return found


def test_the_score_is_split_along_its_lines() -> None:
    before = grade(snapshot([finding(line=1), finding(line=2), finding(line=3)], measures(coverage__line_pct=60)))
    after = grade(snapshot([finding(line=3)], measures(coverage__line_pct=80)))
    fixed = (seen("1", THEN, THEN), seen("2", THEN, THEN, hidden_from=NOW), seen("3", THEN, NOW))
    found = graded(before, after, fixed, {"coverage.line_pct": (60.0, 80.0, "coverage.py")})
    causes = {part.cause: part.amount for part in found.parts}
    assert set(causes) >= {Cause.CODE, Cause.EVIDENCE}
    assert causes[Cause.EVIDENCE] == pytest.approx(2.29)
    assert causes[Cause.CODE] > 0


def test_a_share_moves_by_the_things_that_were_mended() -> None:
    def escapes(count: int) -> list[Finding]:
        return [finding("errors/unhandled-error-path", line=n, entry=f"GET /{n}") for n in range(count)]

    rule, way = "errors/unhandled-error-path", {"errors.entry_points": (140.0, 140.0, "auditor")}
    gone = (seen("0", THEN, NOW, rule, entry="GET /0"), *(seen(str(n), THEN, THEN, rule, entry=f"GET /{n}") for n in (1, 2)))
    found = graded(grade(snapshot(escapes(3))), grade(snapshot(escapes(1))), gone, way)
    assert (found.parts[0].cause, found.parts[0].note) == (Cause.CODE, "error paths: 2 gone")
    assert all(part.note == "rounding" and abs(part.amount) < 0.05 for part in found.parts[1:])


def test_a_line_that_begins_to_apply_is_told_apart_from_the_rest_that_weighs_less() -> None:
    bad = [finding(line=n) for n in range(9)]
    found = graded(grade(snapshot(bad, without("api.handlers"))), grade(snapshot(bad)), (), {})
    told = "; ".join(part.note for part in found.parts)
    assert "API limits: now there is something that it is about" in told
    assert "other lines apply, so each of the rest weighs otherwise" in told


def test_grades_of_different_formulas_are_not_compared() -> None:
    found = score(*past(grades=(Grade("B", 80.0, "1"), Grade("A", 90.0, "2"))), ())
    assert found.parts == ()
    assert "formula changed" in found.note


def test_code_of_then_under_rules_of_now_parts_what_rules_and_code_did_at_once() -> None:
    after = msgspec.structs.replace(PLAIN, rules={**RULES, BROAD: "d2"})
    mended, stood, found_out = seen("1", THEN, THEN), seen("2", THEN, NOW), (seen("3", NOW, NOW), seen("4", NOW, NOW))
    values = {"errors.broad_handlers": (2.0, 3.0, BROAD), "coverage.line_pct": (70.0, 80.0, "coverage.py")}
    whole, compared = past((mended, stood, *found_out), values, after)
    told = {one.figure: one for one in explained(whole, compared)}
    assert [part.cause for part in told["errors.broad_handlers"].parts] == [Cause.OPEN]
    assert mixed(whole, compared, tuple(told.values()))

    found = [msgspec.structs.replace(finding(BROAD), fingerprint=name) for name in "1234"]
    shot = snapshot(found, (Measure("errors.broad_handlers", 4, "count", source=BROAD),))
    shot = msgspec.structs.replace(shot, commit="a" * 40)
    again = Taken(shot, judge(shot, Gate()), after, THEN, backfilled=True, dirty=False)
    told = {one.figure: one for one in explained(whole, compared, between(whole, compared, again))}
    assert {part.cause: part.amount for part in told["errors.broad_handlers"].parts} == {Cause.CODE: -1, Cause.RULES: 2}
    assert {part.note for part in told["errors.broad_handlers"].parts} == {"2 new", "1 gone"}
    assert [part.cause for part in told["coverage.line_pct"].parts] == [Cause.EVIDENCE]

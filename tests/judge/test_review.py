"""What a report on time is told by the judges: the grade's way, promises over time, exemptions, and what waits for a decision."""

from datetime import date

import msgspec

from auditor.judge.burnup import burnup
from auditor.judge.decisions import decisions, size
from auditor.judge.exemptions import exemptions, places
from auditor.judge.waterfall import waterfall
from auditor.model.contract import Change, Kind
from auditor.model.finding import Finding, Suppression
from auditor.model.history import Entry, Past, Point, Series
from auditor.model.outlook import Forecast, InTime, SprintState, Standpoint
from auditor.model.policy import Accepted, Supply
from auditor.model.review import Size, Standing
from auditor.model.roadmap import Progress, Roadmap, Sprint, State, Target
from auditor.model.snapshot import Scope
from auditor.model.verdict import Grade, GradeLine, Verdict
from tests.judge.values import finding

TODAY = date(2026, 11, 20)
GRADE = Grade("B", 80.0, "1")


def graded(**points: float | None) -> Grade:
    """A grade whose lines earned these points."""
    lines = tuple(GradeLine(name, f"counted {value}", "", value, 30) for name, value in points.items())
    return Grade("B", sum(value or 0.0 for value in points.values()), "1", lines)


def test_the_steps_from_grade_to_grade_sum_to_their_difference() -> None:
    before, after = graded(errors=20.0, copies=10.0, tests=None, size=5.0), graded(errors=18.5, copies=12.0, tests=7.0, size=5.01)
    steps, note = waterfall(before, after)
    assert note == ""
    assert [(step.name, step.change) for step in steps] == [("tests", 7.0), ("copies", 2.0), ("errors", -1.5)]
    assert abs(sum(step.change for step in steps) - ((after.score or 0) - (before.score or 0))) < 0.05
    assert steps[0].note == "measured for the first time: counted 7.0"


def test_a_line_that_applies_no_more_says_so_and_what_the_others_weigh_more_is_a_step_of_its_own() -> None:
    before = Grade("B", 80.0, "2", (GradeLine("API limits", "3", "9", 2.0, 10), GradeLine("errors", "1", "9", 70.0, 90)))
    gone = GradeLine("API limits", "not applicable", "", None, 0, "no routes were found")
    steps, _ = waterfall(before, Grade("B", 77.8, "2", (gone, GradeLine("errors", "1", "9", 77.8, 100))))
    assert [(step.name, step.change, step.note) for step in steps] == [
        ("other weights", 7.78, "other parts apply than before, so each of the rest weighs otherwise"),
        ("API limits", -2.0, "does not apply any more: no routes were found"),
    ]


def test_grades_that_do_not_compare_say_why() -> None:
    assert waterfall(Grade("-", None, "1"), GRADE)[1] == "one of the two audits found nothing to grade"
    steps, note = waterfall(msgspec.structs.replace(GRADE, formula="0"), GRADE)
    assert steps == ()
    assert "changed from 0 to 1" in note


def test_promises_are_counted_by_each_days_own_figures() -> None:
    days = [f"2026-11-{day:02}T09:00:00+00:00" for day in (2, 9, 16)]
    entries = tuple(Entry(at, "c", at, GRADE, True, {}, 0, 0, Scope(), "then") for at in days)
    series = Series("todo.count", "", "count", tuple(Point(at, "c", value) for at, value in zip(days, (5, None, 0), strict=True)))
    road = Roadmap(targets=(Target("no notes", "todo.count", "<=", 0), Target("a word", "manual")))
    assert [(one.day, one.kept, one.total, one.unknown) for one in burnup(road, Past(entries, (series,)))] == [
        ("2026-11-02", 0, 2, 1), ("2026-11-09", 0, 2, 2), ("2026-11-16", 1, 2, 1),
    ]  # fmt: skip
    assert burnup(None, Past(entries)) == ()


def test_a_long_past_is_thinned_and_keeps_its_last_day() -> None:
    entries = tuple(
        Entry(f"{day}T09:00:00+00:00", "c", f"{day}T09:00:00+00:00", GRADE, True, {}, 0, 0, Scope(), "then")
        for day in (date.fromordinal(TODAY.toordinal() - back).isoformat() for back in range(900, -1, -1))
    )
    found = burnup(Roadmap(targets=(Target("a word", "manual"),)), Past(entries))
    assert len(found) <= 120
    assert found[-1].day == TODAY.isoformat()
    assert found[0].day >= "2026-05-01"


def off(until: str, line: int = 7, kind: str = "comment") -> Finding:
    return msgspec.structs.replace(finding(), suppressed=Suppression(kind, "known", until, line))


def test_exemptions_stand_by_their_day_and_by_whose_they_are() -> None:
    held = Supply(
        accepted=(Accepted("GHSA-1", "no input", "2026-11-19", "Ada"), Accepted("GHSA-2", "no input", "2026-12-20")),
        allow_unaudited={"inner": "2027-03-01"},
    )
    expired = msgspec.structs.replace(
        finding("security/expired-decision", line=3), facts={"rules": "errors", "until": "2026-11-01", "reason": "later"}
    )
    found = exemptions([off("2026-11-20"), expired], held, {("shop/pay.py", 7): "Bo", ("shop/pay.py", 3): "Cy"}, TODAY)
    assert [(one.what, one.standing, one.days_left, one.who) for one in found] == [
        ("suppression of errors", Standing.ENDED, -19, "Cy"),
        ("GHSA-1", Standing.ENDED, -1, "Ada"),
        ("says why", Standing.ENDING, 0, "Bo"),
        ("GHSA-2", Standing.ENDING, 30, ""),
        ("inner", Standing.ACTIVE, 101, ""),
    ]
    assert places([off("2026-11-20"), expired, finding()]) == {"shop/pay.py": [7, 3]}


def test_an_accepted_risk_is_told_once_and_a_boundary_too() -> None:
    held = Supply(accepted=(Accepted("GHSA-1", "known", "2027-11-19"),))
    found = exemptions([off("2027-11-19", kind="accepted")], held, {}, TODAY)
    assert [one.what for one in found] == ["GHSA-1"]
    (boundary,) = exemptions([off("", kind="accepted")], Supply(), {}, TODAY)
    assert (boundary.kind, boundary.standing, boundary.days_left) == ("accepted risk", Standing.ACTIVE, None)


def stands(state: State, sprint: str = "now", late: InTime = InTime.UNKNOWN, **more: object) -> Standpoint:
    target = Target(f"{state.value} in {sprint}", "todo.count", "<=", 0, sprint=sprint, **more)  # type: ignore[arg-type]
    return Standpoint(Progress(target, state, 5, 0, 0.1, "why"), None, Forecast(8, "2027-01-01", in_time=late))


def test_what_is_kept_or_lies_ahead_needs_no_decision_and_the_rest_does() -> None:
    rows = [
        stands(State.MET),
        stands(State.ON_THE_WAY, "later", InTime.NO),
        stands(State.ON_THE_WAY, late=InTime.NO),
        stands(State.ON_THE_WAY, late=InTime.YES),
        stands(State.WORSE),
        stands(State.CLAIMED),
        stands(State.STALE),
        stands(State.UNKNOWN),
        stands(State.UNKNOWN, claimed=True),
    ]
    sprints = [SprintState("now", "current", 0.5, 1, 8), SprintState("later", "ahead", 0.0, 0, 1)]
    softened = Change(Kind.GOAL, "x", "80", "67", "“x” walked back from 80 to 67", who="Ada", when="2026-11-17")
    found = decisions(Verdict(None, 3, ("nothing read",), GRADE), rows, sprints, (), (softened,))
    assert [one.anchor for one in found] == ["gaps", "contract", "target-3", "target-5", "target-6", "target-7", "target-9"]
    assert found[1].why == "on 2026-11-17 by Ada"
    assert found[2].why == "expected 2027-01-01"
    assert found[2].size is Size.MEDIUM


def test_effort_is_told_by_places_and_never_in_hours() -> None:
    assert [size(places_) for places_ in (0, 3, 4, 15, 16)] == [Size.SMALL, Size.SMALL, Size.MEDIUM, Size.MEDIUM, Size.LARGE]


def test_a_sprint_that_is_undated_hides_nothing() -> None:
    rows = [stands(State.WORSE, "")]
    assert len(decisions(Verdict(True, 0, (), GRADE), rows, [SprintState("now", "undated", None, 0, 1)], (), ())) == 1
    assert Sprint("now").starts == ""

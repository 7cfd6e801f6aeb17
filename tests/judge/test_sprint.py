"""A sprint's state: time gone against promises kept, risks told in sentences, features by the targets that speak of them."""

from datetime import date

import msgspec

from auditor.judge.progress import progress
from auditor.judge.sprint import sprint_states, standpoints
from auditor.model.history import Past, Point, Series
from auditor.model.measure import Measure
from auditor.model.outlook import InTime, SprintState
from auditor.model.roadmap import Roadmap, Sprint, Target

SPRINT = Sprint(
    "Sprint 4",
    "2026-03-01",
    "2026-03-20",
    deliverables=("Circuit breakers on external services", "Request correlation IDs throughout", "Enhanced monitoring"),
)
BREAKERS = Target("Circuit breakers on all external services", "resilience.breaker_pct", "==", 100, 20, "%", "Sprint 4")
TRACES = Target("100 % request traceability via correlation IDs", "resilience.traced_pct", "==", 100, 0, "%", "Sprint 4")
PLAN = Roadmap(sprints=(SPRINT,), targets=(BREAKERS, TRACES))


def state(day: date, past: Past = Past(), **figures: float) -> SprintState:  # noqa: B008  a frozen value
    measures = tuple(Measure(f"resilience.{name}", value, "%") for name, value in figures.items())
    (one,) = sprint_states(PLAN, standpoints(progress(PLAN, measures), PLAN.sprints, past, day), day)
    return one


def test_time_gone_stands_against_promises_kept() -> None:
    one = state(date(2026, 3, 10), breaker_pct=100, traced_pct=60)
    assert (one.phase, one.time_gone, one.kept, one.total, one.verdict) == ("current", 0.5, 1, 2, "on track")


def test_features_are_told_by_the_targets_that_speak_of_them() -> None:
    one = state(date(2026, 3, 10), breaker_pct=100, traced_pct=60)
    assert [feature.state for feature in one.features] == ["kept", "not kept", "no evidence"]
    assert one.features[0].targets == (BREAKERS.text,)


def test_what_lags_got_worse_or_has_no_evidence_is_a_risk() -> None:
    one = state(date(2026, 3, 10), breaker_pct=30)
    assert one.verdict == "at risk"
    why = [risk.partition(":")[2].split(" (")[0].strip() for risk in one.risks]
    assert why == ["behind its line: 30 % now, 60 % due", "no evidence"]
    assert state(date(2026, 3, 10), breaker_pct=10, traced_pct=60).verdict == "off track"


def test_a_sprint_that_is_over_kept_or_missed_its_promises_unless_nobody_knows() -> None:
    assert state(date(2026, 3, 21), breaker_pct=100, traced_pct=100).verdict == "kept"
    assert state(date(2026, 3, 21), breaker_pct=100, traced_pct=99).verdict == "missed"
    assert state(date(2026, 3, 21), breaker_pct=100).verdict == "unknown"
    assert state(date(2026, 2, 1)).phase == "ahead"


def test_a_forecast_that_comes_too_late_is_a_risk_before_the_line_is_left() -> None:
    points = tuple(Point(f"2026-02-{day:02d}T09:00:00+00:00", "c", 60.0 + n) for n, day in enumerate((2, 9, 16, 23)))
    past = Past(series=(Series("resilience.breaker_pct", "", "%", points),))
    (first, _) = standpoints(progress(PLAN, (Measure("resilience.breaker_pct", 63, "%"),)), PLAN.sprints, past, date(2026, 3, 5))
    assert first.forecast is not None
    assert first.forecast.in_time is InTime.NO
    one = state(date(2026, 3, 5), past, breaker_pct=63, traced_pct=100)
    assert one.risks == (f"{BREAKERS.text}: {first.forecast.note}",)


def test_a_sprint_without_dates_has_no_time_and_no_verdict() -> None:
    plan = msgspec.structs.replace(PLAN, sprints=(msgspec.structs.replace(SPRINT, starts="", ends=""),))
    (one,) = sprint_states(plan, standpoints(progress(plan, ()), plan.sprints, Past(), date(2026, 3, 5)), date(2026, 3, 5))
    assert (one.phase, one.time_gone, one.verdict) == ("undated", None, "unknown")

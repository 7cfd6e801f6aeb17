"""Behind the line warns before the sprint fails; without dates, baseline or figure there is no line."""

from datetime import date

import pytest

from auditor.judge.origin import rooted
from auditor.judge.progress import progress
from auditor.judge.trajectory import time_gone, trajectory
from auditor.model.history import Past, Point, Series
from auditor.model.measure import Measure
from auditor.model.outlook import Trajectory
from auditor.model.roadmap import Roadmap, Sprint, State, Target

SPRINT = Sprint("Sprint 1", "2026-01-01", "2026-01-20")
DROP = Target("Dependencies below 90", "dependencies.count", "<", 90, 104)
RISE = Target("Coverage 80 %", "coverage.line_pct", ">=", 80, 60, "%")


def line(target: Target, now: float, day: int, sprint: Sprint | None = SPRINT) -> Trajectory | None:
    (stands,) = progress(Roadmap(targets=(target,)), (Measure(target.measure, now, target.unit or "count"),))
    return trajectory(stands, sprint, date(2026, 1, day))


def test_half_of_the_way_is_due_at_half_of_the_time() -> None:
    one = line(DROP, 97, 10)
    assert one is not None
    assert (one.due, one.behind) == (97, False)


@pytest.mark.parametrize(("target", "now"), [(DROP, 103), (RISE, 62)])
def test_less_than_that_is_behind(target: Target, now: float) -> None:
    one = line(target, now, 10)
    assert one is not None
    assert one.behind
    assert one.note.startswith("behind its line")


@pytest.mark.parametrize(("target", "now"), [(DROP, 80), (RISE, 90)])
def test_more_than_that_is_not(target: Target, now: float) -> None:
    one = line(target, now, 10)
    assert one is not None
    assert not one.behind


def test_after_the_last_day_the_goal_itself_is_due() -> None:
    one = line(RISE, 79.9, 25)
    assert one is not None
    assert (one.due, one.behind) == (80, True)


def test_without_dates_baseline_or_start_there_is_no_line() -> None:
    assert line(DROP, 97, 10, None) is None
    assert line(DROP, 97, 10, Sprint("Sprint 1")) is None
    assert line(Target("x", "dependencies.count", "<", 90), 97, 10) is None
    (stands,) = progress(Roadmap(targets=(DROP,)), (Measure("dependencies.count", 97),))
    assert trajectory(stands, SPRINT, date(2025, 12, 1)) is None


def test_time_gone_counts_both_ends() -> None:
    assert time_gone(SPRINT, date(2025, 12, 31)) == 0
    assert time_gone(SPRINT, date(2026, 1, 1)) == pytest.approx(1 / 20)
    assert time_gone(SPRINT, date(2026, 1, 20)) == 1


def test_a_change_without_a_baseline_counts_from_the_first_figure() -> None:
    target = Target("Duplication down 40 %", "duplication.density_pct", "<=", 40, None, "%", relative=True)
    points = (Point("2026-01-05T09:00:00+00:00", "a", None), Point("2026-01-12T09:00:00+00:00", "b", 10.0))
    past = Past(series=(Series("duplication.density_pct", "", "%", points),))
    (stands,) = progress(rooted(Roadmap(targets=(target,)), past), (Measure("duplication.density_pct", 6.0, "%"),))
    assert (stands.target.baseline, stands.goal, stands.state) == (10, 6, State.MET)


def test_a_promise_with_a_day_of_its_own_is_due_on_that_day() -> None:
    soon = Target("Dependencies below 90", "dependencies.count", "<", 90, 104, due="2026-01-10")
    one = line(soon, 97, 10)
    assert one is not None
    assert (one.due, one.behind) == (90, True)

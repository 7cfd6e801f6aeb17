"""A forecast says when, with a range that holds the truth, and is silent where the past is too short."""

import random
from datetime import date, timedelta

import pytest

from auditor.judge.forecast import LEAST_POINTS, forecast, slopes
from auditor.judge.pace import alike
from auditor.model.history import Conditions, Entry, Past, Point, Series
from auditor.model.measure import Basis
from auditor.model.outlook import InTime
from auditor.model.snapshot import Scope
from auditor.model.verdict import Grade


def weekly(*values: float | None, basis: Basis = Basis.MEASURED) -> tuple[Point, ...]:
    """A figure on Mondays from 5 January 2026."""
    first = date(2026, 1, 5)
    return tuple(Point(f"{first + timedelta(weeks=n)}T09:00:00+00:00", f"c{n}", v, basis) for n, v in enumerate(values))


def test_below_four_points_it_is_silent_and_says_how_many_it_had() -> None:
    said = forecast(weekly(104, 102, None, 100), 90, "<", "2026-03-31")
    assert (said.silent, said.points, said.likely, said.in_time) == (True, 3, "", InTime.UNKNOWN)
    assert said.note == f"3 points to compare, {LEAST_POINTS} are needed"


def test_an_even_pace_is_carried_on_to_the_day() -> None:
    said = forecast(weekly(104, 102, 100, 98), 90, "<=", "2026-02-23")
    assert (said.earliest, said.likely, said.latest) == ("2026-02-23", "2026-02-23", "2026-02-23")
    assert (said.slope_per_week, said.in_time) == (-2, InTime.YES)
    assert forecast(weekly(104, 102, 100, 98), 90, "<=", "2026-02-22").in_time is InTime.NO


def test_the_order_of_points_and_a_second_figure_of_a_day_change_nothing() -> None:
    points = weekly(104, 102, 100, 98)
    early = Point("2026-01-26T01:00:00+00:00", "c9", 1000.0)
    assert forecast((early, *reversed(points)), 90, "<=") == forecast(points, 90, "<=")


def test_a_single_wild_figure_does_not_turn_the_pace() -> None:
    said = forecast(weekly(104, 102, 100, 98, 300, 94, 92), 80, "<=")
    assert said.slope_per_week == pytest.approx(-2, abs=0.01)


def test_a_figure_that_stands_still_or_runs_away_is_never_reached() -> None:
    for values in ((70, 70, 70, 70), (70, 69, 68, 67)):
        said = forecast(weekly(*values), 80, ">=", "2027-01-01")
        assert (said.earliest, said.likely, said.latest, said.in_time) == ("", "", "", InTime.NO)
    assert "does not move" in forecast(weekly(70, 70, 70, 70), 80, ">=").note


def test_an_uneven_pace_has_no_last_day() -> None:
    said = forecast(weekly(70, 74, 69, 75, 72, 76), 80, ">=", "2026-12-31")
    assert said.earliest
    assert (said.latest, said.in_time) == ("", InTime.LIKELY)


def test_a_goal_that_is_reached_needs_no_day() -> None:
    said = forecast(weekly(78, 79, 80, 81), 80, ">=", "2026-02-01")
    assert (said.in_time, said.note, said.likely) == (InTime.YES, "the goal is reached", "")


def test_stale_figures_are_no_points() -> None:
    assert forecast((*weekly(70, 72, 74), *weekly(None, None, None, 74, basis=Basis.STALE)), 80, ">=").silent


def test_only_the_last_twelve_weeks_are_the_present_pace() -> None:
    said = forecast(weekly(*[100.0] * 30, *(100.0 - step for step in range(13))), 80, "<=")
    assert (said.points, said.slope_per_week) == (13, -1)


@pytest.mark.parametrize(("points", "rank"), [(4, 0), (5, 1), (10, 12)])
def test_the_range_is_that_of_the_textbook_tables(points: int, rank: int) -> None:
    days = [float(day) for day in range(points)]
    values = [float(day * day) for day in range(points)]
    pairs = sorted((b * b - a * a) / (b - a) for a in range(points) for b in range(a + 1, points))
    low, _, high, sure = slopes(days, values)
    assert (low, high) == (pairs[rank], pairs[-1 - rank])
    assert sure >= 0.9


def test_the_range_holds_the_true_slope_as_often_as_it_says() -> None:
    chance = random.Random(7)
    for points in (4, 8, 15):
        hits, claimed = 0, 0.0
        for _ in range(2000):
            values = [2.0 * day + chance.gauss(0, 5) for day in range(points)]
            low, _, high, claimed = slopes([float(day) for day in range(points)], values)
            hits += low <= 2.0 <= high
        assert abs(hits / 2000 - claimed) < 0.02


def test_points_that_another_ruler_measured_are_left_out() -> None:
    points = weekly(50, 49, 48, 30, 29, 28, 27)
    rules = [{"errors/broad-except": digest} for digest in ("old", "old", "old", "new", "new", "new", "new")]
    made = {f"k{at}": Conditions("1.0", rules=one) for at, one in enumerate(rules)}
    entries = tuple(
        Entry(p.at, p.commit, p.at, Grade("B", 75, "1"), True, {}, 0, 0, Scope(), f"k{at}") for at, p in enumerate(points)
    )
    past = Past(entries, conditions=made)
    counted = Series("errors.broad_handlers", "", "count", points, "errors/broad-except")
    assert [point.value for point in alike(past, counted)] == [30, 29, 28, 27]
    assert alike(past, Series("coverage.line_pct", "", "%", points, "coverage.py")) == points


def test_a_figure_of_another_tool_that_only_stands_there_still_is_one_point() -> None:
    points = weekly(70, 70, 70, 74, 74, 74)
    assert [point.value for point in alike(Past(), Series("coverage.line_pct", "", "%", points, "coverage.py"))] == [70, 74]
    assert alike(Past(), Series("complexity.max", "", "count", points)) == points

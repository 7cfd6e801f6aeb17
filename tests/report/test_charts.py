"""Charts are descriptions in Vega-Lite: a schema that is not ours says whether they are, whatever the figures."""

from pathlib import Path
from typing import Any

import pytest

from auditor.model.history import Point
from auditor.model.review import Kept, Step
from auditor.report import brief, sprint_brief
from auditor.report.plot.burnup import burnup
from auditor.report.plot.trend import trend
from auditor.report.plot.waterfall import waterfall
from tests.report.reviewed import reviewed

VALUES: dict[str, list[float | None]] = {
    "rising": [1.0, 2.5, 4.0],
    "with a gap": [1.0, None, 3.0, None],
    "standing still at nothing": [0.0, 0.0],
    "large": [1e12, 2e12],
    "small": [1e-9, 2e-9],
}


def described(spec: dict[str, Any]) -> list[str]:
    """The marks of its layers, once Altair's schema has found nothing wrong with the whole."""
    alt = pytest.importorskip("altair", reason="altair is not installed")
    chart = alt.Chart.from_dict(spec)
    return [one["mark"]["type"] for one in chart.to_dict()["layer"]]


@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize(("goal", "bare"), [(None, False), (3.0, False), (3.0, True)])
def test_a_trend_is_a_line_with_a_dot_for_today_and_its_goal(values: list[float | None], goal: float | None, bare: bool) -> None:
    points = [Point(f"2026-01-{day:02}T09:00:00+00:00", "c", value) for day, value in enumerate(values, 1)]
    drawn = trend("t", "Findings", points, "%", goal, bare=bare)
    assert drawn is not None
    assert described(drawn.spec) == ["line", "point"] if goal is None else ["rule", "line", "point"]
    assert drawn.svg().startswith('<svg class="plot" role="img"')


def test_every_chart_of_a_week_and_of_a_sprint_is_well_formed(tmp_path: Path) -> None:
    week = reviewed(tmp_path)
    told, sprint = brief(week), sprint_brief(week)
    assert sprint is not None
    plots = [told.grade, told.waterfall, told.burnup, *(one.plot for one in told.trends), *(row.plot for row in sprint.rows)]
    assert [described(one.spec)[-1] for one in plots if one is not None].count("text") == 2
    assert len([one for one in plots if one is not None]) >= 9


def test_a_waterfall_has_a_bar_for_each_move_and_a_mark_for_either_end() -> None:
    drawn = waterfall(70.0, 71.0, [Step("Findings", 20.0, 22.0, 2.0), Step("Tests", 9.0, 8.0, -1.0)], "1 May", "8 May")
    assert described(drawn.spec) == ["bar", "tick", "text"]
    assert [len(one["data"]["values"]) for one in drawn.spec["layer"]] == [2, 2, 4]


def test_promises_against_time_are_drawn_with_nothing_kept_and_nothing_dated(tmp_path: Path) -> None:
    week = reviewed(tmp_path)
    drawn = burnup([Kept("2026-11-01", 0, 3)], week.review.standpoints, (), "2026-11-20")
    assert drawn is not None
    assert described(drawn.spec)[:4] == ["area", "line", "line", "line"]
    assert burnup([], (), (), "2026-11-20") is None

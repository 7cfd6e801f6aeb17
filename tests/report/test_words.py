"""Words for people who read no code: names of measures, how sure and how old a figure is, days, effort."""

import pytest

from auditor.model.measure import Basis, Measure, unknown
from auditor.report.parts.basis import basis
from auditor.report.parts.title import TITLES, title
from auditor.report.plot.waterfall import signed
from auditor.report.told.brief import effort, spoken

TODAY = "2026-11-20T16:05:00+00:00"


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (Measure("a.b", 1), "measured today"),
        (Measure("a.b", 1, source="errors/broad-except"), "measured today"),
        (Measure("a.b", 1, source="k6", taken_at="2026-11-19T08:00:00+00:00"), "measured yesterday, by k6"),
        (Measure("a.b", 1, source="Ada", basis=Basis.DECLARED, taken_at="2026-11-08"), "declared 12 days ago, by Ada"),
        (Measure("a.b", 1, basis=Basis.STALE, taken_at="2026-08-18"), "stale 94 days ago"),
        (Measure("a.b", 1, taken_at="last week"), "measured at an unknown time"),
        (unknown("a.b", "no file"), "unknown: no file"),
    ],
)
def test_a_figure_says_how_sure_and_how_old_it_is(measure: Measure, words: str) -> None:
    assert basis(measure, TODAY) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [("duplication.density_pct", "Code that stands more than once"), ("api.unlimited_routes", "Unlimited routes"),
     ("queue.depth", "Queue: depth"), ("alone", "Alone")],
)  # fmt: skip
def test_a_measure_has_a_name_in_plain_words(name: str, words: str) -> None:
    assert title(name) == words


def test_no_two_measures_that_a_roadmap_can_name_are_called_alike_but_by_their_source() -> None:
    names = [measure for measure in TITLES if not measure.startswith(("latency.", "cache.hit_pct"))]
    assert len({title(name) for name in names}) == len(names)


def test_days_and_moves_and_effort_are_told_as_people_say_them() -> None:
    assert spoken("2026-11-27") == "27 November"
    assert spoken("2027-04-30", TODAY) == "30 April 2027"
    assert [signed(change) for change in (1.25, -0.4, 0.0)] == ["+1.25", "−0.4", "±0"]
    assert [effort(places).value for places in (1, 3, 4, 15, 16)] == ["S", "S", "M", "M", "L"]

"""The benchmark tells the truth about its own bounds."""

from tests.bench.bounds import BOUNDS, kept
from tests.bench.clock import Peak
from tests.bench.page import Figures, page

MEDIANS = {bound.peer: 10.0 for bound in BOUNDS} | {bound.subject: 0.4 for bound in BOUNDS}


def test_a_ratio_at_its_bound_is_met_and_one_above_it_is_missed() -> None:
    at = kept(MEDIANS | {"auditor, cold": 0.4}, 399.0, {1: 1.0, 2: 2.0})
    above = kept(MEDIANS | {"auditor, cold": 0.41}, 400.0, {1: 1.0, 2: 2.01})
    assert all(row.met for row in at)
    assert {row.what for row in above if not row.met} == {
        "auditor, cold / fixit",
        "auditor, cold / fixit, one rule",
        "peak memory, cold",
        "2x the code / 1x",
    }


def test_the_page_says_which_bounds_are_missed() -> None:
    figures = Figures(
        day="2026-01-31",
        lines=1000,
        files=10,
        sources="some 1.0",
        seconds={
            "auditor, cold": (0.5, 0.3, 0.4),
            "semgrep": (1.0, 2.0, 1.5),
            "auditor check, all files": (0.6,),
            "auditor, semgrep's rules": (0.3,),
        },
        growth={1: (1.0,), 2: (3.0,)},
        memory={"auditor, cold": Peak(150.0, 120.0)},
        versions={"semgrep": "1.0"},
    )
    rows = kept(MEDIANS, 150.0, {1: 1.0, 2: 3.0})
    text = page(figures, rows, ())
    assert "**1 of 9 bounds are missed.**" in text
    assert "| auditor check, all files / semgrep | 0.400 |" in text
    assert "| auditor, semgrep's rules / semgrep | 0.200 |" in text
    assert "| 2x the code / 1x | 3.00 | ≤ 2 | **missed** |" in text
    assert "| auditor, cold |  | 3 | 0.400 s | 0.300 s | 0.500 s |" in text

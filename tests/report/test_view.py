"""What a View puts in order: groups, chapters, panels, gaps, and the words for them."""

import msgspec
import pytest

from auditor.model.finding import Confidence, Finding, Location, Severity, Suppression
from auditor.model.measure import Measure
from auditor.model.roadmap import Progress, Roadmap, Sprint, State, Target
from auditor.model.verdict import Grade, Verdict
from auditor.report.parts.chapter import chapters
from auditor.report.parts.figure import figure, goal, journey, number
from auditor.report.parts.group import by_file, by_rule
from auditor.report.parts.panel import panels
from auditor.report.view import View, build
from tests.report import sample


def finding(rule: str, severity: Severity, path: str = "a.py", line: int = 1, off: bool = False) -> Finding:
    reason = Suppression("comment", "known") if off else None
    return Finding(rule, severity, Confidence.HIGH, Location(path, line), "x", suppressed=reason)


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (-0.001, "0"), (1, "1"), (3.14159, "3.14"), (262.44, "262.4"), (1234.5, "1,234"), (82435, "82,435"),
     (-7.5, "-7.5"), (float("nan"), "not a number")],
)  # fmt: skip
def test_numbers_are_written_as_people_write_them(value: float, words: str) -> None:
    assert number(value) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [(62, "%", "62 %"), (200, "ms", "200 ms"), (7, "count", "7"), (7, "", "7"), (None, "ms", "unknown"), (85, "/100", "85/100"),
     (87, "packages", "87 packages"), (1, "files", "1 file"), (1, "s", "1 s")],
)  # fmt: skip
def test_figures_carry_their_unit(value: float | None, unit: str, words: str) -> None:
    assert figure(value, unit) == words


def test_a_relative_goal_is_shown_as_the_figure_it_means() -> None:
    target = Target("down by 40 %", "duplication.density_pct", "<=", 40, 12.5, "%", relative=True)
    assert journey(Progress(target, State.ON_THE_WAY, 9.8, 7.5, 0.5, "")) == ("12.5 %", "9.8 %", "≤ 7.5 %")
    assert goal(Progress(msgspec.structs.replace(target, baseline=None), State.UNKNOWN, 9.8, None, None, "")) == "down by 40 %"


def test_a_promise_without_a_figure_says_so() -> None:
    assert journey(Progress(Target("it works"), State.UNKNOWN, None, None, None, "")) == ("none given", "unknown", "no figure")


def test_rules_are_ordered_by_their_gravest_finding_that_counts() -> None:
    found = [
        finding("b/low", Severity.LOW),
        finding("b/low", Severity.LOW, line=2),
        finding("a/off", Severity.CRITICAL, off=True),
        finding("c/high", Severity.HIGH),
        finding("a/low", Severity.LOW),
    ]
    groups = by_rule(found, ())
    assert [(group.rule.id, group.total, group.suppressed) for group in groups] == [
        ("c/high", 1, 0), ("b/low", 2, 0), ("a/low", 1, 0), ("a/off", 0, 1),
    ]  # fmt: skip


def test_files_are_ordered_by_their_gravest_finding() -> None:
    found = [finding("x", Severity.LOW, "a.py"), finding("x", Severity.HIGH, "b.py"), finding("x", Severity.LOW, "b.py", 9)]
    assert [(path, len(members)) for path, members in by_file(found)] == [("b.py", 2), ("a.py", 1)]


def test_sprints_know_whether_they_run() -> None:
    sprints = (
        Sprint("one", "2026-10-01", "2026-10-14"),
        Sprint("two", "2026-10-15", "2026-10-28"),
        Sprint("three", "2026-10-29", "2026-11-11"),
    )
    found = chapters(Roadmap(sprints=(*sprints, Sprint("four"))), (), "2026-10-15T00:00:00+00:00")
    assert [chapter.when for chapter in found] == ["past", "running", "ahead", ""]


def test_targets_of_unknown_and_of_no_sprint_come_last() -> None:
    rows = tuple(Progress(Target("x", sprint=name), State.MET, 1, 1, 1, "") for name in ("", "later", "one"))
    found = chapters(Roadmap(sprints=(Sprint("one"),)), rows, "2026-10-15")
    assert [chapter.sprint.name for chapter in found] == ["one", "later", ""]
    assert [chapter.met for chapter in found] == [1, 1, 1]


def test_the_highest_places_of_a_measure_are_ranked() -> None:
    found = panels(
        [Measure("complexity.function", n, subject=f"f{n:02}") for n in range(15)] + [Measure("complexity.average", 3)]
    )
    (panel,) = found
    assert [measure.name for measure in panel.measures] == ["complexity.average"]
    (ranking,) = panel.rankings
    assert (ranking.total, ranking.places[0].subject, len(ranking.places)) == (15, "f14", 10)


def test_the_summary_says_everything_in_five_sentences(view: View) -> None:
    assert view.summary == (
        "The gate failed, for 3 reasons.",
        "Grade C+, 71.4 of 100 points by formula 2.",
        "Of 8 targets 1 is met, 2 are on the way, 1 is worse than at the start, 2 are unknown, "
        "1 is known only from old figures and 1 is claimed but not met.",
        "7 findings count, 1 critical and 3 high; 2 more are suppressed.",
        "Not judged: 2 files that could not be read, 1 failure of a rule, 1 package that could not be audited and "
        "1 measure that could not be taken.",
    )


def test_nothing_judged_is_never_a_pass() -> None:
    view = sample.empty()
    assert view.outcome == "could not judge"
    assert view.summary[:2] == ("The tool could not judge.", "No grade: there was not enough to judge.")


def test_what_was_left_out_on_purpose_is_no_gap(view: View) -> None:
    assert "shop/static" in [gap.what for gap in view.left_out]
    assert "shop/static" not in [gap.what for gap in view.gaps]


def test_findings_are_sorted_whatever_order_they_come_in() -> None:
    found = sample.findings()
    shot = msgspec.structs.replace(sample.snapshot(), findings=tuple(reversed(found)))
    view = build(shot, Verdict(True, 0, (), Grade("A", 95, "1")))
    assert view.counted == tuple(one for one in found if one.suppressed is None)

"""The grade is a sum that anybody can check, and that nobody can better by looking away."""

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.judge.grade import grade
from auditor.judge.scale import LETTERS, LINES, earned, letter, letters
from auditor.judge.working import table, work_out
from auditor.model.finding import Finding
from auditor.model.inventory import Package
from auditor.model.measure import Basis, Measure
from auditor.model.snapshot import Crashed, Skipped, Snapshot
from tests.judge.values import GOOD, finding, measures, snapshot, suppressed


def test_a_flawless_snapshot_earns_everything() -> None:
    best = grade(snapshot())
    assert (best.letter, best.score, best.caps) == ("A+", 100.0, ())
    assert sum(line.of for line in best.lines) == 100


def test_the_score_is_the_sum_of_the_lines() -> None:
    mixed = grade(snapshot((finding(),), measures(duplication__density_pct=8, coverage__line_pct=71)))
    assert mixed.score == round(sum(line.points or 0 for line in mixed.lines), 1)
    assert mixed.letter == letter(mixed.score or 0)


def test_coverage_that_was_not_measured_caps_in_the_words_of_the_documentation() -> None:
    figures = tuple(one for one in measures() if one.name != "coverage.line_pct")
    capped = grade(snapshot(figures=figures))
    assert (capped.letter, capped.score, capped.caps) == ("B+", 90.0, ("capped at B+: coverage not measured",))


@pytest.mark.parametrize("line", LINES, ids=[line.name for line in LINES])
def test_a_line_without_its_measure_earns_nothing_caps_and_says_why(line: type[msgspec.Struct]) -> None:
    needed = line.needs[-1].replace(".", "__")
    answer = grade(snapshot(figures=measures(**{needed: None})))
    row = next(one for one in answer.lines if one.name == line.name)
    assert (row.points, row.counted, row.note) == (None, "not measured", "why not")
    assert f"capped at {line.cap}: {line.name} not measured (why not)" in answer.caps
    assert letters().index(answer.letter) >= letters().index(line.cap)


def test_a_stale_figure_is_no_figure() -> None:
    old = Measure("coverage.line_pct", 99, "%", basis=Basis.STALE, note="measured 90 days ago")
    answer = grade(snapshot(figures=(*(one for one in measures() if one.name != old.name), old)))
    assert answer.caps == ("capped at B+: coverage not measured (measured 90 days ago)",)


def test_nothing_to_judge_gives_no_letter() -> None:
    for files, figures, words in (
        ({}, measures(), "no Python file was found"),
        ({"test": 3, "vendored": 2}, measures(), "of 5 Python files none is source (3 test, 2 vendored)"),
        ({"source": 1}, measures(), "1 source file without a line of code"),
        ({"source": 1}, (), "the lines of code were not counted"),
    ):
        empty = tuple(Measure(one.name, 0 if one.name == "size.code_lines" else one.value) for one in figures)
        answer = grade(snapshot(figures=empty, files=files))
        assert (answer.letter, answer.score) == ("-", None)
        assert words in answer.caps[0]


@pytest.mark.parametrize(("severity", "cap"), [("critical", "C+"), ("high", "B+")])
def test_a_grave_finding_caps_whatever_the_sum_says(severity: str, cap: str) -> None:
    answer = grade(snapshot((finding("security/todo", severity),)))
    assert answer.caps == (f"capped at {cap}: 1 {severity} finding",)
    assert answer.letter == cap
    assert grade(snapshot((finding("security/todo", severity, "low"),))).caps == ()


def test_crashes_and_unread_files_cap() -> None:
    answer = grade(snapshot(skipped=(Skipped("a.py", "null byte"),), crashed=(Crashed("errors/lost-cause", "b.py", 1, "…"),)))
    assert answer.caps == ("capped at C: errors/lost-cause crashed on 1 file", "capped at A-: 1 of 100 files could not be judged")
    many = tuple(Skipped(f"{number}.py", "null byte") for number in range(6))
    assert grade(snapshot(skipped=many)).caps == ("capped at C: 6 of 100 files could not be judged",)


def test_packages_that_nobody_audited_earn_nothing_and_cap() -> None:
    clean, waiting = package("clean"), package("not audited")
    half = grade(snapshot(packages=(clean, waiting)))
    row = next(one for one in half.lines if one.name == "dependencies")
    assert (row.points, row.per) == (5.0, "1 audited of 2 packages")
    assert half.caps == ("capped at C+: 1 of 2 packages were not audited",)
    few = grade(snapshot(packages=(*(package("clean") for _ in range(19)), waiting)))
    assert few.caps == ("capped at B: 1 of 20 packages were not audited",)
    none = grade(snapshot(packages=(waiting,)))
    assert none.caps == ("capped at C+: dependencies not measured (none of 1 package was audited: offline)",)


def test_a_vulnerable_package_of_unknown_severity_is_not_taken_for_harmless() -> None:
    figures = (*measures(), Measure("dependencies.unknown", 1))
    answer = grade(snapshot(figures=figures, packages=(package("vulnerable"),)))
    row = next(one for one in answer.lines if one.name == "dependencies")
    assert row.points == 6.0
    assert row.counted == "1 vulnerable package, 0 critical, 0 high, 1 unknown"


def test_a_small_project_is_not_judged_by_one_finding_in_fifty_lines() -> None:
    small = grade(snapshot((finding(),), measures(size__code_lines=50)))
    row = small.lines[0]
    assert row.per == "50 lines of code, taken as 1,000"
    assert row.note.endswith("2 earns 75 of 100")


def test_a_project_without_a_function_is_not_too_complex() -> None:
    figures = measures(size__functions=0, complexity__functions_over_10=None)
    assert grade(snapshot(figures=figures)).caps == ()


def test_a_decision_with_a_reason_takes_a_finding_out_and_is_counted() -> None:
    row = grade(snapshot((msgspec.structs.replace(finding(), suppressed=suppressed()),))).lines[0]
    assert (row.points, row.counted) == (30, "0 findings of weight 0.0, 1 more suppressed with a reason")


def test_a_path_left_out_in_the_settings_counts_all_the_same() -> None:
    left_out = msgspec.structs.replace(finding(severity="high"), suppressed=suppressed("settings"))
    assert grade(snapshot((left_out,))) == grade(snapshot((finding(severity="high"),)))


def test_a_severity_lowered_in_the_settings_counts_as_the_rule_has_it() -> None:
    lowered = msgspec.structs.replace(finding(severity="info"), facts={"own_severity": "high"})
    assert grade(snapshot((lowered,))) == grade(snapshot((finding(severity="high"),)))
    raised = msgspec.structs.replace(finding(severity="high"), facts={"own_severity": "low"})
    assert grade(snapshot((raised,))) == grade(snapshot((finding(severity="high"),)))


@pytest.mark.parametrize(
    ("rule", "line"), [("errors/lost-cause", 0), ("security/todo", 1), ("mine/own", 1), ("duplication/clone", 2)]
)
def test_a_rule_that_is_switched_off_takes_its_line_along(rule: str, line: int) -> None:
    answer = grade(snapshot(switched_off=(rule,)))
    assert answer.lines[line].points is None
    assert f"not measured ({rule} switched off)" in answer.caps[0]


def test_figures_that_are_no_numbers_are_no_figures() -> None:
    for odd in (float("nan"), float("inf")):
        assert grade(snapshot(figures=measures(coverage__line_pct=odd))).letter == "B+"


def test_scales_fall_or_rise_throughout_and_cover_0_to_100() -> None:
    for line in LINES:
        figures, points = [figure for figure, _ in line.scale], [points for _, points in line.scale]
        assert figures == sorted(set(figures))
        assert points in (sorted(points), sorted(points, reverse=True))
        assert {min(points), max(points)} == {0, 100}
    assert sum(line.weight for line in LINES) == 100


@pytest.mark.parametrize(("figure", "points"), [(-1, 100), (0, 100), (3, 95), (6, 90), (8, 85), (30, 37.5), (60, 0), (90, 0)])
def test_between_the_points_of_a_scale_lies_a_straight_line(figure: float, points: float) -> None:
    duplication = next(line for line in LINES if line.name == "duplication")
    assert earned(duplication.scale, figure) == points


def test_every_letter_can_be_earned() -> None:
    assert [letter(least) for _, least in LETTERS] == list(letters())
    assert [letter(least - 0.1) for _, least in LETTERS[:-1]] == list(letters())[1:]


FINDINGS = st.builds(
    finding,
    rule=st.sampled_from(["errors/broad-except", "security/todo", "duplication/clone", "dependencies/vulnerable", "mine/own"]),
    severity=st.sampled_from(["critical", "high", "medium", "low", "info"]),
    confidence=st.sampled_from(["high", "medium", "low"]),
    line=st.integers(1, 99),
)
SHARES = st.floats(0, 100)
SNAPSHOTS = st.builds(
    lambda findings, cover, double, over: snapshot(
        findings, measures(coverage__line_pct=cover, duplication__density_pct=double, complexity__functions_over_10=over)
    ),
    st.lists(FINDINGS, max_size=40),
    SHARES,
    SHARES,
    st.integers(0, 500),
)


def no_better(one: Snapshot, other: Snapshot) -> bool:
    """Whether the first earns neither a better letter nor a higher score."""
    left, right = grade(one), grade(other)
    return letters().index(left.letter) >= letters().index(right.letter) and (left.score or 0) <= (right.score or 0)


@given(SNAPSHOTS, st.sampled_from(sorted(set(GOOD) - {"size.code_lines"})))
def test_losing_a_measure_never_betters_the_grade(whole: Snapshot, lost: str) -> None:
    left = tuple(one for one in whole.measures if one.name != lost)
    assert no_better(msgspec.structs.replace(whole, measures=left), whole)


@given(SNAPSHOTS, st.sampled_from(["errors/broad-except", "security/todo", "mine/own", "duplication/clone"]))
def test_switching_a_rule_off_never_betters_the_grade(whole: Snapshot, rule: str) -> None:
    left = tuple(one for one in whole.findings if one.rule != rule)
    assert no_better(msgspec.structs.replace(whole, findings=left, switched_off=(rule,)), whole)


@given(SNAPSHOTS, st.integers(0, 3), st.integers(0, 3))
def test_leaving_the_dependency_audit_out_never_betters_the_grade(whole: Snapshot, critical: int, high: int) -> None:
    others = tuple(one for one in whole.measures if not one.name.startswith("dependencies."))
    found = (Measure("dependencies.critical", critical), Measure("dependencies.high", high))
    left = tuple(one for one in whole.findings if not one.rule.startswith("dependencies/"))
    assert no_better(
        msgspec.structs.replace(whole, measures=others, findings=left),
        msgspec.structs.replace(whole, measures=(*others, *found)),
    )


@given(SNAPSHOTS, FINDINGS)
def test_a_further_finding_never_betters_the_grade(whole: Snapshot, further: Finding) -> None:
    assert no_better(msgspec.structs.replace(whole, findings=(*whole.findings, further)), whole)


def test_the_working_shows_every_line_with_its_denominator() -> None:
    text = work_out(grade(snapshot((finding(),), measures(coverage__line_pct=None))))
    assert text.startswith("Formula 1: each line earns 0 to 100 by its scale")
    assert re.search(r"error handling +29\.1 of  30  1 finding of weight 2\.0 over 10,000 lines of code", text)
    assert re.search(r"complexity +15\.0 of  15  0 over 10 over 500 functions", text)
    assert re.search(r"coverage +none of  10  not measured: why not", text)
    assert text.endswith("  capped at B+: coverage not measured (why not)\nGrade B+")


def test_the_working_lets_no_text_of_the_tree_act_on_the_terminal() -> None:
    figures = (one for one in measures() if one.name != "coverage.line_pct")
    hostile = (*figures, Measure("coverage.line_pct", None, note="\x1b[2J"))
    assert "\x1b" not in work_out(grade(snapshot(figures=hostile)))


def test_the_working_of_nothing_says_so() -> None:
    assert work_out(grade(snapshot(files={}, figures=()))) == "Grade -\n  nothing to judge: no Python file was found"


def test_the_documentation_s_table_holds_every_number() -> None:
    text = table()
    assert all(f"| **{line.name}** | {line.weight:g} |" in text for line in LINES)
    assert all(f"{name} {least:g}" in text for name, least in LETTERS)


def package(state: str) -> Package:
    """A package of that state."""
    return Package("pay", "1.0", True, True, state, "offline" if state == "not audited" else "")

"""The grade is a sum that anybody can check, and that nobody can better by looking away."""

import re

import msgspec
import pytest

from auditor.judge.grade import grade
from auditor.judge.lines import LINES, line_of
from auditor.judge.scale import LETTERS, earned, letter, letters
from auditor.judge.working import table, work_out
from auditor.model.inventory import Package
from auditor.model.measure import Basis, Measure
from auditor.model.snapshot import Crashed, RuleInfo, Skipped
from auditor.model.verdict import Grade, GradeLine
from tests.judge.values import finding, measures, snapshot, suppressed, without

MEASURED = [line for line in LINES if line.needs]
LIBRARY = ("errors.entry_points", "api.handlers", "api.public_handlers", "resilience.signals", "resilience.outside_services")


def row(answer: Grade, name: str) -> GradeLine:
    """The line of that name."""
    return next(one for one in answer.lines if one.name == name)


def test_a_flawless_snapshot_earns_everything() -> None:
    best = grade(snapshot())
    assert (best.letter, best.score, best.caps) == ("A+", 100.0, ())
    assert sum(line.of for line in best.lines) == pytest.approx(100, abs=0.05)


def test_the_score_is_the_sum_of_the_lines() -> None:
    mixed = grade(snapshot((finding(),), measures(duplication__density_pct=8, coverage__line_pct=71)))
    assert mixed.score == round(sum(line.points or 0 for line in mixed.lines), 1)
    assert mixed.letter == letter(mixed.score or 0)


def test_coverage_that_was_not_measured_caps_in_the_words_of_the_documentation() -> None:
    figures = tuple(one for one in measures() if one.name != "coverage.line_pct")
    capped = grade(snapshot(figures=figures))
    assert (capped.letter, capped.score, capped.caps) == ("B+", 90.8, ("capped at B+: coverage not measured",))


def test_what_a_library_has_nothing_of_leaves_the_sum_and_caps_nothing() -> None:
    library = grade(snapshot(figures=without(*LIBRARY)))
    assert (library.letter, library.score, library.caps) == ("A+", 100.0, ())
    routes = row(library, "API limits")
    assert (routes.points, routes.of, routes.counted, routes.note) == (None, 0, "not applicable", "no api.handlers")
    assert row(library, "error handling").of > row(grade(snapshot()), "error handling").of
    assert sum(line.of for line in library.lines) == pytest.approx(100, abs=0.05)


def test_the_lines_of_a_library_that_apply_weigh_as_much_to_each_other_as_ever() -> None:
    library, whole = grade(snapshot(figures=without(*LIBRARY))), grade(snapshot())
    shares = [row(one, "security").of / row(one, "duplication").of for one in (library, whole)]
    assert shares[0] == pytest.approx(shares[1], rel=0.01)


def test_a_thing_counts_once_however_much_is_wrong_with_it() -> None:
    escapes = [finding("errors/unhandled-error-path", line=n, entry=f"GET /{n % 3}") for n in range(9)]
    paths = row(grade(snapshot(escapes)), "error paths")
    assert (paths.counted, paths.per, paths.note) == ("3 left by errors", "140 ways in", "2.14 % earns 94 of 100")


def test_a_share_tells_its_denominator_and_doubts_count_in_part() -> None:
    routes = [finding("api/unlimited-route", "low", sure, line=n) for n, sure in enumerate(("medium", "high", "low"))]
    limits = row(grade(snapshot(routes)), "API limits")
    assert (limits.counted, limits.per) == ("3 without a limit, some in doubt: counted as 2.3", "140 handlers")


def test_one_call_of_two_is_not_taken_for_half_of_all_calls() -> None:
    figures = measures(resilience__outside_calls=2)
    times = row(grade(snapshot([finding("resilience/no-timeout")], figures)), "timeouts")
    assert (times.per, times.note) == ("2 calls, taken as 5", "20 % earns 60 of 100")


def test_findings_about_things_of_which_none_were_counted_make_the_line_apply_and_all_of_it_bad() -> None:
    rows = [finding("resilience/hard-delete", model="orders")]
    line = row(grade(snapshot(rows, without("resilience.critical_models"))), "critical rows")
    assert (line.points, line.of > 0, line.note) == (0, True, "100 % earns 0 of 100")


def test_no_pack_throws_another_off_its_line() -> None:
    many = [finding("api/unlimited-route", "low", "medium", line=n) for n in range(140)]
    answer = grade(snapshot(many))
    assert row(answer, "API limits").points == 0
    assert row(answer, "security").points == row(answer, "security").of
    assert answer.score == 96.9


def test_own_rules_weigh_once_the_team_has_some() -> None:
    mine = RuleInfo("mine/own", "ours", "why", "medium")
    clean = msgspec.structs.replace(snapshot(), rules=(mine,))
    assert row(grade(clean), "own rules").points == row(grade(clean), "own rules").of > 0
    assert not row(grade(snapshot()), "own rules").applies
    assert row(grade(snapshot([finding("mine/own", line=n) for n in range(200)])), "own rules").points == 0


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("errors/lost-cause", "error handling"), ("errors/unhandled-error-path", "error paths"),
        ("api/breaking-change", "API versions"),
        ("resilience/unmonitored", "tracing"), ("database/field-naming", "database upkeep"),
        ("dependencies/unused", "dependency upkeep"),
        ("dependencies/vulnerable", "dependencies"), ("mine/own", "own rules"), ("security/todo", "security"),
    ],
)  # fmt: skip
def test_every_rule_belongs_to_one_line(rule: str, line: str) -> None:
    assert line_of(rule).name == line


@pytest.mark.parametrize("line", MEASURED, ids=[line.name for line in MEASURED])
def test_a_line_without_its_measure_earns_nothing_caps_and_says_why(line: type[msgspec.Struct]) -> None:
    needed = line.needs[-1].replace(".", "__")
    answer = grade(snapshot(figures=measures(**{needed: None})))
    told = row(answer, line.name)
    assert (told.points, told.counted, told.note) == (None, "not measured", "why not")
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


def test_evidence_that_can_not_be_read_is_no_file_of_the_code() -> None:
    lost = tuple(Skipped(f"evidence/{number}.json", "is no evidence", about="evidence") for number in range(6))
    assert grade(snapshot(skipped=lost)).caps == ("capped at A-: 6 files of evidence could not be read",)


def test_places_of_a_manifest_that_can_not_be_read_are_no_files_of_the_code() -> None:
    lost = tuple(Skipped(f"requirements.txt:{line}", "is no requirement", about="manifest") for line in range(1, 8))
    assert grade(snapshot(skipped=lost)).caps == ("capped at A-: 1 manifest could not be read in full",)
    many = (*lost, Skipped("setup.cfg", "is not UTF-8", about="manifest"), Skipped("a.py", "null byte"))
    assert grade(snapshot(skipped=many)).caps == (
        "capped at A-: 1 of 100 files could not be judged",
        "capped at A-: 2 manifests could not be read in full",
    )


def test_packages_that_nobody_audited_earn_nothing_and_cap() -> None:
    clean, waiting = package("clean"), package("not audited")
    half = grade(snapshot(packages=(clean, waiting)))
    line = row(half, "dependencies")
    assert (line.points, line.per) == (pytest.approx(line.of / 2, abs=0.01), "1 audited of 2 packages")
    assert half.caps == ("capped at C+: 1 of 2 packages were not audited",)
    few = grade(snapshot(packages=(*(package("clean") for _ in range(19)), waiting)))
    assert few.caps == ("capped at B: 1 of 20 packages were not audited",)
    none = grade(snapshot(packages=(waiting,)))
    assert none.caps == ("capped at C+: dependencies not measured (none of 1 package was audited: offline)",)


def test_a_vulnerable_package_of_unknown_severity_is_not_taken_for_harmless() -> None:
    figures = (*measures(), Measure("dependencies.unknown", 1))
    answer = grade(snapshot(figures=figures, packages=(package("vulnerable"),)))
    line = row(answer, "dependencies")
    assert line.points == pytest.approx(0.6 * line.of, abs=0.01)
    assert line.counted == "1 vulnerable package, 0 critical, 0 high, 1 unknown"


def test_a_small_project_is_not_judged_by_one_finding_in_fifty_lines() -> None:
    small = grade(snapshot((finding(),), measures(size__code_lines=50)))
    line = small.lines[0]
    assert line.per == "50 lines of code, taken as 1,000"
    assert line.note == "2 per 1,000 lines of code earns 75 of 100"


def test_a_project_without_a_function_is_not_too_complex() -> None:
    figures = measures(size__functions=0, complexity__functions_over_10=None)
    assert grade(snapshot(figures=figures)).caps == ()


def test_a_decision_with_a_reason_takes_a_finding_out_and_is_counted() -> None:
    line = grade(snapshot((msgspec.structs.replace(finding(), suppressed=suppressed()),))).lines[0]
    assert (line.points, line.counted) == (line.of, "0 findings of weight 0.0, 1 more suppressed with a reason")
    accepted = msgspec.structs.replace(finding("api/unlimited-route"), suppressed=suppressed())
    assert row(grade(snapshot((accepted,))), "API limits").counted == "0 without a limit, 1 more suppressed with a reason"


def test_a_path_left_out_in_the_settings_counts_all_the_same() -> None:
    left_out = msgspec.structs.replace(finding(severity="high"), suppressed=suppressed("settings"))
    assert grade(snapshot((left_out,))) == grade(snapshot((finding(severity="high"),)))


def test_a_severity_lowered_in_the_settings_counts_as_the_rule_has_it() -> None:
    lowered = msgspec.structs.replace(finding(severity="info"), facts={"own_severity": "high"})
    assert grade(snapshot((lowered,))) == grade(snapshot((finding(severity="high"),)))
    raised = msgspec.structs.replace(finding(severity="high"), facts={"own_severity": "low"})
    assert grade(snapshot((raised,))) == grade(snapshot((finding(severity="high"),)))


@pytest.mark.parametrize(
    ("rule", "line"),
    [("errors/lost-cause", "error handling"), ("security/todo", "security"), ("mine/own", "own rules"),
     ("api/unlimited-route", "API limits"), ("duplication/clone", "duplication")],
)  # fmt: skip
def test_a_rule_that_is_switched_off_takes_its_line_along(rule: str, line: str) -> None:
    answer = grade(snapshot(switched_off=(rule,)))
    assert row(answer, line).points is None
    assert row(answer, line).applies
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


def test_the_working_shows_every_line_with_its_denominator() -> None:
    text = work_out(grade(snapshot((finding(),), measures(coverage__line_pct=None))))
    assert text.startswith("Formula 2: each line earns 0 to 100 by its scale")
    assert "1 of 18 lines do not apply here" in text
    assert re.search(r"error handling +13\.86 of 14\.29  1 finding of weight 2\.0 over 10,000 lines of code", text)
    assert re.search(r"complexity +8\.16 of +8\.16  0 over 10 over 500 functions", text)
    assert re.search(r"coverage +none of  9\.18  not measured: why not", text)
    assert re.search(r"own rules +not applicable: the team has no rules of its own", text)
    assert "of 100, 9.18 of them not measured" in text
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

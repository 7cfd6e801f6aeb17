"""The verdict is green only where everything was judged and nothing fails."""

from auditor.judge.verdict import judge
from auditor.model.measure import Measure
from auditor.model.policy import Gate
from auditor.model.roadmap import Roadmap, State, Target
from auditor.model.snapshot import Skipped
from tests.judge.values import finding, measures, snapshot


def test_a_clean_snapshot_is_green() -> None:
    verdict = judge(snapshot(), Gate())
    assert (verdict.passed, verdict.exit_code, verdict.reasons) == (True, 0, ())
    assert verdict.grade.letter == "A+"


def test_a_broken_bound_fails() -> None:
    verdict = judge(snapshot((finding(severity="critical"),)), Gate())
    assert (verdict.passed, verdict.exit_code) == (False, 1)


def test_what_could_not_be_judged_is_neither_green_nor_failed() -> None:
    verdict = judge(snapshot(skipped=(Skipped("a.py", "null byte"),)), Gate())
    assert (verdict.passed, verdict.exit_code) == (None, 3)
    assert verdict.reasons == ("could not be judged: a.py (null byte)",)


def test_a_failure_outweighs_what_could_not_be_judged_and_both_are_told() -> None:
    verdict = judge(snapshot((finding(severity="high"),), skipped=(Skipped("a.py", "null byte"),)), Gate())
    assert (verdict.passed, verdict.exit_code, len(verdict.reasons)) == (False, 1, 2)


def test_nothing_to_judge_is_said_once_and_never_green() -> None:
    verdict = judge(snapshot(files={}, figures=()), Gate(critical="any", high="any"))
    assert (verdict.passed, verdict.exit_code) == (None, 3)
    assert verdict.reasons == ("nothing to judge: no Python file was found",)
    assert verdict.grade.letter == "-"


def test_a_tree_of_tests_alone_is_nothing_to_judge() -> None:
    verdict = judge(snapshot(files={"test": 4}, figures=(Measure("size.code_lines", None),)), Gate())
    assert (verdict.passed, verdict.exit_code) == (None, 3)
    assert verdict.reasons == ("nothing to judge: of 4 Python files none is source (4 test)",)


def test_targets_stand_beside_the_verdict() -> None:
    promise = Target("little duplication", "duplication.density_pct", "<=", 5, claimed=True)
    verdict = judge(snapshot(figures=measures(duplication__density_pct=9)), Gate(claims=True), Roadmap(targets=(promise,)))
    assert [one.state for one in verdict.progress] == [State.CLAIMED]
    assert verdict.reasons == ("claimed but not met: little duplication",)


def test_the_grade_counts_known_findings_too() -> None:
    old = finding(severity="high")
    verdict = judge(snapshot((old,)), Gate(new_only=True), known=frozenset({old.fingerprint}))
    assert verdict.passed
    assert verdict.grade.letter == "B+"

"""The gate fails on the team's bounds, and never passes what could not be judged."""

import msgspec
import pytest

from auditor.judge.gate import Reasons, gate
from auditor.judge.grade import grade
from auditor.model.finding import Finding
from auditor.model.inventory import Package
from auditor.model.measure import Basis, Measure
from auditor.model.policy import Gate, Supply
from auditor.model.roadmap import Progress, State, Target
from auditor.model.snapshot import Crashed, Skipped, Snapshot
from tests.judge.values import finding, measures, snapshot, suppressed


def asked(of: Snapshot, bounds: Gate = Gate(), known: frozenset[str] | None = None, *states: tuple[State, bool]) -> Reasons:  # noqa: B008
    """The gate's answer, with progress made of states and whether they are claimed."""
    progress = tuple(Progress(Target("fast", claimed=claim), state, None, None, None, "") for state, claim in states)
    return gate(of, bounds, grade(of), progress, known)


def passes(answer: Reasons) -> bool:
    """Whether nothing fails and nothing is left unjudged."""
    return not (answer.failed or answer.unjudged)


def test_a_clean_snapshot_passes() -> None:
    assert passes(asked(snapshot()))


def test_bounds_that_hold_are_told_with_what_they_do_not_count() -> None:
    unsure = snapshot((finding(severity="high", confidence="low"), finding()))
    assert asked(unsure).kept == (
        "0 critical findings, at most 0 allowed",
        "0 high findings, at most 0 allowed; 1 more, less sure, not counted",
    )
    assert asked(unsure, Gate(critical="any", high="any", medium=1)).kept == ("1 medium finding, at most 1 allowed",)
    assert asked(unsure, Gate(critical="any", high="any")).kept == ()


def test_a_broken_bound_is_not_among_those_that_hold() -> None:
    answer = asked(snapshot((finding(severity="high"),)), Gate(min_grade="F"))
    assert answer.failed == ("1 high finding, at most 0 allowed",)
    assert answer.kept[0] == "0 critical findings, at most 0 allowed"
    assert answer.kept[1].endswith("at least F asked for")


def test_a_broken_bound_tells_what_it_does_not_count_too() -> None:
    answer = asked(snapshot((finding(severity="high"), finding(severity="high", confidence="low"))))
    assert answer.failed == ("1 high finding, at most 0 allowed; 1 more, less sure, not counted",)


def test_high_findings_fail_unless_the_settings_allow_some() -> None:
    two = snapshot((finding(severity="high"), finding(severity="high", line=2)))
    assert asked(two).failed == ("2 high findings, at most 0 allowed",)
    assert asked(two, Gate(high=1)).failed == ("2 high findings, at most 1 allowed",)
    assert asked(two, Gate(high=2)).failed == ()
    assert asked(two, Gate(high="any")).failed == ()


def test_medium_findings_fail_only_where_they_are_bounded() -> None:
    one = snapshot((finding(),))
    assert asked(one).failed == ()
    assert asked(one, Gate(medium=0)).failed == ("1 medium finding, at most 0 allowed",)


@pytest.mark.parametrize(("least", "fails"), [("high", "high"), ("medium", "high medium"), ("low", "high medium low")])
def test_only_findings_that_are_sure_enough_count(least: str, fails: str) -> None:
    bounds = msgspec.convert({"confidence": least}, Gate)
    by_confidence = {sure: snapshot((finding(severity="high", confidence=sure),)) for sure in ("high", "medium", "low")}
    assert [sure for sure, one in by_confidence.items() if asked(one, bounds).failed] == fails.split()


@pytest.mark.parametrize("kind", ["comment", "accepted", "settings"])
def test_suppressed_findings_do_not_count(kind: str) -> None:
    one = msgspec.structs.replace(finding(severity="critical"), suppressed=suppressed(kind))
    assert asked(snapshot((one,))).failed == ()


def test_with_a_baseline_only_new_findings_count() -> None:
    old, new = finding(severity="high"), finding(severity="high", line=9)
    known = frozenset({old.fingerprint})
    assert passes(asked(snapshot((old,)), Gate(new_only=True), known))
    assert asked(snapshot((old, new)), Gate(new_only=True), known).failed == (
        "1 new high finding, at most 0 allowed; 1 more, known or less sure, not counted",
    )


def test_asking_for_new_findings_without_a_baseline_can_not_end_green() -> None:
    (reason,) = asked(snapshot(), Gate(new_only=True)).unjudged
    assert "there is no baseline" in reason


def test_a_grade_below_the_least_fails() -> None:
    assert asked(snapshot(), Gate(min_grade="A+")).failed == ()
    worse = snapshot(figures=measures(coverage__line_pct=0))
    assert asked(worse, Gate(min_grade="A+")).failed == ("grade A, at least A+ asked for",)
    assert asked(snapshot(figures=()), Gate(min_grade="D-")).failed == ("grade -, at least D- asked for",)


@pytest.mark.parametrize(
    ("bound", "passes"), [("<= 5", True), ("< 5", False), ("== 5", True), (">=5", True), ("> 5", False), ("<= -1", False)]
)
def test_a_measure_is_held_against_its_bound(bound: str, passes: bool) -> None:
    answer = asked(snapshot(figures=measures(duplication__density_pct=5)), Gate(measures={"duplication.density_pct": bound}))
    assert answer.failed == (() if passes else (f"duplication.density_pct is 5, {bound} asked for",))
    assert answer.unjudged == ()


def test_an_unknown_measure_can_not_pass_and_says_why() -> None:
    answer = asked(snapshot(figures=measures(coverage__line_pct=None)), Gate(measures={"coverage.line_pct": ">= 0"}))
    assert (answer.failed, answer.unjudged) == ((), ("coverage.line_pct >= 0 can not be judged: why not",))


def test_a_measure_of_another_name_can_not_pass_and_the_name_that_was_meant_is_told() -> None:
    answer = asked(snapshot(), Gate(measures={"duplication.density": "<= 5"}))
    assert "did you mean duplication.density_pct?" in answer.unjudged[0]
    assert asked(snapshot(), Gate(measures={"zzz": "<= 5"})).unjudged == ("zzz <= 5 can not be judged: nothing measures it",)


def test_a_stale_measure_can_not_pass() -> None:
    old = Measure("coverage.line_pct", 99, "%", basis=Basis.STALE)
    answer = asked(snapshot(figures=(old,)), Gate(measures={"coverage.line_pct": ">= 80"}))
    assert answer.unjudged == ("coverage.line_pct >= 80 can not be judged: its figure is too old",)


def test_a_figure_just_past_its_bound_is_shown_exactly() -> None:
    bounds = Gate(measures={"duplication.density_pct": "<= 5"})
    answer = asked(snapshot(figures=measures(duplication__density_pct=5.0004)), bounds)
    assert answer.failed == ("duplication.density_pct is 5.0004, <= 5 asked for",)


def test_claims_fail_only_where_they_are_asked_for() -> None:
    claimed = ((State.CLAIMED, True),)
    assert passes(asked(snapshot(), Gate(), None, *claimed))
    assert asked(snapshot(), Gate(claims=True), None, *claimed).failed == ("claimed but not met: fast",)


@pytest.mark.parametrize("state", [State.UNKNOWN, State.STALE])
def test_a_claim_without_evidence_can_not_end_green(state: State) -> None:
    answer = asked(snapshot(), Gate(claims=True), None, (state, True), (state, False))
    assert (answer.failed, answer.unjudged) == ((), ("claimed without evidence: fast",))


def test_a_crashed_rule_can_not_end_green() -> None:
    crashed = (Crashed("errors/lost-cause", "a.py", 1, "…"), Crashed("errors/lost-cause", "b.py", 4, "…"))
    assert asked(snapshot(crashed=crashed)).unjudged == ("errors/lost-cause crashed on 2 files",)


def test_unread_files_can_not_end_green_and_are_named() -> None:
    skipped = tuple(Skipped(f"{name}.py", "null byte") for name in "abcde")
    (reason,) = asked(snapshot(skipped=skipped)).unjudged
    assert reason == "could not be judged: a.py (null byte), b.py (null byte), c.py (null byte) and 2 more"


def test_of_a_path_without_end_both_ends_are_told() -> None:
    (reason,) = asked(snapshot(skipped=(Skipped("a" * 6000 + "/shop.py", "null byte"),))).unjudged
    assert reason.startswith("could not be judged: aaaa")
    assert reason.endswith("…" + "a" * 72 + "/shop.py (null byte)")
    assert len(reason) < 250


def test_files_that_were_never_to_be_judged_do_not_matter() -> None:
    assert passes(asked(snapshot(skipped=(Skipped("out", "link out of the tree, not followed", "left out"),))))


def test_the_settings_may_name_files_that_stay_unread() -> None:
    unread = snapshot(skipped=(Skipped("legacy/py2/old.py", "line 3: is not valid Python"), Skipped("new.py", "null byte")))
    assert asked(unread, Gate(allow_skipped=("legacy/*",))).unjudged == ("could not be judged: new.py (null byte)",)
    assert passes(asked(unread, Gate(allow_skipped=("legacy/*", "new.py"))))


def test_without_any_python_file_there_is_nothing_to_judge() -> None:
    assert asked(snapshot(files={})).unjudged == ("nothing to judge: no Python file was found",)


def test_packages_that_nobody_audited_can_not_end_green() -> None:
    packages = (Package("flask", "", True, True, "not audited", "no lock"), Package("click", "8.1", True, True, "clean"))
    waiting = snapshot(packages=packages)
    assert asked(waiting).unjudged == ("1 of 2 packages not audited: flask (no lock)",)
    assert passes(asked(waiting, Gate(critical="any", high="any"))), "a gate that bounds no findings asks for no audit"


@pytest.mark.parametrize(("until", "allowed"), [("2026-11-23", False), ("2026-11-24", True), ("2027-01-31", True)])
def test_the_settings_may_name_packages_that_stay_unaudited_until_a_day(until: str, allowed: bool) -> None:
    waiting = snapshot(packages=(Package("zope-interface", "", True, True, "not audited", "no lock"),))
    answer = gate(waiting, Gate(), grade(waiting), (), supply=Supply(allow_unaudited={"Zope.Interface": until}))
    assert passes(answer) == allowed


def test_a_milder_gate_never_fails_what_a_stricter_passes() -> None:
    found: tuple[Finding, ...] = (finding(severity="high"), finding(), finding(severity="low", confidence="low"))
    strict = asked(snapshot(found), Gate(high=1, medium=1, low=0, confidence="medium"))
    mild = asked(snapshot(found), Gate(high="any", medium=1, low="any", confidence="medium"))
    assert set(mild.failed) <= set(strict.failed)

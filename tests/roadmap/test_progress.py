"""Where promises stand: by the measure alone, and never guessed."""

import msgspec
import pytest

from auditor.evidence.declared import declared
from auditor.judge.progress import progress
from auditor.model.measure import Basis, Measure, absent, unknown
from auditor.model.roadmap import Progress, Proof, Roadmap, State, Target


def _stands(target: Target, *measures: Measure) -> Progress:
    (stands,) = progress(Roadmap(targets=(target,)), measures)
    return stands


def _coverage(claimed: bool = False, baseline: float | None = 60) -> Target:
    return Target("Coverage", "coverage.line_pct", ">=", 80, baseline, "%", claimed=claimed)


@pytest.mark.parametrize(
    ("now", "claimed", "state", "share"),
    [
        (80, False, State.MET, 1.0),
        (85, True, State.MET, 1.0),
        (70, False, State.ON_THE_WAY, 0.5),
        (60, False, State.ON_THE_WAY, 0.0),
        (55, False, State.WORSE, 0.0),
        (70, True, State.CLAIMED, 0.5),
        (55, True, State.CLAIMED, 0.0),
    ],
)
def test_a_target_stands_where_its_measure_says(now: float, claimed: bool, state: State, share: float) -> None:
    stands = _stands(_coverage(claimed), Measure("coverage.line_pct", now, "%"))
    assert (stands.state, stands.share, stands.now, stands.goal) == (state, share, now, 80)
    assert f"{now} %" in stands.reason


def test_a_tick_without_a_figure_stays_unknown() -> None:
    stands = _stands(_coverage(claimed=True), unknown("coverage.line_pct", "no coverage file was found", "%"))
    assert stands.state is State.UNKNOWN
    assert stands.reason.endswith("no coverage file was found; the tick in the roadmap has no evidence")


def test_what_nothing_measured_is_unknown() -> None:
    assert _stands(_coverage()).reason == "nothing has measured coverage.line_pct"


@pytest.mark.parametrize(
    ("text", "comparator", "goal", "now", "state"),
    [
        ("Coverage of `core/` at 70 %", ">=", 70, 80, State.UNKNOWN),  # the rest may be better covered
        ("All of src/api/ is covered", ">=", 100, 100, State.MET),
        ("Coverage at 70 %, measured by line/branch", ">=", 70, 80, State.MET),
        ("70 % coverage of the import package", ">=", 70, 80, State.UNKNOWN),
        ("Coverage of the order list at 70 %", ">=", 70, 80, State.UNKNOWN),
        ("70 % of the whole package covered", ">=", 70, 80, State.MET),
        ("The ingest module reaches 70 % line coverage", ">=", 70, 80, State.UNKNOWN),
        ("Parser package covered to 70 %", ">=", 70, 80, State.UNKNOWN),
        ("70 % of what each third-party service calls is covered", ">=", 70, 80, State.MET),
        ("Coverage of 70 % as a service level objective", ">=", 70, 80, State.MET),
    ],
)
def test_the_projects_share_judges_a_part_only_where_it_is_whole(
    text: str, comparator: str, goal: float, now: float, state: State
) -> None:
    stands = _stands(Target(text, "coverage.line_pct", comparator, goal, 60, "%"), Measure("coverage.line_pct", now, "%"))
    assert stands.state is state
    assert stands.now == (None if state is State.UNKNOWN else now)


@pytest.mark.parametrize(("now", "state"), [(100, State.MET), (93, State.ON_THE_WAY)])
def test_none_left_unhandled_is_all_handled(now: float, state: State) -> None:
    target = Target("Unhandled errors: 6 → 0", "errors.handled_paths_pct", "==", 0, 6, "count")
    stands = _stands(target, Measure("errors.handled_paths_pct", now, "%"))
    assert (stands.state, stands.target, stands.now) == (state, target, 0 if state is State.MET else None)
    assert f"{now} %" in stands.reason


@pytest.mark.parametrize(("now", "state"), [(0, State.MET), (5, State.UNKNOWN)])
def test_none_left_in_the_project_is_none_left_in_a_part(now: float, state: State) -> None:
    target = Target("No bare except left in `orders/` (was 26)", "errors.broad_handlers", "==", 0, 26, "count")
    stands = _stands(target, Measure("errors.broad_handlers", now, "count"))
    assert stands.state is state
    assert state is State.MET or stands.reason.startswith("it is about orders/, and 5 is the figure of the whole project")


def test_a_persons_figure_of_the_part_judges_it() -> None:
    target = Target("Coverage of core/ at 70 %", "coverage.line_pct", ">=", 70, 60, "%")
    whole, part = Measure("coverage.line_pct", 80, "%"), Measure("coverage.line_pct", 72, "%", subject=target.text)
    assert _stands(target, whole, part).state is State.MET


def test_a_measures_name_that_is_misspelt_is_answered_with_the_one_that_was_meant() -> None:
    near, far = Measure("coverage.lines_pct", 70, "%"), Measure("duplication.density_pct", 4, "%")
    assert _stands(_coverage(), near, far).reason == "nothing has measured coverage.line_pct; did you mean coverage.lines_pct?"
    assert _stands(_coverage(), far).reason == "nothing has measured coverage.line_pct"


def test_a_manual_target_says_what_it_needs() -> None:
    stands = _stands(Target("No data loss", goal=0.0, evidence="a link to the incident log"))
    assert (stands.state, stands.reason) == (State.UNKNOWN, "no tool measures this; it needs a link to the incident log")


def test_a_reduction_counts_from_its_baseline() -> None:
    target = Target("Duplication", "duplication.density_pct", "<=", 40, 10, "%", relative=True)
    assert _stands(target, Measure("duplication.density_pct", 6, "%")).state is State.MET
    half = _stands(target, Measure("duplication.density_pct", 8, "%"))
    assert (half.state, half.goal, half.share) == (State.ON_THE_WAY, 6, 0.5)
    assert _stands(target, Measure("duplication.density_pct", 11, "%")).state is State.WORSE


def test_a_rise_counts_from_its_baseline_by_share_points_and_amount() -> None:
    measure = Measure("coverage.line_pct", 66, "%")
    for unit, goal in (("%", 10), ("points", 6), ("count", 6)):
        target = Target("Coverage", "coverage.line_pct", ">=", goal, 60, unit, relative=True)
        assert _stands(target, measure).goal == 66


def test_a_reduction_without_a_baseline_is_unknown() -> None:
    target = Target("Duplication", "duplication.density_pct", "<=", 40, None, "%", claimed=True, relative=True)
    stands = _stands(target, Measure("duplication.density_pct", 6, "%"))
    assert (stands.state, stands.goal) == (State.UNKNOWN, None)
    assert "baseline" in stands.reason


def test_an_old_figure_is_stale_whatever_it_says() -> None:
    measure = Measure("coverage.line_pct", 95, "%", basis=Basis.STALE, taken_at="2026-01-05T10:00:00Z")
    stands = _stands(_coverage(claimed=True), measure)
    assert stands.state is State.STALE
    assert "2026-01-05" in stands.reason


def test_a_fresh_figure_goes_before_a_stale_and_an_unknown_one() -> None:
    old = Measure("coverage.line_pct", 10, "%", basis=Basis.STALE)
    fresh = Measure("coverage.line_pct", 81, "%")
    none = unknown("coverage.line_pct", "none", "%")
    assert _stands(_coverage(), none, old, fresh).state is State.MET
    assert _stands(_coverage(), fresh, none, old).state is State.MET


def test_figures_are_turned_into_the_targets_unit() -> None:
    target = Target("p95", "http.p95_ms", "<", 1.5, 2.0, "s")
    stands = _stands(target, Measure("http.p95_ms", 1_750, "ms"))
    assert (stands.now, stands.share, stands.state) == (1.75, 0.5, State.ON_THE_WAY)


def test_units_that_can_not_be_compared_are_unknown() -> None:
    stands = _stands(Target("p95", "http.p95_ms", "<", 90, None, "%"), Measure("http.p95_ms", 100, "ms"))
    assert stands.state is State.UNKNOWN


def test_a_promise_without_a_figure_is_unknown() -> None:
    stands = _stands(Target("Faster", "http.p95_ms", "<=", None, None, "ms"), Measure("http.p95_ms", 100, "ms"))
    assert "no figure" in stands.reason


def test_a_target_not_met_without_a_baseline_says_that_its_movement_is_not_known() -> None:
    stands = _stands(Target("TODOs", "todo.security", "==", 0, None, "count"), Measure("todo.security", 12))
    assert (stands.state, stands.share) == (State.ON_THE_WAY, None)
    assert "no baseline" in stands.reason


def test_a_promise_to_keep_that_was_kept_and_is_not_is_worse() -> None:
    stands = _stands(_coverage(baseline=82), Measure("coverage.line_pct", 79.5, "%"))
    assert stands.state is State.WORSE


def test_the_edges_of_comparators_are_exact() -> None:
    for comparator, met in (("<", False), ("<=", True), ("==", True), (">=", True), (">", False)):
        target = Target("x", "todo.count", comparator, 0.3, None, "count")
        assert (_stands(target, Measure("todo.count", 0.1 + 0.2)).state is State.MET) is met


WORD = Proof(85, "2026-11-20", "Grace Hopper", "https://wiki.example.org/coverage")


def _proven(*measures: Measure) -> Progress:
    roadmap = Roadmap(targets=(msgspec.structs.replace(_coverage(), proof=WORD),))
    (stands,) = progress(roadmap, (*measures, *declared(roadmap).measures))
    return stands


def test_a_persons_word_counts_where_the_audit_has_no_figure_and_says_why() -> None:
    alone = _proven()
    assert (alone.state, alone.reason) == (State.MET, "85 %, promised ≥ 80 %; declared by Grace Hopper on 2026-11-20")
    beside = _proven(unknown("coverage.line_pct", "no coverage report was handed in", "%"))
    assert beside.state is State.MET
    assert beside.reason == f"{alone.reason}; it could not be measured: no coverage report was handed in"
    assert beside.by is not None
    assert (beside.by.basis, beside.by.subject) == (Basis.DECLARED, "Coverage")


def test_a_persons_word_never_stands_in_for_a_figure_and_comes_before_one_that_is_too_old() -> None:
    assert _proven(Measure("coverage.line_pct", 70, "%")).state is State.ON_THE_WAY
    stale = _proven(Measure("coverage.line_pct", 70, "%", basis=Basis.STALE, note="94 days old"))
    assert stale.state is State.MET
    assert stale.reason.endswith("what was measured is too old (94 days old)")


def test_a_persons_word_on_one_promise_is_none_on_another_of_the_same_measure() -> None:
    other = Target("Coverage of the core", "coverage.line_pct", ">=", 60, unit="%")
    roadmap = Roadmap(targets=(msgspec.structs.replace(_coverage(), proof=WORD), other))
    assert [one.state for one in progress(roadmap, declared(roadmap).measures)] == [State.MET, State.UNKNOWN]


def test_what_a_promise_is_about_may_not_be_there() -> None:
    stands = _stands(_coverage(), absent("coverage.line_pct", "there is no line that can be run", "%"))
    assert (stands.state, stands.reason) == (State.UNKNOWN, "there is nothing that it is about: there is no line that can be run")

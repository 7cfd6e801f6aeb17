"""What a team softens is told, each way of softening by its name; what it tightens is not."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.judge.integrity import softened
from auditor.model.contract import Contract, Kind
from auditor.model.policy import Discover, EvidencePlace, Gate, Rules, Supply
from auditor.model.roadmap import Roadmap, Sprint, Target

COVERAGE = Target("Test coverage maintained at 80 %", "coverage.line_pct", ">=", 80, 75, "%", "Sprint 1")
PACKAGES = Target("Dependency count reduced from 104 to <90", "dependencies.count", "<", 90, 104, "count", "Sprint 1")
CLONES = Target("Code duplication reduced by 40 %", "duplication.density_pct", "<=", 40, 20, "%", "Sprint 2", relative=True)
SPRINTS = (Sprint("Sprint 1", "2026-01-01", "2026-01-21"), Sprint("Sprint 2", "2026-01-22", "2026-02-11"))
PLAN = Roadmap("Plan", "2026-01-01", SPRINTS, (COVERAGE, PACKAGES, CLONES))


def told(after: Roadmap | None, before: Roadmap = PLAN) -> list[tuple[Kind, str]]:
    return [(change.kind, change.sentence) for change in softened(Contract(before), Contract(after))]


def with_target(at: int, **changed: object) -> Roadmap:
    targets = list(PLAN.targets)
    targets[at] = msgspec.structs.replace(targets[at], **changed)
    return msgspec.structs.replace(PLAN, targets=tuple(targets))


def test_the_same_promise_is_not_softened() -> None:
    assert told(PLAN) == []
    assert softened(Contract(), Contract(PLAN)) == ()


def test_a_target_walked_back_is_told_with_both_figures_even_where_its_text_was_rewritten() -> None:
    (only,) = softened(Contract(PLAN), Contract(with_target(0, goal=67.0, text="Test coverage maintained at 67 %")))
    assert (only.kind, only.was, only.now) == (Kind.GOAL, "≥ 80 %", "≥ 67 %")
    assert only.sentence == "“Test coverage maintained at 80 %” walked back from ≥ 80 % to ≥ 67 %"
    assert only.place == ("target", 0, "goal")


@pytest.mark.parametrize(
    ("at", "less", "more"),
    [
        (0, {"goal": 79.0}, {"goal": 81.0}),
        (1, {"goal": 91.0}, {"goal": 89.0}),
        (1, {"comparator": "<="}, {"comparator": "<", "goal": 80.0}),
        (2, {"goal": 30.0}, {"goal": 50.0}),
        (0, {"goal": None}, {"goal": 80.0}),
        (0, {"goal": 0.67, "unit": "ratio"}, {"goal": 0.9, "unit": "ratio", "baseline": None}),
    ],
)
def test_asking_less_is_told_and_asking_more_is_not(at: int, less: dict[str, object], more: dict[str, object]) -> None:
    assert Kind.GOAL in [kind for kind, _ in told(with_target(at, **less))]
    assert Kind.GOAL not in [kind for kind, _ in told(with_target(at, **more))]


def test_a_moved_baseline_is_told_in_either_direction() -> None:
    for figure in (25.0, 15.0, None):
        assert [kind for kind, _ in told(with_target(2, baseline=figure))] == [Kind.BASELINE]
    assert told(PLAN, with_target(2, baseline=None)) == []


def test_a_dropped_metric_and_a_dropped_sprint_are_told() -> None:
    after = Roadmap("Plan", "", SPRINTS[:1], PLAN.targets[:2])
    assert told(after) == [
        (Kind.SPRINT, "Sprint 2 is planned no longer"),
        (Kind.TARGET, "“Code duplication reduced by 40 %” is promised no longer"),
    ]


def test_a_roadmap_that_is_gone_drops_everything() -> None:
    assert [kind for kind, _ in told(None)] == [Kind.SPRINT] * 2 + [Kind.TARGET] * 3


def test_a_pushed_date_is_told_and_an_earlier_one_is_not() -> None:
    later = msgspec.structs.replace(PLAN, sprints=(SPRINTS[0], msgspec.structs.replace(SPRINTS[1], ends="2026-02-18")))
    assert told(later) == [(Kind.DATE, "Sprint 2 ends on 2026-02-18 instead of 2026-02-11")]
    assert told(PLAN, later) == []


def test_a_promise_moved_to_a_later_sprint_or_out_of_all_is_a_pushed_date() -> None:
    assert told(with_target(0, sprint="Sprint 2")) == [
        (Kind.DATE, "“Test coverage maintained at 80 %” was moved from Sprint 1 to Sprint 2, which ends on 2026-02-11")
    ]
    assert [kind for kind, _ in told(with_target(0, sprint=""))] == [Kind.DATE]
    assert told(with_target(2, sprint="Sprint 1")) == []


def test_a_promise_that_puts_off_its_own_day_is_told_and_one_that_brings_it_forward_is_not() -> None:
    before = with_target(0, due="2026-01-15")
    later, earlier = with_target(0, due="2026-02-15"), with_target(0, due="2026-01-10")
    assert told(later, before) == [
        (Kind.DATE, "“Test coverage maintained at 80 %” is due on 2026-02-15 instead of on 2026-01-15")
    ]
    assert told(earlier, before) == []


def test_a_sprint_with_a_new_name_is_still_that_sprint() -> None:
    renamed = msgspec.structs.replace(PLAN, sprints=(SPRINTS[0], msgspec.structs.replace(SPRINTS[1], name="Database sprint")))
    assert Kind.SPRINT not in [kind for kind, _ in told(renamed)]


def test_a_judge_exchanged_for_a_milder_one_is_told() -> None:
    assert told(with_target(0, measure="manual")) == [
        (Kind.JUDGE, "“Test coverage maintained at 80 %” is judged by manual instead of coverage.line_pct")
    ]


@pytest.mark.parametrize(
    ("before", "after", "subject"),
    [
        (Contract(), Contract(discover=Discover(exclude=("shop/legacy/",))), "discover.exclude: shop/legacy/"),
        (Contract(), Contract(discover=Discover(kinds={"shop/**": "generated"})), "discover.kinds: shop/**"),
        (Contract(), Contract(discover=Discover(max_file_kib=10)), "discover.max_file_kib"),
        (Contract(), Contract(rules=Rules(ignore=("errors",))), "rules.ignore: errors"),
        (Contract(), Contract(rules=Rules(select=("errors",))), "rules.select: every rule that is not named"),
        (Contract(), Contract(rules=Rules(path_ignores={"shop/*": ("errors",)})), "rules.path_ignores: errors in shop/*"),
        (Contract(), Contract(rules=Rules(boundaries=("shop.run",))), "rules.boundaries: shop.run"),
        (
            Contract(),
            Contract(rules=Rules(severity={"a/b": "low"}), severities={"a/b": "high"}),
            "rules.severity: a/b",
        ),
        (Contract(), Contract(supply=Supply(allow_unaudited={"flask": "2027-01-01"})), "supply.allow_unaudited: flask"),
        (Contract(gate=Gate(high=0)), Contract(gate=Gate(high=3)), "gate.high"),
        (Contract(gate=Gate(medium=5)), Contract(gate=Gate(medium="any")), "gate.medium"),
        (Contract(gate=Gate(min_grade="B")), Contract(gate=Gate(min_grade="C")), "gate.min_grade"),
        (Contract(gate=Gate(min_grade="B")), Contract(), "gate.min_grade"),
        (Contract(), Contract(gate=Gate(confidence="high")), "gate.confidence"),
        (Contract(), Contract(gate=Gate(new_only=True)), "gate.new_only"),
        (Contract(gate=Gate(claims=True)), Contract(), "gate.claims"),
        (Contract(gate=Gate(measures={"a.b": "<= 5"})), Contract(gate=Gate(measures={"a.b": "<= 6"})), "gate.measures: a.b"),
        (Contract(gate=Gate(measures={"a.b": ">= 5"})), Contract(), "gate.measures: a.b"),
        (Contract(), Contract(gate=Gate(allow_skipped=("old/*",))), "gate.allow_skipped: old/*"),
        (Contract(gate=Gate(contract=True)), Contract(), "gate.contract"),
        (Contract(), Contract(evidence=EvidencePlace(max_age_days=90)), "evidence.max_age_days"),
        (Contract(), Contract(evidence=EvidencePlace(ages={"http": 60})), "evidence.ages: http"),
        (Contract(), Contract(evidence=EvidencePlace(severity={"bandit": "info"})), "evidence.severity: bandit"),
    ],
)
def test_settings_that_ask_less_are_told_and_their_tightening_is_not(before: Contract, after: Contract, subject: str) -> None:
    assert [change.subject for change in softened(before, after)] == [subject]
    assert [change for change in softened(after, before) if change.subject == subject] == []


FIGURES = st.none() | st.integers(0, 100).map(float)
TARGETS = st.builds(
    Target,
    text=st.sampled_from(["Coverage 80 %", "Coverage 60 %", "Fast", "No N+1 queries", ""]),
    measure=st.sampled_from(["manual", "coverage.line_pct", "http.p95_ms"]),
    comparator=st.sampled_from(["<", "<=", ">", ">=", "=="]),
    goal=FIGURES,
    baseline=FIGURES,
    unit=st.sampled_from(["", "%", "ms", "s"]),
    sprint=st.sampled_from(["", "Sprint 1", "Sprint 2"]),
    relative=st.booleans(),
)
PLANS = st.lists(TARGETS, max_size=5).map(lambda targets: Roadmap("Plan", "", SPRINTS, tuple(targets)))


@given(PLANS, PLANS)
def test_any_two_roadmaps_compare_and_one_with_itself_is_never_softer(one: Roadmap, other: Roadmap) -> None:
    assert told(one, one) == []
    for change in softened(Contract(one), Contract(other)):
        assert change.sentence
        table, number, key = change.place
        assert not table or (number < len(other.targets if table == "target" else other.sprints) and key)


@given(PLANS, TARGETS)
def test_a_promise_more_softens_nothing(plan: Roadmap, more: Target) -> None:
    assert told(msgspec.structs.replace(plan, targets=(*plan.targets, more)), plan) == []

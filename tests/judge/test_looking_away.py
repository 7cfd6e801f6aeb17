"""Nobody betters the grade by looking away: losing sight of something never helps, whatever was drawn, and no finding does."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from auditor.judge.grade import grade
from auditor.judge.scale import letters
from auditor.model.finding import Finding
from auditor.model.measure import Basis, Measure
from auditor.model.snapshot import RuleInfo, Snapshot
from tests.judge.values import GOOD, finding, measures, snapshot, without

LIBRARY = ("errors.entry_points", "api.handlers", "api.public_handlers", "resilience.signals", "resilience.outside_services")
FINDINGS = st.builds(
    finding,
    rule=st.sampled_from(
        [
            "errors/broad-except",
            "errors/unhandled-error-path",
            "security/todo",
            "duplication/clone",
            "mine/own",
            "api/unlimited-route",
            "database/n-plus-one",
            "dependencies/vulnerable",
            "dependencies/unused",
            "resilience/hard-delete",
        ]
    ),
    severity=st.sampled_from(["critical", "high", "medium", "low", "info"]),
    confidence=st.sampled_from(["high", "medium", "low"]),
    line=st.integers(1, 99),
)
SHARES = st.floats(0, 100)


def drawn(findings: list[Finding], cover: float, double: float, over: int, gone: set[str]) -> Snapshot:
    """A snapshot of a team with a rule of its own, and of a project that has nothing of what `gone` counts."""
    known = measures(coverage__line_pct=cover, duplication__density_pct=double, complexity__functions_over_10=over)
    less = [one for one in without(*gone) if one.basis is Basis.ABSENT]
    made = snapshot(findings, (*(one for one in known if one.name not in gone), *less))
    return msgspec.structs.replace(made, rules=(RuleInfo("mine/own", "ours", "why", "medium"),))


SNAPSHOTS = st.builds(
    drawn,
    st.lists(FINDINGS, max_size=40),
    SHARES,
    SHARES,
    st.integers(0, 500),
    st.sets(st.sampled_from(LIBRARY)),
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

"""Old figures are stale, dates ahead are none, and no evidence replaces what the audit measured itself."""

from datetime import date
from pathlib import Path

import pytest

from auditor.evidence.age import judged, limit
from auditor.evidence.record import Evidence, from_epoch, from_iso
from auditor.judge.gate import gate
from auditor.judge.grade import grade
from auditor.judge.progress import progress
from auditor.model.measure import Basis, Measure
from auditor.model.policy import EvidencePlace, Gate
from auditor.model.roadmap import Roadmap, State, Target
from auditor.run.evidence import figures, with_evidence
from auditor.run.job import Job
from tests.evidence import made
from tests.judge.values import finding, measures, snapshot

TODAY = date(2026, 3, 31)


def coverage(value: float | None, day: str, note: str = "") -> Measure:
    basis = Basis.UNKNOWN if value is None else Basis.MEASURED
    return Measure("coverage.line_pct", value, "%", taken_at=day, note=note, basis=basis)


BARE = tuple(one for one in measures() if one.name != "coverage.line_pct")
"""All that the grade needs but coverage, which others measure."""


@pytest.mark.parametrize(
    ("day", "basis"),
    [
        ("2026-03-31", Basis.MEASURED),
        ("2026-03-01T23:00:00+00:00", Basis.MEASURED),
        ("2026-02-28", Basis.STALE),
        ("2026-04-01T10:00:00+00:00", Basis.MEASURED),
        ("2026-04-03", Basis.UNKNOWN),
        ("", Basis.STALE),
        ("soon", Basis.STALE),
    ],
)
def test_age_decides_what_a_figure_is(day: str, basis: Basis) -> None:
    one = judged(coverage(91, day), EvidencePlace(), TODAY)
    assert one.basis is basis
    assert one.known == (basis is not Basis.UNKNOWN)
    assert bool(one.note) == (basis is not Basis.MEASURED)


def test_the_longest_beginning_of_a_name_sets_its_age() -> None:
    place = EvidencePlace(ages={"http": 90, "http.p95_ms": 7, "cover": 1})
    assert [limit(name, place) for name in ("http.p95_ms", "http.p99_ms", "coverage.line_pct")] == [7, 90, 30]


def test_a_fresh_figure_comes_before_a_stale_and_the_newest_before_others() -> None:
    fresh, fresher, old, gone = (80, "2026-03-01"), (70, "2026-03-20"), (99, "2025-01-01"), (None, "2026-03-31")

    def best(*given: tuple[float | None, str]) -> list[float | None]:
        return [one.value for one in figures((), (coverage(*one) for one in given), EvidencePlace(), TODAY)]

    assert best(fresh, fresher, old, gone) == [70]
    assert best(gone, old) == [99]
    assert best(gone) == [None]


def test_no_evidence_replaces_what_the_audit_measured_or_tried_to() -> None:
    forged = (Measure("errors.swallowed", 0, taken_at="2026-03-31"), Measure("todo.security", 0, taken_at="2026-03-31"))
    own = (Measure("errors.swallowed", 40), Measure("todo.security", None, basis=Basis.UNKNOWN, note="the rule did not run"))
    assert figures(own, forged, EvidencePlace(), TODAY) == own


def test_a_figure_that_is_not_used_is_told(tmp_path: Path) -> None:
    piece = Evidence(kind="manual", tool="roadmap", file="roadmap.toml", taken_at="", measures=(Measure("todo.security", 0),))
    code = with_evidence(snapshot(figures=BARE), (piece,), (), EvidencePlace(), Job(tmp_path, (), TODAY))
    assert code.skipped[0].reason == "its figure of todo.security is not used: the audit measures that itself"
    assert code.skipped[0].kind == "left out"


def test_a_stale_figure_meets_no_target_passes_no_gate_and_earns_no_grade() -> None:
    old = figures(BARE, (coverage(99, "2025-01-01"),), EvidencePlace(), TODAY)
    (stands,) = progress(Roadmap(targets=(Target("cov", "coverage.line_pct", ">=", 80, unit="%", claimed=True),)), old)
    assert stands.state is State.STALE
    code = snapshot(figures=old)
    assert "can not be judged" in gate(code, Gate(measures={"coverage.line_pct": ">= 80"}), grade(code), ()).unjudged[0]
    assert any("coverage not measured" in cap for cap in grade(code).caps)


def test_other_tools_findings_count_at_the_gate_cap_the_grade_and_weigh_nothing_in_it(tmp_path: Path) -> None:
    from auditor.evidence.recognise import recognise

    job = Job(tmp_path, (), TODAY)
    piece = recognise(made.sarif(*(made.result(line=n, level="error") for n in range(1, 30))), "bandit.sarif")
    code = with_evidence(snapshot([finding()]), (piece,), (), EvidencePlace(), job)
    assert len(code.findings) == 30
    assert len({one.fingerprint for one in code.findings}) == 30
    assert gate(code, Gate(), grade(code), ()).failed == ("29 high findings, at most 0 allowed",)
    assert grade(code).score == grade(snapshot([finding()])).score
    assert grade(code).letter == "B+"
    assert [one.basis for one in code.measures if one.name == "findings.bandit"] == [Basis.STALE]


def test_a_measure_carries_its_tool_its_time_and_where_it_came_from(tmp_path: Path) -> None:
    piece = Evidence(kind="coverage", tool="coverage.py", file="coverage.xml", taken_at="2026-03-20T10:00:00+00:00",
                     measures=(Measure("coverage.line_pct", 91, "%"),), notes=("a note",))  # fmt: skip
    code = with_evidence(snapshot(figures=BARE), (piece,), (), EvidencePlace(), Job(tmp_path, (), TODAY))
    one = code.measure("coverage.line_pct")
    assert one is not None
    assert (one.source, one.taken_at[:10], one.link) == ("coverage.py", "2026-03-20", "coverage.xml")
    assert [(skip.path, skip.reason, skip.kind) for skip in code.skipped] == [("coverage.xml", "a note", "left out")]


def test_times_are_read_as_tools_write_them() -> None:
    assert from_epoch("1774000000") == from_epoch("1774000000000") == "2026-03-20T09:46:40+00:00"
    assert from_iso("2026-03-20T14:00:00.123456789+01:00") == "2026-03-20T13:00:00+00:00"
    assert from_iso("2026-03-20T14:00:00.5Z") == "2026-03-20T14:00:00+00:00"
    assert [from_epoch(text) for text in ("", "0", "-5", "words", "1e300", "nan")] == [""] * 6

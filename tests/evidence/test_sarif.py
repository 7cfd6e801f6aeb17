"""Other tools' findings join ours as theirs: graded, suppressed, placed and counted as the SARIF says."""

import fnmatch
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from auditor.evidence.echoes import alike, merged, table
from auditor.evidence.place import others, rooted
from auditor.evidence.recognise import recognise
from auditor.evidence.record import Evidence
from auditor.model.finding import Confidence, Finding, Severity
from auditor.packs.rules import places
from tests.evidence import made
from tests.judge.values import finding


def read(*results: dict[str, object], **more: object) -> Evidence:
    return recognise(made.sarif(*results, **more), "x")  # type: ignore[arg-type]


def one(*results: dict[str, object], **more: object) -> Finding:
    (only,) = read(*results, **more).findings
    return only


def test_a_result_is_a_finding_under_its_tools_name() -> None:
    only = one(made.result("B101", "shop/a%20b.py", 7, "use of\n  assert"), tool="Bandit OSS")
    assert (only.rule, only.location.path, only.location.line) == ("bandit-oss/B101", "shop/a b.py", 7)
    assert (only.message, only.severity, only.facts) == ("use of assert", Severity.MEDIUM, {"tool": "Bandit OSS"})


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ({"level": "error"}, Severity.HIGH),
        ({"level": "note"}, Severity.LOW),
        ({"level": "none"}, Severity.INFO),
        ({"level": "error", "properties": {"security-severity": "9.8"}}, Severity.CRITICAL),
        ({"level": "note", "properties": {"security-severity": "5.0"}}, Severity.MEDIUM),
        ({"properties": {"security-severity": "words"}}, Severity.MEDIUM),
    ],
)
def test_severity_comes_from_cvss_before_the_level(more: dict[str, object], severity: Severity) -> None:
    assert one(made.result(**more)).severity is severity


def test_a_rules_own_level_and_texts_stand_in_for_what_the_result_leaves_out() -> None:
    rule = {
        "id": "S1", "shortDescription": {"text": "Bad thing"}, "defaultConfiguration": {"level": "error"},
        "messageStrings": {"it": {"text": "{0} is bad"}}, "properties": {"tags": ["external/cwe/cwe-089"], "precision": "low"},
    }  # fmt: skip
    result = made.result("", message={"id": "it", "arguments": ["eval"]})
    result |= {"ruleIndex": 0}
    del result["level"]
    piece = read(result, rules=(rule,))
    (only,) = piece.findings
    assert (only.rule, only.message) == ("bandit/S1", "eval is bad")
    assert (only.severity, only.confidence) == (Severity.HIGH, Confidence.LOW)
    assert [(info.id, info.title, info.cwe, info.severity) for info in piece.rules] == [("bandit/S1", "Bad thing", (89,), "high")]


def test_passes_gone_and_open_results_are_none() -> None:
    assert read(made.result(kind="pass"), made.result(baselineState="absent")).findings == ()


def test_a_suppression_counts_once_it_is_accepted() -> None:
    held = one(made.result(suppressions=[{"kind": "inSource", "justification": "a test"}]))
    assert held.suppressed is not None
    assert held.suppressed.reason == "a test"
    assert one(made.result(suppressions=[{"kind": "inSource", "status": "underReview"}])).suppressed is None


def test_the_same_result_twice_is_one_finding_and_the_count_is_a_measure() -> None:
    piece = read(made.result(), made.result(), made.result(line=9))
    assert len(piece.findings) == 2
    assert [(measure.name, measure.value) for measure in piece.measures] == [("findings.bandit", 2)]


def test_more_results_than_are_read_are_a_gap_and_the_gravest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.evidence.forms.sarif.MOST_FINDINGS", 2)
    piece = read(*(made.result(line=n) for n in range(1, 5)), made.result(line=9, level="error"))
    assert [one.location.line for one in piece.findings] == [9, 1]
    assert piece.gaps == ("3 results were not read: at most 2 are, the gravest",)


def test_results_without_a_file_are_told() -> None:
    assert read(made.result() | {"locations": []}).notes == ("1 results name no file",)


def test_the_time_is_that_of_the_last_invocation() -> None:
    assert read(made.result(), invocations=[{"endTimeUtc": "2026-03-20T10:00:00Z"}]).taken_at == "2026-03-20T10:00:00+00:00"


def test_absolute_paths_and_those_from_a_folder_above_are_brought_home(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "pay.py").write_text("x = 1\n")
    uris = (f"file://{tmp_path}/shop/pay.py", f"{tmp_path}/shop/pay.py", f"{tmp_path.name}/shop/pay.py", "shop/pay.py")
    for uri in uris:
        (only,) = rooted(read(made.result(uri=uri)), tmp_path).findings
        assert only.location.path == "shop/pay.py"


def test_the_settings_may_weigh_a_tool_or_one_of_its_rules() -> None:
    piece = read(made.result("E501", level="error"), made.result("F401", level="error"), tool="ruff")
    assert {found.severity for found in piece.findings} == {Severity.MEDIUM}, "ruff calls everything an error"
    graves = {found.rule: found.severity for found in others(piece, frozenset(), {"ruff": "low", "ruff/F401": "info"})}
    assert graves == {"ruff/E501": Severity.LOW, "ruff/F401": Severity.INFO}


def test_what_ours_says_already_is_not_said_twice() -> None:
    ours = finding("errors/swallowed-exception", path="shop.py", line=3)
    theirs = read(made.result("B110", line=4), made.result("B110", line=40), made.result("B999", line=3)).findings
    kept = merged((ours,), theirs, {})
    assert sorted((found.rule, found.location.line) for found in kept) == [
        ("bandit/B110", 40), ("bandit/B999", 3), ("errors/swallowed-exception", 3),
    ]  # fmt: skip
    assert next(found for found in kept if found.rule.startswith("errors")).facts["also"] == "bandit/B110"


def test_a_shared_weakness_on_one_line_is_one_finding() -> None:
    ours = finding("security/todo", path="shop.py", line=3)
    theirs = read(made.result("X1", line=3)).findings
    assert len(merged((ours,), theirs, {"security/todo": (546,), "bandit/X1": (546,)})) == 1
    assert len(merged((ours,), theirs, {"security/todo": (546,), "bandit/X1": (20,)})) == 2


def test_an_advisory_that_ours_tells_is_not_told_again() -> None:
    facts = {"advisory": "GHSA-1", "aliases": "CVE-2026-1, PYSEC-2"}
    ours = msgspec.structs.replace(finding("dependencies/vulnerable", path="requirements.txt"), facts=facts)
    theirs = read(made.result("CVE-2026-1", uri="app.lock"), tool="trivy").findings
    assert len(merged((ours,), theirs, {})) == 1


def test_what_ruff_itself_writes_is_brought_home(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "pay.py").write_text("def f(x):\n    try:\n        return 1 / x\n    except Exception:\n        pass\n")
    words = [Path(sys.executable).with_name("ruff"), "check", "--isolated", "--select", "BLE001,S110", "--output-format", "sarif"]
    done = subprocess.run([*words, "shop"], cwd=tmp_path, capture_output=True, check=False)
    found = rooted(recognise(done.stdout, "ruff.sarif"), tmp_path).findings
    assert {(only.rule, only.location.path, only.location.line) for only in found} == {
        ("ruff/BLE001", "shop/pay.py", 4), ("ruff/S110", "shop/pay.py", 4),
    }  # fmt: skip
    assert len(merged((finding("errors/swallowed-exception", path="shop/pay.py", line=4),), found, {})) == 1


def test_every_rule_of_ours_in_the_table_exists() -> None:
    known = {place.id for place in places(())}
    assert [rule for rule, _ in table() if not any(fnmatch.fnmatchcase(one, rule) for one in known)] == []
    assert alike("errors/broad-except", "ruff/BLE001")
    assert not alike("errors/broad-except", "ruff/E501")

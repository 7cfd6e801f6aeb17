"""`auditor roadmap` as a user runs it."""

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from auditor.cli.roadmap import roadmap
from auditor.model.errors import AuditorError
from auditor.model.measure import Measure

PLAN = "# Plan\n\n## Sprint 1 (Weeks 1-2)\n\nExit criteria:\n\n- [x] Coverage from 60 % to 80 %\n- [ ] Zero data loss incidents\n"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "PLAN.md"
    file.write_text(PLAN, "utf-8")
    return file


def _run(*words: str | Path) -> str:
    result = CliRunner().invoke(roadmap, [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_import_writes_roadmap_toml_beside_the_page_and_says_what_is_manual(plan: Path) -> None:
    told = _run("import", plan)
    assert (plan.parent / "roadmap.toml").is_file()
    assert "1 sprint, 2 targets" in told
    assert "manual: Zero data loss incidents\n    needs a link to the incident log" in told
    assert "give --starts" in told


def test_import_as_json_prints_nothing_but_json_and_writes_nothing(plan: Path) -> None:
    page = json.loads(_run("import", plan, "--format", "json", "--starts", "2026-01-05"))
    assert page["sprints"][0]["starts"] == "2026-01-05"
    assert page["targets"][0]["claimed"] is True
    assert not (plan.parent / "roadmap.toml").exists()


def test_import_does_not_write_over_a_file_unless_forced(plan: Path) -> None:
    _run("import", plan)
    with pytest.raises(AuditorError, match="is there already"):
        _run("import", plan)
    _run("import", plan, "--force")


@pytest.mark.parametrize("data", [b"\xff\xfa\x00", b"\0\0", None], ids=["latin", "binary", "missing"])
def test_a_page_that_can_not_be_read_is_told_in_a_sentence(tmp_path: Path, data: bytes | None) -> None:
    file = tmp_path / "PLAN.md"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(AuditorError, match=r"PLAN\.md"):
        _run("import", file)


def _report(folder: Path, *measures: Measure) -> Path:
    file = folder / "audit.json"
    file.write_bytes(msgspec.json.encode({"measures": measures, "findings": []}))
    return file


def test_status_shows_baseline_now_goal_and_state_from_a_saved_report(plan: Path) -> None:
    _run("import", plan)
    told = _run("status", plan.parent, "--from", _report(plan.parent, Measure("coverage.line_pct", 70, "%")))
    (row,) = [line for line in told.splitlines() if line.startswith("Coverage from")]
    assert row.split("  ")[-1].strip() == "Sprint 1"
    assert all(word in row for word in ("60 %", "70 %", ">= 80 %", "claimed but not met"))
    assert told.endswith("2 targets: 1 unknown, 1 claimed but not met\n")


def test_status_as_json_holds_every_targets_state(plan: Path) -> None:
    _run("import", plan)
    saved = _report(plan.parent, Measure("coverage.line_pct", 90, "%"))
    page = json.loads(_run("status", plan.parent, "--from", saved, "--format", "json"))
    assert [target["state"] for target in page["targets"]] == ["met", "unknown"]


def test_status_says_what_would_settle_the_unknown(plan: Path) -> None:
    _run("import", plan)
    told = _run("status", plan.parent, "--from", _report(plan.parent))
    assert "coverage.line_pct: coverage.py's XML or JSON, Cobertura or LCOV; `auditor evidence add FILE` keeps it" in told
    assert "the manual target: a figure that a person answers for, under the target in roadmap.toml" in told
    assert "proof = { value = …, date = " in told
    (line,) = [line.strip() for line in told.splitlines() if line.strip().startswith("proof = ")]
    toml = plan.parent / "roadmap.toml"
    toml.write_text(
        toml.read_text("utf-8") + line.replace("value = …", "value = 0").replace('who = "…"', 'who = "Ops"') + "\n", "utf-8"
    )
    page = json.loads(_run("status", plan.parent, "--format", "json"))
    assert page["targets"][1]["state"] == "met"


def test_status_has_no_such_list_where_all_is_measured(plan: Path) -> None:
    plan.write_text("# Plan\n\n## Sprint 1\n\nExit criteria:\n\n- Coverage from 60 % to 80 %\n", "utf-8")
    _run("import", plan)
    assert "settle" not in _run("status", plan.parent, "--from", _report(plan.parent, Measure("coverage.line_pct", 70, "%")))


def test_status_finds_the_roadmap_in_docs(plan: Path) -> None:
    (plan.parent / "docs").mkdir()
    _run("import", plan, "--output", plan.parent / "docs" / "roadmap.toml")
    assert "2 targets" in _run("status", plan.parent, "--from", _report(plan.parent))


def test_status_without_a_roadmap_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(AuditorError, match=r"no roadmap\.toml"):
        _run("status", tmp_path, "--from", _report(tmp_path))


def test_a_file_that_is_no_report_is_told_in_a_sentence(plan: Path) -> None:
    _run("import", plan)
    with pytest.raises(AuditorError, match="is no JSON report"):
        _run("status", plan.parent, "--from", plan)


@pytest.mark.parametrize("words", [(), ("import",), ("status",)])
def test_every_commands_help_begins_with_an_example(words: tuple[str, ...]) -> None:
    told = _run(*words, "--help")
    assert told.split("\n\n")[1].strip().startswith("Example: auditor roadmap")

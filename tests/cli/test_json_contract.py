"""The JSON report: what programs rely on."""

import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.command import audited, auditor, fill

SECTIONS = {"findings", "measures", "targets", "skipped", "crashed", "verdict", "grade"}
ROADMAP = """# Plan

## Success metrics

- [x] All security TODOs resolved (currently 4)
- [ ] Line coverage at least 80 %
"""


def test_the_report_has_all_its_sections(shop: Path) -> None:
    report = audited(shop)
    assert set(report) >= SECTIONS
    assert {(f["rule"], f["location"]["path"], f["location"]["line"]) for f in report["findings"]} == {
        ("security/todo", "shop/login.py", 1),
        ("errors/lost-cause", "shop/pay.py", 5),
    }
    assert report["verdict"]["passed"] is False
    assert report["verdict"]["exit_code"] == 1
    assert report["grade"]["letter"] in {"A+", "A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D", "F"}


def test_what_was_not_measured_is_null_and_says_why(shop: Path) -> None:
    measures = {m["name"]: m for m in audited(shop)["measures"] if not m["subject"]}
    assert measures["dependencies.critical"]["value"] is None
    assert "left out" in measures["dependencies.critical"]["note"]
    assert measures["size.code_lines"]["value"] > 0


def test_skipped_files_have_a_path_and_a_reason(shop: Path) -> None:
    (shop / "shop" / "wrong.py").write_bytes(b"x = 1\0\n")
    (skipped,) = audited(shop)["skipped"]
    assert skipped["path"] == "shop/wrong.py"
    assert skipped["reason"]


def test_targets_of_the_projects_roadmap_are_judged(shop: Path) -> None:
    fill(shop, {"PLAN.md": ROADMAP})
    assert auditor("roadmap", "import", "PLAN.md", cwd=shop).returncode == 0
    states = {target["text"]: (target["state"], target["now"]) for target in audited(shop)["targets"]}
    assert states == {
        "All security TODOs resolved (currently 4)": ("claimed but not met", 1),
        "Line coverage at least 80 %": ("unknown", None),
    }


def test_it_is_valid_by_the_schema_that_auditor_prints(shop: Path) -> None:
    fill(shop, {"PLAN.md": ROADMAP})
    auditor("roadmap", "import", "PLAN.md", cwd=shop)
    printed = auditor("schema", cwd=shop)
    assert printed.returncode == 0
    jsonschema.Draft202012Validator(json.loads(printed.stdout)).validate(audited(shop))


def test_two_runs_and_any_number_of_processes_give_the_same_report(shop: Path) -> None:
    for number in range(40):
        fill(shop, {f"shop/part_{number}.py": f"def part_{number}():\n    raise Exception({number})\n"})
    reports = [audited(shop, *words) for words in (["--no-cache", "--jobs", "1"], ["--jobs", "2"], ["--jobs", "2"])]
    for report in reports:
        del report["taken_at"]
    assert reports[0] == reports[1] == reports[2]
    assert len(reports[0]["findings"]) == 42


def test_a_moved_line_keeps_its_fingerprint(shop: Path) -> None:
    before = {f["fingerprint"] for f in audited(shop)["findings"]}
    pay = shop / "shop" / "pay.py"
    pay.write_text("import json\n\n\n" + pay.read_text())
    assert {f["fingerprint"] for f in audited(shop)["findings"]} == before


@pytest.mark.parametrize("word", ["json", "text"])
def test_rules_are_listed(tidy: Path, word: str) -> None:
    done = auditor("rules", "--format", word, cwd=tidy)
    assert done.returncode == 0
    assert "errors/lost-cause" in done.stdout
    if word == "json":
        assert {"id", "title", "why", "severity"} <= set(json.loads(done.stdout)[0])

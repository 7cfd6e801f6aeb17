"""Mistakes in the settings are told all at once, with file, line and a hint."""

import os
from pathlib import Path

from tests.cli.command import audited, auditor, fill

WRONG = """[tool.auditor.gate]
hihg = 1
min_grade = "Z"

[tool.auditor.rules]
ignore = ["errors/lost-caus"]

[tool.auditor.discover]
max_file_kib = "big"
"""


def test_all_mistakes_come_together_each_with_line_and_hint(tidy: Path) -> None:
    fill(tidy, {"pyproject.toml": WRONG})
    done = auditor("audit", ".", "--no-deps", cwd=tidy)
    assert done.returncode == 2
    assert "4 mistakes" in done.stderr
    for line, word in ((2, "hihg"), (3, "min_grade"), (6, "errors/lost-caus"), (9, "max_file_kib")):
        assert f"pyproject.toml:{line}: " in done.stderr, done.stderr
        assert word in done.stderr
    assert "at least 1" in done.stderr, "a wrong value is told what would be right"
    assert "did you mean high?" in done.stderr


def test_check_tells_them_too(tidy: Path) -> None:
    fill(tidy, {"pyproject.toml": WRONG})
    done = auditor("check", "tidy/sums.py", cwd=tidy)
    assert done.returncode == 2
    assert "4 mistakes" in done.stderr


def test_a_pyproject_that_is_no_toml_and_names_no_settings_is_noted_and_not_fatal(tidy: Path) -> None:
    fill(tidy, {"pyproject.toml": "[[[\n"})
    (noted,) = audited(tidy)["skipped"]
    assert noted["path"] == "pyproject.toml"
    assert "is not valid TOML" in noted["reason"]
    assert auditor("audit", ".", "--no-deps", cwd=tidy).returncode == 0


def test_settings_of_the_audited_tree_can_not_load_code(tidy: Path) -> None:
    fill(tidy, {"pyproject.toml": '[tool.auditor.rules]\nfolders = ["evil"]\n', "evil/__init__.py": "", "evil/a.py": "1/0\n"})
    done = auditor("audit", ".", "--no-deps", cwd=tidy)
    assert done.returncode == 2
    assert "is no setting" in done.stderr


def test_a_rule_switched_off_and_on_again_finds_what_it_found_before(shop: Path) -> None:
    fill(shop, {"auditor.toml": '[rules]\nignore = ["errors/lost-cause"]\n'})
    blind = audited(shop)
    (shop / "auditor.toml").unlink()
    seeing = audited(shop)
    assert [one["rule"] for one in blind["findings"]] == ["security/todo"]
    assert [one["rule"] for one in seeing["findings"]] == ["security/todo", "errors/lost-cause"]
    assert any("errors/lost-cause switched off" in cap for cap in blind["grade"]["caps"])
    assert blind["grade"]["score"] < seeing["grade"]["score"]


def test_what_settings_leave_out_or_make_lighter_counts_in_the_grade_all_the_same(shop: Path) -> None:
    before = audited(shop)
    settings = '[rules]\nseverity = { "security/todo" = "info" }\n[rules.path_ignores]\n"shop/**" = ["errors"]\n'
    fill(shop, {"auditor.toml": settings})
    after = audited(shop)
    assert before["grade"] == after["grade"]
    assert (before["verdict"]["passed"], after["verdict"]["passed"]) == (False, True)
    (left_out,) = [one for one in after["findings"] if one.get("suppressed")]
    assert left_out["suppressed"]["kind"] == "settings"


def test_only_new_findings_fail_once_a_baseline_is_written(shop: Path) -> None:
    fill(shop, {"auditor.toml": "[gate]\nnew_only = true\n"})
    without = auditor("audit", ".", "--no-deps", cwd=shop)
    assert without.returncode == 1, "without a baseline every finding is new"
    assert auditor("baseline", ".", "--no-deps", cwd=shop).returncode == 0
    assert auditor("audit", ".", "--no-deps", cwd=shop).returncode == 0
    assert auditor("check", "shop/login.py", cwd=shop).returncode == 0
    text = (shop / "shop/login.py").read_text(encoding="utf-8")
    fill(shop, {"shop/login.py": "import os\n\n" + text, "shop/door.py": text})
    moved = auditor("audit", ".", "--no-deps", cwd=shop)
    assert moved.returncode == 1
    assert "1 new high finding, at most 0 allowed" in moved.stdout


def test_a_pipe_in_the_baseline_s_place_does_not_hang_the_run(shop: Path) -> None:
    fill(shop, {"auditor.toml": "[gate]\nnew_only = true\n"})
    os.mkfifo(shop / "auditor-baseline.json")
    done = auditor("audit", ".", "--no-deps", cwd=shop)
    assert done.returncode == 2
    assert "is no file" in done.stderr


def test_a_mistake_in_a_file_of_knowledge_is_the_user_s_and_no_failure_of_rules(shop: Path) -> None:
    fill(shop, {"pyproject.toml": '[tool.auditor]\nknowledge = ["quality.toml"]\n', "quality.toml": "library = 3\n"})
    done = auditor("audit", ".", "--no-deps", cwd=shop)
    assert done.returncode == 2
    assert "quality.toml:1: library: is 3, but must be a text" in done.stderr
    assert "docs/knowledge.md" in done.stderr

"""Exit codes: 0 clean, 1 the gate failed, 2 wrong usage or settings, 3 failed or could not judge."""

import json
from pathlib import Path

import pytest

from tests.cli.command import CLEAN, auditor, fill


def test_a_clean_project_ends_with_0(tidy: Path) -> None:
    done = auditor("audit", ".", "--no-deps", cwd=tidy)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_grave_finding_ends_with_1_and_says_which_bound_it_broke(shop: Path) -> None:
    done = auditor("audit", ".", "--no-deps", cwd=shop)
    assert done.returncode == 1
    assert "1 high finding, at most 0 allowed" in done.stdout


def test_a_gate_that_allows_it_ends_with_0(shop: Path) -> None:
    fill(shop, {"pyproject.toml": "[tool.auditor.gate]\nhigh = 1\n"})
    assert auditor("audit", ".", "--no-deps", cwd=shop).returncode == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["audit", "no-such-folder"], "no-such-folder"),
        (["audit", ".", "--format", "pdf"], "pdf"),
        (["audit", ".", "--frmat", "json"], "--format"),
        (["audti", "."], "Did you mean 'audit'?"),
        (["check"], "PATHS"),
        (["explain", "errors/lost-caus"], "errors/lost-cause"),
        (["audit", ".", "--roadmap", "missing.toml"], "missing.toml"),
        (["audit", ".", "--jobs", "0"], "--jobs"),
        (["audit", ".", "--baseline", "missing.json"], "missing.json"),
        (["roadmap", "import", "missing.md"], "missing.md"),
        (["try", "missing"], "missing"),
        (["try", "."], "holds no rules"),
    ],
)
def test_wrong_usage_ends_with_2_and_names_what_is_wrong(tidy: Path, words: list[str], told: str) -> None:
    done = auditor(*words, cwd=tidy)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("files", [{}, {"notes.txt": "nothing here\n"}, {"empty/.keep": ""}])
def test_a_folder_with_nothing_to_judge_is_not_green(tmp_path: Path, files: dict[str, str]) -> None:
    root = fill(tmp_path / "bare", files)
    root.mkdir(exist_ok=True)
    done = auditor("audit", ".", "--no-deps", cwd=root)
    assert done.returncode == 3
    assert "could not judge" in done.stdout
    assert "nothing to judge" in done.stdout


def test_a_file_that_can_not_be_read_ends_with_3_and_is_named(tidy: Path) -> None:
    (tidy / "tidy" / "wrong.py").write_bytes(b"x = 1\0\n")
    done = auditor("audit", ".", "--no-deps", cwd=tidy)
    assert done.returncode == 3
    assert "tidy/wrong.py" in done.stdout


def test_a_grave_finding_outweighs_an_unread_file(shop: Path) -> None:
    (shop / "shop" / "wrong.py").write_bytes(b"x = 1\0\n")
    assert auditor("audit", ".", "--no-deps", cwd=shop).returncode == 1


def test_a_rule_that_crashes_is_told_and_can_not_end_green(tidy: Path, tmp_path: Path) -> None:
    rule = '''
from collections.abc import Iterator

from auditor.rule import FileFacts, FileRule, Finding


class Falls(FileRule):
    """Falls over on whatever it sees."""

    title = "falls over"
    bad = ["x = 1  # <-"]
    good = ["y = 1"]

    def check(self, file: FileFacts) -> Iterator[Finding]:
        raise ZeroDivisionError("on purpose")
'''
    fill(tmp_path / "mine", {"own/__init__.py": '"""Rules that fall."""\n', "own/falls.py": rule})
    done = auditor("audit", ".", "--no-deps", "--rules", tmp_path / "mine", cwd=tidy)
    assert done.returncode == 3
    assert "own/falls" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_rule_that_does_not_load_stops_the_run_with_its_file_and_line(tidy: Path, tmp_path: Path) -> None:
    fill(tmp_path / "mine", {"own/__init__.py": '"""A pack."""\n', "own/broken.py": "x = 1\nimport no_such_module\n"})
    done = auditor("audit", ".", "--no-deps", "--rules", tmp_path / "mine", cwd=tidy)
    assert done.returncode == 2
    assert "broken.py:2" in done.stderr


def test_suppressed_findings_do_not_fail_the_gate_and_stay_in_sight(shop: Path) -> None:
    fill(
        shop,
        {
            "shop/login.py": "# auditor: ignore[security/todo] until 2999-01-31: the vendor answers in January\n"
            "# TODO: check the password before the token is handed out\n"
        },
    )
    done = auditor("audit", ".", "--no-deps", "--format", "json", cwd=shop)
    assert done.returncode == 0
    assert '"suppressed"' in done.stdout


def test_check_judges_files_by_the_same_gate(shop: Path) -> None:
    assert auditor("check", "shop/sums.py", cwd=shop).returncode == 0
    assert auditor("check", "shop/pay.py", cwd=shop).returncode == 0
    assert auditor("check", "shop/login.py", "shop/sums.py", cwd=shop).returncode == 1
    assert auditor("check", "--strict", "shop/pay.py", cwd=shop).returncode == 1


def test_a_folder_is_checked_as_its_files_are(shop: Path) -> None:
    fill(shop, {"pyproject.toml": '[project]\nname = "shop"\n'})
    whole, folder = auditor("check", "shop", "--format", "json", cwd=shop), auditor("check", ".", "--format", "json", cwd=shop)
    files = sorted(str(file.relative_to(shop)) for file in (shop / "shop").rglob("*.py"))
    single = auditor("check", *files, "--format", "json", cwd=shop)
    found = [json.loads(done.stdout)["findings"] for done in (whole, folder, single)]
    assert found[0] == found[1] == found[2] != []
    assert [done.returncode for done in (whole, folder, single)] == [1, 1, 1]


def test_a_file_name_with_a_newline_does_not_break_the_summary(tidy: Path) -> None:
    fill(tidy, {"tidy/new\nline.py": CLEAN})
    assert auditor("audit", ".", "--no-deps", cwd=tidy).returncode == 0

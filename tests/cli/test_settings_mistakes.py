"""Mistakes in the settings are told all at once, with file, line and a hint."""

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

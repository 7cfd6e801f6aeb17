"""`--format` and `--output` go in pairs."""

import json
from pathlib import Path

import pytest

from tests.cli.command import auditor

ALL = {"html": "r.html", "json": "r.json", "sarif": "r.sarif", "markdown": "r.md"}


def pairs(root: Path) -> list[str]:
    return [word for name, file in ALL.items() for word in ("--format", name, "--output", str(root / file))]


def test_every_report_goes_to_its_file_and_the_summary_to_the_terminal(shop: Path, tmp_path: Path) -> None:
    done = auditor("audit", ".", "--no-deps", *pairs(tmp_path / "out"), cwd=shop)
    assert done.returncode == 1
    assert "1 high finding, at most 0 allowed" in done.stdout
    assert (tmp_path / "out" / "r.html").read_text().lstrip().lower().startswith("<!doctype html>")
    assert json.loads((tmp_path / "out" / "r.sarif").read_text())["version"] == "2.1.0"
    assert len(json.loads((tmp_path / "out" / "r.json").read_text())["findings"]) == 2
    assert "security/todo" in (tmp_path / "out" / "r.md").read_text()
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == sorted(ALL.values())


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_format_without_an_output_is_all_that_goes_to_standard_output(shop: Path, name: str) -> None:
    done = auditor("audit", ".", "--no-deps", "--format", name, cwd=shop)
    assert done.returncode == 1
    assert "security/todo" in done.stdout
    if name in ("json", "sarif"):
        json.loads(done.stdout)


def test_an_output_alone_says_its_format_by_its_ending(shop: Path) -> None:
    done = auditor("audit", ".", "--no-deps", "--output", "r.sarif", cwd=shop)
    assert done.returncode == 1
    assert json.loads((shop / "r.sarif").read_text())["version"] == "2.1.0"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--output", "report.pdf"], "report.pdf"),
        (["--format", "json", "--format", "sarif"], "standard output"),
        (["--format", "json", "--output", "a.json", "--output", "b.json"], "pairs"),
    ],
)
def test_what_can_not_be_paired_is_refused_before_anything_is_audited(shop: Path, words: list[str], told: str) -> None:
    done = auditor("audit", ".", "--no-deps", *words, cwd=shop)
    assert done.returncode == 2
    assert told in done.stderr
    assert not list(shop.glob("*.json"))


def test_an_output_that_can_not_be_written_ends_with_2_and_a_hint(shop: Path) -> None:
    done = auditor("audit", ".", "--no-deps", "--format", "json", "--output", "shop/pay.py/r.json", cwd=shop)
    assert done.returncode == 2
    assert "can not be written" in done.stderr
    assert "hint" in done.stderr


def test_a_reader_that_goes_away_is_no_error(shop: Path) -> None:
    import subprocess

    from tests.cli.command import AUDITOR, surroundings

    for number in range(400):
        (shop / "shop" / f"part_{number}.py").write_text(f"def part_{number}():\n    raise Exception({number})\n")
    line = f"'{AUDITOR}' audit . --no-deps --format json | head -c 10"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line], cwd=shop, env=surroundings(shop.parent), capture_output=True, check=False
    )
    assert done.stderr == b""
    assert len(done.stdout) == 10

"""`python -m auditor` from a checkout that is not installed, and with a hostile current folder."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.cli.command import CLEAN, auditor, fill, surroundings

PROJECT = Path(__file__).parent.parent.parent


def test_a_checkout_runs_without_being_installed(tmp_path: Path, shop: Path) -> None:
    checkout = tmp_path / "checkout"
    for folder in ("auditor", "rules", "reports"):
        shutil.copytree(PROJECT / folder, checkout / folder)
    done = subprocess.run(
        [sys.executable, "-m", "auditor", "audit", str(shop), "--no-deps", "--output", str(tmp_path / "r.html")],
        cwd=checkout,
        env=surroundings(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "1 high finding, at most 0 allowed" in done.stdout
    assert (tmp_path / "r.html").is_file()


def test_it_is_the_checkout_that_runs_and_not_what_is_installed(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    for folder in ("auditor", "rules", "reports"):
        shutil.copytree(PROJECT / folder, checkout / folder)
    (checkout / "auditor" / "__init__.py").write_text('"""A copy."""\n\n__version__ = "0.0.0+copy"\n')
    done = subprocess.run(
        [sys.executable, "-m", "auditor", "--version"],
        cwd=checkout,
        env=surroundings(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "0.0.0+copy" in done.stdout


def test_code_in_the_current_folder_never_runs(tmp_path: Path) -> None:
    trap = "import pathlib; pathlib.Path('sprung').write_text('x'); raise SystemExit('sprung')\n"
    names = ("json", "click", "libcst", "auditor", "sitecustomize", "msgspec", "conftest", "setup")
    root = fill(tmp_path / "trap", {**{f"{name}.py": trap for name in names}, "fine.py": CLEAN})
    done = auditor("audit", ".", "--no-deps", cwd=root)
    assert "sprung" not in done.stderr
    assert not (root / "sprung").exists()
    assert done.returncode in (0, 1)


def test_what_a_checkout_needs_and_nobody_installed_is_told_as_such() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-m", "auditor", "--version"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert done.stderr.startswith("auditor: click is not installed\n  hint: install auditor with what it needs")

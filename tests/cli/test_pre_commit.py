"""The hook, with a real git repository and the real pre-commit."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import AUDITOR, CLEAN, GRAVE, fill, surroundings

PROJECT = Path(__file__).parent.parent.parent
HOOKS = (PROJECT / ".pre-commit-hooks.yaml").read_text()
CONFIG = "repos:\n  - repo: {repo}\n    rev: {rev}\n    hooks:\n      - id: auditor\n"


def run(*words: str, cwd: Path, home: Path) -> "subprocess.CompletedProcess[str]":
    """A command with auditor and pre-commit on its path and settings of git's own."""
    surround = surroundings(home)
    surround["PATH"] = f"{Path(AUDITOR).parent}:{surround['PATH']}"
    for name in ("AUTHOR", "COMMITTER"):
        surround |= {f"GIT_{name}_NAME": "Someone", f"GIT_{name}_EMAIL": "someone@example.org"}
    return subprocess.run(words, cwd=cwd, env=surround, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture
def hooked(tmp_path: Path) -> Path:
    """A git repository whose pre-commit runs the hook that this project ships, with the auditor that is installed."""
    shelf = fill(tmp_path / "shelf", {".pre-commit-hooks.yaml": HOOKS.replace("language: python", "language: system")})
    for words in (["git", "init", "-q"], ["git", "add", "."], ["git", "commit", "-qm", "Ship the hook"]):
        assert run(*words, cwd=shelf, home=tmp_path).returncode == 0
    rev = run("git", "rev-parse", "HEAD", cwd=shelf, home=tmp_path).stdout.strip()
    files = {".pre-commit-config.yaml": CONFIG.format(repo=shelf, rev=rev), "shop/sums.py": CLEAN, "notes.txt": "hello\n"}
    root = fill(tmp_path / "shop", files)
    assert run("git", "init", "-q", cwd=root, home=tmp_path).returncode == 0
    installed = run(sys.executable, "-m", "pre_commit", "install", cwd=root, home=tmp_path)
    assert installed.returncode == 0, installed.stderr
    return root


def commit(root: Path, *paths: str) -> "subprocess.CompletedProcess[str]":
    run("git", "add", "--", *paths, cwd=root, home=root.parent)
    return run("git", "commit", "-m", "Change something", cwd=root, home=root.parent)


def test_the_hook_lets_a_clean_commit_through(hooked: Path) -> None:
    done = commit(hooked, ".")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout + done.stderr


def test_the_hook_stops_a_grave_commit_and_names_the_place(hooked: Path) -> None:
    commit(hooked, ".")
    fill(hooked, {"shop/login.py": GRAVE})
    done = commit(hooked, "shop/login.py")
    told = done.stdout + done.stderr
    assert done.returncode == 1
    assert "Failed" in told
    assert "shop/login.py" in told
    assert "security/todo" in told


def test_the_hook_skips_commits_without_python(hooked: Path) -> None:
    commit(hooked, ".")
    fill(hooked, {"notes.txt": "more\n"})
    done = commit(hooked, "notes.txt")
    assert done.returncode == 0
    assert "Skipped" in done.stdout + done.stderr


def test_the_hook_is_valid_by_pre_commits_own_check(tmp_path: Path) -> None:
    shutil.copy(PROJECT / ".pre-commit-hooks.yaml", tmp_path)
    words = (sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml")
    assert run(*words, cwd=tmp_path, home=tmp_path).returncode == 0


def test_pre_commit_installs_the_project_itself_and_runs_the_hook(tmp_path: Path) -> None:
    checkout = tmp_path / "auditor"
    for folder in ("auditor", "rules", "reports"):
        shutil.copytree(PROJECT / folder, checkout / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", ".pre-commit-hooks.yaml"):
        shutil.copy(PROJECT / name, checkout)
    for words in (["git", "init", "-q"], ["git", "add", "."], ["git", "commit", "-qm", "Everything"]):
        assert run(*words, cwd=checkout, home=tmp_path).returncode == 0
    shop = fill(tmp_path / "shop", {"login.py": GRAVE, "sums.py": CLEAN})
    run("git", "init", "-q", cwd=shop, home=tmp_path)
    run("git", "add", ".", cwd=shop, home=tmp_path)
    words = [sys.executable, "-m", "pre_commit", "try-repo", str(checkout), "auditor", "--all-files"]
    surround = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "hooks"), "AUDITOR_CACHE": str(tmp_path / "cache")}
    done = subprocess.run(words, cwd=shop, env=surround, capture_output=True, text=True, check=False, timeout=600)
    if "No matching distribution" in done.stdout or "Could not find a version" in done.stdout:
        pytest.skip("the package index does not answer")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "login.py" in done.stdout
    assert "security/todo" in done.stdout

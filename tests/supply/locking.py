"""Real locks of released applications, made on the spot by uv from what the package index says of them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

UV = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
MANIFEST = """\
[project]
name = "shop"
version = "1"
requires-python = ">=3.11,<3.13"
dependencies = [
    "{app}",
]

[dependency-groups]
dev = ["pytest", "ruff"]
"""


def locked(folder: Path, app: str) -> Path:
    """A project that asks for one application for production and two tools for development, with its `uv.lock`. Nothing of
    it is installed.
    """
    folder.mkdir(parents=True)
    (folder / "pyproject.toml").write_text(MANIFEST.format(app=app))
    uv(folder, "lock")
    return folder


def uv(folder: Path, *words: str) -> str:
    """Runs uv in a folder and returns what it prints. Skips the test where uv or the index is not there."""
    if UV is None:
        pytest.skip("uv is not installed")
    command = [UV, *words, "--quiet", "--python", sys.executable, "--no-python-downloads"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode and words == ("lock",):
        pytest.skip(f"uv could not lock it: {done.stderr.strip().splitlines()[-1:]}")
    assert done.returncode == 0, done.stderr
    return done.stdout

"""Folders for work that takes long: taken away at the end, and by the next run where a run was killed."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from auditor.run.scratch import scratch
from tests.house.tree import PROJECT

WORK = """
import sys, tempfile, time
from auditor.run.scratch import scratch
with scratch() as folder, tempfile.TemporaryDirectory() as inner:
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def working() -> "tuple[subprocess.Popen[str], Path]":
    """A process with a folder of its own, and that folder."""
    process = subprocess.Popen([sys.executable, "-c", WORK], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_all_that_is_temporary_lies_in_the_folder_and_goes_with_it(place: Path) -> None:
    with scratch() as folder:
        kept = Path(tempfile.mkdtemp())
        assert kept.parent == folder
    assert list(place.iterdir()) == []
    assert Path(tempfile.gettempdir()) == place


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_what_a_killed_run_left_goes_with_the_next_and_what_a_running_one_has_stays(end: int, place: Path) -> None:
    (dead, left), (alive, used) = working(), working()
    os.kill(dead.pid, end)
    dead.communicate()
    assert left.is_dir()
    (place / "auditor-work-not-ours").mkdir()
    (place / "auditor-work-link").symlink_to(used)
    with scratch():
        assert not left.exists()
        assert len(list(used.iterdir())) == 2
    alive.kill()
    alive.communicate()
    with scratch():
        assert not used.exists()
    assert sorted(one.name for one in place.iterdir()) == ["auditor-work-link", "auditor-work-not-ours"]

"""A run that is stopped, killed or doubled leaves whole reports and a sound cache."""

import json
import os
import shutil
import signal
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import AUDITOR, auditor, surroundings

LIBRARY = Path(sysconfig.get_path("stdlib"))
REPORTS = ("--format", "json", "--output", "out/r.json", "--format", "html", "--output", "out/r.html")


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Lets processes that begin here hear Ctrl-C, though the tests were begun in the background, where a shell ignores it:
    what is ignored stays so in a new process, and what is handled does not.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The standard library without its tests: some hundred thousand lines, a few seconds of work."""
    root = tmp_path_factory.mktemp("big") / "code"
    leave = shutil.ignore_patterns("site-packages", "dist-packages", "test", "tests", "__pycache__", "*.so")
    shutil.copytree(LIBRARY, root, ignore=leave)
    return root


def start(root: Path, home: Path) -> "subprocess.Popen[str]":
    """Begins an audit in a process group of its own, as a terminal does."""
    return subprocess.Popen(
        [AUDITOR, "audit", str(root), "--no-deps", *REPORTS],
        cwd=home,
        env=surroundings(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def workers(pid: int) -> list[int]:
    """The living children of a process."""
    return [int(child) for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()]


def living(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until_working(process: "subprocess.Popen[str]") -> list[int]:
    """Waits for the workers of a run to be at work; their process ids."""
    while process.poll() is None:
        crew = workers(process.pid)
        if crew:
            return crew
        time.sleep(0.01)
    raise AssertionError("the run ended before it had workers")


def until_kept(cache: Path) -> None:
    """Waits for the first files' records to be written down; fails where none is within half a minute."""
    for _ in range(3000):
        if any(cache.rglob("*")):
            return
        time.sleep(0.01)
    raise AssertionError("nothing was kept")


def whole_or_absent(home: Path) -> None:
    """Asserts that no half report and nothing beside the reports was left."""
    left = sorted(file.name for file in (home / "out").iterdir()) if (home / "out").is_dir() else []
    assert set(left) <= {"r.json", "r.html"}
    if "r.json" in left:
        json.loads((home / "out" / "r.json").read_text())
    if "r.html" in left:
        assert (home / "out" / "r.html").read_text().rstrip().endswith("</html>")


def report(root: Path, home: Path) -> dict[str, object]:
    """What a whole run says, but for the time of day."""
    done = auditor("audit", root, "--no-deps", "--format", "json", cwd=home, home=home)
    told: dict[str, object] = json.loads(done.stdout)
    del told["taken_at"]
    return told


@pytest.mark.parametrize("later_s", [0.0, 0.5, 1.5])
def test_control_c_ends_the_run_at_once_and_leaves_no_half_report(big: Path, tmp_path: Path, later_s: float) -> None:
    process = start(big, tmp_path)
    crew = until_working(process)
    time.sleep(later_s)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=10)
    assert process.returncode == 130
    assert told.strip() == "auditor: stopped"
    assert not any(living(pid) for pid in crew)
    whole_or_absent(tmp_path)


def test_a_termination_ends_the_workers_too(big: Path, tmp_path: Path) -> None:
    process = start(big, tmp_path)
    crew = until_working(process)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    ended(crew)
    whole_or_absent(tmp_path)


def test_kill_9_leaves_no_workers_no_half_report_and_a_cache_that_the_next_run_can_trust(big: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    expected = report(big, fresh)
    process = start(big, tmp_path)
    crew = until_working(process)
    until_kept(tmp_path / "cache")
    process.kill()
    process.communicate(timeout=10)
    ended(crew)
    whole_or_absent(tmp_path)
    assert any((tmp_path / "cache").rglob("*"))
    assert report(big, tmp_path) == expected


def ended(crew: list[int]) -> None:
    """Waits for orphaned workers to notice; fails where one does not within ten seconds."""
    for _ in range(100):
        if not any(living(pid) for pid in crew):
            return
        time.sleep(0.1)
    raise AssertionError("workers live on after their run is gone")


def test_two_runs_at_once_say_the_same(big: Path, tmp_path: Path) -> None:
    both = [start(big, tmp_path), start(big, tmp_path)]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [both[0].returncode] * 2
    assert both[0].returncode in (0, 1, 3)
    assert said[0][1] == said[1][1] == ""
    whole_or_absent(tmp_path)
    assert (tmp_path / "out" / "r.json").is_file()


@pytest.mark.parametrize("way", range(4))
def test_a_damaged_cache_is_a_miss(shop: Path, tmp_path: Path, way: int) -> None:
    expected = report(shop, tmp_path)
    entries = [file for file in (tmp_path / "cache").rglob("*") if file.is_file()]
    assert entries
    for file in entries:
        body = file.read_bytes()
        file.write_bytes([b"", body[: len(body) // 2], b"\xff" * len(body), body[:16] + b"\x00" + body[17:]][way])
    assert report(shop, tmp_path) == expected


def test_a_cache_that_can_not_be_written_is_no_error(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    done = auditor("audit", shop, "--no-deps", cwd=tmp_path, AUDITOR_CACHE=str(tmp_path / "file" / "below"))
    assert done.returncode == 1
    assert done.stderr == ""

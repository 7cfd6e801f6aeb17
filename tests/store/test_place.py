"""Where histories lie: begun and brought up to date, shared by runs at once, whole after a kill, told in plain words."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from auditor.model.errors import AuditorError
from auditor.store.migrate import FOLDER, STEPS
from auditor.store.place import named, opened
from auditor.store.read import past, whole
from auditor.store.save import save
from auditor.store.tables import METADATA
from tests.house.tree import PROJECT
from tests.store.taking import at, finding, taken

WRITER = """
import sys
from pathlib import Path
from auditor.store.place import opened
from auditor.store.save import save
from tests.store.taking import at, finding, taken
where, offset, number = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with opened(where if "://" in where else Path(where), create=True) as store:
    for day in range(number):
        save(store, "shop", taken(at(day * 2 + offset), *(finding(f"{n}-{day // 2}") for n in range(20))))
        print(day, flush=True)
"""


def writer(place: str | Path, offset: int, number: int) -> "subprocess.Popen[str]":
    """A process of its own that saves snapshots of every other day."""
    words = [sys.executable, "-c", WRITER, str(place), str(offset), str(number)]
    return subprocess.Popen(words, cwd=PROJECT, stdout=subprocess.PIPE, text=True)


def test_two_runs_that_begin_a_history_at_once_both_get_all_their_snapshots_in(place: str | Path) -> None:
    runs = [writer(place, offset, 15) for offset in (0, 1)]
    for run in runs:
        run.communicate(timeout=60)
    assert [run.returncode for run in runs] == [0, 0]
    with opened(place) as store:
        found = past(store, "shop")
    assert [one.at for one in found.entries] == [at(day) for day in range(30)]
    assert all(len(one.stretches) == 1 for one in found.seen)


def test_readers_read_while_another_writes(place: str | Path) -> None:
    with opened(place, create=True) as one, opened(place) as other:
        save(one, "shop", taken(at(1), finding("a")))
        with one.writing() as connection:
            connection.execute(text("DELETE FROM finding_span"))
            assert len(past(other, "shop").seen[0].stretches) == 1


def test_a_run_killed_in_the_middle_leaves_whole_snapshots_alone(place: str | Path) -> None:
    run = writer(place, 0, 5_000)
    assert run.stdout is not None
    told = [run.stdout.readline() for _ in range(5)]
    time.sleep(0.01)
    os.kill(run.pid, signal.SIGKILL)
    told += run.stdout.read().splitlines()
    run.wait()
    run.stdout.close()
    with opened(place) as store:
        found = whole(store, "shop")
        assert len(found.entries) >= len([line for line in told if line.strip()])
        last = found.entries[-1].at
        assert sum(one.stood(last) for one in found.seen) == 20
        save(store, "shop", taken(at(11_000), finding("after")))
        assert len(whole(store, "shop").entries) == len(found.entries) + 1


def test_the_steps_lead_to_the_tables_of_the_code(place: str | Path) -> None:
    with opened(place, create=True) as store, store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    assert tuple(sorted(file.name[:4] for file in (FOLDER / "versions").glob("*.py"))) == STEPS


def test_a_history_of_a_later_version_is_left_alone(place: str | Path) -> None:
    with opened(place, create=True) as store, store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(AuditorError, match="newer version of auditor"), opened(place, create=True):
        pass


def test_a_history_that_is_not_there_is_not_begun_by_looking(place: str | Path, tmp_path: Path) -> None:
    with pytest.raises(AuditorError, match="there is no history in"), opened(place):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_new_folder_keeps_itself_out_of_version_control(tmp_path: Path) -> None:
    with opened(tmp_path / ".auditor" / "history.sqlite3", create=True):
        pass
    assert (tmp_path / ".auditor" / ".gitignore").read_text() == "*\n"


def test_a_folder_that_was_there_is_left_as_it_is(tmp_path: Path) -> None:
    with opened(tmp_path / "history.sqlite3", create=True):
        pass
    assert not (tmp_path / ".gitignore").exists()


@pytest.mark.parametrize("body", [b"no database at all, but long" * 40, b"", b"SQLite format 3\0" + b"x" * 5000])
def test_a_file_that_is_no_history_is_told_in_a_sentence(body: bytes, tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite3"
    file.write_bytes(body)
    with pytest.raises(AuditorError, match="history"), opened(file):
        pass


def test_a_history_that_came_with_the_tree_can_not_call_functions_from_its_schema(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite3"
    with opened(file, create=True):
        pass
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TRIGGER trap AFTER INSERT ON snapshot BEGIN SELECT load_extension('/tmp/evil'); END")
    connection.close()
    with opened(file) as store, pytest.raises(AuditorError, match=r"unsafe use of load_extension|not authorized"):
        save(store, "shop", taken(at(1)))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://u:secret@server/name", "can not lie in mysql"),
        ("no url", "can not be read"),
        ("sqlite://", "names no file"),
        ("postgresql://u:secret@127.0.0.1:1/name", "does not answer"),
    ],
)
def test_a_place_that_can_not_be_is_told_without_its_password(url: str, said: str) -> None:
    with pytest.raises(AuditorError, match=said) as told, opened(url, create=True):
        pass
    assert "secret" not in str(told.value)


def test_a_shown_url_has_no_password() -> None:
    assert named("postgresql://u:secret@server/name") == "postgresql+psycopg://u:***@server/name"
    assert named(Path(".auditor/history.sqlite3")) == ".auditor/history.sqlite3"

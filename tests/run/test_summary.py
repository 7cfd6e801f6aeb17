"""Without questions about the whole project a file gives the same findings, and no summaries."""

from pathlib import Path

import pytest

from auditor.packs.rules import places
from auditor.run.desk import Desk, Order
from auditor.run.record import DECODER, Record

PROJECTS = Path(__file__).parents[1] / "projects"
FILES = sorted(str(file.relative_to(PROJECTS)) for file in PROJECTS.glob("*/*/**/*.py"))


def record(path: str, whole: bool) -> Record:
    return DECODER.decode(Desk(Order(PROJECTS, places(), "", 2 << 20, None, whole=whole)).record(path))


@pytest.mark.parametrize("path", FILES[::7])
def test_a_file_alone_gives_the_findings_it_gives_among_others(path: str) -> None:
    alone, among = record(path, whole=False), record(path, whole=True)
    assert (alone.findings, alone.skipped, alone.crashed) == (among.findings, among.skipped, among.crashed)
    assert alone.flow is alone.clones is None
    assert among.flow is not None or "test" in path


def test_what_is_remembered_of_a_file_alone_is_not_taken_for_all_of_it(tmp_path: Path) -> None:
    keys = {Desk(Order(tmp_path, (), "", 1, None, whole=whole)).key("a.py", b"x = 1\n") for whole in (True, False)}
    assert len(keys) == 2

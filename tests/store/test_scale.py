"""Ten thousand snapshots of five hundred findings: what is asked of the database and what it hands over stays small.

Nothing is timed here: what grows with the history are rows, and they are counted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select, text

from auditor.judge.compare import compare
from auditor.store.place import Store, opened
from auditor.store.read import past
from auditor.store.save import save
from auditor.store.tables import FIGURE_SPAN, FINDING_SPAN, PROJECT
from tests.store import large
from tests.store.conftest import new_database
from tests.store.taking import at, count, finding, taken


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The large history."""
    place: str | Path = tmp_path_factory.mktemp("large") / "history.sqlite3"
    if request.param == "postgresql":
        place = new_database(request.getfixturevalue("postgres"))
    with opened(place, create=True) as one:
        large.fill(one, "shop")
        yield one


Asked = list[tuple[str, Any]]
"""Statements with their parameters."""


@contextmanager
def questions(store: Store) -> Iterator[Asked]:
    """The statements that reach the database meanwhile."""
    asked: Asked = []

    def listen(connection: object, cursor: object, statement: str, parameters: object, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(store.engine, "before_cursor_execute", listen)
    try:
        yield asked
    finally:
        event.remove(store.engine, "before_cursor_execute", listen)


def rows(store: Store, asked: Asked) -> int:
    """How many rows the database handed over."""
    with store.reading() as connection:
        selects = [(words, values) for words, values in asked if words.lstrip().startswith("SELECT")]
        counted = [connection.exec_driver_sql(f"SELECT count(*) FROM ({words}) AS told", values) for words, values in selects]
        return sum(one.scalar_one() for one in counted)


KEPT = 120 + (366 - 120) / 7 + (large.SNAPSHOTS * large.HOURS / 24 - 366) / 28
"""Snapshots that a report sees of the large history: days, weeks, and every fourth week."""
WEEK_AGO, SPRINT_AGO = (at(0, 9 + (large.SNAPSHOTS - 1) * large.HOURS - days * 24) for days in (7, 200))


def test_a_report_reads_what_it_shows_however_long_the_history_is(store: Store) -> None:
    with questions(store) as asked:
        found = past(store, "shop", days=[WEEK_AGO[:10], SPRINT_AGO[:10]], known=["nobody"])
    figures = large.STEADY + large.MOVING
    assert len(found.entries) == pytest.approx(KEPT, abs=6)
    assert {len(one.points) for one in found.series} == {len(found.entries)}
    assert len(found.series) == figures
    looks = [entry.at for entry in found.entries if entry.at[:10] in (WEEK_AGO[:10], SPRINT_AGO[:10])] + [found.entries[-1].at]
    assert [sum(one.stood(moment) for one in found.seen) for moment in looks] == 3 * [large.STANDING]
    # two rows a finding, two a snapshot, and of every figure at most one a snapshot; there are seventy thousand
    shown = 2 * len(found.seen) + 2 * len(found.entries) + large.MOVING * KEPT + large.STEADY * large.SNAPSHOTS / 100
    assert rows(store, asked) < 1.1 * shown < 9_000
    assert len(found.seen) < 2.5 * large.STANDING


def test_a_report_asks_as_few_questions_of_ten_thousand_snapshots_as_of_one(store: Store) -> None:
    with questions(store) as asked:
        past(store, "shop", days=[WEEK_AGO[:10]])
    save(store, "small", taken(at(1), finding("a"), figures=(count("todo.count", 1),)))
    with questions(store) as asked_of_one:
        past(store, "small", days=[at(1)[:10]])
    assert len(asked) == len(asked_of_one) <= 12


def test_a_week_is_compared_with_the_findings_of_that_week_alone(store: Store) -> None:
    found = past(store, "shop", days=[WEEK_AGO[:10]], measures=["measure.number_01", "measure.number_40"])
    assert len(found.seen) <= large.STANDING + 15 * large.CHURN
    before = found.entry(WEEK_AGO[:10])
    assert before is not None
    assert found.newest is not None
    told = compare(found, before, found.newest)
    assert len(told.open) + len(told.new) == len(told.open) + len(told.fixed) == large.STANDING
    assert [one.measure for one in told.changes] == ["measure.number_40"]


def test_findings_take_a_row_for_each_stretch_not_for_each_snapshot(store: Store) -> None:
    with store.reading() as connection:
        mine = select(PROJECT.c.id).where(PROJECT.c.name == "shop").scalar_subquery()
        held = connection.execute(
            select(func.count()).select_from(FINDING_SPAN).where(FINDING_SPAN.c.project_id == mine)
        ).scalar_one()
    assert held == large.STANDING + large.CHURN * (large.SNAPSHOTS - 1)
    assert held * 200 < large.SNAPSHOTS * large.STANDING


@pytest.mark.parametrize("day", [20_000, 2_000.5], ids=["at the end", "in the middle"])
def test_one_more_snapshot_touches_what_changes_alone(day: float, store: Store) -> None:
    found = past(store, "shop")
    standing = [one for one in found.seen if one.stood(found.entries[-1].at)]
    again = [finding(one.fingerprint, "medium", message=one.message) for one in standing[:-1]]
    with store.reading() as connection:
        before = connection.execute(select(func.count()).select_from(FINDING_SPAN)).scalar_one()
    with questions(store) as asked:
        save(
            store, "shop", taken(at(0, int(day * 24) + 1), *again, finding("quite-new"), figures=(count("measure.number_01", 1),))
        )
    with store.reading() as connection:
        after = connection.execute(select(func.count()).select_from(FINDING_SPAN)).scalar_one()
    assert len(asked) <= 25
    assert 0 < after - before <= 2 * large.STANDING + 2


def test_the_database_finds_the_newest_findings_by_an_index(tmp_path: Path) -> None:
    with opened(tmp_path / "history.sqlite3", create=True) as store, store.reading() as connection:
        for table in (FINDING_SPAN, FIGURE_SPAN):
            plan = connection.execute(
                text(f"EXPLAIN QUERY PLAN SELECT owner_id FROM {table.name} WHERE project_id = 1 AND last >= 1000000")
            )
            assert "USING INDEX" in " ".join(str(row) for row in plan)

"""Ten thousand snapshots of five hundred findings: what is asked of the database and what it hands over stays small.

Nothing is timed here: what grows with the history are rows, and they are counted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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


@contextmanager
def questions(store: Store) -> Iterator[list[str]]:
    """The statements that reach the database meanwhile."""
    asked: list[str] = []

    def listen(connection: object, cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(store.engine, "before_cursor_execute", listen)
    try:
        yield asked
    finally:
        event.remove(store.engine, "before_cursor_execute", listen)


def test_a_report_asks_as_few_questions_of_ten_thousand_snapshots_as_of_one(store: Store) -> None:
    with questions(store) as asked:
        found = past(store, "shop")
    save(store, "small", taken(at(1), finding("a"), figures=(count("todo.count", 1),)))
    with questions(store) as asked_of_one:
        past(store, "small")
    assert len(asked) == len(asked_of_one) <= 10
    days = large.SNAPSHOTS * large.HOURS // 24
    assert len(found.entries) == pytest.approx(366 + (days - 366) / 7, abs=3)
    assert {len(one.points) for one in found.series} == {len(found.entries)}
    assert len(found.series) == large.STEADY + large.MOVING
    assert sum(one.stood(found.entries[-1].at) for one in found.seen) == large.STANDING


def test_a_week_is_compared_with_the_findings_of_that_week_alone(store: Store) -> None:
    week_ago = at(0, 9 + (large.SNAPSHOTS - 15) * large.HOURS)
    found = past(store, "shop", since=week_ago, moments=[week_ago], measures=["measure.number_01", "measure.number_40"])
    assert len(found.seen) <= large.STANDING + 15 * large.CHURN
    before = found.entry(week_ago)
    assert before is not None
    assert found.newest is not None
    told = compare(found, before, found.newest)
    assert len(told.open) + len(told.new) == len(told.open) + len(told.fixed) == large.STANDING
    assert [one.measure for one in told.changes] == ["measure.number_40"]


def test_findings_take_a_row_for_each_stretch_not_for_each_snapshot(store: Store) -> None:
    with store.reading() as connection:
        mine = select(PROJECT.c.id).where(PROJECT.c.name == "shop").scalar_subquery()
        rows = connection.execute(
            select(func.count()).select_from(FINDING_SPAN).where(FINDING_SPAN.c.project_id == mine)
        ).scalar_one()
    assert rows == large.STANDING + large.CHURN * (large.SNAPSHOTS - 1)
    assert rows * 200 < large.SNAPSHOTS * large.STANDING


@pytest.mark.parametrize("day", [20_000, 2_000.5], ids=["at the end", "in the middle"])
def test_one_more_snapshot_touches_what_changes_alone(day: float, store: Store) -> None:
    found = past(store, "shop", since=at(0))
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

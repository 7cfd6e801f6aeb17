"""Taking old snapshots away. What held over several of them goes on to hold over those that stay."""

from collections.abc import Collection
from enum import StrEnum

from sqlalchemy import Connection, Table, delete, exists, func, literal, select, update

from auditor.store import owners
from auditor.store.line import axis_of
from auditor.store.moments import DAY_S, iso, seconds, week
from auditor.store.place import Store
from auditor.store.tables import CONDITIONS, FIGURE, FIGURE_SPAN, FINDING, FINDING_SPAN, SNAPSHOT

NEVER = 1 << 60


class Keep(StrEnum):
    """Which snapshots of an old stretch of time stay."""

    NONE = "none"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def doomed(store: Store, project: str, before: str, keep: Keep) -> tuple[str, ...]:
    """The moments that a pruning would take away, oldest first. The newest snapshot always stays."""
    with store.reading() as connection:
        number = owners.project_id(connection, project)
        if number is None:
            return ()
        moments = axis_of(connection, number)
    old = [moment for moment in moments if moment < seconds(before)]
    last_of = {} if keep is Keep.NONE else {_period(moment, keep): moment for moment in old}
    stay = {*last_of.values(), *moments[-1:]}
    return tuple(iso(moment) for moment in old if moment not in stay)


def _period(moment: int, keep: Keep) -> str | int:
    if keep is Keep.MONTH:
        return iso(moment)[: len("2026-01")]
    return week(moment) if keep is Keep.WEEK else moment // DAY_S


def prune(store: Store, project: str, moments: Collection[str]) -> None:
    """Takes the snapshots of these moments away, and what only they had."""
    gone = {seconds(moment) for moment in moments}
    with store.writing() as connection:
        number = owners.project_id(connection, project)
        if number is None or not gone:
            return
        for some in owners.portions(sorted(gone)):
            connection.execute(delete(SNAPSHOT).where(SNAPSHOT.c.project_id == number, SNAPSHOT.c.moment.in_(some)))
        for spans, things in ((FINDING_SPAN, FINDING), (FIGURE_SPAN, FIGURE)):
            _shorten(connection, spans, number)
            held = exists().where(spans.c.owner_id == things.c.id)
            connection.execute(delete(things).where(things.c.project_id == number, ~held))
        used = exists().where(SNAPSHOT.c.conditions == CONDITIONS.c.key)
        connection.execute(delete(CONDITIONS).where(~used))


def _shorten(connection: Connection, spans: Table, project: int) -> None:
    """Draws both ends of every span in to snapshots that are there."""
    moment, mine = SNAPSHOT.c.moment, SNAPSHOT.c.project_id == project
    for end, nearest in (
        ("first", func.min(moment)),
        ("last", func.max(moment)),
    ):
        column = spans.c[end]
        beyond = moment >= column if end == "first" else moment <= column
        there = exists().where(mine, moment == column)
        found = select(nearest).where(mine, beyond).scalar_subquery()
        nothing = literal(NEVER if end == "first" else -NEVER)
        stale = update(spans).where(spans.c.project_id == project, ~there)
        connection.execute(stale.values({end: func.coalesce(found, nothing)}))
    connection.execute(delete(spans).where(spans.c.project_id == project, spans.c.first > spans.c.last))

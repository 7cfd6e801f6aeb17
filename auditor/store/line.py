"""The line of time: all moments of a project's snapshots, or those that a report needs of it."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, func, literal, select, union

from auditor.store.moments import DAY_S, THURSDAY_S, WEEK_S, seconds
from auditor.store.tables import SNAPSHOT

DAILY_DAYS, WEEKLY_DAYS = 120, 366
"""How far back a report sees every day, and every week; before that it sees every fourth week."""
DAYS_END = "T23:59:59+00:00"
MOMENT = SNAPSHOT.c.moment


def axis_of(connection: Connection, project: int) -> list[int]:
    """The moments of all snapshots of a project, in order."""
    return list(connection.execute(select(MOMENT).where(SNAPSHOT.c.project_id == project).order_by(MOMENT)).scalars())


def looked_at(connection: Connection, project: int, days: Iterable[str], moments: Iterable[str]) -> list[int]:
    """The newest moment, those of `moments` that are there, and for each day the last up to its end, or the oldest of all.

    In order; empty for a project without snapshots.
    """
    mine = SNAPSHOT.c.project_id == project
    oldest = select(func.min(MOMENT)).where(mine).scalar_subquery()
    asked = [select(func.max(MOMENT)).where(mine)]
    for day in sorted(set(days)):
        upto = select(func.max(MOMENT)).where(mine, literal(seconds(day + DAYS_END)) >= MOMENT).scalar_subquery()
        asked.append(select(func.coalesce(upto, oldest)))
    asked += [select(MOMENT).where(mine, literal(seconds(moment)) == MOMENT) for moment in sorted(set(moments))]
    return sorted(moment for moment in connection.execute(union(*asked)).scalars() if moment is not None)


def thinned(connection: Connection, project: int, looks: Sequence[int]) -> list[int]:
    """The oldest moment, the last of each day, week or four weeks, and those that are `looked_at`, in order."""
    mine = SNAPSHOT.c.project_id == project
    daily, weekly = looks[-1] - DAILY_DAYS * DAY_S, looks[-1] - WEEKLY_DAYS * DAY_S
    periods: list[tuple[ColumnElement[bool], ColumnElement[int]]] = [
        (daily <= MOMENT, MOMENT // DAY_S),
        ((weekly <= MOMENT) & (daily > MOMENT), (MOMENT + THURSDAY_S) // WEEK_S),
        (weekly > MOMENT, (MOMENT + THURSDAY_S) // (4 * WEEK_S)),
    ]
    kept = [select(func.max(MOMENT)).where(mine, when).group_by(period) for when, period in periods]
    found = connection.execute(union(select(func.min(MOMENT)).where(mine), *kept)).scalars()
    return sorted({*found, *looks})


def before(connection: Connection, project: int, moments: Sequence[int]) -> dict[int, int]:
    """For each of these moments (five hundred at most), the one right before it; without the oldest."""
    one, other = SNAPSHOT.alias(), SNAPSHOT.alias()
    earlier = (
        select(func.max(other.c.moment))
        .where(other.c.project_id == project, other.c.moment < one.c.moment)
        .correlate(one)
        .scalar_subquery()
    )
    rows = connection.execute(select(one.c.moment, earlier).where(one.c.project_id == project, one.c.moment.in_(moments)))
    return {moment: known for moment, known in rows if known is not None}

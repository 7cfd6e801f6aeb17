"""Reading the past: what a report shows of it, in a handful of questions whose answers do not grow with the history.

Which snapshots that is, is chosen by `line`; figures are read by `series`, findings by `seen`.
"""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection, select

from auditor.model.errors import AuditorError
from auditor.model.history import Conditions, Entry, Past
from auditor.store import owners
from auditor.store.line import axis_of, looked_at, thinned
from auditor.store.place import Store
from auditor.store.seen import seen
from auditor.store.series import first_known, series
from auditor.store.tables import CONDITIONS, SNAPSHOT

ENTRY = msgspec.msgpack.Decoder(Entry)


def past(
    store: Store,
    project: str,
    measures: Iterable[str] | None = None,
    days: Iterable[str] = (),
    moments: Iterable[str] = (),
    known: Iterable[str] = (),
    subjects: Iterable[str] = (),
    findings: bool = True,
) -> Past:
    """The past of a project as a report may show it; an empty one where it has none.

    Entries are those that `line.thinned` leaves, those at `moments`, and for each of `days` the last up to its end, or the
    oldest. Findings are those that stood at one of these or stand in the newest, and those whose fingerprint is `known`;
    or none. Series are of the named measures, or of all that are about the whole project or one of `subjects`.
    """
    with store.reading() as connection:
        number = owners.project_id(connection, project)
        looks = [] if number is None else looked_at(connection, number, days, moments)
        if number is None or not looks:
            return Past()
        kept = thinned(connection, number, looks)
        told = _entries(connection, number, kept)
        return Past(
            entries=told,
            series=tuple(series(connection, number, told, measures, subjects)),
            seen=tuple(seen(connection, number, looks, known)) if findings else (),
            conditions=_conditions(connection, number, {entry.conditions for entry in told}),
        )


def whole(store: Store, project: str) -> Past:
    """All snapshots of a project, with all findings that there ever were and all figures about the whole project."""
    with store.reading() as connection:
        number = owners.project_id(connection, project)
        told = () if number is None else _entries(connection, number, axis_of(connection, number))
        if number is None or not told:
            return Past()
        return Past(
            entries=told,
            series=tuple(series(connection, number, told)),
            seen=tuple(seen(connection, number)),
            conditions=_conditions(connection, number, {entry.conditions for entry in told}),
        )


def origins(store: Store, project: str, measures: Iterable[str]) -> Past:
    """The first figure that was ever known of each of these measures, and nothing else."""
    with store.reading() as connection:
        number = owners.project_id(connection, project)
        return Past() if number is None else Past(series=tuple(first_known(connection, number, measures)))


def entries(store: Store, project: str) -> tuple[Entry, ...]:
    """All snapshots of a project in brief, oldest first."""
    with store.reading() as connection:
        number = owners.project_id(connection, project)
        return () if number is None else _entries(connection, number, axis_of(connection, number))


def commits(store: Store, project: str) -> frozenset[str]:
    """The commits that some snapshot holds for certain: those of trees with changes of their own do not count."""
    with store.reading() as connection:
        number = owners.project_id(connection, project)
        clean = select(SNAPSHOT.c.commit).where(SNAPSHOT.c.project_id == number, SNAPSHOT.c.clean)
        return frozenset(connection.execute(clean).scalars())


def _entries(connection: Connection, project: int, kept: Sequence[int]) -> tuple[Entry, ...]:
    bodies: list[bytes] = []
    for some in owners.portions(kept):
        chosen = select(SNAPSHOT.c.body).where(SNAPSHOT.c.project_id == project, SNAPSHOT.c.moment.in_(some))
        bodies += connection.execute(chosen.order_by(SNAPSHOT.c.moment)).scalars()
    try:
        return tuple(ENTRY.decode(body) for body in bodies)
    except msgspec.MsgspecError as error:
        raise _damaged(error) from error


def _conditions(connection: Connection, project: int, keys: set[str]) -> dict[str, Conditions]:
    found: dict[str, Conditions] = {}
    try:
        for some in owners.portions(sorted(keys)):
            rows = connection.execute(select(CONDITIONS.c.key, CONDITIONS.c.body).where(CONDITIONS.c.key.in_(some)))
            found |= {key: msgspec.msgpack.decode(body, type=Conditions) for key, body in rows}
    except msgspec.MsgspecError as error:
        raise _damaged(error) from error
    return dict(sorted(found.items()))


def _damaged(error: Exception) -> AuditorError:
    return AuditorError(f"the history holds a snapshot that can not be read: {error}", "export what can be, and begin anew")

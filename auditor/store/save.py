"""Writing a snapshot down: all of it or nothing, wherever on the line of time it belongs."""

from collections.abc import Mapping

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, func, insert, or_, select, update

from auditor.model.finding import Finding
from auditor.model.history import Entry
from auditor.model.measure import Measure
from auditor.model.taken import Taken
from auditor.store import owners
from auditor.store.moments import iso, seconds
from auditor.store.place import Store
from auditor.store.spans import Edit, Facet, Neighbours, Span
from auditor.store.spans import insert as inserted
from auditor.store.tables import CONDITIONS, FIGURE_SPAN, FINDING_SPAN, SNAPSHOT

FINDING_FACET = ("severity", "counts")
FIGURE_FACET = ("value", "unit", "basis", "source", "note", "taken_at", "link")


def save(store: Store, project: str, taken: Taken) -> Entry:
    """Keeps a snapshot. Where its second is taken by another, it gets the next free one. Returns it as it is kept.

    A backfilled one whose commit stands at its moment already is not kept twice: two runs may fill one history.
    """
    with store.writing() as connection:
        number = owners.project_id(connection, project, create=True)
        assert number is not None
        if taken.backfilled and (there := _twin(connection, number, taken)) is not None:
            return there
        now = _free(connection, number, seconds(taken.at))
        around = _neighbours(connection, number, now)
        entry = msgspec.structs.replace(taken.entry, at=iso(now), commit=owners.plain(taken.entry.commit, 64))
        _snapshot(connection, number, now, entry, taken)
        found = {owners.plain(name, 64): one for name, one in taken.findings.items()}
        by_print = owners.findings(connection, number, found, now)
        standing = {by_print[name]: _weight(one) for name, one in found.items()}
        _spans(connection, FINDING_SPAN, FINDING_FACET, number, now, around, standing)
        figures = {(owners.plain(name, owners.MOST_NAME), owners.plain(about)): m for (name, about), m in taken.figures.items()}
        by_name = owners.figures(connection, number, figures)
        told = {by_name[name]: _figure(one) for name, one in figures.items()}
        _spans(connection, FIGURE_SPAN, FIGURE_FACET, number, now, around, told)
        return entry


def _twin(connection: Connection, project: int, taken: Taken) -> Entry | None:
    same = (SNAPSHOT.c.commit == taken.snapshot.commit) & (SNAPSHOT.c.moment == seconds(taken.at)) & SNAPSHOT.c.clean
    body = connection.execute(select(SNAPSHOT.c.body).where(SNAPSHOT.c.project_id == project, same)).scalar()
    return None if body is None else msgspec.msgpack.decode(body, type=Entry)


def _free(connection: Connection, project: int, wanted: int) -> int:
    later = select(SNAPSHOT.c.moment).where(SNAPSHOT.c.project_id == project, SNAPSHOT.c.moment >= wanted)
    for moment in connection.execute(later.order_by(SNAPSHOT.c.moment)).scalars():
        if moment > wanted:
            break
        wanted += 1
    return wanted


def _neighbours(connection: Connection, project: int, now: int) -> Neighbours:
    moment = SNAPSHOT.c.moment
    before = select(func.max(moment)).where(SNAPSHOT.c.project_id == project, moment < now)
    after = select(func.min(moment)).where(SNAPSHOT.c.project_id == project, moment > now)
    return Neighbours(connection.execute(before).scalar(), connection.execute(after).scalar())


def _snapshot(connection: Connection, project: int, now: int, entry: Entry, taken: Taken) -> None:
    known = select(CONDITIONS.c.key).where(CONDITIONS.c.key == entry.conditions)
    if connection.execute(known).scalar() is None:
        body = msgspec.msgpack.encode(taken.conditions)
        connection.execute(insert(CONDITIONS).values(key=entry.conditions, body=body))
    connection.execute(
        insert(SNAPSHOT).values(
            project_id=project,
            moment=now,
            commit=entry.commit,
            clean=entry.dirty is False,
            conditions=entry.conditions,
            body=msgspec.msgpack.encode(entry),
        )
    )


def _weight(finding: Finding) -> Facet:
    return (finding.severity.value, finding.suppressed is None)


def _figure(measure: Measure) -> Facet:
    texts = (measure.source, measure.note)
    value = None if measure.value is None else float(measure.value)
    return (
        value,
        owners.plain(measure.unit, 40),
        measure.basis.value,
        *map(owners.plain, texts),
        owners.plain(measure.taken_at, 40),
        owners.plain(measure.link),
    )


def _spans(
    connection: Connection,
    table: Table,
    names: tuple[str, ...],
    project: int,
    now: int,
    around: Neighbours,
    present: Mapping[int, Facet],
) -> None:
    """Reads the spans beside the new snapshot, and writes what has to change."""
    first, last = table.c.first, table.c.last
    beside: list[ColumnElement[bool]] = []
    if around.before is not None:
        beside.append((first <= around.before) & (last >= around.before))
    if around.after is not None:
        beside.append(first == around.after)
    there = []
    if beside:
        wanted = select(table).where(table.c.project_id == project, or_(*beside))
        for row in connection.execute(wanted).mappings():
            there.append(Span(row["id"], row["owner_id"], tuple(row[name] for name in names), row["first"], row["last"]))
    _write(connection, table, names, project, inserted(now, around, there, present))


def _write(connection: Connection, table: Table, names: tuple[str, ...], project: int, edit: Edit) -> None:
    if edit.moved:
        stretched = update(table).where(table.c.id == bindparam("row")).values(first=bindparam("begins"), last=bindparam("ends"))
        connection.execute(stretched, [{"row": one.id, "begins": one.first, "ends": one.last} for one in edit.moved])
    if edit.added:
        connection.execute(
            insert(table),
            [
                {
                    "project_id": project,
                    "owner_id": span.owner,
                    "first": span.first,
                    "last": span.last,
                    **dict(zip(names, span.facet, strict=True)),
                }
                for span in edit.added
            ],
        )
    if edit.gone:
        connection.execute(delete(table).where(table.c.id == bindparam("row")), [{"row": number} for number in edit.gone])

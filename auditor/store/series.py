"""Reading figures over time: spans laid out as points, one for every snapshot that is looked at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from auditor.model.history import Entry, Point, Series
from auditor.model.measure import Basis
from auditor.model.units import convert
from auditor.store.moments import iso, seconds
from auditor.store.owners import portions
from auditor.store.tables import FIGURE, FIGURE_SPAN, SNAPSHOT

Rows = Sequence[Row[Any]]
"""Spans of one figure, oldest first."""


def series(
    connection: Connection,
    project: int,
    entries: Sequence[Entry],
    measures: Iterable[str] | None = None,
    subjects: Iterable[str] = (),
) -> Iterator[Series]:
    """Series by measure and subject, with a point at every entry whose snapshot has the figure; of the named measures, or of
    all that are about the whole project or one of these subjects.
    """
    about = FIGURE.c.subject.in_(["", *subjects])
    wanted: ColumnElement[bool] = about if measures is None else FIGURE.c.measure.in_(list(measures))
    mine = (FIGURE.c.project_id == project) & wanted
    figures = connection.execute(select(FIGURE).where(mine).order_by(FIGURE.c.measure, FIGURE.c.subject)).all()
    axis = [(seconds(entry.at), entry) for entry in entries]
    spans = _spans(connection, project, mine, [moment for moment, _ in axis])
    for figure in figures:
        unit, source = _last_known(spans[figure.id])
        points = tuple(_points(axis, spans[figure.id], unit))
        if points:
            yield Series(figure.measure, figure.subject, unit, points, source)


def _spans(
    connection: Connection, project: int, figures: ColumnElement[bool], moments: Sequence[int]
) -> Mapping[int, list[Row[Any]]]:
    """The spans that hold one of these moments, by figure, oldest first: what changed between two of them is not read."""
    held = (
        select(FIGURE_SPAN.c.id)
        .where(FIGURE_SPAN.c.owner_id == FIGURE.c.id, FIGURE_SPAN.c.first <= SNAPSHOT.c.moment)
        .order_by(FIGURE_SPAN.c.first.desc())
        .limit(1)
        .correlate(FIGURE, SNAPSHOT)
        .scalar_subquery()
    )
    found: dict[int, Row[Any]] = {}
    for some in portions(moments):
        looks = SNAPSHOT.c.moment.in_(some) & (SNAPSHOT.c.project_id == project)
        chosen = select(held).select_from(FIGURE).join(SNAPSHOT, looks).where(figures)
        found |= {row.id: row for row in connection.execute(select(FIGURE_SPAN).where(FIGURE_SPAN.c.id.in_(chosen)))}
    of: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in sorted(found.values(), key=lambda one: one.first):
        of[row.owner_id].append(row)
    return of


def first_known(connection: Connection, project: int, measures: Iterable[str]) -> Iterator[Series]:
    """Of each measure about the whole project the first point with a value, in the unit in which it was taken."""
    known, span = FIGURE_SPAN.c.value.is_not(None), FIGURE_SPAN.alias()
    mine = (FIGURE.c.project_id == project) & (FIGURE.c.subject == "") & FIGURE.c.measure.in_(list(measures))
    held = (span.c.owner_id == FIGURE.c.id) & span.c.value.is_not(None)
    first = select(func.min(span.c.first)).where(held).correlate(FIGURE).scalar_subquery()
    rows = select(FIGURE.c.measure, FIGURE_SPAN).join(FIGURE_SPAN, FIGURE_SPAN.c.owner_id == FIGURE.c.id)
    for row in connection.execute(rows.where(mine, known, FIGURE_SPAN.c.first == first).order_by(FIGURE.c.measure)):
        point = Point(iso(row.first), "", *_told(row, row.unit))
        yield Series(row.measure, "", row.unit, (point,), row.source)


def _last_known(spans: Rows) -> tuple[str, str]:
    """Unit and source of the newest value, or of the newest attempt where there is none."""
    chosen = next((one for one in reversed(spans) if one.value is not None), spans[-1] if spans else None)
    return (chosen.unit, chosen.source) if chosen is not None else ("", "")


def _points(axis: Sequence[tuple[int, Entry]], spans: Rows, unit: str) -> Iterator[Point]:
    place, end = 0, len(axis)
    for span in spans:
        while place < end and axis[place][0] < span.first:
            place += 1
        told = None
        while place < end and axis[place][0] <= span.last:
            told = told or _told(span, unit)
            entry = axis[place][1]
            yield Point(entry.at, entry.commit, *told)
            place += 1


def _told(span: Row[Any], unit: str) -> tuple[float | None, Basis, str, str, str]:
    """Value, basis, note, time and link of a span; a value in a unit of another kind is unknown."""
    basis, value, note = Basis(span.basis), span.value, span.note
    if value is not None:
        value = convert(value, span.unit, unit)
        if value is None:
            basis, note = Basis.UNKNOWN, f"was measured in {span.unit or 'no unit'}"
    return value, basis, note, span.taken_at, span.link

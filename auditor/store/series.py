"""Reading figures over time: spans laid out as points, one for every snapshot that is looked at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, select

from auditor.model.history import Entry, Point, Series
from auditor.model.measure import Basis
from auditor.model.units import convert
from auditor.store.moments import seconds
from auditor.store.tables import FIGURE, FIGURE_SPAN

Rows = Sequence[Row[Any]]
"""Spans of one figure, oldest first."""


def series(connection: Connection, project: int, entries: Sequence[Entry], measures: Iterable[str] | None) -> Iterator[Series]:
    """Series by measure and subject, with a point at every entry whose snapshot has the figure."""
    wanted: ColumnElement[bool] = FIGURE.c.subject == "" if measures is None else FIGURE.c.measure.in_(list(measures))
    names = select(FIGURE).where(and_(FIGURE.c.project_id == project, wanted)).order_by(FIGURE.c.measure, FIGURE.c.subject)
    figures = connection.execute(names).all()
    chosen = select(FIGURE.c.id).where(FIGURE.c.project_id == project, wanted)
    rows = select(FIGURE_SPAN).where(FIGURE_SPAN.c.project_id == project, FIGURE_SPAN.c.owner_id.in_(chosen))
    of: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(rows.order_by(FIGURE_SPAN.c.owner_id, FIGURE_SPAN.c.first)).all():
        of[row.owner_id].append(row)
    axis = [(seconds(entry.at), entry) for entry in entries]
    for figure in figures:
        spans = of[figure.id]
        unit, source = _last_known(spans)
        points = tuple(_points(axis, spans, unit))
        if points:
            yield Series(figure.measure, figure.subject, unit, points, source)


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

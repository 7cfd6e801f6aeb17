"""Reading findings over time: what each says, and when it stood."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, or_, select

from auditor.model.finding import Confidence, Severity
from auditor.model.history import Seen, Stretch, Weighed
from auditor.store import line, owners
from auditor.store.moments import iso
from auditor.store.spans import Span, runs
from auditor.store.tables import FINDING, FINDING_SPAN

FACTS = msgspec.json.Decoder(dict[str, str])
Spans = dict[int, list[Span]]
"""All spans of a finding by the number of its row, oldest first."""


def seen(connection: Connection, project: int, looks: Sequence[int] | None = None, known: Iterable[str] = ()) -> Iterator[Seen]:
    """Findings by fingerprint: those that stood at one of the moments `looks`, and the `known`; all of them without `looks`."""
    mine = FINDING_SPAN.c.project_id == project
    stood = [mine & (FINDING_SPAN.c.first <= moment) & (FINDING_SPAN.c.last >= moment) for moment in looks or ()]
    chosen = select(FINDING_SPAN.c.owner_id).where(mine if looks is None else or_(*stood))
    rows = list(connection.execute(select(FINDING).where(FINDING.c.project_id == project, FINDING.c.id.in_(chosen))))
    spans = _spans(connection, FINDING_SPAN.c.owner_id.in_(chosen) & mine)
    there = {row.fingerprint for row in rows}
    for some in owners.portions(owners.plain(name, 64) for name in known if name not in there):
        more = select(FINDING.c.id).where(FINDING.c.project_id == project, FINDING.c.fingerprint.in_(some))
        rows += connection.execute(select(FINDING).where(FINDING.c.id.in_(more)))
        spans |= _spans(connection, FINDING_SPAN.c.owner_id.in_(more))
    gaps = _gaps(connection, project, spans)
    for row in sorted(rows, key=lambda one: one.fingerprint):
        yield _seen(row, spans[row.id], gaps)


def _spans(connection: Connection, which: ColumnElement[bool]) -> Spans:
    columns = (FINDING_SPAN.c[name] for name in ("id", "owner_id", "severity", "counts", "first", "last"))
    of: defaultdict[int, list[Span]] = defaultdict(list)
    for number, owner, severity, counts, first, last in connection.execute(select(*columns).where(which)):
        of[owner].append(Span(number, owner, (severity, counts), first, last))
    for spans in of.values():
        spans.sort(key=lambda span: span.first)
    return dict(of)


def _gaps(connection: Connection, project: int, spans: Spans) -> dict[int, int]:
    """For the beginning of every span that is not its finding's first: the moment of the snapshot right before it."""
    again = {span.first for of in spans.values() for span in of[1:]}
    found: dict[int, int] = {}
    for some in owners.portions(sorted(again)):
        found |= line.before(connection, project, some)
    return found


def _seen(row: Row[Any], stood: Sequence[Span], before: Mapping[int, int]) -> Seen:
    return Seen(
        fingerprint=row.fingerprint,
        rule=row.rule,
        confidence=Confidence(row.confidence),
        path=row.path,
        line=row.line,
        message=row.message,
        stretches=tuple(Stretch(iso(first), iso(last)) for first, last in runs(stood, before)),
        weights=tuple(_weights(stood)),
        facts=FACTS.decode(row.facts),
    )


def _weights(spans: Sequence[Span]) -> Iterator[Weighed]:
    facet: object = None
    for span in spans:
        if span.facet != facet:
            facet = span.facet
            yield Weighed(iso(span.first), Severity(str(span.facet[0])), bool(span.facet[1]))

"""Reading the past: what a report needs, in a handful of questions whose number does not grow with the history.

Figures are read by `series`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from sqlalchemy import Connection, select

from auditor.model.errors import AuditorError
from auditor.model.finding import Confidence, Severity
from auditor.model.history import Conditions, Entry, Past, Seen, Stretch, Weighed
from auditor.store import owners
from auditor.store.moments import DAY_S, iso, seconds, week
from auditor.store.place import Store
from auditor.store.series import series
from auditor.store.spans import Span, runs
from auditor.store.tables import CONDITIONS, FINDING, FINDING_SPAN, SNAPSHOT

RECENT_DAYS = 366
"""How far back a report sees every day; no chart shows the days of years ago."""
FACTS = msgspec.json.Decoder(dict[str, str])
ENTRY = msgspec.msgpack.Decoder(Entry)


def past(
    store: Store,
    project: str,
    since: str = "",
    measures: Iterable[str] | None = None,
    moments: Iterable[str] = (),
    thin: bool = True,
) -> Past:
    """The past of a project; an empty one where it has none.

    Entries are the last of each day, farther back than a year of each week, and those at `moments`; or all with `thin` off.
    Findings gone before `since` are left out. Series are of the named measures, or of all that are about the whole project.
    """
    with store.reading() as connection:
        number = owners.project_id(connection, project)
        if number is None:
            return Past()
        axis = axis_of(connection, number)
        if not axis:
            return Past()
        kept = _thinned(axis, {seconds(moment) for moment in moments}) if thin else axis
        told = _entries(connection, number, kept)
        from_ = seconds(since) if since else axis[0]
        return Past(
            entries=told,
            series=tuple(series(connection, number, told, measures)),
            seen=tuple(_seen(connection, number, axis, min(from_, axis[-1]))),
            conditions=_conditions(connection, number, {entry.conditions for entry in told}),
            since=iso(from_) if since else "",
        )


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


def axis_of(connection: Connection, project: int) -> list[int]:
    """The moments of all snapshots of a project, in order."""
    moments = select(SNAPSHOT.c.moment).where(SNAPSHOT.c.project_id == project).order_by(SNAPSHOT.c.moment)
    return list(connection.execute(moments).scalars())


def _thinned(axis: Sequence[int], wanted: set[int]) -> list[int]:
    """The last of each day of the newest year and of each week before it, and those that are wanted."""
    recent = axis[-1] - RECENT_DAYS * DAY_S
    last_of_day = {moment // DAY_S: moment for moment in axis if moment >= recent}
    last_of_week = {week(moment): moment for moment in axis if moment < recent}
    return sorted({*last_of_day.values(), *last_of_week.values(), *(wanted & set(axis))})


def _entries(connection: Connection, project: int, kept: Sequence[int]) -> tuple[Entry, ...]:
    wanted = set(kept)
    rows = select(SNAPSHOT.c.moment, SNAPSHOT.c.body).where(SNAPSHOT.c.project_id == project).order_by(SNAPSHOT.c.moment)
    try:
        return tuple(ENTRY.decode(body) for moment, body in connection.execute(rows) if moment in wanted)
    except msgspec.MsgspecError as error:
        raise _damaged(error) from error


def _conditions(connection: Connection, project: int, keys: set[str]) -> dict[str, Conditions]:
    used = select(SNAPSHOT.c.conditions).where(SNAPSHOT.c.project_id == project)
    rows = connection.execute(select(CONDITIONS.c.key, CONDITIONS.c.body).where(CONDITIONS.c.key.in_(used)))
    try:
        return {key: msgspec.msgpack.decode(body, type=Conditions) for key, body in sorted(rows) if key in keys}
    except msgspec.MsgspecError as error:
        raise _damaged(error) from error


def _damaged(error: Exception) -> AuditorError:
    return AuditorError(f"the history holds a snapshot that can not be read: {error}", "export what can be, and begin anew")


def _seen(connection: Connection, project: int, axis: Sequence[int], since: int) -> Iterator[Seen]:
    """Findings that stood at `since` or later, by fingerprint."""
    lately = select(FINDING_SPAN.c.owner_id).where(FINDING_SPAN.c.project_id == project, FINDING_SPAN.c.last >= since)
    mine = FINDING_SPAN.c.project_id == project
    spans = select(FINDING_SPAN).where(mine, FINDING_SPAN.c.owner_id.in_(lately))
    of: defaultdict[int, list[Span]] = defaultdict(list)
    for row in connection.execute(spans).all():
        of[row.owner_id].append(Span(row.id, row.owner_id, (row.severity, row.counts), row.first, row.last))
    place = {moment: index for index, moment in enumerate(axis)}
    rows = select(FINDING).where(FINDING.c.project_id == project, FINDING.c.id.in_(lately)).order_by(FINDING.c.fingerprint)
    for row in connection.execute(rows).all():
        stood = sorted(of[row.id], key=lambda span: span.first)
        yield Seen(
            fingerprint=row.fingerprint,
            rule=row.rule,
            confidence=Confidence(row.confidence),
            path=row.path,
            line=row.line,
            message=row.message,
            stretches=tuple(Stretch(iso(first), iso(last)) for first, last in runs(stood, place)),
            weights=tuple(_weights(stood)),
            facts=FACTS.decode(row.facts),
        )


def _weights(spans: Sequence[Span]) -> Iterator[Weighed]:
    facet: object = None
    for span in spans:
        if span.facet != facet:
            facet = span.facet
            yield Weighed(iso(span.first), Severity(str(span.facet[0])), bool(span.facet[1]))

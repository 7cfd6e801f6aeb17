"""The rows that spans belong to: the project, its findings by fingerprint, its figures by measure and subject."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, bindparam, insert, select, update

from auditor.model.finding import Finding
from auditor.store.tables import FIGURE, FINDING, PROJECT

T = TypeVar("T")
MOST_AT_ONCE = 500
"""Values in one question: SQLite takes no more than 999 in older versions."""
MOST_NAME = 200
MOST_PROJECT = 400
MOST_TEXT = 2_000
"""Longer texts are cut: PostgreSQL's index takes no more, and nobody reads a longer message."""


def plain(text: str, most: int = MOST_TEXT) -> str:
    """A text that both databases can keep: without what PostgreSQL or UTF-8 has no place for, and not too long."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\ufffd")[:most]


def project_id(connection: Connection, name: str, create: bool = False) -> int | None:
    """The number of a project, None where it is not known. A writer may create it."""
    found = connection.execute(select(PROJECT.c.id).where(PROJECT.c.name == plain(name, MOST_PROJECT))).scalar()
    if found is None and create:
        found = connection.execute(insert(PROJECT).values(name=plain(name, MOST_PROJECT)).returning(PROJECT.c.id)).scalar_one()
    return found


def portions(values: Iterable[T]) -> Iterator[list[T]]:
    """Values in lists that one question can hold."""
    rest = list(values)
    for start in range(0, len(rest), MOST_AT_ONCE):
        yield rest[start : start + MOST_AT_ONCE]


def findings(connection: Connection, project: int, found: Mapping[str, Finding], now: int) -> dict[str, int]:
    """The rows of these findings by fingerprint: new ones made, known ones brought up to date if `now` is the later look."""
    known: dict[str, int] = {}
    stale: list[dict[str, object]] = []
    for some in portions(found):
        chosen = select(FINDING).where(FINDING.c.project_id == project, FINDING.c.fingerprint.in_(some))
        for row in connection.execute(chosen).mappings():
            known[row["fingerprint"]] = row["id"]
            said = _said(found[row["fingerprint"]])
            if now >= row["told_at"] and any(row[name] != text for name, text in said.items()):
                stale.append({"row": row["id"], "told_at": now, **said})
    if stale:
        names = [name for name in stale[0] if name != "row"]
        connection.execute(
            update(FINDING).where(FINDING.c.id == bindparam("row")).values({name: bindparam(name) for name in names}), stale
        )
    fresh = [
        {"project_id": project, "fingerprint": name, "told_at": now, **_said(one)}
        for name, one in found.items()
        if name not in known
    ]
    return known | _made(connection, fresh)


def _made(connection: Connection, fresh: Sequence[Mapping[str, object]]) -> dict[str, int]:
    if not fresh:
        return {}
    rows = connection.execute(insert(FINDING).returning(FINDING.c.fingerprint, FINDING.c.id), fresh)
    return {row.fingerprint: row.id for row in rows}


def _said(finding: Finding) -> dict[str, object]:
    facts = {plain(name, MOST_NAME): plain(text) for name, text in sorted(finding.facts.items())}
    return {
        "rule": plain(finding.rule, MOST_NAME),
        "confidence": finding.confidence.value,
        "path": plain(finding.location.path),
        "line": finding.location.line,
        "message": plain(finding.message),
        "facts": msgspec.json.encode(facts).decode(),
    }


def figures(connection: Connection, project: int, names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The rows of these measures by name and subject, made where they are new."""
    rows = connection.execute(select(FIGURE.c.measure, FIGURE.c.subject, FIGURE.c.id).where(FIGURE.c.project_id == project))
    known = {(measure, subject): number for measure, subject, number in rows}
    fresh = [
        {"project_id": project, "measure": measure, "subject": subject}
        for measure, subject in names
        if (measure, subject) not in known
    ]
    if fresh:
        made = connection.execute(insert(FIGURE).returning(FIGURE.c.measure, FIGURE.c.subject, FIGURE.c.id), fresh)
        known |= {(measure, subject): number for measure, subject, number in made}
    return known

"""A history of ten thousand snapshots of five hundred findings, written row by row as years of saving would have left it."""

import hashlib
import random
from collections.abc import Iterator

import msgspec
from sqlalchemy import insert

from auditor.model.history import Conditions
from auditor.model.taken import key_of
from auditor.store.moments import seconds
from auditor.store.place import Store
from auditor.store.save import FIGURE_FACET
from auditor.store.tables import CONDITIONS, FIGURE, FIGURE_SPAN, FINDING, FINDING_SPAN, PROJECT, SNAPSHOT
from tests.store.taking import at, taken

SNAPSHOTS = 10_000
STANDING = 500
CHURN = 2
"""Findings that go, and as many that come, with every snapshot."""
STEADY, MOVING = 35, 5
"""Figures that change every hundredth snapshot, and with each."""
ROWS = 1_000_000
"""Where the numbers of rows begin: out of the way of those that PostgreSQL gives."""
HOURS = 12
"""Between two snapshots: more than one a day, as a busy project has them."""


def moment(number: int) -> int:
    """When snapshot `number` was taken."""
    return seconds(at(0)) + number * HOURS * 3_600


def fill(store: Store, project: str) -> None:
    """Writes all of it."""
    conditions = Conditions("1")
    with store.writing() as connection:
        row = connection.execute(insert(PROJECT).values(name=project).returning(PROJECT.c.id)).scalar_one()
        connection.execute(insert(CONDITIONS).values(key=key_of(conditions), body=msgspec.msgpack.encode(conditions)))
        for table, rows in (
            (SNAPSHOT, _snapshots(row)),
            (FINDING, _findings(row)),
            (FINDING_SPAN, _stood(row)),
            (FIGURE, _figures(row)),
            (FIGURE_SPAN, _values(row)),
        ):
            connection.execute(insert(table), list(rows))


def _snapshots(row: int) -> Iterator[dict[str, object]]:
    one = taken(at(0))
    for number in range(SNAPSHOTS):
        when = at(0, 9 + number * HOURS)
        entry = msgspec.structs.replace(one.entry, at=when, made_at=when, commit=f"{number:040x}")
        yield {
            "project_id": row, "moment": moment(number), "commit": entry.commit, "clean": True,
            "conditions": entry.conditions, "body": msgspec.msgpack.encode(entry),
        }  # fmt: skip


def lives() -> list[tuple[int, int]]:
    """The numbers of the first and last snapshot of every finding: as many go as come."""
    dice = random.Random(4)
    standing = dict.fromkeys(range(STANDING), 0)
    found: list[tuple[int, int]] = []
    for number in range(1, SNAPSHOTS):
        for gone in dice.sample(sorted(standing), CHURN):
            found.append((standing.pop(gone), number - 1))
            standing[STANDING + len(found) - 1] = number
    return found + [(first, SNAPSHOTS - 1) for first in standing.values()]


LIVES = lives()


def _findings(row: int) -> Iterator[dict[str, object]]:
    for number, (_, last) in enumerate(LIVES, 1):
        yield {
            "id": ROWS + number, "project_id": row, "fingerprint": hashlib.sha256(str(number).encode()).hexdigest()[:16],
            "told_at": moment(last), "rule": "errors/broad-except", "confidence": "high",
            "path": f"shop/module_{number % 400}.py", "line": number % 900 + 1, "facts": "{}",
            "message": "`except Exception` neither raises again nor logs the traceback",
        }  # fmt: skip


def _stood(row: int) -> Iterator[dict[str, object]]:
    for number, (first, last) in enumerate(LIVES, 1):
        yield {
            "project_id": row, "owner_id": ROWS + number, "severity": "medium", "counts": True,
            "first": moment(first), "last": moment(last),
        }  # fmt: skip


def _figures(row: int) -> Iterator[dict[str, object]]:
    for number in range(1, STEADY + MOVING + 1):
        yield {"id": ROWS + number, "project_id": row, "measure": f"measure.number_{number:02}", "subject": ""}


def _values(row: int) -> Iterator[dict[str, object]]:
    texts = dict.fromkeys(FIGURE_FACET, "") | {"unit": "count", "basis": "measured", "source": "auditor"}
    for number in range(1, STEADY + MOVING + 1):
        step = 100 if number <= STEADY else 1
        for first in range(0, SNAPSHOTS, step):
            ends = {"first": moment(first), "last": moment(first + step - 1)}
            yield {**texts, **ends, "project_id": row, "owner_id": ROWS + number, "value": float(first)}

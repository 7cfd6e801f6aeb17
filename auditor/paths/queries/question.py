"""One question to the database, and the words by which it is known."""

import re
from typing import NamedTuple

from auditor.facts.flow.events import Call

EVALUATES = frozenset(
    "list set tuple len sorted sum any all bool dict next max min frozenset deque Counter enumerate reversed zip".split()
)
"""Functions that go through their first argument, or all of them."""
WHOLE = frozenset("all count exists len first last iterator".split())
"""Methods of a relation that ask nothing once it is loaded."""
SETTLED = frozenset("connect begin connection close rollback run_sync add create_all drop_all".split())
"""Methods of sessions that are no question about a row."""
WRITERS = ("dynamic", "write_only")
"""How a relation is loaded that is a query of its own."""
WRITES = frozenset("update delete create get_or_create update_or_create save".split())
"""Methods of queries that change rows, where nobody knows the mapper."""
EXECUTES = frozenset("execute scalars scalar exec stream stream_scalars".split())
"""Methods of sessions that are handed a statement."""
UNITS = frozenset(("commit", "flush"))
"""Methods of sessions that send everything that waits: once a turn they are as dear as a statement a turn."""

DEFINES = re.compile(
    r"(?:(?:\w+\.)?(?:text|DDL|SQL)\(\s*)?[fFrRuU]{0,2}(?:\"{3}|'{3}|\"|')\s*"
    r"(?:CREATE|DROP|ALTER|TRUNCATE|GRANT|REVOKE|VACUUM|ANALYZE|REINDEX|COMMENT|PRAGMA|ATTACH|DETACH|LOCK)\s"
    r"|(?:(?:\w+\.)?text\(\s*)?[fFrRuU]{0,2}(?:\"{3}|'{3}|\"|')\s*SELECT\b[^;]{0,200}?\bFROM\s+[\"`\[]?"
    r"(?:sqlite_master|sqlite_schema|information_schema\.|pg_catalog\.|pg_(?:tables|indexes|class|namespace|constraint|attribute|type)\b)"
    r"|(?:\w+\.)*DDL\(|(?:\w+\.)*(?:Create|Drop)(?:Table|Index|Constraint|Schema|Sequence|View)\w*\(",
    re.IGNORECASE,
)
"""A statement or question about tables themselves as the first argument: it concerns no row, and takes one table at a time."""


class Question(NamedTuple):
    """One place that asks the database."""

    scope: int
    line: int
    column: int
    loop: int
    text: str
    """What asks, for readers: `order.customer`, `Order.objects.get`."""
    kind: str
    """`query`, `write`, `one` or `many`: the last two are relations, which the query that gave the object may have loaded."""
    method: str = ""
    root: str = ""
    """The name of the object whose relation is read."""
    path: tuple[str, ...] = ()
    """The relations that lead from it to what is asked for."""
    always: bool = True
    """Whether it is asked again each time, though the object is the same."""
    model: str = ""
    """The name of the mapped class that is asked for, where it is known."""
    bound: str = ""
    args: str = ""
    start: int = -1
    near: bool = False
    """Whether a session may well remember the answer: a row of the same table as the object's own."""
    implied: bool = False
    """Whether nothing but the read says that it is asked, which only a session that blocks can do."""


def asked_by(call: Call, kind: str, method: str, model: str = "", root: str = "", path: tuple[str, ...] = ()) -> Question:
    """The question that a call asks."""
    return Question(
        call.scope,
        call.line,
        call.column,
        call.loop,
        call.target,
        kind,
        method,
        root,
        path,
        True,
        model,
        call.bound,
        call.args,
        call.start,
    )

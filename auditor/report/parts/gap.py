"""What the audit could not judge, in plain words. Nothing of it ever counts as good."""

import msgspec

from auditor.model.measure import Basis
from auditor.model.snapshot import Crashed, Snapshot
from auditor.report.parts.figure import plural

UNREAD = "unread"
CRASHED = "crashed"
UNAUDITED = "unaudited"
UNKNOWN = "unknown"
LEFT_OUT = "left-out"

KINDS = {
    UNREAD: ("file that could not be read", "files that could not be read"),
    CRASHED: ("failure of a rule", "failures of rules"),
    UNAUDITED: ("package that could not be audited", "packages that could not be audited"),
    UNKNOWN: ("measure that could not be taken", "measures that could not be taken"),
    LEFT_OUT: ("path left out on purpose", "paths left out on purpose"),
}
"""The kinds of gaps, weightiest first, with the words for one and for many."""


class Gap(msgspec.Struct, frozen=True):
    """One thing that was not judged: what it is, and why. `detail` may hold several lines (a traceback); `path` and
    `line` say where it is, if anywhere."""

    kind: str
    what: str
    why: str
    path: str = ""
    line: int = 0
    detail: str = ""


def counted(number: int, kind: str) -> str:
    """`1 file that could not be read`, `3 files that could not be read`."""
    return plural(number, *KINDS[kind])


def gaps(snapshot: Snapshot) -> tuple[Gap, ...]:
    """Everything that is not known, in the order of the kinds."""
    return (
        *(Gap(UNREAD, item.path, item.reason, item.path) for item in snapshot.skipped if item.kind == "unread"),
        *(_crash(item) for item in snapshot.crashed),
        *(
            Gap(UNAUDITED, f"{package.name} {package.version}".strip(), package.note or "no reason given")
            for package in snapshot.packages
            if package.state not in ("clean", "vulnerable")
        ),
        *(
            Gap(UNKNOWN, " of ".join(filter(None, (one.name, one.subject))), one.note or "no reason given")
            for one in snapshot.measures
            if not one.known and one.basis is not Basis.ABSENT
        ),
        *(Gap(LEFT_OUT, item.path, item.reason, item.path) for item in snapshot.skipped if item.kind != "unread"),
    )


def _crash(item: Crashed) -> Gap:
    place = f"{item.path}:{item.line}" if item.path and item.line else item.path or "the project"
    return Gap(CRASHED, item.rule, f"failed on {place}", item.path, item.line, item.traceback)

"""What the audit could not judge, in plain words. Nothing of it ever counts as good."""

import msgspec

from auditor.model.snapshot import Snapshot
from auditor.report.parts.figure import plural

UNREAD = "file that could not be read"
CRASHED = "failure of a rule"
UNKNOWN = "measure that could not be taken"
UNAUDITED = "package that could not be audited"
LEFT_OUT = "path left out on purpose"

_MANY = {
    UNREAD: "files that could not be read",
    CRASHED: "failures of rules",
    UNKNOWN: "measures that could not be taken",
    UNAUDITED: "packages that could not be audited",
    LEFT_OUT: "paths left out on purpose",
}


def counted(number: int, kind: str) -> str:
    """`1 file that could not be read`, `3 files that could not be read`."""
    return plural(number, kind, _MANY[kind])


class Gap(msgspec.Struct, frozen=True):
    """One thing that was not judged: what it is, and why. `detail` may hold several lines (a traceback)."""

    kind: str
    what: str
    why: str
    detail: str = ""


def gaps(snapshot: Snapshot) -> tuple[Gap, ...]:
    """Everything that is not known, the kind that weighs most first; what was left out on purpose comes last."""
    return (
        *(Gap(UNREAD, item.path, item.reason) for item in snapshot.skipped if item.kind == "unread"),
        *(
            Gap(
                CRASHED,
                item.rule,
                f"failed on {item.path or 'the project'}" + (f":{item.line}" if item.line else ""),
                item.traceback,
            )
            for item in snapshot.crashed
        ),
        *(
            Gap(UNAUDITED, f"{package.name} {package.version}".strip(), package.note or "no reason given")
            for package in snapshot.packages
            if package.state not in ("clean", "vulnerable")
        ),
        *(
            Gap(
                UNKNOWN,
                measure.name + (f" of {measure.subject}" if measure.subject else ""),
                measure.note or "no reason given",
            )
            for measure in snapshot.measures
            if not measure.known
        ),
        *(Gap(LEFT_OUT, item.path, item.reason) for item in snapshot.skipped if item.kind != "unread"),
    )

"""Caps of the grade: what no sum may outweigh. Gaps in what was measured, grave findings, rules that crashed."""

import re

import msgspec

from auditor.judge.failures import failures
from auditor.judge.lines import LINES
from auditor.judge.scale import letters, plural
from auditor.judge.weigh import grave
from auditor.model.snapshot import Snapshot
from auditor.model.verdict import GradeLine

MUCH_UNREAD_PCT = 5.0
MUCH_UNAUDITED_PCT = 10.0


class Cap(msgspec.Struct, frozen=True):
    """The best letter that is left, and why."""

    letter: str
    why: str

    @property
    def sentence(self) -> str:
        """As reports show it."""
        return f"capped at {self.letter}: {self.why}"


CRITICAL = Cap("C+", "a critical finding of high or medium confidence")
HIGH = Cap("B+", "a finding of high severity and of high or medium confidence")
CRASHED = Cap("C", "a rule crashed")
MUCH_UNREAD = Cap("C", f"more than {MUCH_UNREAD_PCT:g} % of the files could not be judged")
UNREAD = Cap("A-", "a file could not be judged")
MUCH_UNAUDITED = Cap("C+", f"more than {MUCH_UNAUDITED_PCT:g} % of the packages were not audited")
UNAUDITED = Cap("B", "a package was not audited")

TABLE = (CRITICAL, HIGH, CRASHED, MUCH_UNREAD, UNREAD, MUCH_UNAUDITED, UNAUDITED)
"""All caps but those of missing lines, which stand beside the lines."""


def caps(rows: tuple[GradeLine, ...], snapshot: Snapshot) -> tuple[Cap, ...]:
    """Every cap that holds, the hardest first."""
    order = letters()
    found = [*_missing(rows), *_grave(snapshot), *_unjudged(snapshot), *_unaudited(rows, snapshot)]
    return tuple(sorted(found, key=lambda cap: -order.index(cap.letter)))


def _missing(rows: tuple[GradeLine, ...]) -> list[Cap]:
    best = {line.name: line.cap for line in LINES}
    return [
        Cap(best[row.name], f"{row.name} not measured" + (f" ({row.note})" if row.note else ""))
        for row in rows
        if row.points is None and row.applies
    ]


def _grave(snapshot: Snapshot) -> list[Cap]:
    counts = grave(snapshot)
    return [
        Cap(cap.letter, plural(counts[name], f"{name} finding"))
        for name, cap in (("critical", CRITICAL), ("high", HIGH))
        if counts[name]
    ]


def _unjudged(snapshot: Snapshot) -> list[Cap]:
    found = []
    if snapshot.crashed:
        found.append(Cap(CRASHED.letter, failures(snapshot)))
    unread = _unread(snapshot, "code")
    files = max(sum(snapshot.scope.files.values()), unread)
    if unread:
        cap = MUCH_UNREAD if 100 * unread > MUCH_UNREAD_PCT * files else UNREAD
        found.append(Cap(cap.letter, f"{unread:,} of {plural(files, 'file')} could not be judged"))
    if asked := _unread(snapshot, "manifest"):
        found.append(Cap(UNREAD.letter, f"{plural(asked, 'manifest')} could not be read in full"))
    if untold := _unread(snapshot, "evidence"):
        found.append(Cap(UNREAD.letter, f"{plural(untold, 'file')} of evidence could not be read"))
    return found


def _unread(snapshot: Snapshot, about: str) -> int:
    """The files of a kind that should have been read in full and were not; each place within a manifest is one skip."""
    skipped = (skip for skip in snapshot.skipped if skip.kind == "unread" and skip.about == about)
    return len({re.sub(r":\d+$", "", skip.path) if about == "manifest" else skip.path for skip in skipped})


def _unaudited(rows: tuple[GradeLine, ...], snapshot: Snapshot) -> list[Cap]:
    """Only where the line is measured at all: else its own cap says so already."""
    measured = any(row.name == "dependencies" and row.points is not None for row in rows)
    waiting = sum(package.state == "not audited" for package in snapshot.packages)
    if not (waiting and measured):
        return []
    cap = MUCH_UNAUDITED if 100 * waiting > MUCH_UNAUDITED_PCT * len(snapshot.packages) else UNAUDITED
    return [Cap(cap.letter, f"{waiting:,} of {plural(len(snapshot.packages), 'package')} were not audited")]

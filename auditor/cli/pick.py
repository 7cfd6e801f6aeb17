"""Which snapshot of a history somebody means who names it by commit, by day, or by its place from the end."""

import re
from collections.abc import Sequence

from auditor.cli.table import counted
from auditor.model.errors import AuditorError
from auditor.model.history import Entry

FROM_END = re.compile(r"latest(?:~(\d{1,6}))?\Z")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
COMMIT = re.compile(r"[0-9a-f]{4,64}\Z")
SHOWN = 5


def pick(entries: Sequence[Entry], reference: str) -> Entry:
    """The snapshot that is meant; of several of one commit the newest. `entries` are all there are, oldest first.

    Raises AuditorError where there is none, or a shortened commit could be more than one.
    """
    if not entries:
        raise AuditorError("the history holds no snapshot of this project", "keep one with `auditor audit --save`")
    if found := FROM_END.match(reference):
        back = int(found[1] or 0)
        if back >= len(entries):
            held = counted(len(entries), "snapshot")
            raise AuditorError(f"{reference}: the history holds {held}", "see `auditor history list`")
        return entries[-1 - back]
    if DAY.match(reference):
        return _by_day(entries, reference)
    if COMMIT.match(reference):
        return _by_commit(entries, reference)
    raise AuditorError(f"{reference}: names no snapshot", "give a commit, a day such as 2026-01-05, or latest")


def _by_day(entries: Sequence[Entry], reference: str) -> Entry:
    upto = f"{reference}T24" if len(reference) == len("2026-01-05") else reference
    early = [one for one in entries if one.at <= upto]
    if not early:
        raise AuditorError(f"{reference}: the history begins on {entries[0].at[:10]}", "see `auditor history list`")
    return early[-1]


def _by_commit(entries: Sequence[Entry], reference: str) -> Entry:
    found = [one for one in entries if one.commit.startswith(reference)]
    names = sorted({one.commit for one in found})
    if not found:
        raise AuditorError(f"{reference}: no snapshot of this commit is kept", "see `auditor history list`")
    if len(names) > 1:
        raise AuditorError(f"{reference}: could be {', '.join(name[:12] for name in names[:SHOWN])}", "give more of its letters")
    return found[-1]

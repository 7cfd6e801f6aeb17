"""Why a figure moved, in words for those who do not read code."""

from auditor.model.change import Cause
from auditor.report.visible import cut

WIDE = 80
"""Characters of one thing told."""

CAUSES = {
    Cause.CODE: "the code changed",
    Cause.RULES: "the rules or the tool changed",
    Cause.ADVISORIES: "the world learnt of new holes",
    Cause.SCOPE: "more or less was looked at",
    Cause.EVIDENCE: "figures came or went",
    Cause.OPEN: "causes that can not be told apart",
}


def caused(cause: Cause) -> str:
    """A cause in a few words."""
    return CAUSES[cause]


def leading(note: str) -> str:
    """The first of what a part's note tells, and how much there is besides: one part alone seldom explains the whole."""
    first, *more = note.split("; ")
    return f"{cut(first, WIDE)}, and {len(more)} more" if more else cut(first, WIDE)

"""Why a figure moved, in words for those who do not read code."""

from auditor.model.change import Cause

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

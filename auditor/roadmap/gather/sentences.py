"""The sentences of running text: which may promise, what those beside them say of the present, and of what they speak."""

import re

import msgspec

from auditor.roadmap.binding import candidates
from auditor.roadmap.promise.mood import stands

_SENTENCE = re.compile(r"(?<=[.;!])\s+(?=[A-ZÄÖÜ0-9<>≥≤~])|;\s+|(?<=\?)\s+")
_STANDS = re.compile(
    r"\A(?:it(?: is|'s| was)|there (?:are|is|were|was)|"
    r"(?:the|our) (?:present|current|actual|last) (?:\w+ )?(?:is|was|stands at)|(?:right )?now|today|"
    r"currently|at present|we (?:are|have|stand)|baseline|this is)\b"
    r"(?![^.]*\b(?:must|shall|should|will|want|need)\b)[^.]*(?:\d|\bthirds?\b|\bhalf\b)",
    re.I,
)
_REFERS = re.compile(
    r"\b(?:it|them|they|this|these|those|none|all|we|both)\b|\A(?:to|from|yes|no|down|up|at|by|sie|es|alle)\b", re.I
)
"""A sentence that names nothing itself: `We will limit all of them by 30 April`."""


class Said(msgspec.Struct, frozen=True):
    """A sentence that may promise; `stood` the one beside it that says how things are, `subject` what both speak of."""

    text: str
    stood: str = ""
    subject: str = ""


def sentences(text: str, heading: str = "") -> tuple[Said, ...]:
    """Those that may promise, in order; one that but states the present goes with the promise beside it."""
    pieces = [piece.strip() for piece in _SENTENCE.split(text) if piece.strip()]
    still = [(index > 0 and bool(_STANDS.match(piece))) or stands(piece) for index, piece in enumerate(pieces)]
    if len(pieces) < 2 or all(still):
        return tuple(
            Said(piece, "", _asked(pieces, index, heading))
            for index, piece in enumerate(pieces)
            if not still[index] or not index or all(still)
        )
    return tuple(_said(pieces, still, index, heading) for index in range(len(pieces)) if not still[index])


def _said(pieces: list[str], still: list[bool], index: int, heading: str) -> Said:
    """The sentence with the nearest that states the present, after or before it, unless that speaks of something else."""
    named = candidates(pieces[index])
    for beside in (index + 1, index - 1):
        if 0 <= beside < len(pieces) and still[beside]:
            if beside < index and beside and not still[beside - 1] and not candidates(pieces[beside]):
                continue  # it tells of the promise before it
            other = candidates(pieces[beside])
            if not named or not other or named[0] in other:
                asked = "" if named else _asked(pieces, index, heading)
                return Said(pieces[index], pieces[beside], "" if named else f"{pieces[beside]} {asked}".strip())
    return Said(pieces[index], "", _asked(pieces, index, heading))


def _asked(pieces: list[str], index: int, heading: str) -> str:
    """The question before the sentence, or its heading, where the sentence itself names nothing that is measured."""
    if candidates(pieces[index]):
        return ""
    question = next((piece for piece in reversed(pieces[:index]) if piece.endswith("?")), "")
    return question or (heading if _REFERS.search(pieces[index]) else "")

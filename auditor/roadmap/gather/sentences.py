"""The sentences of running text: which may promise, what those beside them say of the present, and of what they speak."""

import re

import msgspec

from auditor.roadmap.binding import candidates
from auditor.roadmap.page.column_kinds import kind_of
from auditor.roadmap.promise.masking import mask
from auditor.roadmap.promise.mood import stands
from auditor.roadmap.promise.quantity import Quantity, quantities
from auditor.roadmap.promise.reading import states_figure
from auditor.roadmap.promise.wording import normalise

_SHORTENED = ("max", "min", "ca", "vs", "avg", "no", "nr", "approx", "mind", "e.g", "i.e", "etc")
_SHORT = "".join(rf"(?<!\b{re.escape(word)}\.)(?<!\b{re.escape(word.capitalize())}\.)" for word in _SHORTENED)
_STOP = re.compile(rf"(?<=[.!]){_SHORT}\s+(?!Perz|Quart|Zent)(?=[A-ZÄÖÜ0-9<>≥≤~])|(?<=\?)\s+|(?<=[a-z]{6}\.)\s+(?=[a-z])")
"""What ends a sentence, and no `max. 5`."""
_PART = re.compile(rf"{_STOP.pattern}|;\s+")
_FIGURE_WORDS = frozenset("most least none than more less under below above over zero minutes seconds hours days percent".split())
_STANDS = re.compile(
    r"\A(?!.*\bany ?more\b)(?:it(?: is|'s| was)|there (?:are|is|were|was)|"
    r"(?:the|our) (?:present|current|actual|last) (?:\w+ )?(?:is|was|stands at)|(?:right )?now|today|"
    r"currently|at present|we (?:are|have|stand)|baseline|this is)\b"
    r"(?![^.]*\b(?:must|shall|should|will|want|need)\b)[^.]*(?:\d|\bthirds?\b|\bhalf\b)",
    re.I,
)
_REFERS = re.compile(
    r"\A\W*(?:promise|commitment|target|goal|answer)\b|\b(?:it|them|they|this|these|those|none|all|we|both)\b|\A(?:to|from|"
    r"yes|no|down|up|at|by|sie|es|alle)\b",
    re.I,
)
"""A sentence that names nothing itself: `We will limit all of them by 30 April`."""


_ELLIPSIS = re.compile(r"\b(?:ones?|others?|the rest|of which)\b", re.I)
_LABEL_WORDS = 8


_BARE_WORDS = frozenset(
    "will shall must should have been goes come comes drops falls fall reach reaches stay stays remain stand ends number figure "
    "count share that this these those them they down later latest then until again there january february march april june july "
    "august september october november december same level value fewer lower higher".split()
)
_THAT = re.compile(
    r"\A\W*(?:(?:by|on|until)\b[^,.]{3,24},? )?"
    r"(?:we|it|they|these|those|(?:that|this|the)(?: (?:number|figure|count|share|value|level))?)\b",
    re.I,
)
"""`That number goes to 10 or below`: of what the sentence before counts."""


class Said(msgspec.Struct, frozen=True):
    """A sentence that may promise; `stood` the one beside it that says how things are, `subject` what both speak of."""

    text: str
    stood: str = ""
    subject: str = ""
    shown: str = ""
    """The sentence with those before it that name what it speaks of; empty where it names that itself."""


def parts(text: str) -> tuple[str, ...]:
    """The text's sentences, those that a semicolon parts too."""
    return tuple(piece.strip() for piece in _PART.split(text) if piece.strip())


def sentences(text: str, heading: str = "", before: str = "", lead: str = "", whole: bool = False) -> tuple[Said, ...]:
    """Those that may promise, in order; one that but states the present goes with the promise beside it.

    `before` is the line above, which only tells what is spoken of; `lead` what stands before the text's own colon;
    with `whole` a semicolon parts nothing.
    """
    told = [piece.strip() for piece in _PART.split(before) if piece.strip()]
    pieces = told + [piece.strip() for piece in (_STOP if whole else _PART).split(text) if piece.strip()]
    still = [(index > len(told) and bool(_STANDS.match(piece))) or stands(piece) for index, piece in enumerate(pieces)]
    for index in range(len(told), len(pieces) - 1):
        follows = _is_bare(pieces[index + 1]) and states_figure(pieces[index + 1])
        still[index] = still[index] or bool(follows and candidates(pieces[index]) and len(_figures(pieces[index])) == 1)
    own = [index for index in range(len(told), len(pieces)) if len(pieces) == 1 or not _tells_no_more(pieces[index])]
    if all(still[index] for index in own):
        return tuple(Said(pieces[index]) for index in own)
    said = (_said(pieces, still, index, heading) for index in own if not still[index])
    return tuple(_named(one, lead, text) for one in said)


def _tells_no_more(piece: str) -> bool:
    """A question, or whose it is: `Accountable: Ann`."""
    lead, colon, rest = piece.partition(":")
    return piece.endswith("?") or (bool(colon) and len(rest.split()) <= _LABEL_WORDS and kind_of(lead)[0] == "owner")


def _named(said: Said, lead: str, text: str) -> Said:
    """A sentence that is but a figure, with the name before the colon: `Hours to recover: 9 today; 2.`"""
    words = {word.lower() for word in re.findall(r"[^\W\d]{4,}", said.text)} - _FIGURE_WORDS
    if not lead or text.startswith(said.text) or words or candidates(said.text):
        return said
    return msgspec.structs.replace(said, text=f"{lead}: {said.text}")


def _said(pieces: list[str], still: list[bool], index: int, heading: str) -> Said:
    """The sentence with the nearest that states the present, after or before it, unless that speaks of something else."""
    named = candidates(pieces[index])
    asked = "" if named else _asked(pieces, index, heading)
    for beside in (index + 1, index - 1):
        if not (0 <= beside < len(pieces) and still[beside]):
            continue
        other = candidates(pieces[beside])
        if 0 < beside < index and not still[beside - 1] and not other and len(pieces[beside - 1].split()) > _LABEL_WORDS:
            continue  # it tells of the promise before it
        if not named or not other or named[0] in other:
            subject = "" if named else f"{pieces[beside]} {asked}".strip()
            return Said(pieces[index], pieces[beside], subject, _shown(pieces, index, asked, beside) if subject else "")
    return Said(pieces[index], "", asked, _shown(pieces, index, asked, index))


def _shown(pieces: list[str], index: int, asked: str, beside: int) -> str:
    """The name or question, what stands before, and the sentence, in their order; empty where these are but the sentence."""
    before = [piece for place, piece in enumerate(pieces[:index]) if piece == asked or place == beside]
    return " ".join((*before, pieces[index])) if before else ""


def _asked(pieces: list[str], index: int, heading: str) -> str:
    """The question or the name before the sentence, or its heading, where the sentence itself names nothing measured."""
    before = pieces[:index]
    named = next((one for one in reversed(before) if one.endswith("?") or _is_name(one)), "")
    goes_on = before[-1] if before and _ELLIPSIS.search(pieces[index]) and candidates(before[-1]) else ""
    if not named and not goes_on and _is_bare(pieces[index]) and states_figure(pieces[index]):
        named = next((one for one in reversed(before) if candidates(one)), "")
    return named or goes_on or (heading if _REFERS.search(pieces[index]) else "")


def _is_bare(piece: str) -> bool:
    """Whether the sentence names nothing at all: `We will be at 60 or fewer on 27 November.`"""
    return (
        _THAT.match(piece) is not None
        and not {word.lower() for word in re.findall(r"[^\W\d]{4,}", piece)} - _FIGURE_WORDS - _BARE_WORDS
    )


def _figures(piece: str) -> tuple[Quantity, ...]:
    return quantities(mask(normalise(piece)))


def _is_name(piece: str) -> bool:
    """`Availability.` before `99.9 % a month.`"""
    return piece.endswith(".") and len(piece.split()) <= _LABEL_WORDS and not re.search(r"\d", piece) and bool(candidates(piece))

"""The promises of one candidate: several where a sentence or a cell joins several figures, none where it promises nothing."""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

import msgspec

from auditor.model.roadmap import MANUAL
from auditor.roadmap.binding import find
from auditor.roadmap.calendar.labels import labels_in
from auditor.roadmap.gather.candidate import Candidate, Strength
from auditor.roadmap.gather.promising import LIMIT_TEXT, Found, read_one
from auditor.roadmap.page.headings import Section, section_of
from auditor.roadmap.page.inline import LEAD
from auditor.roadmap.promise.masking import mask
from auditor.roadmap.promise.quantity import quantities
from auditor.roadmap.promise.reading import states_figure

_SPLIT = re.compile(
    r"\s*(?: / | [·•|] |[,;]\s+(?!(?:up|down|from|currently|now|today|was|compared|against|instead)\b)"
    r"(?:and |plus )?| and | & | plus | while | as well as )\s*",
    re.I,
)
_SPLIT_BRACKETS = re.compile(
    r"\s*(?:[,;]\s+(?:and |plus )?| and | & | plus | while | as well as |\s\(|"
    r"\)\s)\s*",
    re.I,
)
_COMPARED = re.compile(r"\A[A-Za-z][\w /+-]{5,60}\s(?:<|>|≤|≥|<=|>=|=)\s?\d[\d.,]*\s?(?:%|[A-Za-z]{1,8})?\W*\Z")
"""A piece that stands by itself, whatever it measures: `time to detect < 5 min`."""
_BOUND = re.compile(r"[A-Z][\w /-]{2,40}\s(?:below|under|at most|at least|no more than|<|≤|>|≥|<=|>=) ?\d")
_AT = re.compile(r"(?:the |our |a )?[a-zA-Z][\w /-]{3,40}\s(?:at|in|within|under|below|over|above|to|of) [<>≤≥~]*\s?\d")
"""`the pipeline at 12 minutes or less`."""
_COUNTED = re.compile(
    r"(?:[<>≤≥]=?\s?\d[\d.,]*|zero|no|0|(?:at most|at least|max\.?|no more than|fewer than|less than|under) \d+)\s(?:%\s)?"
    r"[a-z][\w -]{3,40}\W*",
    re.I,
)
"""A piece that begins with its own figure: `≤ 5 major bugs`."""
_LISTED = re.compile(r"(?:[,;](?: and)?| and| &)\s+(?![^()]*\))", re.I)
_HAS_BOUND = re.compile(
    r"\A[^\W\d].{1,50}?\s?(?:[<>≤≥]=?|\b(?:at most|at least|under|below|"
    r"(?:more|less|fewer|slower|longer|larger|higher) than)\b)\s?\d"
)
_SHORT = re.compile(r"\d[\d.,]* ?%\+? [\w -]{3,30}|(?:no|zero|all) [\w -]{3,40}|[A-Za-z][\w-]*(?: [\w-]+){1,3}")
"""A piece of a list without a bound: `99.95 % uptime`, `audits pass`."""
_ALL = re.compile(r"\b(?:all|every|each|everywhere|any|fully)\b|\b(?:resolved|fixed|gone|removed|halved|in place)\b", re.I)
_LIMIT_CUTS = 5
_FEW_WORDS = 4
_STANDS = re.compile(
    r"\W*~?\d[\d.,]*\s?(?:%|ms|s)?\s?(?:still )?(?:open|left|remaining|known|outstanding|today|now|so far)\W*", re.I
)
"""A piece that only says how things stand: `8 left`."""
_REQUESTS = re.compile(
    r"(?P<all>\b(?:[Hh]alf|\d\d(?:\.\d+)? ?%) of (?:all |our |"
    r"the )?requests\b[^.;%]{3,60}?)(?:,| and|, and) (?P<share>\d\d(?:\.\d+)?) ?% (?=in |within |under |below )"
)
"""`95 % of requests are answered in 250 ms, 99 % in 800 ms` leaves out of what."""
_BETWEEN = re.compile(r"\bbetween (~?\d[\d.,]*(?: ?(?:%|ms|s))?) and (?=~?\d)", re.I)
"""A range whose `and` joins no two promises."""

_LEFTOVERS = re.compile(r"\b((?:TODO|FIXME|HACK|XXX)s?)(?:, (?:and |or )?| and | & | or )(?=(?:TODO|FIXME|HACK|XXX)s?\b)")
"""Comments of several names are of one kind: `all TODOs and FIXMEs`."""
_BEGUN = re.compile(r"\A(?P<day>(?:By|Until|From) [^,.;]{3,24}\d),(?= [a-z])")
"""A day that a sentence begins with, which is no piece of its own: `By 30 June 2026, we have …`."""

_DAY = re.compile(
    r"\b(?:by|until|on|before|bis(?: zum)?) (?:the )?(?:"
    r"\d{1,2}(?:st|nd|rd|th|\.)? [A-Z][a-zä]{2,8}\.?(?:,? 20\d\d)?|[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?(?:,? 20\d\d)?|"
    r"20\d\d-\d\d-\d\d|\d{1,2}\.\d{1,2}\.(?:20\d\d)?|\d{1,2}/\d{1,2}/20\d\d)"
)
"""`40 by 30 October and zero by 18 December`."""
_AND = re.compile(r"\A(?:and|then|und)\b\s*", re.I)
_EACH = re.compile(r"\A\W*(?P<word>all|every|each|no)\b", re.I)
_ALL_OF = {"all": "All of them", "every": "Every one", "each": "Each one"}


def read_candidate(candidate: Candidate) -> tuple[Found, ...]:
    """The promises of a candidate: several where it joins several measures' figures, none where it promises nothing."""
    if not candidate.said:
        return _read(candidate)
    found = _read(msgspec.structs.replace(candidate, text=candidate.said))
    if len(found) != 1:
        return found
    return (msgspec.structs.replace(found[0], target=msgspec.structs.replace(found[0].target, text=candidate.text[:LIMIT_TEXT])),)


def _read(candidate: Candidate) -> tuple[Found, ...]:
    if candidate.goal_text:
        found = () if (several := _read_cell(candidate)) else read_one(candidate)
        return several or ((found,) if found else ())
    if steps := _read_steps(candidate):
        return steps
    text = _LEFTOVERS.sub(r"\1/", _BETWEEN.sub("\\1-", _BEGUN.sub(r"\g<day>", candidate.text)))
    text = _REQUESTS.sub(r"\g<all>, \g<share> % of requests ", text)
    several = _first(candidate, _cut(text)) or _read_listed(candidate, text) or _first(candidate, _joined(text))
    if several:
        return several
    alone = read_one(candidate)
    if alone is None or alone.target.measure == MANUAL:
        return _read_counted(candidate, text) or ((alone,) if alone else ())
    return (alone,)


def _read_steps(candidate: Candidate) -> tuple[Found, ...]:
    """`complexity 25 by the end of wave 1, 15 by the end of wave 3 (now 41)`: a promise a sprint, of one subject."""
    text = candidate.text
    labels = labels_in(text)
    ends = tuple(label.end for label in labels) if len(labels) > 1 else tuple(day.end() for day in _DAY.finditer(text))
    if len({label.key for label in labels}) != len(labels) or not 2 <= len(ends) <= 6:
        return ()
    bounds = (0, *ends)
    said = [text[one:two].strip(" ,;") for one, two in pairwise(bounds)]
    bare = mask(said[0])
    figure = next(iter(quantities(bare)), None)
    subject = said[0][: figure.start] if figure else ""
    tail = text[bounds[-1] :]
    if len(tail.split()) > _FEW_WORDS or not all(states_figure(piece) for piece in said) or not subject.strip():
        return ()
    texts = [f"{subject if index else ''}{_again(subject, piece) if index else piece}{tail}" for index, piece in enumerate(said)]
    own = labels if len(labels) > 1 else [candidate.label] * len(texts)
    read = [
        read_one(msgspec.structs.replace(candidate, text=one, label=label, when=one, due=(one,)))
        for one, label in zip(texts, own, strict=True)
    ]
    found = [one for one in read if one is not None and one.promise.explicit]
    if len(found) != len(read) or len({one.target.measure for one in found}) > 1:
        return ()
    base = found[0].target.baseline
    based = [msgspec.structs.replace(one.target, baseline=one.target.baseline or base) for one in found]
    return tuple(msgspec.structs.replace(one, target=target) for one, target in zip(found, based, strict=True))


def _again(subject: str, piece: str) -> str:
    """`and to zero by 18 December` behind the subject `The TODOs shrink to `."""
    bare = _AND.sub("", piece)
    return bare.removeprefix(subject.split()[-1]).lstrip()


def _first(candidate: Candidate, cuttings: Iterator[tuple[str, ...]]) -> tuple[Found, ...]:
    """The promises of the first way of cutting in which every piece is one."""
    return next((several for pieces in cuttings if (several := _read_pieces(candidate, pieces))), ())


def _cut(text: str) -> Iterator[tuple[str, ...]]:
    """The text cut wherever it may join promises, brackets whole or not."""
    for pattern in (_SPLIT, _SPLIT_BRACKETS):
        pieces = tuple(_balanced(piece) for piece in pattern.split(text) if piece.strip(" ()"))
        if 2 <= len(pieces) <= 6:
            yield pieces


def _joined(text: str) -> Iterator[tuple[str, ...]]:
    """The pieces that the text may fall into, finest first: which `and` of `critical and high … and each route` parts them?"""
    cuts = [found.span() for found in _SPLIT.finditer(text)]
    if not 2 <= len(cuts) <= _LIMIT_CUTS:
        return
    for many in range(len(cuts) - 1, 0, -1):
        for chosen in combinations(cuts, many):
            bounds = zip((0, *(end for _, end in chosen)), (*(start for start, _ in chosen), len(text)), strict=True)
            pieces = tuple(_balanced(text[start:end]) for start, end in bounds if text[start:end].strip(" ()"))
            if len(pieces) > 1 and all(states_figure(piece) or _ALL.search(piece) for piece in pieces):
                yield pieces


def _read_cell(candidate: Candidate) -> tuple[Found, ...]:
    """`6 critical, 31 high` → `0 critical, at most 5 high`: a promise a piece where each piece of the cell has its measure."""
    pieces = _pieces(candidate.goal_text)
    before = _pieces(candidate.baseline_text)
    if not 2 <= len(pieces) <= 4 or not all(states_figure(piece) for piece in pieces):
        return ()
    several: list[Found] = []
    for index, piece in enumerate(pieces):
        stood = before[index] if len(before) == len(pieces) else ""
        one = msgspec.structs.replace(candidate, text=piece, name="", goal_text="", baseline_text=stood)
        found = _read_piece(one, piece, "", several[0].target.measure if several else "", candidate.goal_text)
        found = found if found and found.target.measure != MANUAL else read_one(one, candidate.name)
        if found is None or found.target.measure == MANUAL or not found.promise.explicit:
            return ()
        several.append(found)
    return tuple(several) if len({found.target.measure for found in several}) == len(pieces) else ()


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in _SPLIT.split(text) if piece.strip()]


def _read_listed(candidate: Candidate, text: str) -> tuple[Found, ...]:
    """`KPIs: miss rate < 1 %, LCP ≤ 2.5 s, audits pass`: a promise a piece behind a label of metrics, or of bounds alone."""
    lead = LEAD.match(text)
    told = text[lead.end() :] if lead and section_of(lead["lead"]) is Section.METRICS else ""
    pieces = [piece.strip() for piece in _LISTED.split(told or text) if piece.strip(" .")]
    unbound = [piece for piece in pieces if not _HAS_BOUND.search(piece)]
    if not 2 <= len(pieces) <= 8 or len(pieces) - len(unbound) < 2 or (unbound and not told):
        return ()
    if not all(_SHORT.fullmatch(piece.rstrip(".")) for piece in unbound):
        return ()
    one = msgspec.structs.replace(candidate, strength=Strength.METRIC if told else candidate.strength, prose=False)
    read = [read_one(msgspec.structs.replace(one, text=piece)) for piece in pieces]
    return tuple(found for found in read if found)


def _read_counted(candidate: Candidate, text: str) -> tuple[Found, ...]:
    """`0 blocker bugs, ≤ 5 major bugs`: a promise a piece where each begins with its own figure, whatever it counts."""
    pieces = [piece for piece in _SPLIT.split(text) if piece.strip()]
    if not 2 <= len(pieces) <= 6 or not all(_COUNTED.fullmatch(piece) for piece in pieces):
        return ()
    read = [read_one(msgspec.structs.replace(candidate, text=piece, strength=Strength.METRIC, prose=False)) for piece in pieces]
    return tuple(found for found in read if found)


def _balanced(piece: str) -> str:
    """The piece without brackets that the split left open."""
    return piece.strip() if piece.count("(") == piece.count(")") else piece.strip(" ()")


def _read_pieces(candidate: Candidate, pieces: tuple[str, ...]) -> tuple[Found, ...]:
    """One promise a piece, if every piece states a figure of a measure of its own; else none."""
    if any(_STANDS.fullmatch(piece) for piece in pieces):
        return ()
    prefix = pieces[0].partition(":")[0] if ":" in pieces[0] else ""
    if all(_COMPARED.search(piece) for piece in pieces):
        alone = [read_one(msgspec.structs.replace(candidate, text=piece)) for piece in pieces]
        return tuple(found for found in alone if found) if all(found and found.promise.explicit for found in alone) else ()
    several: list[Found] = []
    for piece in pieces:
        found = _read_piece(candidate, piece, prefix, several[0].target.measure if several else "")
        if found is None or not found.promise.explicit or (found.target.measure == MANUAL and not _is_whole(piece, several)):
            return ()
        several.append(found)
    return tuple(several) if len({found.target.measure for found in several}) == len(pieces) else ()


def _is_whole(piece: str, before: list[Found]) -> bool:
    """Whether a piece that no measure fits is a promise of its own beside one that has a measure: `MTTD below 10 minutes`."""
    return bool(before) and (_BOUND.match(piece) is not None or _AT.match(piece) is not None)


def _read_piece(candidate: Candidate, piece: str, prefix: str, first: str, whole: str = "") -> Found | None:
    """A piece on its own, else with what all pieces share: a label, or the first piece's subject.

    `Dependencies: at most 80, none unused`; `coverage: 80 % of lines and 70 % of branches`.
    """
    found = read_one(msgspec.structs.replace(candidate, text=piece))
    if found is not None and found.target.measure != MANUAL and (found.promise.explicit or not _EACH.match(candidate.text)):
        return found
    if prefix and not piece.startswith(prefix):
        return read_one(msgspec.structs.replace(candidate, text=f"{prefix}: {piece}"))
    if not states_figure(piece) and (each := _EACH.match(candidate.text)) and each["word"].lower() in _ALL_OF:
        return read_one(msgspec.structs.replace(candidate, text=f"{_ALL_OF[each['word'].lower()]} {piece}"))
    known = find(first)
    subject = known.says[0] if known else re.sub(r"\W+\Z", "", whole or candidate.text).rpartition(" ")[2]
    return read_one(msgspec.structs.replace(candidate, text=piece), subject)

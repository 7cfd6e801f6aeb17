"""From candidates to targets: binds each, reads its figures, and keeps those that are promises."""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from auditor.model.roadmap import MANUAL, Target
from auditor.model.units import dimension
from auditor.roadmap.binding import Bindable, candidates, evidence_for, find, ideas
from auditor.roadmap.gather.candidate import Candidate, Strength
from auditor.roadmap.promise.reading import read_promise, states_figure
from auditor.roadmap.promise.value import Promise

_SPLIT = re.compile(
    r"\s*(?: / | [·•|] |[,;]\s+(?!(?:up|down|from|currently|now|today|was|compared|instead)\b)"
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
_COUNTED = re.compile(
    r"(?:[<>≤≥]=?\s?\d[\d.,]*|zero|no|0|(?:at most|at least|max\.?|no more than|fewer than|less than|under) \d+)\s(?:%\s)?"
    r"[a-z][\w -]{3,40}\W*",
    re.I,
)
_AND_CLAUSE = re.compile(r",\s+(?:and|while|plus)\s+|;\s+", re.I)
_STANDS = re.compile(
    r"\W*~?\d[\d.,]*\s?(?:%|ms|s)?\s?(?:still )?(?:open|left|remaining|known|outstanding|today|now|so far)\W*", re.I
)
"""A piece that only says how things stand: `8 left`."""
_BETWEEN = re.compile(r"\bbetween (~?\d[\d.,]*(?: ?(?:%|ms|s))?) and (?=~?\d)", re.I)
"""A range whose `and` joins no two promises."""
_ONLY_TALK = frozenset(
    "document design plan strategy review reviewed dashboard training runbook decided agreed evaluated evaluate "
    "spike prototype poc rfc adr "
    "discussed presented proposal guideline guidelines chosen".split()
)
_LIMIT_TEXT = 400


class Found(msgspec.Struct, frozen=True):
    """A candidate that is a promise, as a target without its sprint yet."""

    candidate: Candidate
    target: Target
    promise: Promise


def read_candidate(candidate: Candidate) -> tuple[Found, ...]:
    """The promises of a candidate: several where it joins several measures' figures, none where it promises nothing."""
    text = _BETWEEN.sub("\\1-", candidate.text)
    if candidate.goal_text and (several := _read_cell(candidate)):
        return several
    for pattern in () if candidate.goal_text else (_SPLIT, _SPLIT_BRACKETS):
        pieces = tuple(_balanced(piece) for piece in pattern.split(text) if piece.strip(" ()"))
        several = _read_pieces(candidate, pieces) if 2 <= len(pieces) <= 6 else ()
        if several:
            return several
    if not candidate.goal_text and (several := _read_clauses(candidate, text)):
        return several
    found = _read(candidate)
    if (found is None or found.target.measure == MANUAL) and not candidate.goal_text:
        return _read_counted(candidate, text) or ((found,) if found else ())
    return (found,) if found else ()


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
        found = found if found and found.target.measure != MANUAL else _read(one, candidate.name)
        if found is None or found.target.measure == MANUAL or not found.promise.explicit:
            return ()
        several.append(found)
    return tuple(several) if len({found.target.measure for found in several}) == len(pieces) else ()


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in _SPLIT.split(text) if piece.strip()]


def _read_clauses(candidate: Candidate, text: str) -> tuple[Found, ...]:
    """Two sentences in one: `95 % of requests carry an id, and alerts reach us in less than 2 minutes`."""
    clauses = [clause.strip() for clause in _AND_CLAUSE.split(text) if clause.strip()]
    if not 2 <= len(clauses) <= 4 or any(len(re.findall(r"[A-Za-z]{2,}", clause)) < 4 for clause in clauses):
        return ()
    read = [_read(msgspec.structs.replace(candidate, text=clause)) for clause in clauses]
    said = tuple(found for found in read if found and found.promise.explicit)
    return said if len(said) == len(clauses) and all(found.promise.compares for found in said) else ()


def _read_counted(candidate: Candidate, text: str) -> tuple[Found, ...]:
    """`0 blocker bugs, ≤ 5 major bugs`: a promise a piece where each begins with its own figure, whatever it counts."""
    pieces = [piece for piece in _SPLIT.split(text) if piece.strip()]
    if not 2 <= len(pieces) <= 6 or not all(_COUNTED.fullmatch(piece) for piece in pieces):
        return ()
    read = [_read(msgspec.structs.replace(candidate, text=piece, strength=Strength.METRIC, prose=False)) for piece in pieces]
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
        alone = [_read(msgspec.structs.replace(candidate, text=piece)) for piece in pieces]
        return tuple(found for found in alone if found) if all(found and found.promise.explicit for found in alone) else ()
    several: list[Found] = []
    for piece in pieces:
        found = _read_piece(candidate, piece, prefix, several[0].target.measure if several else "")
        if found is None or found.target.measure == MANUAL or not found.promise.explicit:
            return ()
        several.append(found)
    return tuple(several) if len({found.target.measure for found in several}) == len(pieces) else ()


def _read_piece(candidate: Candidate, piece: str, prefix: str, first: str, whole: str = "") -> Found | None:
    """A piece on its own, else with what all pieces share: a label, or the first piece's subject.

    `Dependencies: at most 80, none unused`; `coverage: 80 % of lines and 70 % of branches`.
    """
    found = _read(msgspec.structs.replace(candidate, text=piece))
    if found is not None and found.target.measure != MANUAL:
        return found
    if prefix and not piece.startswith(prefix):
        return _read(msgspec.structs.replace(candidate, text=f"{prefix}: {piece}"))
    known = find(first)
    subject = known.says[0] if known else re.sub(r"\W+\Z", "", whole or candidate.text).rpartition(" ")[2]
    return _read(msgspec.structs.replace(candidate, text=piece), subject)


def _read(candidate: Candidate, subject: str = "") -> Found | None:
    measure, promise = _bind(candidate, subject)
    is_measurable = promise.explicit and (measure is not None or promise.compares)
    if (
        (candidate.prose or candidate.strength is not Strength.METRIC)
        and not is_measurable
        and not _is_complete(candidate, measure)
    ):
        return None
    target = Target(
        candidate.text[:_LIMIT_TEXT],
        measure.name if measure else MANUAL,
        promise.comparator,
        promise.goal,
        promise.baseline,
        promise.unit,
        "",
        candidate.mark is True,
        promise.relative,
        candidate.category,
        "" if measure else evidence_for(candidate.text),
        candidate.line,
    )
    return Found(candidate, target, promise)


def _is_complete(candidate: Candidate, measure: Bindable | None) -> bool:
    """A deliverable that says of something measurable that it is done: kept for pages that state no metrics at all."""
    return measure is not None and measure.kind != "level" and candidate.strength is Strength.WORK and not candidate.prose


def _bind(candidate: Candidate, subject: str = "") -> tuple[Bindable | None, Promise]:
    """The first measure in whose unit the promise can be read, else none."""
    name = candidate.name or candidate.text
    context = f"{candidate.category} {name}"
    with_state = candidates(f"{name} {candidate.baseline_text}") if re.search(r"[a-z]{4}", candidate.baseline_text) else ()
    options = [*with_state, *candidates(name), *candidates(f"{candidate.text} {subject}")]
    if not options and len(name.split()) <= 6 and not candidate.part:
        said = f"{candidate.text} {candidate.baseline_text} {candidate.unit_text}"
        options = [option for option in candidates(context) if option.unit != "%" or re.search(r"%|per ?cent|\bpct\b", said)]
    for measure in dict.fromkeys(option.name for option in options):
        bindable = next(option for option in options if option.name == measure)
        promise = _promise(candidate, name, bindable)
        if _fits(promise, bindable) and (promise.explicit or not _ONLY_TALK & ideas(candidate.text)):
            return bindable, promise
    return None, _promise(candidate, name, None)


def _promise(candidate: Candidate, name: str, measure: Bindable | None) -> Promise:
    promise = read_promise(name, measure, candidate.goal_text, candidate.baseline_text, candidate.unit_text)
    in_name = bool(candidate.goal_text) and states_figure(name) and not states_figure(candidate.goal_text)
    if candidate.goal_text and (in_name or promise.goal is None or not promise.explicit):
        named = read_promise(name, measure, "", candidate.baseline_text, candidate.unit_text)
        return named if named.explicit else promise
    return promise


def _fits(promise: Promise, measure: Bindable) -> bool:
    if promise.relative or promise.goal is None:
        return True
    if measure.unit == "%" and promise.goal > 100:
        return False
    if measure.kind == "share" and promise.comparator in ("<", "<="):
        return False  # what is counted is what is left: `unhandled error paths: 38 % → 10 %`
    if measure.kind == "leftover" and promise.comparator in (">", ">="):
        return False  # `3 of the 5 families merged` counts what was done, not what is left
    scores = ("points", "/100")
    return dimension(promise.unit) == dimension(measure.unit) or (promise.unit in scores and measure.name.startswith("maintain"))


def keep(found: Sequence[Found]) -> tuple[Found, ...]:
    """The promises that count: metrics always, weaker ones only where the stronger leave a gap."""
    metrics = [one for one in found if one.candidate.strength is Strength.METRIC]
    known = {one.target.measure for one in metrics} - {MANUAL}
    goals = [
        one
        for one in found
        if one.candidate.strength is Strength.GOAL and one.promise.explicit and one.target.measure not in known
    ]
    return _without_doubles([*metrics, *goals])


def keep_work(
    found: Sequence[Found], kept: Sequence[Found], has_targets: Iterable[str], sprint_of: dict[int, str]
) -> tuple[Found, ...]:
    """Promises among a sprint's items, for sprints that have none; on a page that states none, done things too."""
    busy = set(has_targets)
    known = {one.target.measure for one in kept} - {MANUAL}
    work = [
        one
        for one in found
        if one.candidate.strength is Strength.WORK
        and sprint_of.get(id(one), "") not in busy
        and one.target.measure not in known
        and (one.promise.explicit or not kept)
    ]
    return _without_doubles(work)


def keep_loose(found: Sequence[Found]) -> tuple[Found, ...]:
    """Promises from anywhere on a page that states none elsewhere."""
    return _without_doubles([one for one in found if one.candidate.strength is Strength.LOOSE and one.promise.explicit])


def _without_doubles(found: Sequence[Found]) -> tuple[Found, ...]:
    """The same promise told twice for the same sprint is one; the telling that says more wins."""
    kept: list[Found] = []
    for one in found:
        index = next((i for i, other in enumerate(kept) if _same(one, other)), None)
        if index is None:
            kept.append(one)
        else:
            kept[index] = _joined(kept[index], one)
    return tuple(kept)


def _same(one: Found, other: Found) -> bool:
    a, b = one.target, other.target
    if a.text.casefold() == b.text.casefold() and one.candidate.label == other.candidate.label:
        return True
    labels = {key for found in (one, other) if found.candidate.label for key in (found.candidate.label.key,)}
    return (
        a.measure == b.measure != MANUAL
        and (a.comparator[:1], a.goal, a.relative, a.unit) == (b.comparator[:1], b.goal, b.relative, b.unit)
        and len(labels) < 2
    )


def _joined(first: Found, second: Found) -> Found:
    a, b = first.target, second.target
    label = first.candidate.label or second.candidate.label
    baseline = a.baseline if a.baseline is not None else b.baseline
    target = msgspec.structs.replace(a, baseline=baseline, claimed=a.claimed or b.claimed)
    return Found(msgspec.structs.replace(first.candidate, label=label), target, first.promise)


def states_present(found: Iterable[Found]) -> Iterator[tuple[str, float, str]]:
    """Measure, figure and unit of plain statements of how things stand."""
    for one in found:
        if one.target.measure != MANUAL and one.target.goal is not None and not one.target.relative:
            yield one.target.measure, one.target.goal, one.target.unit

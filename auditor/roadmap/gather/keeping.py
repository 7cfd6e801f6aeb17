"""Which of a page's promises count: metrics always, weaker ones where the stronger leave a gap, each told once."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from auditor.model.roadmap import MANUAL
from auditor.roadmap.gather.candidate import Candidate, Strength
from auditor.roadmap.gather.promising import Found, read_one
from auditor.roadmap.promise.mood import stands, wants
from auditor.roadmap.promise.reading import states_figure

_LEAST_TOLD = 3
_NO_PROMISE = re.compile(
    r"\(|\W*(?:\w+(?:\W+\w+)?\W*\Z|(?:we|i) (?:do|will|wo|are|am)(?: not|n't)\b|"
    r"(?:initiative|task|action|step|activity)\b[^:]{0,9}:)",
    re.I,
)
"""Beside promises: two words, what will not be done, the work that is done for them."""


def keep(found: Sequence[Found]) -> tuple[Found, ...]:
    """The promises that count: metrics always, weaker ones only where the stronger leave a gap."""
    metrics = [one for one in found if one.candidate.strength is Strength.METRIC]
    known = {one.target.measure for one in metrics} - {MANUAL}
    goals = [
        one
        for one in found
        if one.candidate.strength is Strength.GOAL
        and one.promise.explicit
        and one.target.measure not in known
        and (not metrics or _says_how_much(one))
    ]
    return _without_doubles([*metrics, *goals])


def keep_sure(found: Sequence[Found], kept: Sequence[Found]) -> tuple[Found, ...]:
    """Beside other promises those from anywhere that compare a figure of a measure of which nothing else is promised."""
    known = {one.target.measure for one in kept} | {MANUAL}
    sure = [
        one
        for one in found
        if one.candidate.strength is Strength.LOOSE
        and one.promise.compares
        and (one.target.measure not in known or _is_undertaken(one))
    ]
    told = [one for one in sure if one.target.goal is not None and (not one.candidate.prose or _is_wanted(one))]
    return _without_doubles(told)


def _is_undertaken(one: Found) -> bool:
    """Whether somebody is named who will do it, whatever it is: `Ann will shorten the outages from 19 minutes to 5 by June`."""
    return one.target.measure == MANUAL and bool(one.candidate.owner) and _is_wanted(one)


def _is_wanted(one: Found) -> bool:
    """Whether the promise, or the sentence that it is a part of, says in words that it is to be so."""
    return any(map(wants, (one.target.text, *one.candidate.due[:1])))


def keep_beside(every: Sequence[Candidate], kept: Sequence[Found]) -> tuple[Found, ...]:
    """What stands in a list or table with promises, where most of it is known to be such: promises too, whatever about."""
    told = Counter(among for among, _ in {(one.candidate.among, one.candidate.line) for one in kept} if among)
    size = Counter(among for among, _ in {(one.among, one.line) for one in every} if among)
    lines = {one.candidate.line for one in kept}
    beside = [one for one in every if told[one.among] >= _least(one) and 3 * told[one.among] >= 2 * size[one.among]]
    read = (read_one(one, surely=True) for one in beside if one.line not in lines and not _NO_PROMISE.match(one.text))
    return tuple(found for found in read if found)


def _least(one: Candidate) -> int:
    """So many promises must stand beside it: one fewer where it has an owner or a box to tick."""
    return _LEAST_TOLD - int(bool(one.owner) or one.mark is not None)


def _says_how_much(one: Found) -> bool:
    """Whether the goal states a figure or means all; beside metrics `Remove vulnerable libraries` is what is done for them."""
    return states_figure(one.target.text) or bool(re.search(r"\b(?:all|every|each|any)\b", one.target.text, re.I))


def keep_work(
    found: Sequence[Found], kept: Sequence[Found], has_targets: Iterable[str], sprint_of: dict[int, str]
) -> tuple[Found, ...]:
    """Promises among a sprint's items, for sprints that have none; on a page that states none, done things too."""
    busy = set(has_targets)  # of those that say how much: `reviewed by two people` fills no sprint
    known = {one.target.measure for one in kept} - {MANUAL}
    work = [
        one
        for one in found
        if one.candidate.strength is Strength.WORK
        and sprint_of.get(id(one), "") not in busy
        and one.target.measure not in known
        and (one.promise.explicit or not kept)
        and not (one.candidate.prose and all(map(stands, one.candidate.due[:1] or (one.target.text,))))
    ]
    return _without_doubles(work)


def keep_loose(found: Sequence[Found]) -> tuple[Found, ...]:
    """Promises from anywhere on a page that states none elsewhere."""
    told = [one for one in found if one.candidate.strength is Strength.LOOSE and one.promise.explicit]
    return _without_doubles([one for one in told if one.target.measure != MANUAL or not one.candidate.prose or _is_wanted(one)])


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
    if _are_siblings(one, other):
        return False
    labels = {key for found in (one, other) if found.candidate.label for key in (found.candidate.label.key,)}
    return (
        a.measure == b.measure != MANUAL
        and (a.comparator[:1], a.goal, a.relative, a.unit) == (b.comparator[:1], b.goal, b.relative, b.unit)
        and len(labels) < 2
    )


def _are_siblings(one: Found, other: Found) -> bool:
    """Whether both stand near each other under one heading: no list tells its promise twice, whatever measure fits both."""
    a, b = one.candidate, other.candidate
    return a.strength is b.strength and a.category == b.category and a.label == b.label and 0 < abs(a.line - b.line) < 8


def _joined(first: Found, second: Found) -> Found:
    a, b = first.target, second.target
    label = first.candidate.label or second.candidate.label
    baseline = a.baseline if a.baseline is not None else b.baseline
    target = msgspec.structs.replace(a, baseline=baseline, claimed=a.claimed or b.claimed)
    return Found(msgspec.structs.replace(first.candidate, label=label), target, first.promise)

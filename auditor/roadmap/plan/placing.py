"""Puts promises that name no sprint into the sprint whose words they share; where the text supports none, into none."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from auditor.model.roadmap import MANUAL, Sprint, Target
from auditor.roadmap.binding import candidates, ideas

_COMMON = frozenset(
    "a an and the of to in on for with by at from is are be as all every each zero no none or than less more under "
    "over below above least most "
    "reduce reduced increase improve improved improvement keep maintained maintain currently now today baseline "
    "target goal metric metrics "
    "code system quality service services implementation implemented active item items work sprint phase week "
    "resolved new per number count".split()
)
_LEAST_SCORE = 1.0
_LEAST_LEAD = 0.3
_SAME_MEASURE = 3.0


def place_targets(targets: Sequence[Target], sprints: Sequence[Sprint]) -> tuple[Target, ...]:
    """The targets, those without a sprint placed by their words, then by where most of their category stands."""
    from msgspec.structs import replace

    if not sprints:
        return tuple(targets)
    if len(sprints) == 1:
        return tuple(target if target.sprint else replace(target, sprint=sprints[0].name) for target in targets)
    bags = {sprint.name: _bag(sprint) for sprint in sprints}
    measures = {sprint.name: _measures(sprint) for sprint in sprints}
    placed = [target if target.sprint else replace(target, sprint=_by_words(target, bags, measures)) for target in targets]
    by_words = [after for before, after in zip(targets, placed, strict=True) if not before.sprint]
    return tuple(one if one.sprint else replace(one, sprint=_by_category(one, by_words, bags)) for one in placed)


def _words(text: str) -> frozenset[str]:
    said = frozenset(
        re.findall(r"[a-z]{5,}", text.lower())
    )  # `cache hit rate` shares `cache` with a sprint, whatever its idea is
    return frozenset(word for word in ideas(text) | said if word not in _COMMON and not word.isdigit() and len(word) > 1)


def _lines(sprint: Sprint) -> tuple[str, ...]:
    return (sprint.title, sprint.goal, *sprint.deliverables)


def _bag(sprint: Sprint) -> frozenset[str]:
    return frozenset().union(*(_words(line) for line in _lines(sprint)))


def _measures(sprint: Sprint) -> frozenset[str]:
    return frozenset(measure.name for line in _lines(sprint) for measure in candidates(line)[:1])


def _by_words(target: Target, bags: Mapping[str, frozenset[str]], measures: Mapping[str, frozenset[str]]) -> str:
    words = _words(target.text)
    scores = {name: _score(words, bag, bags.values()) for name, bag in bags.items()}
    if target.measure != MANUAL:
        owners = [name for name in bags if target.measure in measures[name]]
        for name in owners:
            scores[name] += _SAME_MEASURE / len(owners)
    return _best(scores)


def _score(words: frozenset[str], bag: frozenset[str], bags: Iterable[frozenset[str]]) -> float:
    """Shared words, each worth more the fewer sprints have it (inverse document frequency)."""
    every = tuple(bags)
    return sum(math.log(1 + len(every) / sum(word in other for other in every)) for word in words & bag)


def _best(scores: Mapping[str, float]) -> str:
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    (name, score), (_, second) = ranked[0], ranked[1]
    return name if score >= _LEAST_SCORE and score - second >= _LEAST_LEAD else ""


def _by_category(target: Target, placed: Sequence[Target], bags: Mapping[str, frozenset[str]]) -> str:
    """Where most of the category's placed promises stand, unless only a few are; else the sprint that shares its words."""
    if not target.category:
        return ""
    siblings = Counter(other.sprint for other in placed if other.category == target.category and other.sprint)
    if siblings:
        name, most = siblings.most_common(1)[0]
        every = sum(other.category == target.category for other in placed)
        return name if most * 2 > siblings.total() and siblings.total() * 3 >= every else ""
    return _best({name: _score(_words(target.category), bag, bags.values()) for name, bag in bags.items()})

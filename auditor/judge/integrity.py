"""Whether a team still promises what it promised: every softened promise between two states of roadmap and settings."""

from collections.abc import Iterator

from auditor.judge.loosened import loosened
from auditor.judge.twins import twins
from auditor.model.contract import Change, Contract, Kind
from auditor.model.roadmap import Roadmap, Sprint, Target
from auditor.model.units import SIGNS, convert, figure

RISES = (">", ">=")


def softened(before: Contract, after: Contract) -> tuple[Change, ...]:
    """What the later contract asks less than the earlier, in the order of the earlier one; who did it is not known here.

    What asks more is no change of this kind: a raised target, a new metric, an earlier date.
    """
    found: list[Change] = []
    if before.roadmap is not None:
        found += _promises(before.roadmap, after.roadmap or Roadmap())
    return (*found, *loosened(before, after))


def _promises(before: Roadmap, after: Roadmap) -> Iterator[Change]:
    ends = {sprint.name: sprint.ends for sprint in after.sprints}
    yield from _sprints(before, after)
    for old, number in twins(before.targets, after.targets):
        if number is None:
            yield Change(Kind.TARGET, old.text, _goal(old), "", f"“{old.text}” is promised no longer")
            continue
        new = after.targets[number]
        yield from _judge(old, new, number)
        yield from _goals(old, new, number)
        yield from _baseline(old, new, number)
        yield from _moved(old, new, number, ends)


def _sprints(before: Roadmap, after: Roadmap) -> Iterator[Change]:
    for old in before.sprints:
        number = _later(old, before, after)
        if number is None:
            yield Change(Kind.SPRINT, old.name, old.ends, "", f"{old.name} is planned no longer")
            continue
        ends = after.sprints[number].ends
        if old.ends and ends != old.ends and (not ends or ends > old.ends):
            pushed = f"{old.name} ends on {ends} instead of {old.ends}" if ends else f"{old.name} has lost its last day"
            yield Change(Kind.DATE, old.name, old.ends, ends, pushed, place=("sprint", number, "ends"))


def _later(old: Sprint, before: Roadmap, after: Roadmap) -> int | None:
    """Where a sprint stands later: by its name, or under a new name with its old title or days."""
    names = [sprint.name for sprint in after.sprints]
    if old.name in names:
        return names.index(old.name)
    taken = {sprint.name for sprint in before.sprints}
    for number, new in enumerate(after.sprints):
        days = bool(old.starts and old.ends) and (old.starts, old.ends) == (new.starts, new.ends)
        if new.name not in taken and (days or (old.title and old.title == new.title)):
            return number
    return None


def _judge(old: Target, new: Target, number: int) -> Iterator[Change]:
    if new.measure != old.measure:
        sentence = f"“{old.text}” is judged by {new.measure} instead of {old.measure}"
        yield Change(Kind.JUDGE, old.text, old.measure, new.measure, sentence, place=("target", number, "measure"))


def _goals(old: Target, new: Target, number: int) -> Iterator[Change]:
    """Goals that ask less, in the earlier one's unit; a changed direction or kind of goal can only be told, not weighed."""
    was, now = _goal(old), _goal(new)
    if old.goal is None or was == now or new.measure != old.measure:
        return
    place = ("target", number, "goal")
    sentence = f"“{old.text}” walked back from {was} to {now or 'no figure'}"
    if new.goal is None or (new.relative != old.relative) or _direction(old) != _direction(new):
        yield Change(Kind.GOAL, old.text, was, now, sentence, place=place)
        return
    unit = "" if old.relative else old.unit
    value = convert(new.goal, new.unit if unit else "", unit)
    if value is None:
        yield Change(Kind.GOAL, old.text, was, now, sentence, place=place)
        return
    asks_more_by_more = old.relative or old.comparator in RISES
    strict = {"<": 1, ">": 1}
    less = value < old.goal if asks_more_by_more else value > old.goal
    looser = value == old.goal and strict.get(new.comparator, 0) < strict.get(old.comparator, 0)
    if less or looser or (old.comparator == "==" and value != old.goal):
        yield Change(Kind.GOAL, old.text, was, now, sentence, place=place)


def _baseline(old: Target, new: Target, number: int) -> Iterator[Change]:
    if old.baseline is None or new.baseline == old.baseline or new.measure != old.measure:
        return
    unit = "" if old.relative else old.unit
    if new.baseline is not None and convert(new.baseline, new.unit, unit) == old.baseline:
        return
    was, now = figure(old.baseline, unit), "" if new.baseline is None else figure(new.baseline, unit)
    sentence = f"the baseline of “{old.text}” was moved from {was} to {now or 'nothing'}"
    yield Change(Kind.BASELINE, old.text, was, now, sentence, place=("target", number, "baseline"))


def _moved(old: Target, new: Target, number: int, ends: dict[str, str]) -> Iterator[Change]:
    """A promise whose own day, or whose sprint, is a later one, or which has none any more. A sprint that is itself dropped is
    told by itself.
    """
    if old.due and (not new.due or new.due > old.due):
        sentence = f"“{old.text}” is due {f'on {new.due}' if new.due else 'on no day'} instead of on {old.due}"
        yield Change(Kind.DATE, old.text, old.due, new.due, sentence, place=("target", number, "due"))
    if new.sprint == old.sprint or not old.sprint or old.sprint not in ends:
        return
    was, now = ends[old.sprint], ends.get(new.sprint, "")
    if not new.sprint or (was and now > was):
        to = f"to {new.sprint}, which ends on {now}" if new.sprint else "out of every sprint"
        sentence = f"“{old.text}” was moved from {old.sprint} {to}"
        yield Change(Kind.DATE, old.text, old.sprint, new.sprint, sentence, place=("target", number, "sprint"))


def _direction(target: Target) -> str:
    return target.comparator[0]


def _goal(target: Target) -> str:
    if target.goal is None:
        return ""
    if target.relative:
        return f"{'+' if target.comparator in RISES else '−'}{figure(target.goal, target.unit)}"
    return f"{SIGNS[target.comparator]} {figure(target.goal, target.unit)}"

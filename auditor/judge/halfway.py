"""Rules and code that changed at once, told apart by the code of then under the rules of now: what lies before it is the rules'
doing, what lies after it the code's.
"""

from collections.abc import Iterable

import msgspec

from auditor.judge.attribution import attributions, both_of, merged
from auditor.judge.compare import compare
from auditor.judge.extend import extended
from auditor.model.change import Attribution, Cause
from auditor.model.history import Comparison, Past
from auditor.model.taken import Taken


class Halfway(msgspec.Struct, frozen=True):
    """The two steps of a comparison: to the code of then under the rules of now, and from there to now."""

    past: Past
    """The past with the audit between the two at its end, whatever its day."""
    first: Comparison
    second: Comparison


def mixed(past: Past, compared: Comparison, told: Iterable[Attribution]) -> bool:
    """Whether something that could not be told apart might be, by an audit between the two."""
    both = both_of(past, compared)
    known = both.before.rules == both.after.rules and both.before.tool_version == both.after.tool_version and both.same_scope
    return not known and not both.same_code and any(part.cause is Cause.OPEN for one in told for part in one.parts)


def between(past: Past, compared: Comparison, taken: Taken) -> Halfway:
    """The two steps, `taken` being the code of the earlier side under the rules of the later."""
    longer = extended(past, taken)
    assert longer.newest is not None
    first, second = compare(longer, compared.before, longer.newest), compare(longer, longer.newest, compared.after)
    return Halfway(longer, first, second)


def parted(told: tuple[Attribution, ...], way: Halfway) -> tuple[Attribution, ...]:
    """The attributions, those with a part that could not be told apart worked out in two steps where both are known."""
    steps = [{one.figure: one for one in attributions(way.past, step)} for step in (way.first, way.second)]
    return tuple(_parted(one, steps, way) if any(part.cause is Cause.OPEN for part in one.parts) else one for one in told)


def _parted(one: Attribution, steps: list[dict[str, Attribution]], way: Halfway) -> Attribution:
    series = way.past.one(one.figure)
    middle = series.at(way.second.before.at) if series is not None else None
    if middle is None or middle.value is None:
        return one
    parts = [part for step in steps if one.figure in step for part in step[one.figure].parts]
    return msgspec.structs.replace(one, parts=merged(parts))

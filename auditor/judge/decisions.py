"""What needs a decision this week: exceptions that end, promises at risk, promises that were softened, figures nobody has."""

from collections.abc import Iterable, Iterator

from auditor.model.contract import Change
from auditor.model.outlook import InTime, SprintState, Standpoint
from auditor.model.review import Decision, Exemption, Size, Standing
from auditor.model.roadmap import Progress, State
from auditor.model.verdict import Verdict

SMALL_PLACES, MEDIUM_PLACES = 3, 15
NAMED = {
    "accepted risk": "An accepted risk",
    "suppression": "A suppression in the code",
    "package left unaudited": "The leave to use a package unaudited",
}
MOST_SOFTENED = 2
LATE = (InTime.NO, InTime.UNLIKELY)


def size(places: float) -> Size:
    """How much work it is to mend so many places: up to three are small, up to fifteen medium, more are large."""
    return Size.SMALL if places <= SMALL_PLACES else Size.MEDIUM if places <= MEDIUM_PLACES else Size.LARGE


def decisions(
    verdict: Verdict,
    standpoints: Iterable[Standpoint],
    sprints: Iterable[SprintState],
    exemptions: Iterable[Exemption],
    changes: Iterable[Change],
) -> tuple[Decision, ...]:
    """The most pressing first: what ended, what was softened, promises of the running sprint, then what ends soon."""
    ahead = {one.name for one in sprints if one.phase == "ahead"}
    held = list(exemptions)
    found: list[Decision] = []
    if verdict.passed is None:
        why = verdict.reasons[0] if verdict.reasons else "not everything could be looked at"
        found.append(Decision("The audit could not judge the whole project: make it measurable", why, Size.SMALL, "gaps"))
    found += (_exempted(one) for one in held if one.standing is Standing.ENDED)
    found += _softened(tuple(changes))
    found += _promised(standpoints, ahead)
    found += (_exempted(one) for one in held if one.standing is Standing.ENDING)
    return tuple(found)


def _exempted(one: Exemption) -> Decision:
    named = NAMED.get(one.kind, "An exception")
    whose = f", decided by {one.who}" if one.who else ""
    why = f"{one.what}{': ' if one.reason else ''}{one.reason}{whose}"
    left = one.days_left or 0
    if one.standing is Standing.ENDED:
        return Decision(f"{named} ended {_days(-left)} ago: renew it, or mend what it covers", why, Size.SMALL, "exemptions")
    when = "today" if left == 0 else f"in {_days(left)}"
    return Decision(f"{named} ends {when}: renew it, or mend what it covers", why, Size.SMALL, "exemptions")


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def _softened(changes: tuple[Change, ...]) -> Iterator[Decision]:
    """One decision each, or one for all where there are many: they are listed where it leads."""
    if len(changes) > MOST_SOFTENED:
        first = "; ".join(one.sentence for one in changes[:2])
        text = f"{len(changes)} promises or bounds were made easier: agree to it, or take it back"
        yield Decision(text, f"{first}; and {len(changes) - 2} more", Size.SMALL, "contract")
        return
    for one in changes:
        who = " by ".join(filter(None, (f"on {one.when}" if one.when else "", one.who)))
        yield Decision(f"A promise was softened: {one.sentence}", who or "not committed yet", Size.SMALL, "contract")


def _promised(standpoints: Iterable[Standpoint], ahead: set[str]) -> Iterator[Decision]:
    for number, one in enumerate(standpoints):
        row = one.progress
        text, anchor = row.target.text, f"target-{number + 1}"
        work = _work(row)
        if row.state is State.CLAIMED:
            yield Decision(f"“{text}” is ticked as done and is not: finish it, or take the tick back", row.reason, work, anchor)
        elif row.target.sprint in ahead or row.state is State.MET:
            continue
        elif row.state is State.WORSE:
            yield Decision(f"“{text}” is worse than when it was promised", row.reason, work, anchor)
        elif one.forecast is not None and one.forecast.in_time in LATE:
            yield Decision(f"“{text}” will not be kept in time at the present pace", _late(one), work, anchor)
        elif row.state is State.STALE:
            yield Decision(f"Measure again: “{text}” is judged by an old figure", row.reason, Size.SMALL, anchor)
        elif row.state is State.UNKNOWN and row.target.claimed:
            yield Decision(f"“{text}” is ticked as done, and nothing shows it", row.reason, Size.SMALL, anchor)


def _work(row: Progress) -> Size:
    """By the places that are left, where the figure counts places; else in the middle, since nobody knows."""
    if row.now is None or row.goal is None or row.target.unit not in ("", "count"):
        return Size.MEDIUM
    return size(abs(row.now - row.goal))


def _late(one: Standpoint) -> str:
    said = one.forecast
    if said is None or not said.likely:
        return "it does not move towards its goal"
    span = f", between {said.earliest} and {said.latest or 'never'}" if said.earliest else ""
    return f"expected {said.likely}{span}"

"""Where each promise stands, by its measure alone. Pure: a roadmap and measures in, states with reasons out."""

import math
from collections.abc import Mapping

import msgspec

from auditor.model.closest import closest
from auditor.model.measure import Basis, Measure
from auditor.model.part import part_of
from auditor.model.roadmap import MANUAL, Progress, Roadmap, State, Target
from auditor.model.taken import chosen, worth
from auditor.model.units import SIGNS, convert, dimension, figure

_TOLERANCE = 1e-9


def progress(roadmap: Roadmap, measures: tuple[Measure, ...]) -> tuple[Progress, ...]:
    """Every target's state, in the roadmap's order. Figures come back in the target's unit.

    Nothing is guessed: without a measure, a figure or a needed baseline the state is unknown, and says why.
    """
    known = chosen(measures)
    found = []
    for target in roadmap.targets:
        by, own = _chosen(target, known)
        stands = _progress(target, by)
        if by is not own and own is not None:
            reason = f"{stands.reason}; {_why_not(own)}"
            stands = msgspec.structs.replace(stands, reason=reason)
        if by is None and target.measure != MANUAL and (near := _near(target.measure, known)):
            stands = msgspec.structs.replace(stands, reason=f"{stands.reason}; did you mean {near}?")
        found.append(msgspec.structs.replace(stands, by=by))
    return tuple(found)


def _near(name: str, known: Mapping[tuple[str, str], Measure]) -> str:
    """The measure whose name differs from this one as a slip of the pen does; empty if none."""
    return closest(name, {measured for measured, subject in known if not subject}, 0.88)


def _chosen(target: Target, known: Mapping[tuple[str, str], Measure]) -> tuple[Measure | None, Measure | None]:
    """The figure to judge by, and what the audit has of the target's measure: a person's word counts where that is no figure
    that can be used.
    """
    own = known.get((target.measure, "")) if target.measure != MANUAL else None
    word = known.get((target.measure, target.text))
    if word is not None and part_of(target):
        return word, None  # what was measured is another figure, the whole project's
    return (own if word is None or (own is not None and worth(own) >= worth(word)) else word), own


def _why_not(own: Measure) -> str:
    """Why a person's word stands in for a figure."""
    if own.known:
        return f"what was measured is too old{_noted(own)}"
    said = "there is nothing that it is about" if own.basis is Basis.ABSENT else "it could not be measured"
    return f"{said}: {own.note or 'no reason was given'}"


def _progress(target: Target, measure: Measure | None) -> Progress:
    goal = _absolute_goal(target)
    if measure is None or not measure.known:
        return Progress(target, State.UNKNOWN, None, goal, None, _unmeasured(target, measure))
    now = _now(measure, target)
    if now is None and goal == 0 and _counts_the_rest(target, measure):
        covered = msgspec.structs.replace(target, comparator=">=", goal=100.0, baseline=None, unit="%")
        stands = _progress(covered, measure)  # all have it: none is left without
        left = 0.0 if stands.state is State.MET else None
        return msgspec.structs.replace(stands, target=target, now=left, goal=goal, share=1.0 if left == 0 else None)
    if now is None:
        unit = _goal_unit(target)
        reason = f"{measure.name} is measured in {measure.unit}, the promise is in {unit}: they can not be compared"
        return Progress(target, State.UNKNOWN, None, goal, None, reason)
    if goal is None:
        return Progress(target, State.UNKNOWN, now, None, None, _no_goal(target, now, measure.unit))
    if part := _undecided_part(target, measure, now, goal):
        reason = f"it is about {part}, and {_figure(now, target, measure.unit)} is the figure of the whole project"
        return Progress(target, State.UNKNOWN, None, goal, None, f"{reason}: bring that part's own figure as a proof")
    share = _share(target.baseline, now, goal, _holds(now, target.comparator, goal))
    if measure.basis is Basis.STALE:
        when = f", measured {measure.taken_at[:10]}" if measure.taken_at else ""
        reason = f"the figure is too old to judge by: {_figure(now, target, measure.unit)}{when}{_noted(measure)}"
        return Progress(target, State.STALE, now, goal, share, reason)
    state, reason = _state(target, now, goal, measure.unit)
    if measure.basis is Basis.DECLARED:
        reason += f"; declared by {measure.source}" + (f" on {measure.taken_at[:10]}" if measure.taken_at else "")
    return Progress(target, state, now, goal, share, reason)


def _undecided_part(target: Target, measure: Measure, now: float, goal: float) -> str:
    """The part of the code that the promise is about, where the project's figure does not decide it; empty elsewhere.

    What the whole project does not exceed no part of it exceeds, and what all of it has each part has.
    """
    found = part_of(target)
    if not found or measure.subject or measure.name.startswith("http."):
        return ""
    counted = measure.unit not in ("%", "ms", "s") and not measure.name.endswith(".average")
    bounded = target.comparator in ("<", "<=") and counted and not target.relative
    whole = target.comparator in (">=", "==") and measure.unit == "%" and goal == 100
    decided = bounded or whole or (target.comparator == "==" and goal == 0)
    return "" if decided and _holds(now, target.comparator, goal) else found


def _counts_the_rest(target: Target, measure: Measure) -> bool:
    """Whether the promise counts those that are left without what the measure gives the share of: `unhandled errors: 0`."""
    is_share = measure.name.startswith(("errors.", "api.", "resilience.")) and measure.name.endswith("_pct")
    return is_share and dimension(target.unit) == "count" and target.comparator in ("==", "<=") and not target.relative


def _unmeasured(target: Target, measure: Measure | None) -> str:
    ticked = "; the tick in the roadmap has no evidence" if target.claimed else ""
    if target.measure == MANUAL:
        needs = target.evidence or "a figure with its date, who says so, and a link"
        return f"no tool measures this; it needs {needs}{ticked}"
    if measure is not None and measure.basis is Basis.ABSENT:
        return f"there is nothing that it is about: {measure.note or 'no reason was given'}{ticked}"
    if measure is not None:
        return f"it could not be measured: {measure.note or 'no reason was given'}{ticked}"
    return f"nothing has measured {target.measure}{ticked}"


def _no_goal(target: Target, now: float, unit: str) -> str:
    if target.relative:
        counted = "a change counts from a baseline, and none is stated: add `baseline` to the target"
        return f"{_figure(now, target, unit)} now, but {counted}"
    return f"{_figure(now, target, unit)} now, but the promise states no figure to judge by: add `goal` to the target"


def _now(measure: Measure, target: Target) -> float | None:
    """The measured figure in the unit that goal and baseline are in."""
    if measure.value is None or target.relative:
        return measure.value
    unit = "" if target.unit in ("points", "/100") else target.unit
    return convert(measure.value, measure.unit, unit)


def _goal_unit(target: Target) -> str:
    return target.unit or "no unit"


def _absolute_goal(target: Target) -> float | None:
    """The goal as a figure: a share or an amount counts from the baseline."""
    if not target.relative or target.goal is None:
        return target.goal
    if target.baseline is None:
        return None
    sign = 1 if target.comparator in (">", ">=") else -1
    change = target.baseline * target.goal / 100 if target.unit == "%" else target.goal
    return round(target.baseline + sign * change, 9)


def _holds(now: float, comparator: str, goal: float) -> bool:
    close = math.isclose(now, goal, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE)
    if comparator == "==":
        return close
    if comparator in ("<=", ">="):
        return close or (now < goal if comparator == "<=" else now > goal)
    return not close and (now < goal if comparator == "<" else now > goal)


def _state(target: Target, now: float, goal: float, unit: str) -> tuple[State, str]:
    shown, wanted = _figure(now, target, unit), f"{SIGNS[target.comparator]} {_figure(goal, target, unit)}".removeprefix("= ")
    if _holds(now, target.comparator, goal):
        return State.MET, f"{shown}, promised {wanted}"
    moved = _movement(target, now, goal, unit)
    if target.claimed:
        return State.CLAIMED, f"ticked in the roadmap, but {shown} is not {wanted}{moved[1]}"
    if moved[0] < 0:
        return State.WORSE, f"{shown}, wanted {wanted}{moved[1]}"
    return State.ON_THE_WAY, f"{shown}, wanted {wanted}{moved[1]}"


def _movement(target: Target, now: float, goal: float, unit: str) -> tuple[int, str]:
    """1 nearer than the baseline, 0 as far or not to be said, -1 further; and the words for it."""
    base = target.baseline
    if base is None:
        return 0, "; no baseline is stated, so whether it moves is not known"
    from_base = _figure(base, target, unit)
    if math.isclose(now, base, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE):
        return 0, f"; no movement from the baseline of {from_base}"
    if _holds(base, target.comparator, goal):
        return -1, f"; the baseline of {from_base} kept the promise"
    if abs(goal - now) < abs(goal - base):
        return 1, f"; the baseline was {from_base}"
    return -1, f"; further away than the baseline of {from_base}"


def _share(baseline: float | None, now: float, goal: float, holds: bool) -> float | None:
    """The part of the way from baseline to goal, 0 to 1; None without a baseline or where the baseline is the goal."""
    if holds:
        return 1.0
    if baseline is None or math.isclose(baseline, goal, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE):
        return None
    return min(1.0, max(0.0, (now - baseline) / (goal - baseline)))


def _noted(measure: Measure) -> str:
    return f" ({measure.note})" if measure.note else ""


def _figure(value: float, target: Target, unit: str) -> str:
    """A figure as people write it, `80 %`, `1,200 lines`, `12`; `unit` is the measure's, for a target whose own is that of the
    change.
    """
    return figure(value, unit if target.relative else target.unit)

"""Where a target should stand today on the straight way from its baseline to its goal: behind it warns before it fails."""

import math
from datetime import date

import msgspec

from auditor.model.outlook import Trajectory
from auditor.model.roadmap import Progress, Sprint, State
from auditor.model.units import figure

SLACK = 0.05
"""The share of the whole way that a figure may lie behind its line before that is said: snapshots are not taken to the hour."""


def trajectory(progress: Progress, sprint: Sprint | None, today: date) -> Trajectory | None:
    """The line of one target on a day; None without baseline, goal, figure or the sprint's dates, and before it starts.

    After the promise's own day, or else the sprint's last, the line stands at the goal. Figures are in the target's unit.
    """
    if sprint is not None and progress.target.due:
        sprint = msgspec.structs.replace(sprint, ends=progress.target.due)
    base, goal, now = progress.target.baseline, progress.goal, progress.now
    if sprint is None or not (sprint.starts and sprint.ends) or base is None or goal is None or now is None:
        return None
    gone = time_gone(sprint, today)
    if gone is None or gone <= 0 or progress.state in (State.UNKNOWN, State.STALE):
        return None
    due = base + (goal - base) * gone
    met = progress.state is State.MET
    lag = 0.0 if met else (due - now if goal >= base else now - due)
    behind = not met and (gone >= 1 or lag > SLACK * abs(goal - base))
    unit = progress.target.unit if not progress.target.relative else progress.by.unit if progress.by else ""
    place = f"{figure(now, unit)} now, {figure(due, unit)} due"
    return Trajectory(today.isoformat(), round(due, 6), now, behind, f"{'behind its line' if behind else 'on its line'}: {place}")


def time_gone(sprint: Sprint, today: date) -> float | None:
    """The share of a sprint's days that are over at the end of `today`, 0 to 1; None where it has no dates."""
    if not (sprint.starts and sprint.ends):
        return None
    starts, ends = date.fromisoformat(sprint.starts), date.fromisoformat(sprint.ends)
    whole = (ends - starts).days + 1
    return min(1.0, max(0.0, ((today - starts).days + 1) / whole)) if whole > 0 and math.isfinite(whole) else None

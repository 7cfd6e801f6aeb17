"""What can be said of a sprint on a day: time gone against promises kept, its risks, and feature by feature."""

import re
from collections.abc import Iterable
from datetime import date

from auditor.judge.forecast import forecast
from auditor.judge.pace import alike
from auditor.judge.trajectory import time_gone, trajectory
from auditor.model.history import Past, Series
from auditor.model.outlook import Feature, Forecast, InTime, SprintState, Standpoint
from auditor.model.roadmap import Progress, Roadmap, Sprint, State, Target
from auditor.model.units import convert

UNPROVEN = (State.UNKNOWN, State.STALE)
WORD = re.compile(r"[a-z0-9]{3,}")
IDLE = frozenset("the and for all with from that are not per has have been over under than implemented implementation".split())
ALIKE = 0.34
"""The least share of a deliverable's words that a target has to share: "Circuit breakers on external services" speaks of
"Circuit breaker implementation" by two of three."""


def standpoints(stands: Iterable[Progress], sprints: Iterable[Sprint], past: Past, today: date) -> tuple[Standpoint, ...]:
    """Every target with its line and its forecast, in the order given."""
    named = {sprint.name: sprint for sprint in sprints}
    return tuple(_standpoint(one, named.get(one.target.sprint), past, today) for one in stands)


def sprint_states(roadmap: Roadmap, stands: Iterable[Standpoint], today: date) -> tuple[SprintState, ...]:
    """The state of every sprint on a day, in the roadmap's order."""
    all_of = tuple(stands)
    return tuple(
        _state(sprint, [one for one in all_of if one.progress.target.sprint == sprint.name], today) for sprint in roadmap.sprints
    )


def _standpoint(stands: Progress, sprint: Sprint | None, past: Past, today: date) -> Standpoint:
    series = past.one(stands.target.measure)
    said = None if series is None or stands.goal is None else _forecast(stands, series, sprint, past)
    return Standpoint(stands, trajectory(stands, sprint, today), said)


def _forecast(stands: Progress, series: Series, sprint: Sprint | None, past: Past) -> Forecast | None:
    """The forecast in the measure's unit; None where the goal can not be put into it."""
    target = stands.target
    unit = "" if target.relative or target.unit in ("points", "/100") else target.unit
    goal = None if stands.goal is None else convert(stands.goal, unit, series.unit)
    due = target.due or (sprint.ends if sprint else "")
    return None if goal is None else forecast(alike(past, series), goal, target.comparator, due)


def _state(sprint: Sprint, stands: list[Standpoint], today: date) -> SprintState:
    gone = time_gone(sprint, today)
    kept = sum(one.progress.state is State.MET for one in stands)
    phase = _phase(sprint, today)
    risks = tuple(risk for one in stands if (risk := _risk(one, phase)))
    return SprintState(
        name=sprint.name,
        phase=phase,
        time_gone=gone,
        kept=kept,
        total=len(stands),
        features=features(sprint, stands),
        risks=risks,
        verdict=_verdict(phase, stands, kept),
    )


def _phase(sprint: Sprint, today: date) -> str:
    if not (sprint.starts and sprint.ends):
        return "undated"
    day = today.isoformat()
    return "ahead" if day < sprint.starts else "past" if day > sprint.ends else "current"


def _risk(one: Standpoint, phase: str) -> str:
    """Why a promise is in danger, or nothing."""
    stands, text = one.progress, one.progress.target.text
    if stands.state is State.MET or (phase == "ahead" and stands.state is not State.WORSE):
        return ""
    if stands.state in UNPROVEN:
        return f"{text}: {'its figure is too old' if stands.state is State.STALE else 'no evidence'} ({stands.reason})"
    if stands.state in (State.WORSE, State.CLAIMED):
        return f"{text}: {stands.state.value} ({stands.reason})"
    if one.trajectory is not None and one.trajectory.behind:
        return f"{text}: {one.trajectory.note}"
    if one.forecast is not None and one.forecast.in_time in (InTime.NO, InTime.UNLIKELY):
        return f"{text}: {one.forecast.note}"
    return ""


def _verdict(phase: str, stands: list[Standpoint], kept: int) -> str:
    if not stands or phase == "undated":
        return "unknown"
    states = [one.progress.state for one in stands]
    if kept == len(stands):
        return "kept"
    if phase == "past":
        return "unknown" if all(state in UNPROVEN or state is State.MET for state in states) else "missed"
    if any(state in (State.WORSE, State.CLAIMED) for state in states):
        return "off track"
    if phase == "ahead":
        return "on track"
    if any(_risk(one, phase) for one in stands):
        return "at risk"
    return "on track"


def features(sprint: Sprint, stands: list[Standpoint]) -> tuple[Feature, ...]:
    """The sprint's deliverables, each with the targets that speak of it by their words."""
    found = []
    for text in sprint.deliverables:
        mine = [one.progress for one in stands if _speaks_of(one.progress.target, text)]
        found.append(Feature(text, tuple(one.target.text for one in mine), _kept(mine)))
    return tuple(found)


def _kept(mine: list[Progress]) -> str:
    judged = [one for one in mine if one.state not in UNPROVEN]
    if not judged:
        return "no evidence"
    met = sum(one.state is State.MET for one in judged)
    return "kept" if met == len(mine) else "partly" if met else "not kept"


def _speaks_of(target: Target, text: str) -> bool:
    wanted = words(text)
    return bool(wanted) and len(words(target.text) & wanted) / len(wanted) >= ALIKE


def words(text: str) -> frozenset[str]:
    """A text's telling words, plurals folded."""
    return frozenset(word.rstrip("s") for word in WORD.findall(text.lower()) if word not in IDLE)

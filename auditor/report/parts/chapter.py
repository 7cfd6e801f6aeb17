"""The roadmap as chapters: each sprint with its targets and where they stand."""

import msgspec

from auditor.model.roadmap import Progress, Roadmap, Sprint, State
from auditor.report.parts.group import Count


class Chapter(msgspec.Struct, frozen=True):
    """A sprint and its targets. `when` is `past`, `running`, `ahead`, or empty where the sprint has no dates."""

    sprint: Sprint
    rows: tuple[Progress, ...]
    states: tuple[Count, ...]
    when: str

    @property
    def met(self) -> int:
        """How many targets are met."""
        return sum(row.state is State.MET for row in self.rows)


def states(rows: tuple[Progress, ...]) -> tuple[Count, ...]:
    """How many targets are in each state, in the order of the states, zeros left out."""
    found = [row.state for row in rows]
    return tuple(Count(state.value, found.count(state)) for state in State if state in found)


def chapters(roadmap: Roadmap | None, rows: tuple[Progress, ...], today: str) -> tuple[Chapter, ...]:
    """The roadmap's sprints in its order, then sprints that only targets name, then targets of no sprint."""
    sprints = list(roadmap.sprints) if roadmap else []
    named = {sprint.name for sprint in sprints}
    for row in rows:
        if row.target.sprint not in named:
            named.add(row.target.sprint)
            sprints.append(Sprint(row.target.sprint))
    sprints.sort(key=lambda sprint: not sprint.name)
    found = [(sprint, tuple(row for row in rows if row.target.sprint == sprint.name)) for sprint in sprints]
    return tuple(Chapter(sprint, mine, states(mine), _when(sprint, today[:10])) for sprint, mine in found)


def _when(sprint: Sprint, today: str) -> str:
    """ISO dates compare as text."""
    if not sprint.starts or not sprint.ends or not today:
        return ""
    return "ahead" if today < sprint.starts else "past" if today > sprint.ends else "running"

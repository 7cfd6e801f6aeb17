"""What a page is expected to give, as lines that a person can read and check."""

from auditor.model.roadmap import Roadmap, Sprint, Target


def figure(value: float | None) -> str:
    """A figure without a trailing `.0`, `-` for none."""
    return "-" if value is None else f"{value:g}" if abs(value) < 1e5 else f"{value:.0f}"


def sprint_line(sprint: Sprint) -> str:
    """Name, first day, last day, weeks and title, set apart by bars."""
    weeks = f"{sprint.weeks[0]}-{sprint.weeks[1]}" if sprint.weeks else "-"
    return " | ".join(["sprint", sprint.name, sprint.starts or "-", sprint.ends or "-", weeks, sprint.title or "-"])


def target_line(target: Target) -> str:
    """Tick, text, comparator and goal with unit, baseline, measure and sprint, set apart by bars."""
    tick = "[x]" if target.claimed else "[ ]"
    goal = f"{target.comparator} {figure(target.goal)} {target.unit}{' relative' if target.relative else ''}".strip()
    return " | ".join([tick, target.text, goal, f"from {figure(target.baseline)}", target.measure, target.sprint or "-"])


def lines(roadmap: Roadmap) -> list[str]:
    """The whole roadmap, sprints first."""
    return [*map(sprint_line, roadmap.sprints), *map(target_line, roadmap.targets)]

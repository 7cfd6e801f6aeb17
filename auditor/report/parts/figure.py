"""Figures as words: numbers with their units, goals, and the way from a baseline to a goal."""

from auditor.model.roadmap import Progress
from auditor.model.units import dimension
from auditor.report.visible import cut

_SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": ""}


def number(value: float) -> str:
    """A number as people write it: thousands apart, two decimals, one from 100 on, none from 1000 on."""
    if value != value or value in (float("inf"), float("-inf")):
        return "not a number"
    decimals = 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2
    text = f"{round(value, decimals) + 0.0:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure(value: float | None, unit: str = "") -> str:
    """A value with its unit: `62 %`, `200 ms`, `1,024`; `unknown` for None."""
    if value is None:
        return "unknown"
    if unit in ("", "count", "ratio", "points"):
        return number(value)
    if unit.startswith("/"):
        return f"{number(value)}{unit}"
    return f"{number(value)} {cut(unit.removesuffix('s') if _one(value, unit) else unit, 16)}"


def _one(value: float, unit: str) -> bool:
    """Whether it is one of the things that are counted: `1 file`."""
    return value == 1 and len(unit) > 2 and dimension(unit) == "count"


def goal(progress: Progress) -> str:
    """What was promised, as an absolute figure: `≤ 90`, `≥ 80 %`; `no figure` where it has none."""
    target = progress.target
    value = progress.goal if progress.goal is not None else (None if target.relative else target.goal)
    if value is None and target.relative and target.goal is not None:
        way = "up" if target.comparator in (">", ">=") else "down"
        return f"{way} by {figure(target.goal, target.unit or '%')}"
    if value is None:
        return "no figure"
    return f"{_SIGNS.get(target.comparator, target.comparator)} {figure(value, _unit(progress))}".strip()


def journey(progress: Progress) -> tuple[str, str, str]:
    """Baseline (`none given` where it is missing), now and goal as words; what is merely counted has no unit."""
    target = progress.target
    unit = _unit(progress)
    start = "none given" if target.baseline is None else figure(target.baseline, unit)
    return start, figure(progress.now, unit), goal(progress)


def _unit(progress: Progress) -> str:
    """The unit of what is measured: a relative target's own unit is that of the change."""
    target = progress.target
    if not target.relative:
        return "" if dimension(target.unit) == "count" else target.unit
    return "%" if target.measure.endswith("_pct") else ""


def plural(count: int, one: str, many: str = "") -> str:
    """`1 finding`, `2 findings`, `1,000 findings`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(parts: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else ""

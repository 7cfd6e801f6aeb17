"""Figures as words: numbers with their units, goals, and the way from a baseline to a goal."""

from auditor.model.roadmap import Progress

_SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": ""}


def number(value: float) -> str:
    """A number as people write it: thousands apart, at most two decimals, none from a hundred on."""
    if value != value or value in (float("inf"), float("-inf")):
        return "not a number"
    text = (
        f"{value:,.0f}" if abs(value) >= 1000 or value == int(value) else f"{value:,.{1 if abs(value) >= 100 else 2}f}"
    )
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-0", "-0") or "0"


def figure(value: float | None, unit: str = "") -> str:
    """A value with its unit: `62%`, `200 ms`, `1,024`; `unknown` for None."""
    if value is None:
        return "unknown"
    if unit in ("", "count", "ratio"):
        return number(value)
    return f"{number(value)}%" if unit == "%" else f"{number(value)} {unit}"


def goal(progress: Progress) -> str:
    """What was promised, as an absolute figure: `≤ 90`, `≥ 80%`; `no figure` where it has none."""
    target = progress.target
    value = progress.goal if progress.goal is not None else (None if target.relative else target.goal)
    if value is None and target.relative and target.goal is not None:
        return f"by {number(target.goal)}%"
    if value is None:
        return "no figure"
    return f"{_SIGNS.get(target.comparator, target.comparator)} {figure(value, target.unit)}".strip()


def journey(progress: Progress) -> tuple[str, str, str]:
    """Baseline, now and goal as words; a missing baseline is `none given`."""
    target = progress.target
    start = "none given" if target.baseline is None else figure(target.baseline, target.unit)
    return start, figure(progress.now, target.unit), goal(progress)


def plural(count: int, one: str, many: str = "") -> str:
    """`1 finding`, `2 findings`, `1,000 findings`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(parts: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else ""

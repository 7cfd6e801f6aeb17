"""The grade's scales: letters, weights of findings, and what a figure earns between the points of a scale."""

from itertools import pairwise

FORMULA = "2"
"""Raised whenever a number here, in `lines.py` or in `caps.py` changes: grades of different formulas are not compared."""

LETTERS = (
    ("A+", 95.0), ("A", 90.0), ("A-", 85.0), ("B+", 80.0), ("B", 75.0), ("B-", 70.0), ("C+", 65.0), ("C", 60.0),
    ("C-", 55.0), ("D+", 50.0), ("D", 45.0), ("D-", 40.0), ("F", 0.0),
)  # fmt: skip
"""Letters with the least score of 100 that earns them, the best first: even steps of five points."""

SEVERITY_WEIGHT = {"critical": 10.0, "high": 5.0, "medium": 2.0, "low": 0.5, "info": 0.0}
CONFIDENCE_WEIGHT = {"high": 1.0, "medium": 0.7, "low": 0.3}
SHARE_WEIGHT = {"high": 1.0, "medium": 1.0, "low": 0.3}
"""What a thing counts in a share, by the confidence of what was found about it."""
LEAST_LINES = 1000
"""Projects with fewer lines of code count as having so many: one finding in fifty lines says little about density."""
LEAST_COUNT = 5
"""The same for a share of few things: one of two calls says less than fifty of a hundred."""

Scale = tuple[tuple[float, float], ...]


def earned(scale: Scale, figure: float) -> float:
    """What a figure earns of 100: straight between the scale's points, flat outside them."""
    if figure <= scale[0][0]:
        return scale[0][1]
    for (low, left), (high, right) in pairwise(scale):
        if figure <= high:
            return left + (right - left) * (figure - low) / (high - low)
    return scale[-1][1]


def letters() -> tuple[str, ...]:
    """All letters, the best first."""
    return tuple(name for name, _ in LETTERS)


def letter(score: float) -> str:
    """The letter of a score from 0 to 100."""
    return next(name for name, least in LETTERS if score >= least)


def plural(number: float, noun: str) -> str:
    """`1 finding`, `1,204 findings`."""
    return f"{number:,.0f} {noun}{'' if number == 1 else 's'}"

"""The grade's formula as a table: what is counted, on which scale, with which weight, and what a missing line costs."""

import msgspec

FORMULA = "1"
"""Raised whenever a number of this file changes: grades of different formulas are not compared."""

LETTERS = (
    ("A+", 97.0), ("A", 93.0), ("A-", 90.0), ("B+", 87.0), ("B", 83.0), ("B-", 80.0), ("C+", 77.0), ("C", 73.0),
    ("C-", 70.0), ("D+", 67.0), ("D", 63.0), ("D-", 60.0), ("F", 0.0),
)  # fmt: skip
"""Letters with the least score of 100 that earns them."""

SEVERITY_WEIGHT = {"critical": 10.0, "high": 5.0, "medium": 2.0, "low": 0.5, "info": 0.0}
CONFIDENCE_WEIGHT = {"high": 1.0, "medium": 0.7, "low": 0.3}


class Line(msgspec.Struct, frozen=True):
    """One line of the formula. `scale` holds (figure, share of the weight earned), straight between the points.

    What this tool measures itself caps hard where it is missing, so that nobody gains by switching it off.
    """

    name: str
    figure: str
    weight: float
    scale: tuple[tuple[float, float], ...]
    cap: str
    """The best letter where the line is not measured."""
    why: str


LINES = (
    Line("findings", "weighted findings per 1,000 lines of code", 30, ((0, 1), (1, 0.9), (3, 0.7), (8, 0.4), (20, 0)), "F",
         "a critical finding weighs 10, high 5, medium 2, low 0.5; medium confidence counts 0.7, low 0.3 of it"),
    Line("security marks", "security TODOs per 10,000 lines of code", 10, ((0, 1), (1, 0.7), (5, 0.3), (15, 0)), "D",
         "a mark about security is a known gap that was left open"),
    Line("duplication", "duplicated lines in percent of code lines", 15, ((0, 1), (3, 0.9), (10, 0.6), (20, 0.25), (35, 0)),
         "D", "every copy has to be found again for each change; three percent is what common quality gates allow"),
    Line("complexity", "functions with a cyclomatic complexity over 10, in percent", 10,
         ((0, 1), (2, 0.9), (5, 0.7), (10, 0.4), (25, 0)), "D", "ten is McCabe's own limit for a function that can be tested"),
    Line("maintainability", "mean maintainability index of the files", 10, ((20, 0), (40, 0.5), (65, 1)), "D",
         "radon calls less than 20 hard to maintain, less than 10 very hard"),
    Line("dependencies", "vulnerable packages, a critical one counting 4, high 2, others 1", 15,
         ((0, 1), (1, 0.7), (4, 0.3), (10, 0)), "B", "known holes in what is shipped"),
    Line("coverage", "lines covered by tests in percent", 10, ((30, 0), (60, 0.5), (80, 0.9), (90, 1)), "B+",
         "what no test runs can break unseen"),
)  # fmt: skip


def earned(scale: tuple[tuple[float, float], ...], figure: float) -> float:
    """The share of a line's weight that a figure earns, 0 to 1, straight between the scale's points, flat outside."""
    if figure <= scale[0][0]:
        return scale[0][1]
    for (low, left), (high, right) in zip(scale, scale[1:], strict=False):
        if figure <= high:
            return left + (right - left) * (figure - low) / (high - low)
    return scale[-1][1]


def letter(score: float) -> str:
    """The letter of a score from 0 to 100."""
    return next(name for name, least in LETTERS if score >= least)


def worse(one: str, other: str) -> str:
    """The worse of two letters."""
    order = [name for name, _ in LETTERS]
    return max(one, other, key=order.index)

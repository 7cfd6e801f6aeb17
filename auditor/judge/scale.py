"""The grade's formula as a table: what each line counts, on which scale, with which weight, and why."""

from itertools import pairwise

import msgspec

FORMULA = "1"
"""Raised whenever a number of this table or of `caps.py` changes: grades of different formulas are not compared."""

LETTERS = (
    ("A+", 95.0), ("A", 90.0), ("A-", 85.0), ("B+", 80.0), ("B", 75.0), ("B-", 70.0), ("C+", 65.0), ("C", 60.0),
    ("C-", 55.0), ("D+", 50.0), ("D", 45.0), ("D-", 40.0), ("F", 0.0),
)  # fmt: skip
"""Letters with the least score of 100 that earns them, the best first: even steps of five points."""

SEVERITY_WEIGHT = {"critical": 10.0, "high": 5.0, "medium": 2.0, "low": 0.5, "info": 0.0}
CONFIDENCE_WEIGHT = {"high": 1.0, "medium": 0.7, "low": 0.3}
LEAST_LINES = 1000
"""Projects with fewer lines of code count as having so many: one finding in fifty lines says little about density."""

Scale = tuple[tuple[float, float], ...]


class Line(msgspec.Struct, frozen=True):
    """One line of the formula. `scale` holds (figure, points of 100 it earns), straight between, flat outside."""

    name: str
    figure: str
    weight: float
    scale: Scale
    cap: str
    """The best letter where the line is not measured: no better than what a critical finding would leave, where the line
    could hold one, or hiding a finding would beat showing it."""
    why: str
    packs: tuple[str, ...] = ()
    """For a line that weighs findings: whose; `*` stands for every pack that no other line names."""
    needs: tuple[str, ...] = ()
    """Measures that have to be known before the line counts as measured: each is fed by one rule or one evidence."""


LINES = (
    Line(
        name="error handling",
        figure="weighted findings of errors/* per 1,000 lines of code",
        weight=30,
        scale=((0, 100), (1, 85), (3, 65), (8, 35), (20, 0)),
        cap="C",
        why="an error that nobody hears of is the costliest kind, so this line weighs most; at three, one medium finding "
        "stands in every 670 lines",
        packs=("errors",),
        needs=(
            "errors.broad_handlers", "errors.generic_raises", "errors.lost_causes", "errors.lost_tasks", "errors.swallowed",
            "errors.unchecked_results",
        ),
    ),
    Line(
        name="security and the rest",
        figure="weighted findings of all other packs per 1,000 lines of code",
        weight=15,
        scale=((0, 100), (0.5, 85), (1.5, 65), (4, 35), (10, 0)),
        cap="C+",
        why="a mark about security is a known gap left open; half as many are borne as of error handling",
        packs=("*",),
        needs=("todo.security",),
    ),
    Line(
        name="duplication",
        figure="duplicated lines in percent of lines of code",
        weight=15,
        scale=((0, 100), (6, 90), (10, 80), (20, 55), (40, 20), (60, 0)),
        cap="C+",
        why="the SIG model's steps of 3, 5, 10 and 20 % are for exact copies; here renamed and near copies count too, which is "
        "about twice as much, so the steps are doubled",
        packs=("duplication",),
        needs=("duplication.density_pct",),
    ),
    Line(
        name="complexity",
        figure="functions of cyclomatic complexity over 10 in percent of functions",
        weight=15,
        scale=((0, 100), (2, 90), (5, 70), (10, 40), (25, 0)),
        cap="B-",
        why="10 is McCabe's own limit of what can be tested; a share shows the bad ones, which a mean hides",
        needs=("size.functions", "complexity.functions_over_10"),
    ),
    Line(
        name="maintainability",
        figure="mean maintainability index of the source files, 0 to 100",
        weight=5,
        scale=((10, 0), (20, 40), (50, 70), (85, 100)),
        cap="A-",
        why="below 10 and 20 are Visual Studio's red and yellow; it mostly follows length and complexity, so it weighs little",
        needs=("maintainability.average",),
    ),
    Line(
        name="dependencies",
        figure="vulnerable packages: a critical one counts 4, high or unknown 2, others 1; times the share that was audited",
        weight=10,
        scale=((0, 100), (1, 75), (2, 60), (4, 35), (10, 0)),
        cap="C+",
        why="one hole is enough, however large the project: this line is a count, not a density",
        packs=("dependencies",),
        needs=("dependencies.critical", "dependencies.high"),
    ),
    Line(
        name="coverage",
        figure="lines that tests run in percent",
        weight=10,
        scale=((0, 0), (20, 15), (60, 60), (80, 85), (95, 100)),
        cap="B+",
        why="20, 60, 80 and 95 % are the steps of the SIG model; 80 % is also what SonarQube's own gate asks of new code",
        needs=("coverage.line_pct",),
    ),
)  # fmt: skip
"""The lines; their weights sum to 100."""


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

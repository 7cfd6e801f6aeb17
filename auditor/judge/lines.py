"""The grade's formula as a table: what each line counts, over what, on which scale, with which weight, and why."""

from functools import cache

import msgspec

from auditor.judge.scale import LEAST_COUNT, LEAST_LINES, Scale

OTHERS = "*"
"""Stands for every rule that no line names."""
STRAIGHT = ((0.0, 100.0), (100.0, 0.0))
"""Each hundredth that is left open costs a hundredth."""


class Over(msgspec.Struct, frozen=True):
    """What findings are held against: the measure that counts it, what it is called, and the least that it is taken for."""

    measure: str
    one: str
    many: str
    least: float = LEAST_COUNT
    each: float = 100
    """Findings are told for so many of it."""

    def rate(self, share: bool) -> str:
        """What a figure is told in: `%`, or `per 1,000 lines of code`."""
        return "%" if share else f"per {self.each:,.0f} {self.many}"

    def told(self, number: float) -> str:
        """`1 query`, `1,260 queries`, `3 calls, taken as 5`."""
        small = f", taken as {self.least:,.0f}" if number < self.least else ""
        return f"{number:,.0f} {self.one if number == 1 else self.many}{small}"


CODE = Over("size.code_lines", "line of code", "lines of code", LEAST_LINES, 1000)


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
    rules: tuple[str, ...] = ()
    """Rules and packs whose findings belong to it; a rule belongs to the line that names it rather than its pack."""
    over: Over | None = None
    """For a line that weighs its findings: over what. Without it the line goes by a figure of its own."""
    share: str = ""
    """For a line that goes by a share of things: what is wrong with those that are counted. Without it findings weigh."""
    thing: str = ""
    """The fact of a finding that tells which thing it is about, where several may be about one: the surest counts."""
    needs: tuple[str, ...] = ()
    """Measures that have to be known before the line counts as measured: each is fed by one rule or one evidence."""


LINES = (
    Line(
        name="error handling",
        figure="weighted findings of errors/* in the code itself per 1,000 lines of code",
        weight=14,
        scale=((0, 100), (1, 85), (3, 65), (8, 35), (20, 0)),
        cap="C",
        why="an error that nobody hears of is the costliest kind, so this line weighs most; at three, one medium finding "
        "stands in every 670 lines",
        rules=("errors",),
        over=CODE,
        needs=(
            "errors.broad_handlers", "errors.generic_raises", "errors.lost_causes", "errors.lost_tasks", "errors.swallowed",
            "errors.unchecked_results",
        ),
    ),
    Line(
        name="error paths",
        figure="ways in (routes, tasks, commands) that an error leaves with nobody to answer for it, in percent",
        weight=8,
        scale=((0, 100), (5, 85), (15, 65), (40, 30), (80, 0)),
        cap="C",
        why="a way in counts once, however many errors leave it; what a user gets to see is a failure, not an error's type",
        rules=("errors/unhandled-error-path",),
        over=Over("errors.entry_points", "way in", "ways in"),
        thing="entry",
        share="left by errors",
        needs=("errors.entry_points",),
    ),
    Line(
        name="security",
        figure="weighted findings of security/* per 1,000 lines of code",
        weight=12,
        scale=((0, 100), (0.05, 85), (0.2, 65), (1, 30), (3, 0)),
        cap="C+",
        why="a mark about security is a known gap left open, so far fewer are borne than of error handling; a grave one also "
        "caps the letter",
        rules=("security",),
        over=CODE,
        needs=("todo.security",),
    ),
    Line(
        name="data access",
        figure="queries that are asked once per element, or that load a whole table for an answer, in percent of queries",
        weight=8,
        scale=((0, 100), (3, 85), (8, 65), (20, 35), (40, 0)),
        cap="C+",
        why="these are what makes a route slow once there is data; some of them stand where nobody ever waits, so a few cost "
        "little",
        rules=("database/n-plus-one", "database/unbounded-query"),
        over=Over("database.queries", "query", "queries"),
        share="repeated or unlimited",
        needs=("database.n_plus_one", "database.queries"),
    ),
    Line(
        name="database upkeep",
        figure="weighted findings of the other rules of database/* per 1,000 lines of code",
        weight=2,
        scale=((0, 100), (0.1, 85), (0.4, 65), (1, 30), (3, 0)),
        cap="B",
        why="migrations that can not be taken back, connections without a pool or a time limit, names: each is one "
        "decision, and mended in one place",
        rules=("database",),
        over=CODE,
        needs=("database.queries", "database.queries_without_timeout", "database.unpooled_engines"),
    ),
    Line(
        name="timeouts",
        figure="calls of other machines that may wait for ever, in percent",
        weight=5,
        scale=((0, 100), (5, 85), (20, 60), (50, 30), (100, 0)),
        cap="B",
        why="one call that hangs takes a worker, some take the service: the cheapest of all outages to prevent",
        rules=("resilience/no-timeout",),
        over=Over("resilience.outside_calls", "call", "calls"),
        share="without an end",
        needs=("resilience.outside_calls",),
    ),
    Line(
        name="outside services",
        figure="outside services that are reached with neither breaker nor bounded retry, in percent",
        weight=2,
        scale=STRAIGHT,
        cap="B+",
        why="with a timeout everywhere a breaker is the second step, so it weighs less; a mesh or proxy that does it is not seen",
        rules=("resilience/no-circuit-breaker",),
        over=Over("resilience.outside_services", "service", "services"),
        thing="service",
        share="with no breaker",
        needs=("resilience.outside_services",),
    ),
    Line(
        name="critical rows",
        figure="models of critical rows (orders, payments, users …) whose rows are deleted for good, in percent",
        weight=2,
        scale=STRAIGHT,
        cap="B+",
        why="whether deleting is right is the business's choice and often the law's, so this is a hint and weighs little",
        rules=("resilience/hard-delete",),
        over=Over("resilience.critical_models", "model", "models"),
        thing="model",
        share="with rows deleted for good",
        needs=("resilience.critical_models",),
    ),
    Line(
        name="tracing",
        figure="links of the request id that are broken, and watchers (error tracker, metrics, health check) that are missing, "
        "in percent",
        weight=2,
        scale=STRAIGHT,
        cap="B+",
        why="it shortens an outage and prevents none",
        rules=("resilience",),
        over=Over("resilience.signals", "link or watcher", "links and watchers"),
        share="broken or missing",
        needs=("resilience.signals",),
    ),
    Line(
        name="API limits",
        figure="handlers of routes without a rate limit, in percent",
        weight=3,
        scale=STRAIGHT,
        cap="B+",
        why="many limit requests in front of the application, where no code tells of it: no project is sunk by this line",
        rules=("api/unlimited-route",),
        over=Over("api.handlers", "handler", "handlers"),
        share="without a limit",
        needs=("api.handlers",),
    ),
    Line(
        name="API versions",
        figure="handlers for programs of others whose route has no version or broke what clients rely on, in percent",
        weight=2,
        scale=STRAIGHT,
        cap="B+",
        why="it matters from the day on which others build on the API, and then all at once",
        rules=("api",),
        over=Over("api.public_handlers", "handler", "handlers"),
        share="without a version",
        needs=("api.public_handlers",),
    ),
    Line(
        name="duplication",
        figure="duplicated lines in percent of lines of code",
        weight=9,
        scale=((0, 100), (6, 90), (10, 80), (20, 55), (40, 20), (60, 0)),
        cap="C+",
        why="the SIG model's steps of 3, 5, 10 and 20 % are for exact copies; here renamed and near copies count too, which is "
        "about twice as much, so the steps are doubled",
        rules=("duplication",),
        needs=("duplication.density_pct",),
    ),
    Line(
        name="complexity",
        figure="functions of cyclomatic complexity over 10 in percent of functions",
        weight=8,
        scale=((0, 100), (2, 90), (5, 70), (10, 40), (25, 0)),
        cap="B-",
        why="10 is McCabe's own limit of what can be tested; a share shows the bad ones, which a mean hides",
        needs=("size.functions", "complexity.functions_over_10"),
    ),
    Line(
        name="maintainability",
        figure="mean maintainability index of the source files, 0 to 100",
        weight=2,
        scale=((10, 0), (20, 40), (50, 70), (85, 100)),
        cap="A-",
        why="below 10 and 20 are Visual Studio's red and yellow; it mostly follows length and complexity, so it weighs little",
        needs=("maintainability.average",),
    ),
    Line(
        name="dependencies",
        figure="vulnerable packages: a critical one counts 4, high or unknown 2, others 1; times the share that was audited",
        weight=8,
        scale=((0, 100), (1, 75), (2, 60), (4, 35), (10, 0)),
        cap="C+",
        why="one hole is enough, however large the project: this line is a count, not a density",
        rules=("dependencies/vulnerable",),
        needs=("dependencies.critical", "dependencies.high"),
    ),
    Line(
        name="dependency upkeep",
        figure="weighted findings of the other rules of dependencies/* per 100 packages",
        weight=2,
        scale=((0, 100), (5, 85), (15, 65), (40, 30), (100, 0)),
        cap="B",
        why="unused, missing, unpinned: a nuisance at the next upgrade rather than a danger today",
        rules=("dependencies",),
        over=Over("dependencies.total", "package", "packages", 20),
        needs=("dependencies.total",),
    ),
    Line(
        name="coverage",
        figure="lines that tests run in percent",
        weight=9,
        scale=((0, 0), (20, 15), (60, 60), (80, 85), (95, 100)),
        cap="B+",
        why="20, 60, 80 and 95 % are the steps of the SIG model; 80 % is also what SonarQube's own gate asks of new code",
        needs=("coverage.line_pct",),
    ),
    Line(
        name="own rules",
        figure="weighted findings of the team's own rules per 1,000 lines of code",
        weight=2,
        scale=((0, 100), (1, 85), (3, 65), (8, 35), (20, 0)),
        cap="C+",
        why="they are heard, and one rule more does not sink a team; without rules of its own the line does not apply",
        rules=(OTHERS,),
        over=CODE,
    ),
)  # fmt: skip
"""The lines; their weights sum to 100."""


@cache
def line_of(rule: str) -> Line:
    """The one line that a rule belongs to."""
    for name in (rule, rule.partition("/")[0], OTHERS):
        for line in LINES:
            if name in line.rules:
                return line
    raise AssertionError("one line takes every rule that no other has")

"""Figures about questions to the database: those below the hot paths, and how uniformly fields are named."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from auditor.model.finding import Finding
from auditor.model.measure import Measure, absent, unknown
from auditor.paths.calls.graph import Node
from auditor.paths.calls.reach import Reach
from auditor.paths.names.symbol import Symbol
from auditor.paths.project import Project

HOT = "database.hot_n_plus_one"
NAMING = "database.naming_pct"
QUERIES = "database.queries"
NAMES = {HOT: "count", QUERIES: "count", NAMING: "%"}
"""The measures of this part, with their units."""
REPEATED = "database/n-plus-one"


def database(project: Project, findings: tuple[Finding, ...], hot: tuple[str, ...], rules: frozenset[str]) -> Iterator[Measure]:
    """What `hot` (patterns of routes and of functions' names) leads to, and the share of fields in the style of most."""
    yield _hot(project, findings, hot, rules)
    asked = project.number_of_questions
    yield Measure(QUERIES, asked) if asked else absent(QUERIES, "nothing in the project asks a database")
    share = project.naming.share_pct if project.flows else None
    if share is None:
        yield unknown(NAMING, "no model or schema has a field with a name of several words", "%")
    else:
        yield Measure(NAMING, round(share, 1), "%")


def _hot(project: Project, findings: tuple[Finding, ...], hot: tuple[str, ...], rules: frozenset[str]) -> Measure:
    if not hot:
        return unknown(HOT, "the settings name no hot paths: [tool.auditor.paths] hot")
    if REPEATED not in rules:
        return unknown(HOT, f"the rule {REPEATED} did not run")
    entries = _entries(project, hot)
    if not entries:
        return unknown(HOT, "no route or function of the project has a name that the settings call hot")
    below = Reach(project.graph, entries).from_entries
    counted = {f.location for f in findings if f.rule == REPEATED and f.suppressed is None and f.confidence.value != "low"}
    number = sum(one.location in counted and one.outer in below for one in project.repeated_queries)
    return Measure(HOT, number, source=REPEATED)


def _entries(project: Project, hot: tuple[str, ...]) -> list[Node]:
    """The scopes that answer hot routes, and the functions of hot names."""
    graph = project.graph
    named = [
        node
        for node in graph.nodes
        if node.scope >= 0 and any(fnmatchcase(graph.dotted(Symbol("function", *node)), pattern) for pattern in hot)
    ]
    routed = [
        node
        for entry in project.entries
        if entry.route is not None
        if any(fnmatchcase(name, pattern) for name in (entry.route.path, entry.route.name) for pattern in hot)
        for node in (entry.node, *entry.hooks)
    ]
    return [*named, *routed]

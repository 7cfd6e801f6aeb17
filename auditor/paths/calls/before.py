"""What was said before the place that uses it: the statement of a result, and what an object was made with."""

import re
from collections.abc import Iterator

from auditor.facts.flow.events import Call
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.written.arguments import arguments

FITS = re.compile(r"(?:re|regex)\.(?:full)?match\Z")
MOST = 20
"""Names that are followed at once at most."""
AFTER = frozenset(("__post_init__", "__attrs_post_init__", "model_post_init"))
"""Methods that run when the fields of an object are filled."""


def asked_before(graph: Graph, node: Node, edge: Edge) -> Iterator[str]:
    """What the query was given whose result a call takes: `result = execute(select(...)); result.scalar_one()`, and what the
    statement was given that is asked by its name: `scalars(statement).one()`.
    """
    table = graph.symbols.table(node.path)
    names = [edge.call.target.partition(".")[0]]
    for other in table.at.get(edge.call.start, ()) if edge.call.start >= 0 else ():
        names += _names(other.args)
    seen: set[str] = set()
    while names and len(seen) < MOST:
        name = names.pop()
        seen.add(name)
        for assign in table.assigns.get((edge.call.scope, name), ()):
            for call in table.at.get(assign.start, ()):
                yield call.args
                names += [one for one in _names(call.args) if one not in seen]


def fitted(call: Call) -> tuple[str, ...]:
    """What a call looks at whether it fits a pattern: `re.match(r"\\d+$", text)`."""
    return arguments(call.args).positional if FITS.match(call.target) else ()


def _names(args: str) -> list[str]:
    return [text for text in arguments(args).positional if text.isidentifier()]


def made_with(graph: Graph, node: Node, parts: list[str]) -> Iterator[tuple[Node, int, str]]:
    """What the calls that make an object give for a field that its method looks at once the fields are filled, each with where
    the call stands: `self.grams` in the `__post_init__` of a dataclass. What a row holds was let in before.
    """
    definition = graph.definition(node) if parts[0] == "self" and len(parts) > 1 else None
    if definition is None or definition.name not in AFTER:
        return
    names = [
        name
        for name, assigns in graph.symbols.table(node.path).by_scope.get(definition.parent, {}).items()
        if assigns[0].annotation and not assigns[0].annotation.startswith("ClassVar")
    ]
    if parts[1] in names:
        for caller, edge in graph.callers.get(node, ()):
            text = edge.arguments.get(names.index(parts[1]), parts[1])
            row = graph.symbols.chain(caller.path, edge.call.scope, text.partition(".")[0]) if text and "." in text else None
            if text and not (row is not None and graph.symbols.classes.is_model(row)):
                yield caller, edge.call.scope, text


def is_librarys(graph: Graph, node: Node, parts: list[str]) -> bool:
    """Whether a request is a library's own by its name, `from flask import request`: that tells what a missing key raises."""
    symbol = graph.symbols.chain(node.path, node.scope, parts[0])
    if symbol is None or symbol.kind != "external":
        return False
    return bool(graph.knowledge.sources(f"{symbol.name}.{parts[1]}"))

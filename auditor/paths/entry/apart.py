"""Which types a handler that is given every error tells apart, and so answers."""

import re
from collections.abc import Callable, Iterator

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.written.arguments import arguments, split

OF_TYPE = re.compile(r"\btype\(|\.__class__\b")
Types = Callable[[str, int, str], Iterator[str]]
"""The types that an expression names in a scope of a file."""


class Apart:
    """Answers for one graph."""

    def __init__(self, graph: Graph, named: Types) -> None:
        self.graph = graph
        self.named = named

    def types(self, node: Node) -> Iterator[str]:
        """The types that it asks for by `isinstance`, or has an answer for in a dictionary in which it looks the type up."""
        looks_up = False
        for call in self.graph.calls.get(node, ()):
            given = arguments(call.args).positional
            if call.target == "isinstance" and len(given) == 2:
                yield from self.named(node.path, node.scope, given[1])
            looks_up = looks_up or call.target == "type" or OF_TYPE.search(call.args) is not None
        if looks_up or any(OF_TYPE.search(read.text) for read in self.graph.reads.get(node, ())):
            yield from self._listed(node)

    def _listed(self, node: Node) -> Iterator[str]:
        """The types that dictionaries of the scope, its class and its module have as keys."""
        definition = self.graph.definition(node)
        scopes = (node.scope, definition.parent if definition is not None else -1, -1)
        for assign in self.graph.flows[node.path].assigns:
            if assign.scope in scopes and assign.text.startswith("{"):
                body = assign.text.partition("}")[0][1:]
                for pair in split(body):
                    yield from self.named(node.path, assign.scope, pair.partition(":")[0])

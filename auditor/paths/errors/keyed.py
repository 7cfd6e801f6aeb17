"""Rows that are looked up by a key as it was sent: the database library makes a number of it and refuses what is none."""

import re
from functools import cached_property

from auditor.knowledge.names import spelt
from auditor.knowledge.rows import Orm
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.calls.outside import Outside
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import literal

REFERS = "_id"
TEXT = re.compile(r"\b(?:Char|Slug|UUID|Text|Email|Hash)\w*Field\b|uuid", re.IGNORECASE)
"""A key that is no number: any text is one, or another error tells of it."""
PART = re.compile(r"[A-Za-z_]\w*\.\w+\Z")
"""A part of an object, of which whoever made it says what it is."""
PRIMARY = re.compile(r"\bprimary_key\s*=\s*True")


class Keyed:
    """Answers for one graph."""

    def __init__(self, graph: Graph, outside: Outside) -> None:
        self.graph = graph
        self.outside = outside
        self._numbered: dict[Symbol, bool] = {}

    def given(self, node: Node, edge: Edge) -> str:
        """What a query looks for a row by whose key is a number, as it was sent, `pk=key`; empty where there is none."""
        for name, text in edge.arguments.keywords.items() if edge.name in self._looking else ():
            if PART.match(text) and not self.outside.is_of_request(text):
                continue
            sent = literal(text) is None and self.outside.tells(node, edge.call.scope, text, "raw")
            if sent and self._is_key(node, edge, name) and self.outside.of(node, edge, "raw"):
                return f"{name}={text}"
        return ""

    @cached_property
    def _looking(self) -> frozenset[str]:
        """The calls that look for rows by their keys."""
        return frozenset(name for row in self._rows for text in row.looks_up for name in spelt(text))

    @cached_property
    def _rows(self) -> tuple[Orm, ...]:
        return tuple(self.graph.knowledge.rows(Orm))

    def _is_key(self, node: Node, edge: Edge, name: str) -> bool:
        """Whether such an argument tells a query the key of a row, or of the row that it refers to, and that is a number."""
        symbols = self.graph.symbols
        own = any(name in row.keys for row in self._rows)
        if not own and not name.endswith(REFERS):
            return False
        begun = edge.call.target.partition(".")[0] if edge.model is None else ""
        model = edge.model or symbols.chain(node.path, edge.call.scope, edge.arguments.get(0) or begun)
        if model is None or not model.path or not symbols.classes.is_model(model):
            return False
        if own:
            return self._is_numbered(model.as_("class"))
        relation = symbols.relations.of(model.as_("class")).get(name.removesuffix(REFERS))
        return relation is not None and bool(relation.target.path) and self._is_numbered(relation.target)

    def _is_numbered(self, model: Symbol) -> bool:
        """Whether the key of a model is a number: neither it nor a class that it stands on declares one of text."""
        if model not in self._numbered:
            family = [klass for klass in self.graph.symbols.classes.mro(model) if klass.kind == "class" and klass.path]
            calls = [call for klass in family for call in self.graph.flows[klass.path].calls if call.scope == klass.place]
            text = (PRIMARY.search(call.args) and TEXT.search(f"{call.target} {call.args}") for call in calls)
            self._numbered[model] = not any(text)
        return self._numbered[model]

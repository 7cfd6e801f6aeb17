"""Rows that somebody has got, or asked for, before code gets them by the same key: the second time none is missing."""

import re
from collections.abc import Sequence

from auditor.facts.flow.events import Call
from auditor.paths.calls.graph import Node
from auditor.paths.entry.entries import EntryPoint
from auditor.paths.errors.dependence import Witness
from auditor.paths.errors.escape import Escapes
from auditor.paths.routes.join import UNKNOWN

OWN_ROW = re.compile(r"(?:pk|id)\s*=\s*(?P<owner>\w+(?:\.\w+)*)\.(?:pk|id)")
GIVEN = re.compile(r"=\s*(\w+(?:\.\w+)*)\s*(?:,|\Z)")
PART = re.compile(r"\b(?P<column>\w+)\s*=\s*self\.kwargs(?:\[|\.get\()\s*['\"](?P<key>\w+)['\"]")
COLUMNS = ("pk", "id", "slug")
LOOKS_UP = re.compile(r"(?:\A|[._])(?:get|find|fetch|load|lookup|retrieve|resolve|check|ensure|require)(?:_\w+)?\Z")
GETS = (".get", ".one", ".scalar_one")
ASKS = ("first", "one_or_none", "scalar_one_or_none")
EARLIER = ("dispatch", "setup", "get_queryset", "get_object")
"""What a view does before it has its row."""


class Fetched:
    """Answers for one graph, about the way of an error that a missing row begins."""

    def __init__(self, escapes: Escapes) -> None:
        self.escapes = escapes
        self.graph = escapes.graph

    def before(self, entry: EntryPoint, node: Node, steps: Sequence[tuple[Node, Witness]]) -> bool:
        """Whether the row is known to be there, or the route can not even name it."""
        last = steps[-1]
        if not last[1].name.endswith(GETS):
            return False
        return self._is_asked(last) or self._is_own(last) or self._is_shown(entry, node, last) or self._is_of_another(entry, last)

    def _is_asked(self, last: tuple[Node, Witness]) -> bool:
        """Whether a scope asks for a row before it gets it, `if rows.filter(id=key).exists(): rows.get(pk=key)`, or has a
        helper look it up: `resolve(request, Order, key)`.
        """
        node, witness = last
        table = self.graph.symbols.table(node.path)
        got = next((e.call for e in self.graph.edges(node) if e.name == witness.name and e.call.line == witness.line), None)
        keys = {key for call in table.at.get(got.start, ()) for key in GIVEN.findall(call.args)} if got is not None else set()
        model = got.target.partition(".")[0].partition("(")[0] if got is not None else ""
        owner = got.target.rpartition(".")[0] if got is not None else ""
        asked = tuple(f"{owner}.{last}" for last in ("exists", *ASKS)) if owner.isidentifier() else ()
        for call in self.graph.calls.get(node, ()) if keys or asked else ():
            if call.line <= witness.line and call.target in asked:
                return True
            if call.line < witness.line and any(self._names(call, table.at.get(call.start, ()), model, key) for key in keys):
                return True
        return False

    @staticmethod
    def _names(call: Call, chain: Sequence[Call], model: str, key: str) -> bool:
        """Whether a call asks for a row of a model by a key."""
        last = call.target.rpartition(".")[2]
        if last == "exists" or (last in ASKS and model[:1].isupper() and call.target.startswith(f"{model}.")):
            return any(re.search(rf"=\s*{re.escape(key)}\b", one.args) for one in chain)
        if not model[:1].isupper() or not LOOKS_UP.search(call.target) or not re.search(rf"\b{model}\b", call.args):
            return False
        return re.search(rf"(?<![\w.]){re.escape(key)}\b", call.args) is not None

    def _is_own(self, last: tuple[Node, Witness]) -> bool:
        """Whether a row is asked for anew by the key of itself."""
        node, witness = last
        match = OWN_ROW.fullmatch(witness.text.strip())
        return match is not None and not self.escapes.outside.tells(node, node.scope, match["owner"], "sent")

    def _is_shown(self, entry: EntryPoint, node: Node, last: tuple[Node, Witness]) -> bool:
        """Whether a view of one row has found that row by the same part of the path before it runs a hook."""
        match = PART.search(last[1].text)
        if entry.klass is None or node not in entry.hooks or match is None or match["column"] not in COLUMNS:
            return False
        if self.graph.name(node).rpartition(".")[2] in EARLIER:
            return False
        symbols, knowledge = self.graph.symbols, self.graph.knowledge
        bases = (base.name for base in symbols.classes.mro(entry.klass) if base.kind == "external")
        if not any(match["key"] in row.keys for base in bases for row in knowledge.views(base)):
            return False
        shown = symbols.members.of_view(entry.klass.as_("instance"), "get_object", 0)
        got = [e.model for e in self.graph.edges(last[0]) if e.call.line == last[1].line and e.name == last[1].name]
        return shown is not None and any(model is not None and model.as_("class") == shown.as_("class") for model in got)

    def _is_of_another(self, entry: EntryPoint, last: tuple[Node, Witness]) -> bool:
        """Whether the row is named by a part of the path that this route has not: the view answers several."""
        route = entry.route
        if route is None or entry.klass is None or UNKNOWN in route.path:
            return False
        node, witness = last
        table = self.graph.symbols.table(node.path)
        kept = (one for name in GIVEN.findall(witness.text) for one in table.assigns.get((node.scope, name), ()))
        texts = [witness.text, *(f"{one.target} = {one.text or one.value}" for one in kept)]
        parts = (match["key"] for text in texts if (match := PART.search(text)))
        return any(re.search(rf"[<:{{]{part}[>}}:]", route.path) is None for part in parts)

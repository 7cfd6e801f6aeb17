"""Rows that somebody has got, or asked for, before code gets them by the same key: the second time none is missing."""

import re
from collections.abc import Iterator, Sequence

from auditor.facts.flow.events import Call
from auditor.facts.flow.loops import variables
from auditor.paths.calls.graph import Edge, Node
from auditor.paths.entry.entries import EntryPoint
from auditor.paths.errors.ahead import Ahead
from auditor.paths.errors.dependence import Witness
from auditor.paths.errors.escape import Escapes
from auditor.paths.errors.tested import is_tested
from auditor.paths.names.symbol import Symbol
from auditor.paths.routes.join import UNKNOWN

OWN_ROW = re.compile(r"(?:pk|id)\s*=\s*(?P<owner>\w+(?:\.\w+)*)\.(?:pk|id)")
GIVEN = re.compile(r"=\s*(\w+(?:\.\w+)*)\s*(?:,|\Z)")
ASKED = re.compile(r"=\s*(\w+(?:\.\w+)*(?:\[\s*['\"]\w+['\"]\s*\]|\.get\(\s*['\"]\w+['\"]\s*\))?)\s*(?:,|\Z)")
"""The same, and parts of what was sent: `email=request.POST["email"]`."""
LOADED = re.compile(r"([A-Za-z_]\w*)(?:\.(?:all|select_related|prefetch_related|select_for_update|only|defer)\(\))*\Z")
"""A query that is kept, with what is loaded beside its rows: it has the same rows."""
OR_404 = ("get_object_or_404", "aget_object_or_404", "shortcuts.get_object_or_404")
HELD = re.compile(r"=\s*(\w+)(?:\.get\(|\[)\s*['\"](?:\w+_)?(?:id|pk)['\"]")
PART = re.compile(r"\b(?P<column>\w+)\s*=\s*self\.kwargs(?:\[|\.get\()\s*['\"](?P<key>\w+)['\"]")
NAMED = re.compile(r"\b(\w+)\s*=\s*([A-Za-z_]\w*)\s*(?:,|\Z)")
SENT = re.compile(r"\b(?:pk|id)\s*=\s*(?:\w+\.)*data(?:\[|\.get\()\s*['\"](?P<key>\w+)['\"]")
COLUMNS = ("pk", "id", "slug")
WORD = re.compile(r"[A-Za-z_]\w*")
MODEL = re.compile(r"\b[A-Z]\w+\b")
OWNED = re.compile(r"\w+\.(?:pk|id|name|slug|uuid|key)")
MAKES = re.compile(r"(?:\A|[._])(?:create|add|make|insert|register|save)(?:_\w+)?\Z")
LOOKS_UP = re.compile(r"(?:\A|[._])(?:get|find|fetch|load|lookup|retrieve|resolve|check|ensure|require)(?:_\w+)?\Z")
GETS = (".get", ".one", ".scalar_one")
ASKS = ("first", "afirst", "count", "acount", "one_or_none", "scalar_one_or_none")
EARLIER = ("dispatch", "setup", "get_queryset", "get_object")
"""What a view does before it has its row."""


class Fetched:
    """Answers for one graph, about the way of an error that a missing row begins."""

    def __init__(self, escapes: Escapes) -> None:
        self.escapes = escapes
        self.graph = escapes.graph
        self.ahead = Ahead(escapes.graph, escapes.catching)

    def before(self, entry: EntryPoint, node: Node, steps: Sequence[tuple[Node, Witness]], error: str) -> bool:
        """Whether the row is known to be there, or the route can not even name it."""
        last = steps[-1]
        if not last[1].name.endswith(GETS):
            return False
        if (
            self._is_listed(last)
            or self._is_asked(last)
            or self._is_own(last)
            or self._is_shown(entry, node, last)
            or self._is_of_another(entry, last)
            or self._is_validated(last)
            or self.ahead.finds(entry, last, self._query(last)[0], error)
        ):
            return True
        return self._is_handed(steps, error)

    def _is_handed(self, steps: Sequence[tuple[Node, Witness]], error: str) -> bool:
        """Whether a caller has the row, or has found or made it before, by what it hands over as the key."""
        model, texts = self._query(steps[-1])
        asked = set(WORD.findall(" ".join(texts)))
        names = asked & set(self._names_of(steps[-1][0])) - {"self", "cls", "session", "db"}
        for place in range(len(steps) - 2, -1, -1):
            node, witness = steps[place]
            below = self._names_of(steps[place + 1][0])
            edge = next((e for e in self.graph.edges(node) if e.to == witness.below and e.call.line == witness.line), None)
            if not names or edge is None:
                return False
            first = below[0] in ("self", "cls")
            given = {edge.arguments.get(below.index(name) - first, name) or "" for name in names}
            if all(self._is_of_row(node, text) for text in given):
                return True
            if any(self._has_found(node, other, given, model, error) for other in self._earlier(node, edge.call)):
                return True
            names = given & set(self._names_of(node))
            if len(names) != len(given):
                return False
        return False

    def _query(self, last: tuple[Node, Witness]) -> tuple[str, list[str]]:
        """The model that the query is of, as far as it says, and what its calls are given."""
        node, witness = last
        edge = next((e for e in self.graph.edges(node) if e.name == witness.name and e.call.line == witness.line), None)
        if edge is None:
            return "", []
        table = self.graph.symbols.table(node.path)
        calls = [*table.at.get(edge.call.start, ()), edge.call]
        for assign in table.assigns.get((edge.call.scope, edge.call.target.partition(".")[0]), ()):
            calls += table.at.get(assign.start, ())
        texts = [f"{call.target} {call.args}" for call in calls]
        if edge.model is not None and edge.model.path:
            return self.graph.symbols.definition(edge.model).name, texts
        return next((match[0] for text in texts if (match := MODEL.search(text))), ""), texts

    def _names_of(self, node: Node) -> tuple[str, ...]:
        return self.graph.symbols.signature(Symbol("function", *node)).names if node.scope >= 0 else ()

    def _is_of_row(self, node: Node, text: str) -> bool:
        """Whether a text reads the key of a row that somebody has: `project.name`."""
        owner = text.rpartition(".")[0]
        found = self.graph.symbols.chain(node.path, node.scope, owner) if owner and OWNED.fullmatch(text) else None
        return found is not None and found.kind == "instance" and self.graph.symbols.classes.is_model(found)

    def _earlier(self, node: Node, call: Call) -> Iterator[Edge]:
        return (edge for edge in self.graph.edges(node) if edge.call.line < call.line and not edge.later)

    def _has_found(self, node: Node, edge: Edge, given: set[str], model: str, error: str) -> bool:
        """Whether a call finds or makes such a row by the same key, and answers for it where there is none."""
        said = {*edge.arguments.positional, *edge.arguments.keywords.values()}
        if not given <= said or edge.to is None:
            return False
        if edge.call.guard >= 0 and self.escapes.catching.stopped(node, edge.call.guard, error):
            return True
        if not (LOOKS_UP.search(edge.call.target) or MAKES.search(edge.call.target)):
            return False
        calls = self.graph.calls.get(edge.to, ())
        return bool(model) and any(re.search(rf"\b{model}\b", f"{call.target} {call.args}") for call in calls)

    def _is_listed(self, last: tuple[Node, Witness]) -> bool:
        """Whether a loop goes through the keys of rows that are there: `for pk in rows.values_list("pk"): rows.get(pk=pk)`, or
        through rows as mappings: `for row in rows.values(): rows.get(pk=row["pk"])`.
        """
        node, witness = last
        got = [e.call for e in self.graph.edges(node) if e.name == witness.name and e.call.line == witness.line]
        keys = {key for call in got for key in GIVEN.findall(call.args)}
        held = {name for call in got for name in HELD.findall(call.args)}
        table = self.graph.symbols.table(node.path)
        for loop in self.graph.flows[node.path].loops if keys or held else ():
            names = set(variables(loop.target)) if loop.scope == node.scope else set()
            if not keys.isdisjoint(names) and "values_list(" in loop.text:
                return True
            if not held.isdisjoint(names):
                kept = table.assigns.get((node.scope, loop.source), ())
                if any(".values(" in text for text in (loop.text, *(f"{one.value}{one.text}" for one in kept))):
                    return True
        return False

    def _is_asked(self, last: tuple[Node, Witness]) -> bool:
        """Whether a scope asks for a row before it gets it, `if rows.filter(id=key).exists(): rows.get(pk=key)`, or has a
        helper look it up: `resolve(request, Order, key)`.
        """
        node, witness = last
        table = self.graph.symbols.table(node.path)
        got = next((e.call for e in self.graph.edges(node) if e.name == witness.name and e.call.line == witness.line), None)
        keys = {key for call in table.at.get(got.start, ()) for key in ASKED.findall(call.args)} if got is not None else set()
        model = got.target.partition(".")[0].partition("(")[0] if got is not None else ""
        owner = got.target.rpartition(".")[0] if got is not None else ""
        asked = tuple(f"{owner}.{last}" for last in ("exists", *ASKS)) if owner.isidentifier() else ()
        query = LOADED.match(owner)
        for call in self.graph.calls.get(node, ()) if keys or asked or query is not None else ():
            if call.line <= witness.line and call.target in asked:
                return True
            if query is not None and call.line < witness.line and call.target in OR_404 and call.args == query[1]:
                return True
            chain = table.at.get(call.start, ()) if call.line < witness.line else ()
            if chain and any(self._names(node, call, chain, model, key) for key in keys):
                return True
        return False

    def _names(self, node: Node, call: Call, chain: Sequence[Call], model: str, key: str) -> bool:
        """Whether a call asks for a row of a model by a key."""
        last = call.target.rpartition(".")[2]
        of_model = model[:1].isalpha() and call.target.startswith(f"{model}.")
        if last in ("exists", "aexists") or (last in ASKS and of_model) or (of_model and is_tested(self.graph, node, call)):
            return any(re.search(rf"=\s*{re.escape(key)}(?!\w)", one.args) for one in chain)
        if not model[:1].isupper() or not LOOKS_UP.search(call.target) or not re.search(rf"\b{model}\b", call.args):
            return False
        return re.search(rf"(?<![\w.]){re.escape(key)}(?!\w)", call.args) is not None

    def _is_own(self, last: tuple[Node, Witness]) -> bool:
        """Whether a row is asked for anew by the key of itself."""
        node, witness = last
        match = OWN_ROW.fullmatch(witness.text.strip())
        return match is not None and not self.escapes.outside.tells(node, node.scope, match["owner"], "sent")

    def _is_shown(self, entry: EntryPoint, node: Node, last: tuple[Node, Witness]) -> bool:
        """Whether a view of one row has found that row, or one that leads to it, by the same part of the path before it runs
        a hook.
        """
        if entry.klass is None or node not in entry.hooks or self.graph.name(node).rpartition(".")[2] in EARLIER:
            return False
        symbols, knowledge = self.graph.symbols, self.graph.knowledge
        bases = [base.name for base in symbols.classes.mro(entry.klass) if base.kind == "external"]
        keys = {key for base in bases for row in knowledge.views(base) for key in row.keys}
        columns = {column for column, key in self._asked_by(last) if key in keys}
        shown = symbols.members.of_view(entry.klass.as_("instance"), "get_object", 0) if columns else None
        if shown is None:
            return False
        got = [e.model.as_("class") for e in self.graph.edges(last[0]) if e.model and e.call.line == last[1].line]
        if not columns.isdisjoint(COLUMNS):
            return shown.as_("class") in got
        leads = {relation.target for relation in symbols.relations.of(shown.as_("class")).values()}
        return any(column.rpartition("__")[2] in COLUMNS for column in columns) and not leads.isdisjoint(got)

    def _asked_by(self, last: tuple[Node, Witness]) -> Iterator[tuple[str, str]]:
        """The columns by which a query asks, each with the part of the path that it is given."""
        node, witness = last
        yield from PART.findall(witness.text)
        for column, name in NAMED.findall(witness.text):
            yield from ((column, key) for key in self.ahead.keys(node, {name}))

    def _is_validated(self, last: tuple[Node, Witness]) -> bool:
        """Whether the row is named by a field of what was sent that a serializer has looked at as a relation to such rows."""
        node, witness = last
        match = SENT.search(witness.text)
        looks = (call.target.endswith(".is_valid") and call.line < witness.line for call in self.graph.calls.get(node, ()))
        if match is None or not any(looks):
            return False
        models = {e.model.as_("class") for e in self.graph.edges(node) if e.model is not None and e.call.line == witness.line}
        reverse = self.graph.symbols.relations.reverse
        return any(relation.back == match["key"] for model in models for relation in reverse.get(model, {}).values())

    def _is_of_another(self, entry: EntryPoint, last: tuple[Node, Witness]) -> bool:
        """Whether the row is named by a part of the path that this route has not: the view answers several."""
        route = entry.route
        if route is None or entry.klass is None or UNKNOWN in route.path:
            return False
        node, witness = last
        kept = self.ahead.keys(node, set(GIVEN.findall(witness.text)))
        parts = {key for _, key in PART.findall(witness.text)} | kept
        return any(re.search(rf"[<:{{]{part}[>}}:]", route.path) is None for part in parts)

"""Whether writing a row may break a constraint of its table: a column that has to be unique gets a value."""

import re

from auditor.facts.flow.elide import elided
from auditor.paths.graph import Edge, Graph, Node
from auditor.paths.symbols import Symbol

UNIQUE = re.compile(r"\bunique\s*=\s*True|OneToOneField")
TOGETHER = re.compile(r"UniqueConstraint|unique_together|\bUniqueIndex\b")
WORD = re.compile(r"['\"](\w+)['\"]")
FLUSHES = ("commit", "flush")
ADDS = ("add", "merge")
FINDS_FIRST = ("get_or_create", "update_or_create", "aget_or_create", "aupdate_or_create")
CREATES = ("create", "acreate", "bulk_create", "abulk_create")


class Constraints:
    """Answers for one graph, remembered by model."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._known: dict[Symbol, frozenset[str]] = {}

    def may_break(self, node: Node, edge: Edge) -> bool:
        """Whether a call writes a value to a column that has to be unique. A commit writes what its scope adds or sets."""
        last = edge.call.target.rpartition(".")[2]
        if last in FINDS_FIRST:
            return False
        if last in FLUSHES:
            return self._adds(node) or any(column in self.unique(model) for model, column in self._set(node))
        model = edge.model or self._receiver(node, edge)
        if model is None or not self.graph.symbols.members.is_model(model):
            return False
        unique = self.unique(model.as_("class"))
        if last in CREATES:
            return bool(unique)
        given = edge.arguments.keywords
        if "update_fields" in given:
            return bool(unique & set(WORD.findall(given["update_fields"])) & self._columns_set(node, model))
        return bool(unique & (set(given) | self._columns_set(node, model))) or (bool(unique) and self._made(node, edge))

    def _receiver(self, node: Node, edge: Edge) -> Symbol | None:
        owner = edge.call.target.rpartition(".")[0]
        return self.graph.symbols.chain(node.path, edge.call.scope, owner) if owner else None

    def _columns_set(self, node: Node, model: Symbol) -> set[str]:
        return {column for other, column in self._set(node) if other == model.as_("class")}

    def _made(self, node: Node, edge: Edge) -> bool:
        """Whether the object that is saved was made in the same scope."""
        owner = edge.call.target.rpartition(".")[0]
        assigns = self.graph.symbols.table(node.path).assigns.get((edge.call.scope, owner), ())
        made = (
            self.graph.symbols.chain(node.path, a.scope, a.value.removesuffix("()")) for a in assigns if a.value.endswith("()")
        )
        return any(one is not None and one.kind == "class" for one in made)

    def _adds(self, node: Node) -> bool:
        """Whether a scope adds a new object of such a model to a session."""
        symbols = self.graph.symbols
        for edge in self.graph.edges(node):
            if edge.call.target.rpartition(".")[2] in ADDS:
                for text in edge.arguments.positional[:1]:
                    found = symbols.chain(node.path, edge.call.scope, elided(text.encode()))
                    if found is not None and symbols.members.is_model(found) and self.unique(found.as_("class")):
                        return True
        return False

    def _set(self, node: Node) -> set[tuple[Symbol, str]]:
        """The columns that a scope sets, each with its model."""
        symbols = self.graph.symbols
        found = set()
        for assign in self.graph.flows[node.path].assigns:
            owner, _, column = assign.target.rpartition(".")
            if assign.scope == node.scope and owner:
                model = symbols.chain(node.path, node.scope, owner)
                if model is not None and symbols.members.is_model(model):
                    found.add((model.as_("class"), column))
        return found

    def unique(self, model: Symbol) -> frozenset[str]:
        """The columns of a model that have to be unique, by themselves or together, besides its key."""
        if model not in self._known:
            mro = self.graph.symbols.members.mro(model)
            self._known[model] = frozenset(column for klass in mro if klass.kind == "class" for column in self._declared(klass))
        return self._known[model]

    def _declared(self, klass: Symbol) -> set[str]:
        flow = self.graph.flows[klass.path]
        definitions = self.graph.files[klass.path].definitions
        inside = {klass.place, *(i for i, d in enumerate(definitions) if d.parent == klass.place and d.kind == "class")}
        found = set()
        for call in flow.calls:
            if call.scope in inside and "primary_key" not in call.args:
                text = f"{call.target}({call.args})"
                if UNIQUE.search(text) and call.bound:
                    found.add(call.bound)
                if TOGETHER.search(call.target):
                    found |= set(WORD.findall(call.args))
        for assign in flow.assigns:
            if assign.scope in inside and TOGETHER.search(f"{assign.target} {assign.text}"):
                found |= set(WORD.findall(assign.text))
        return found

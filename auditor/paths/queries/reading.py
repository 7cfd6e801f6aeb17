"""What showing one row of a model reads: relations by name, properties, and methods that are given the row."""

from collections.abc import Iterator
from typing import NamedTuple

from auditor.knowledge.orm import orm
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.loads.loading import Loads
from auditor.paths.names.relations import Relation
from auditor.paths.names.symbol import Symbol
from auditor.paths.queries.needs import Need, Needs
from auditor.paths.queries.question import WRITERS, Question

Path = tuple[str, ...]


class Shown(NamedTuple):
    """What showing one row needs; `path` leads from the row to what is read, and is empty for a question of its own."""

    need: Need
    path: Path


class Feed(NamedTuple):
    """Where rows are shown: the scope and line, what came with them, and in words what they come from."""

    node: Node
    line: int
    loads: Loads
    source: str


class Reading:
    """Answers for one graph."""

    def __init__(self, graph: Graph, needs: Needs) -> None:
        self.graph = graph
        self.symbols = graph.symbols
        self.needs = needs

    def relations(self, model: Symbol, source: str) -> list[Relation]:
        """The relations that a dotted name leads along, as far as it is one."""
        found: list[Relation] = []
        symbol = model
        for name in source.split("."):
            relation = self.symbols.relations.of(symbol.as_("class")).get(name)
            if relation is None:
                break
            found.append(relation)
            symbol = relation.target
        return found

    def relation(self, owner: Symbol, name: str, line: int, path: Path, relation: Relation) -> Shown:
        """The read of a relation by a field of a class that shows rows."""
        text = f"{self.symbols.definition(owner).name}.{name}"
        kind = "many" if relation.many else "one"
        question = Question(owner.place, line, 1, -1, text, kind, relation.name, "row", path, False, implied=bool(relation.lazy))
        return Shown(Need(question, Node(owner.path, owner.place), "row", path), path)

    def is_lazy(self, relation: Relation) -> bool:
        """Whether reading a relation asks, unless the query loaded it."""
        return relation.lazy not in orm().eager and relation.lazy not in WRITERS

    def of_method(self, method: Symbol) -> Iterator[Shown]:
        """What a method of a class that shows rows needs: it is given the row."""
        names = [name for name in self.symbols.signature(method).names if name not in ("self", "cls")]
        row = names[0] if names else ""
        for need in self.needs.of(Node(method.path, method.place)):
            if not need.root or need.root == row:
                yield Shown(need, need.path if need.root else ())

    def of_model(self, model: Symbol, name: str) -> Iterator[Shown]:
        """What a property or method of the model needs."""
        function = self.defined(model, name)
        for need in self.needs.of(Node(function.path, function.place)) if function is not None else ():
            if need.root in ("", "self") and self._leads(model, need):
                yield Shown(need, need.path if need.root else ())

    def _leads(self, model: Symbol, need: Need) -> bool:
        """Whether the relations on the way are the model's own: a method may be called for many classes, and run another's."""
        return not need.root or need.free or len(self.relations(model, ".".join(need.path))) == len(need.path)

    def defined(self, model: Symbol, name: str) -> Symbol | None:
        """The function, property or not, that a class of the project defines under a name."""
        for one in self.symbols.classes.mro(model):
            index = self.symbols.table(one.path).children.get((one.place, name)) if one.kind == "class" else None
            if index is not None:
                found = self.symbols.of(one.path, index)
                return found if found.kind == "function" else None
        return None

    def own_method(self, klass: Symbol, name: str) -> Symbol | None:
        """A method of the project by its name on a class."""
        found = self.symbols.member(klass.as_("instance"), name)
        return found if found is not None and found.kind == "function" and found.path and not found.name else None

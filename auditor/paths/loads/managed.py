"""What comes along since a model's own manager asks for it with every query."""

from collections.abc import Callable

from auditor.paths.loads.loading import Loads
from auditor.paths.names.relations import Relation
from auditor.paths.names.symbol import Symbol
from auditor.paths.names.symbols import Symbols


class Managed:
    """Answers for the models of one project; `returned` says what came with what a function hands back."""

    def __init__(self, symbols: Symbols, returned: Callable[[Symbol, int], Loads]) -> None:
        self.symbols = symbols
        self.returned = returned

    def of(self, model: Symbol, name: str, depth: int = 0) -> Loads:
        """What the project's own manager, the one of that name if the model says, loads with every query of a model."""
        members = self.symbols.members
        for klass in members.managers_at(model, name) or members.managers(model):
            begun = self.symbols.member(klass.as_("instance"), "get_queryset", depth)
            if begun is not None and begun.kind == "function" and begun.path:
                return self.returned(begun, depth)
        return Loads()

    def of_related(self, relation: Relation, depth: int) -> Loads:
        """What the manager of the rows at a relation's other end loads: Django asks it for them too."""
        is_asked = relation.many and not relation.lazy and self.symbols.members.managers_at(relation.symbol, "objects")
        return self.of(relation.symbol, "objects", depth) if is_asked else Loads()

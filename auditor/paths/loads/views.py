"""What came with the rows of class-based views, which say by class attributes what they ask for."""

from collections.abc import Callable

from auditor.knowledge.orm import orm
from auditor.paths.loads.given import Given
from auditor.paths.loads.loading import Loads
from auditor.paths.loads.managed import Managed
from auditor.paths.names.symbol import Symbol
from auditor.paths.names.symbols import Symbols


class Views:
    """Answers for the views of a project."""

    def __init__(
        self,
        symbols: Symbols,
        given: Given,
        managed: Managed,
        returned: Callable[[Symbol, int], Loads],
    ) -> None:
        self.symbols = symbols
        self.given = given
        self.managed = managed
        self.returned = returned

    def rows(self, view: Symbol, depth: int) -> Loads:
        """What came with the rows that a view asks for."""
        own = self.symbols.member(view, "get_queryset", depth)
        return self.returned(own, depth) if own is not None and own.path else self.said(view, "get_queryset", depth)

    def said(self, view: Symbol, method: str, depth: int) -> Loads:
        """What the class attributes of a view say of what one of its methods gives; a model by its manager."""
        for attribute in orm().views[method]:
            for klass in self.symbols.classes.mro(view):
                if klass.kind == "class":
                    assigns = self.symbols.table(klass.path).assigns.get((klass.place, attribute))
                    model = self.symbols.assigned(klass.path, assigns[0], depth + 1) if assigns and attribute == "model" else None
                    if model is not None and model.path and self.symbols.classes.is_model(model):
                        return self.managed.of(model, "objects", depth)
                    if assigns:
                        return self.given.assigned(klass.path, assigns, depth)
        return Loads()

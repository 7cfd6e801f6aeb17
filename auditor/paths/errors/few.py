"""Values of which a framework lets only a few through: parameters and fields of a body that are told as `Literal` or `Enum`."""

import re
from collections.abc import Iterable, Iterator

from auditor.facts.flow.events import Raise
from auditor.paths.calls.fields import MODELS
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.symbol import Symbol

LITERAL = re.compile(r"\bLiteral\[")
TEXT = re.compile(r"\b(?:str|Any|object)\b")
WORD = re.compile(r"(?<![\w.'\"])[A-Z]\w*(?:\.[A-Z]\w*)*")
TOLD = re.compile(r"\{\s*([A-Za-z_]\w*)")
NAME = re.compile(r"[A-Za-z_]\w*")
CHOICES = re.compile(r"\b(?:enum\.)?(?:Str|Int)?(?:Enum|Flag)\Z|\.TextChoices\Z")
COMPARES = re.compile(r"[=!]=|\bin\b|\bis not\b")
DEEPEST = 2
"""So many models deep: a body of items."""


class Few:
    """Answers for one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._known: dict[Node, frozenset[str]] = {}

    def decides(self, entry: Node, raised: Raise) -> bool:
        """Whether a raise compares what a handler is only handed as one of a few, by the name of it, or tells of it what is left
        where no branch took it.
        """
        if raised.condition and not COMPARES.search(raised.condition):
            return False
        asked = NAME.findall(raised.condition) if raised.condition else TOLD.findall(raised.args)
        return bool(asked) and not self._names(entry).isdisjoint(asked)

    def _names(self, entry: Node) -> frozenset[str]:
        if entry not in self._known:
            definition = self.graph.definition(entry)
            handler = definition is not None and definition.kind != "class" and entry.scope >= 0
            told = self.graph.symbols.signature(Symbol("function", *entry)).annotations if handler else {}
            self._known[entry] = frozenset(self._of(entry.path, told.items(), DEEPEST))
        return self._known[entry]

    def _of(self, path: str, told: Iterable[tuple[str, str]], depth: int) -> Iterator[str]:
        """The names of those that are one of a few, and of such fields of models among them."""
        for name, annotation in told:
            classes = [found for text in WORD.findall(annotation) if (found := self._class(path, text)) is not None]
            listed = LITERAL.search(annotation) is not None or any(self._is_enum(one) for one in classes)
            if listed and not TEXT.search(annotation):
                yield name
            for one in classes if depth else ():
                family = self.graph.symbols.classes.mro(one)
                if any(base.kind == "external" and MODELS.match(base.name) for base in family):
                    for klass in family:
                        if klass.path:
                            fields = self.graph.symbols.table(klass.path).by_scope.get(klass.place, {})
                            noted = [(field, assigns[0].annotation) for field, assigns in fields.items() if assigns]
                            yield from self._of(klass.path, noted, depth - 1)

    def _class(self, path: str, text: str) -> Symbol | None:
        found = self.graph.symbols.chain(path, -1, text)
        return found if found is not None and found.kind == "class" and found.path else None

    def _is_enum(self, klass: Symbol) -> bool:
        return any(one.kind == "external" and CHOICES.search(one.name) for one in self.graph.symbols.classes.mro(klass))

"""The errors that end in the `__exit__` of a project's own context manager."""

from collections.abc import Callable, Iterator

from auditor.facts.flow.elide import elided
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import arguments, split

EXITS = ("__exit__", "__aexit__")
Named = Callable[[Node, str], tuple[str, ...]]
"""The types that an expression names in a scope."""


class Exits:
    """Answers for one graph, each context manager asked once a scope."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._found: dict[tuple[str, int, str], tuple[str, ...]] = {}

    def types(self, node: Node, context: str, named: Named) -> tuple[str, ...]:
        """The types that the `__exit__` of a project's context manager looks for, where it says that they end there."""
        asked = (node.path, node.scope, context)
        if asked not in self._found:
            symbol = self.graph.symbols.chain(node.path, node.scope, elided(context.encode()).partition("()")[0])
            own = symbol is not None and symbol.kind in ("class", "instance") and symbol.path
            klass = symbol.as_("instance") if symbol is not None and own else None
            found = (self.graph.symbols.member(klass, name) for name in EXITS) if klass is not None else ()
            methods = [Node(one.path, one.place) for one in found if one is not None and one.kind == "function" and one.path]
            self._found[asked] = tuple(kind for method in methods for kind in self._ended(node, context, klass, method, named))
        return self._found[asked]

    def _ended(self, node: Node, context: str, klass: Symbol | None, method: Node, named: Named) -> Iterator[str]:
        """The types that an `__exit__` ends: it says that it may, hands back what it asks, or raises another in their place."""
        asks = [call for call in self.graph.calls.get(method, ()) if call.target in ("isinstance", "issubclass")]
        # A type checker lets `__exit__` say `bool` only where it may be true.
        says = "bool" in self.graph.symbols.signature(Symbol("function", *method)).returns or self._ends_all(method)
        if not says and not (asks and (self.graph.raises.get(method) or self._hands_back(method))):
            return
        for call in asks:
            types = call.args.partition(",")[2].strip(" ()")
            for text in (part.strip() for part in types.split(",")):
                if text.startswith("self.") and klass is not None:
                    yield from self._given(node, context, klass, text, named)
                elif text:
                    yield from named(method, text)
        if not asks:
            yield "BaseException"

    def _ends_all(self, method: Node) -> bool:
        """Whether a function hands back `True` whatever it is given."""
        return any(entry.scope == method.scope and entry.text == "True" for entry in self.graph.flows[method.path].returns)

    def _hands_back(self, method: Node) -> bool:
        """Whether a function may hand back something true."""
        found = self.graph.symbols.table(method.path).returns.get(method.scope, ())
        return any((entry.value or entry.text).strip() not in ("", "None", "False") for entry in found)

    def _given(self, node: Node, context: str, klass: Symbol, attribute: str, named: Named) -> Iterator[str]:
        """The types that a context manager is made with: `with answered(Timeout):`, kept in `self.kinds`."""
        maker = self.graph.symbols.member(klass, "__init__")
        if maker is None or maker.kind != "function" or not maker.path:
            return
        names = self.graph.symbols.signature(maker).names[1:]
        kept = self.graph.symbols.table(maker.path).own.get((klass.place, attribute.removeprefix("self.")), ())
        given = arguments(context.partition("(")[2].removesuffix(")"))
        for place, name in enumerate(names):
            if any(assign.value == name for assign in kept):
                texts = given.positional[place:] if name not in given.keywords else (given.keywords[name],)
                for text in texts:
                    parts = split(text[1:-1]) if text.startswith("(") else [text]
                    yield from (kind for part in parts for kind in named(node, part))

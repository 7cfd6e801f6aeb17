"""Calls of names that hold a function: what `partial` or `partialmethod` made, with what it was filled with before what it is
given, and one of two functions that a condition picks.
"""

import re
from collections.abc import Iterator

import msgspec

from auditor.facts.flow.events import Assign, Call
from auditor.knowledge.names import spelt
from auditor.paths.calls.edge import Edge, Node
from auditor.paths.calls.scopes import Scopes
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import arguments

MADE = frozenset(("functools.partial()", "functools.partialmethod()"))
EITHER = re.compile(r"\(?\s*([A-Za-z_][\w.]*)\s+if\s.*\selse\s+([A-Za-z_][\w.]*)\s*\)?\Z", re.DOTALL)


class Filled:
    """Resolves calls of partial functions of one project."""

    def __init__(self, scopes: Scopes) -> None:
        self.scopes = scopes
        self.symbols = scopes.symbols

    def of(self, node: Node, call: Call) -> Iterator[Edge]:
        """The edges of a call of `pick = partial(find, session)`, wherever the project keeps it: a variable of the scope, the
        module or another module, or an attribute.
        """
        for path, assign in self._assigns(node.path, call.scope, call.target):
            for made in self.symbols.table(path).at.get(assign.start, ()):
                yield from self._edges(Node(path, made.scope), call, made.args)

    def handed(self, node: Node, call: Call, text: str) -> Iterator[Edge]:
        """The library's functions that a runner is given so: `to_thread(partial(requests.get, url))`, also under a name."""
        name, opens, rest = text.partition("(")
        if opens and rest.endswith(")") and self._makes(node, call, f"{name}()"):
            function = arguments(rest[:-1]).get(0) or ""
            edges = self._edges(Node(node.path, call.scope), msgspec.structs.replace(call, target=function), rest[:-1])
        elif not opens and name.isidentifier() and self._makes(node, call, name):
            edges = self.of(node, msgspec.structs.replace(call, target=name))
        else:
            return
        yield from (edge for edge in edges if edge.to is None)

    def _makes(self, node: Node, call: Call, text: str) -> bool:
        """Whether what the text names or calls is a partial function."""
        symbol = self.symbols.chain(node.path, call.scope, text)
        return symbol is not None and symbol.kind == "external" and symbol.name in MADE

    def _edges(self, made: Node, call: Call, filled: str) -> Iterator[Edge]:
        """Where a call leads whose function was filled there with those arguments, the function first."""
        function, *before = arguments(filled).positional or ("",)
        symbol = self.symbols.chain(made.path, made.scope, function) if function else None
        if symbol is None:
            return
        given = msgspec.structs.replace(call, args=", ".join(filter(None, (*before, call.args, *_named(filled, call)))))
        if symbol.kind == "function" and symbol.path and not symbol.name:
            yield Edge(given, Node(symbol.path, symbol.place), self.scopes.dotted(symbol))
        elif symbol.kind == "external" and symbol.name != "=" and not symbol.name.endswith("()"):
            yield Edge(given, name=next(spelt(self.scopes.knowledge.normal(symbol.name))))

    def picked(self, node: Node, call: Call) -> tuple[Edge, ...]:
        """The functions of the project that `make = one if asked else other` may name, where the scope says so."""
        found = []
        for assign in self.symbols.table(node.path).assigns.get((call.scope, call.target), ()):
            said = EITHER.match(assign.text)
            for text in said.groups() if said is not None else ():
                symbol = self.symbols.chain(node.path, call.scope, text)
                if symbol is not None and symbol.kind == "function" and symbol.path and not symbol.name:
                    found.append(Edge(call, Node(symbol.path, symbol.place), self.scopes.dotted(symbol)))
        return tuple(found)

    def _assigns(self, path: str, scope: int, target: str) -> Iterator[tuple[str, Assign]]:
        owner, _, last = target.rpartition(".")
        if owner:
            yield from self._kept(self.symbols.chain(path, scope, owner), last)
            return
        table = self.symbols.table(path)
        found = table.assigns.get((scope, last)) or table.assigns.get((-1, last))
        if found is None and last in table.imports:
            module, _, last = table.imports[last].rpartition(".")
            origin = self.symbols.modules.find(module)
            path = origin if origin is not None else path
            found = self.symbols.table(path).assigns.get((-1, last)) if origin is not None else None
        for assign in found or ():
            yield path, assign

    def _kept(self, owner: Symbol | None, name: str) -> Iterator[tuple[str, Assign]]:
        """What an object's class or a module keeps under a name."""
        if owner is not None and owner.kind == "module":
            yield from ((owner.path, assign) for assign in self.symbols.table(owner.path).assigns.get((-1, name), ()))
        elif owner is not None and owner.kind in ("class", "instance") and owner.path:
            for klass in self.symbols.classes.mro(owner.as_("class")):
                table = self.symbols.table(klass.path) if klass.kind == "class" else None
                kept = (table.own, table.assigns) if table is not None else ()
                yield from ((klass.path, assign) for one in kept for assign in one.get((klass.place, name), ()))


def _named(filled: str, call: Call) -> Iterator[str]:
    """The keywords that a partial function was filled with and that its call does not give anew."""
    given = arguments(call.args).keywords
    for name, value in arguments(filled).keywords.items():
        if name not in given:
            yield f"{name}={value}"

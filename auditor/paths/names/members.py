"""What attributes and calls give: of classes with their bases, of modules, of queries and their rows."""

from typing import TYPE_CHECKING

from auditor.knowledge.orm import orm
from auditor.knowledge.rows import Orm
from auditor.paths.names.generics import handed_back, left_to_heirs
from auditor.paths.names.managers import manager_texts
from auditor.paths.names.relations import Relations
from auditor.paths.names.symbols import DEPTH, Symbol

if TYPE_CHECKING:
    from auditor.paths.names.symbols import Symbols

ROOTS = frozenset("builtins.object abc.ABC typing.Generic typing.Protocol typing_extensions.Protocol".split())
DEEPEST_CLASS = 80
"""More generations of classes than that are not gone through: nobody writes them, and Python's own stack ends."""
PROPERTIES = ("property", "cached_property", "hybrid_property", "classproperty", "cachedproperty")


class Members:
    """Attributes and results. Answers are remembered."""

    def __init__(self, symbols: "Symbols") -> None:
        self.symbols = symbols
        self.relations = Relations(symbols)
        self._known: dict[tuple[str, int, str], Symbol | None] = {}
        self._results: dict[Symbol, Symbol | None] = {}
        self._styles: dict[tuple[str, int], Orm | None] = {}
        self._managers: dict[tuple[str, int], list[Symbol]] = {}
        self._mro: dict[tuple[str, int], tuple[Symbol, ...]] = {}
        self._mro_depth = 0

    def forget_unknown(self) -> None:
        """Lets what nobody could say be asked again."""
        self._known = {asked: found for asked, found in self._known.items() if found is not None}
        self._results = {asked: found for asked, found in self._results.items() if found is not None}
        self._managers = {asked: found for asked, found in self._managers.items() if found}

    def get(self, symbol: Symbol, name: str, depth: int = 0) -> Symbol | None:
        """An attribute of a symbol, None where nobody can say."""
        if depth > DEPTH:
            return None
        if symbol.kind == "external":
            return Symbol("external", name=f"{symbol.name}.{name}")
        if symbol.kind == "module":
            return self._of_module(symbol, name, depth)
        if symbol.kind == "function":
            return self._of_super(symbol, name) if symbol.name == "super()" else None
        if symbol.kind == "query":
            return self._of_query(symbol, name, depth)
        if symbol.kind == "many":
            return None
        asked = (symbol.path, symbol.place, f"{symbol.kind}.{name}")
        if asked not in self._known:
            self._known[asked] = None
            self._known[asked] = self._of_class(symbol, name, depth)
        found = self._known[asked]
        if symbol.of is not None and symbol.kind == "instance" and found is not None and found.kind == "function":
            return found._replace(gives=handed_back(self.symbols, symbol, found) or found.gives)
        return found

    def _of_module(self, symbol: Symbol, name: str, depth: int) -> Symbol | None:
        found = self.symbols.global_name(symbol.path, name, depth + 1)
        if found is None or (found.kind == "external" and found.name == f"builtins.{name}"):
            inner = self.symbols.modules.find(f"{self.symbols.modules.name_of[symbol.path]}.{name}")
            return Symbol("module", inner) if inner is not None and inner != symbol.path else None
        return found

    def _of_super(self, symbol: Symbol, name: str) -> Symbol | None:
        for klass in self.mro(symbol)[1:]:
            if klass.kind == "external":
                return Symbol("external", name=f"{klass.name}.{name}")
            index = self.symbols.table(klass.path).children.get((klass.place, name))
            if index is not None:
                return self.symbols.of(klass.path, index)
        return None

    def _of_query(self, query: Symbol, name: str, depth: int) -> Symbol | None:
        """A method of a query: the project's own managers first, then what every query has."""
        book = orm()
        for klass in self.managers(query):
            own = self.get(klass.as_("instance"), name, depth + 1)
            if own is not None and own.kind == "function":
                return own._replace(of=query)
        if name in book.contents:
            return query
        if name in book.chains:
            return Symbol("external", name="=", of=query)
        if name in book.ones:
            return Symbol("external", name="=", of=query.as_("instance"))
        if name in book.pairs:
            return Symbol("external", name="=", of=Symbol("pair", query.path, query.place))
        return Symbol("external", name=f"query.{name}")

    def managers(self, query: Symbol) -> list[Symbol]:
        """The project's own classes whose methods the queries of a model have."""
        asked = (query.path, query.place)
        if asked not in self._managers:
            self._managers[asked] = []
            self._managers[asked] = [
                value
                for klass in self.mro(query.as_("class"))
                if klass.kind == "class"
                for text in manager_texts(self.symbols, klass)
                if (value := self.symbols.chain(klass.path, klass.place, text)) is not None and value.kind == "class"
            ]
        return self._managers[asked]

    def _of_class(self, symbol: Symbol, name: str, depth: int) -> Symbol | None:
        if name == "__class__" and symbol.kind == "instance":
            return symbol.as_("class")
        model = self.is_model(symbol)
        if model and symbol.kind == "instance":
            relation = self.relations.of(symbol.as_("class")).get(name)
            if relation is not None:
                return relation.symbol
        if model and symbol.kind == "class" and name in orm().managers:
            return symbol.as_("query")
        if model and symbol.kind == "class" and self._begins(symbol, name):
            return self._of_query(symbol.as_("query"), name, depth)
        if symbol.kind == "instance" and (name in orm().views or name in orm().handed):
            shown = self.of_view(symbol, orm().handed.get(name, name), depth)
            if shown is not None:
                return shown if name in orm().handed else Symbol("external", name="=", of=shown)
        for klass in self.mro(symbol):
            if klass.kind == "external":
                if name.startswith("__") or klass.name in ROOTS:
                    continue
                return Symbol("external", name=f"{klass.name}.{name}")
            found = self._defined(symbol, klass, name, depth)
            if found is not None:
                inherited = symbol.kind == "instance" and found.kind == "function" and klass != symbol.as_("class")
                return found._replace(gives=left_to_heirs(self.symbols, symbol, found)) if inherited else found
        return None

    def _begins(self, model: Symbol, name: str) -> bool:
        """Whether a class begins queries by its own methods, as where a mapper has no managers: `Order.select()`."""
        style = self.style(model)
        if style is None or style.managers or name not in (*style.chains, *style.one):
            return False
        return not any(
            (klass.place, name) in self.symbols.table(klass.path).children for klass in self.mro(model) if klass.kind == "class"
        )

    def of_view(self, view: Symbol, method: str, depth: int) -> Symbol | None:
        """What a class-based view's method gives where the library has the method: by the view's class attributes."""
        attributes = orm().views.get(method, ())
        classes = [klass for klass in self.mro(view) if klass.kind == "class"] if attributes else []
        if any((klass.place, method) in self.symbols.table(klass.path).children for klass in classes):
            return None
        for klass in classes:
            for attribute in attributes:
                for assign in self.symbols.table(klass.path).assigns.get((klass.place, attribute), ()):
                    found = self.symbols.assigned(klass.path, assign, depth + 1)
                    if found is not None and found.path:
                        if method == "get_queryset":
                            return found.as_("query")
                        return found if method.endswith("_class") else found.as_("instance")
        return None

    def _defined(self, symbol: Symbol, klass: Symbol, name: str, depth: int) -> Symbol | None:
        """An attribute as one class of the order of bases defines it."""
        table = self.symbols.table(klass.path)
        index = table.children.get((klass.place, name))
        if index is not None:
            found = self.symbols.of(klass.path, index)
            if symbol.kind == "instance" and self.is_property(found):
                return self.result(found, depth + 1)
            return found
        for assign in (*table.assigns.get((klass.place, name), ()), *table.own.get((klass.place, name), ())):
            value = self._made(symbol, klass, assign.value, depth) or self.symbols.assigned(klass.path, assign, depth + 1)
            if value is not None:
                if value.kind == "instance" and symbol.kind == "class" and self.is_manager(value):
                    return symbol.as_("query")
                return value
        return None

    def _made(self, symbol: Symbol, klass: Symbol, value: str, depth: int) -> Symbol | None:
        """What `self.make_session()` gives where a class below the one that says so has a method of its own for it."""
        name = value.removeprefix("self.").removesuffix("()")
        if not name.isidentifier() or value != f"self.{name}()":
            return None
        for one in self.mro(symbol):
            index = self.symbols.table(one.path).children.get((one.place, name)) if one.kind == "class" else None
            if index is not None:
                return self.result(self.symbols.of(one.path, index), depth + 1) if one != klass else None
        return None

    def is_property(self, function: Symbol) -> bool:
        """Whether reading the attribute runs the function."""
        return any(d.rpartition(".")[2].partition("(")[0] in PROPERTIES for d in self.symbols.definition(function).decorators)

    def is_model(self, symbol: Symbol) -> bool:
        """Whether a class is mapped to a table."""
        if symbol.kind not in ("class", "instance", "query", "many") or not symbol.path:
            return False
        return self.style(symbol) is not None

    def style(self, symbol: Symbol) -> Orm | None:
        """How the mapper of a class speaks with the database; None where it has none."""
        asked = (symbol.path, symbol.place)
        if asked not in self._styles:
            bases = [klass.name for klass in self.mro(symbol) if klass.kind == "external"]
            found = (self.symbols.knowledge.model(name) for name in bases)
            self._styles[asked] = next((row for row in found if row is not None), None)
        return self._styles[asked]

    def is_manager(self, symbol: Symbol) -> bool:
        """Whether a class begins queries."""
        bases = [klass.name for klass in self.mro(symbol) if klass.kind == "external"] if symbol.path else []
        return any(self.symbols.knowledge.query(name) is not None for name in bases)

    def result(self, symbol: Symbol, depth: int = 0) -> Symbol | None:
        """What calling a symbol gives."""
        if symbol.name == "=" and symbol.of is not None:
            return symbol.of
        if symbol.kind == "class":
            return symbol.as_("instance")
        if symbol.kind == "external":
            return self.relations.accounts.given(symbol.name) or Symbol("external", name=symbol.name + "()")
        if symbol.kind == "instance":
            called = self.get(symbol, "__call__", depth + 1)
            return self.result(called, depth + 1) if called is not None and called.kind == "function" else None
        if symbol.kind != "function" or depth > DEPTH:
            return None
        if symbol.gives is not None:
            return symbol.gives
        if symbol.name == "super":
            return symbol._replace(name="super()")
        if symbol not in self._results:
            self._results[symbol] = None
            self._results[symbol] = self._returned(symbol, depth)
        return self._results[symbol]

    def _returned(self, symbol: Symbol, depth: int) -> Symbol | None:
        noted = self.symbols.parameters.annotated(symbol.path, symbol.place, self.symbols.signature(symbol).returns, depth + 1)
        if noted is not None:
            return noted
        for value in self.symbols.table(symbol.path).returns.get(symbol.place, ()):
            if symbol.of is not None and value.value.startswith("self."):
                found = self._on_query(symbol.of, value.value, depth)
            else:
                found = self.symbols.chain(symbol.path, symbol.place, value.value, depth + 1)
            if found is not None:
                return found
        if any("contextmanager" in decorator for decorator in self.symbols.definition(symbol).decorators):
            return self.yielded(symbol, depth)
        return symbol.of

    def yielded(self, symbol: Symbol, depth: int) -> Symbol | None:
        """What a generator hands out: to `with`, where it is a context manager, or to whom a framework injects it."""
        for value in self.symbols.table(symbol.path).yields.get(symbol.place, ()):
            found = self.symbols.chain(symbol.path, symbol.place, value, depth + 1)
            if found is not None:
                return found
        return None

    def _on_query(self, query: Symbol, text: str, depth: int) -> Symbol | None:
        """`self.filter().first()` in a manager's method, for the query it was called on."""
        from auditor.paths.written.steps import steps

        found: Symbol | None = query
        for step in steps(text)[1:]:
            if found is None:
                return query
            found = self.get(found, step.name, depth + 1) if step.kind == "attribute" else self.result(found, depth + 1)
        return found if found is None or found.kind != "external" else query

    def mro(self, symbol: Symbol) -> tuple[Symbol, ...]:
        """A class and its bases, nearest first, each once; bases from outside the project are external symbols."""
        asked = (symbol.path, symbol.place)
        if not symbol.path:
            return ()
        if asked not in self._mro:
            self._mro[asked] = (Symbol("class", *asked),)
            if self._mro_depth >= DEEPEST_CLASS:
                return self._mro[asked]
            self._mro_depth += 1
            order = [Symbol("class", *asked)]
            definition = self.symbols.definition(symbol)
            for base in definition.bases:
                if "=" not in base.partition("(")[0]:
                    order += self._base(symbol.path, definition.parent, base)
            self._mro_depth -= 1
            self._mro[asked] = tuple(reversed(dict.fromkeys(reversed(order))))
        return self._mro[asked]

    def _base(self, path: str, scope: int, text: str) -> tuple[Symbol, ...]:
        from auditor.facts.flow.elide import elided

        plain, _, rows = text.partition(".from_queryset(")
        if rows and (taken := self._base(path, scope, rows.partition(",")[0].strip(" )"))):
            return (*(klass for klass in taken if klass.kind == "class"), *self._base(path, scope, plain))
        found = self.symbols.chain(path, scope, elided(text.partition("[")[0].strip().encode()))
        if found is None:
            return ()
        if found.kind in ("class", "instance"):
            return self.mro(found)
        return (found,) if found.kind == "external" else ()

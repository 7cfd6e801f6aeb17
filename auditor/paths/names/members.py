"""What attributes and calls give: of classes and their instances, of modules, of queries and their rows."""

from collections.abc import Iterator

from auditor.knowledge.orm import orm
from auditor.paths.names.classes import Classes
from auditor.paths.names.generics import Generics
from auditor.paths.names.managers import manager_texts
from auditor.paths.names.relations import Relations
from auditor.paths.names.symbol import DEPTH, Names, Symbol
from auditor.paths.names.views import holds_rows
from auditor.paths.written.steps import steps

ROOTS = frozenset("builtins.object abc.ABC typing.Generic typing.Protocol typing_extensions.Protocol".split())

TAKES = frozenset(("pop", "popleft"))
"""Methods of collections that hand out one of what these hold."""
OF_ROWS = ("instance", "many", "query")
"""Kinds of what a class gives: one of its instances, or several."""


class Members:
    """Attributes and results. Answers are remembered."""

    def __init__(self, names: Names, classes: Classes, relations: Relations, generics: Generics) -> None:
        self.names = names
        self.classes = classes
        self.relations = relations
        self.generics = generics
        self._known: dict[tuple[str, int, str], Symbol | None] = {}
        self._results: dict[Symbol, Symbol | None] = {}
        self._managers: dict[tuple[str, int], list[Symbol]] = {}

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
            relation = self.relations.of_row(symbol).get(name)
            return relation.symbol if relation is not None else Symbol("external", name=f"{symbol.name}.{name}")
        if symbol.kind == "module":
            return self._of_module(symbol, name, depth)
        if symbol.kind == "function":
            return self._of_super(symbol, name) if symbol.name == "super()" else None
        if symbol.kind == "query":
            return self._of_query(symbol, name, depth)
        if symbol.kind == "dict" and symbol.of is not None:
            rows = symbol.of.as_("many") if name == "values" and symbol.of.kind == "instance" else None
            given = symbol.of if name in ("get", "pop", "setdefault") else symbol if name == "copy" else rows
            return Symbol("external", name="=", of=given) if given is not None else None
        if symbol.kind in ("many", "dict"):
            return Symbol("external", name="=", of=symbol.as_("instance")) if name in TAKES and symbol.path else None
        asked = (symbol.path, symbol.place, f"{symbol.kind}.{name}")
        if asked not in self._known:
            self._known[asked] = None
            self._known[asked] = self._of_class(symbol, name, depth)
        found = self._known[asked]
        if symbol.of is not None and symbol.kind == "instance" and found is not None and found.kind == "function":
            return found._replace(gives=self.generics.handed_back(symbol, found) or found.gives)
        return found

    def _of_module(self, symbol: Symbol, name: str, depth: int) -> Symbol | None:
        found = self.names.global_name(symbol.path, name, depth + 1)
        if found is None or (found.kind == "external" and found.name == f"builtins.{name}"):
            inner = self.names.modules.find(f"{self.names.modules.name_of[symbol.path]}.{name}")
            return Symbol("module", inner) if inner is not None and inner != symbol.path else None
        return found

    def _of_super(self, symbol: Symbol, name: str) -> Symbol | None:
        known, mixed = self.names.knowledge, None
        for klass in self.classes.mro(symbol)[1:]:
            if klass.kind == "external":
                # A mixin of a package that nobody knows hands on what it is asked: `class Order(Tracked, models.Model)`.
                if klass.name.partition(".")[0] not in known.imports:
                    mixed = mixed or Symbol("external", name=f"{klass.name}.{name}")
                    continue
                shown = self._by_attributes(symbol, name, 1) if name in orm().views else None
                return (
                    Symbol("external", name="=", of=shown)
                    if shown is not None
                    else Symbol("external", name=f"{klass.name}.{name}")
                )
            index = self.names.table(klass.path).children.get((klass.place, name))
            if index is not None:
                return self.names.of(klass.path, index)
        return mixed

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
        if name in book.keyed:
            return Symbol("external", name="=", of=Symbol("dict", of=query.as_("instance")))
        if name in book.pairs:
            return Symbol("external", name="=", of=Symbol("pair", query.path, query.place))
        return Symbol("external", name=f"query.{name}")

    def managers(self, query: Symbol) -> list[Symbol]:
        """The project's own classes whose methods the queries of a model have."""
        asked = (query.path, query.place)
        if asked not in self._managers:
            self._managers[asked] = []
            self._managers[asked] = self.managers_at(query, "")
        return self._managers[asked]

    def managers_at(self, model: Symbol, attribute: str) -> list[Symbol]:
        """Those of one attribute of the model, `Order.paid`; of all where the attribute is empty."""
        return [
            value
            for klass in self.classes.mro(model.as_("class"))
            if klass.kind == "class"
            for text in manager_texts(self.names, klass, attribute)
            if (value := self.names.chain(klass.path, klass.place, text)) is not None and value.kind == "class"
        ]

    def _of_class(self, symbol: Symbol, name: str, depth: int) -> Symbol | None:
        if name == "__class__" and symbol.kind == "instance":
            return symbol.as_("class")
        model = self.classes.is_model(symbol)
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
        if symbol.kind == "instance" and holds_rows(self.names, self.classes, symbol, name):
            return self.rows_of_view(symbol, depth + 1)
        outside = None
        for klass in self.classes.mro(symbol):
            if klass.kind == "external":
                if not name.startswith("__") and klass.name not in ROOTS:
                    outside = outside or Symbol("external", name=f"{klass.name}.{name}")
                continue
            # A library's class that stands before the project's own is a mixin of something else more often than not.
            found = self._defined(symbol, klass, name, depth)
            if found is not None:
                inherited = symbol.kind in ("instance", "class") and found.kind == "function" and klass != symbol.as_("class")
                return found._replace(gives=self.generics.left_to_heirs(symbol, found)) if inherited else found
        return outside

    def _begins(self, model: Symbol, name: str) -> bool:
        """Whether a class begins queries by its own methods, as where a mapper has no managers: `Order.select()`."""
        style = self.classes.style(model)
        if style is None or style.managers or name not in (*style.chains, *style.one):
            return False
        own = (klass for klass in self.classes.mro(model) if klass.kind == "class")
        return not any((klass.place, name) in self.names.table(klass.path).children for klass in own)

    def of_view(self, view: Symbol, method: str, depth: int) -> Symbol | None:
        """What a class-based view's method gives where the library has the method: by the view's class attributes."""
        classes = [klass for klass in self.classes.mro(view) if klass.kind == "class"] if method in orm().views else []
        if any((klass.place, method) in self.names.table(klass.path).children for klass in classes):
            return None
        found = self._by_attributes(view, method, depth)
        rows = self.rows_of_view(view, depth + 1) if found is None and method == "get_object" else None
        return rows.as_("instance") if rows is not None else found

    def _by_attributes(self, view: Symbol, method: str, depth: int) -> Symbol | None:
        for klass in self.classes.mro(view):
            for attribute in orm().views.get(method, ()) if klass.kind == "class" else ():
                for assign in self.names.table(klass.path).assigns.get((klass.place, attribute), ()):
                    found = self.names.assigned(klass.path, assign, depth + 1)
                    if found is not None and found.path:
                        if method == "get_queryset":
                            return found.as_("query")
                        return found if method.endswith("_class") else found.as_("instance")
        return None

    def rows_of_view(self, view: Symbol, depth: int = 0) -> Symbol | None:
        """The rows that a view asks for: of its own `get_queryset`, or by its class attributes."""
        own = self.get(view.as_("instance"), "get_queryset", depth)
        rows = self.result(own, depth) if own is not None and own.kind == "function" and own.path and depth < DEPTH else None
        rows = rows if own is not None and own.path else self.of_view(view, "get_queryset", depth)
        return rows if rows is not None and rows.path and rows.kind in ("query", "many") else None

    def _defined(self, symbol: Symbol, klass: Symbol, name: str, depth: int) -> Symbol | None:
        """An attribute as one class of the order of bases defines it."""
        table = self.names.table(klass.path)
        index = table.children.get((klass.place, name))
        if index is not None:
            found = self.names.of(klass.path, index)
            if symbol.kind == "instance" and self.classes.is_property(found):
                return self.generics.given(symbol, found) or self.result(found, depth + 1)
            return found
        for assign in (*table.assigns.get((klass.place, name), ()), *table.own.get((klass.place, name), ())):
            value = self._made(symbol, klass, assign.value, depth) or self.names.assigned(klass.path, assign, depth + 1)
            if value is not None:
                if value.kind == "instance" and symbol.kind == "class" and self.classes.is_manager(value):
                    return symbol.as_("query")
                return value
        return None

    def _made(self, symbol: Symbol, klass: Symbol, value: str, depth: int) -> Symbol | None:
        """What `self.make_session()` gives where a class below the one that says so has a method of its own for it, or names the
        class that is made: `repository = Orders` below `self.orders = self.repository(session)`.
        """
        name = value.removeprefix("self.").removesuffix("()")
        if not name.isidentifier() or value != f"self.{name}()":
            return None
        for one in self.classes.mro(symbol):
            index = self.names.table(one.path).children.get((one.place, name)) if one.kind == "class" else None
            if index is not None:
                return self.result(self.names.of(one.path, index), depth + 1) if one != klass else None
            for assign in self.names.table(one.path).assigns.get((one.place, name), ()) if one.kind == "class" else ():
                held = self.names.assigned(one.path, assign, depth + 1) if assign.value and one != klass else None
                return held.as_("instance") if held is not None and held.kind == "class" else None
        return None

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
        noted = self.names.annotated(symbol.path, symbol.place, self.names.signature(symbol).returns, depth + 1)
        if noted is not None:
            return noted
        handed = [found for found in self._handed_back(symbol, depth) if found is not None]
        if handed and handed[0].kind in OF_ROWS:
            return self.classes.one_of(one for one in handed if one.kind in OF_ROWS)
        if handed:
            return handed[0]
        if any("contextmanager" in decorator for decorator in self.names.definition(symbol).decorators):
            return self.yielded(symbol, depth)
        return self._generated(symbol, depth) or symbol.of

    def _handed_back(self, symbol: Symbol, depth: int) -> Iterator[Symbol | None]:
        for value in self.names.table(symbol.path).returns.get(symbol.place, ()):
            if symbol.of is not None and value.value.startswith("self."):
                yield self._on_query(symbol.of, value.value, depth)
            else:
                found = self.names.chain(symbol.path, symbol.place, value.value, depth + 1)
                said = self.generics.handed.said if found is None or found.is_foreign else None
                yield (said(symbol.path, symbol.place, value.value, value.start, depth + 1) or found) if said else found

    def _generated(self, symbol: Symbol, depth: int) -> Symbol | None:
        """Many of what a generator hands out one by one, where these are rows: `yield order`, `yield from orders`."""
        for value in self.names.table(symbol.path).yields.get(symbol.place, ()):
            found = self.names.chain(symbol.path, symbol.place, value.value.removeprefix("*"), depth + 1)
            wanted = ("many", "query") if value.value.startswith("*") else ("instance",)
            if found is not None and found.kind in wanted and self.classes.is_model(found):
                return found.as_("many")
        return None

    def yielded(self, symbol: Symbol, depth: int) -> Symbol | None:
        """What a generator hands out: to `with`, where it is a context manager, or to whom a framework injects it."""
        for value in self.names.table(symbol.path).yields.get(symbol.place, ()):
            found = self.names.chain(symbol.path, symbol.place, value.value, depth + 1)
            if found is not None:
                return found
        return None

    def _on_query(self, query: Symbol, text: str, depth: int) -> Symbol | None:
        """`self.filter().first()` in a manager's method, for the query it was called on."""
        found: Symbol | None = query
        for step in steps(text)[1:]:
            if found is None:
                return query
            found = self.get(found, step.name, depth + 1) if step.kind == "attribute" else self.result(found, depth + 1)
        return found if found is None or found.kind != "external" else query

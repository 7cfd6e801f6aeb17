"""Who answers a route: the function, or the methods of a class by what the library says of its bases."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from auditor.knowledge.entries import View
from auditor.paths.calls.graph import Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.routes.collect import Collector
from auditor.paths.routes.declared import Declared
from auditor.paths.written.arguments import literal, split

VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE")
BY_NAME = re.compile(r"_?(?:process_|on_|handle_)?(get|post|put|patch|delete)\Z", re.IGNORECASE)
WHOLE = ("_process", "process", "dispatch_request", "dispatch", "__call__")
"""Methods that answer whatever the HTTP method is, in frameworks of a project's own, the likelier ones first."""
WRITERS = {"create": ("POST",), "update": ("PUT", "PATCH")}
WORD = re.compile(r"['\"](\w+)['\"]")
SUPER = ("super()", "super<")
"""How a call begins that asks a base class, in short: `super().get(request)`, `super(Orders, self).get(request)`."""


class Answer(NamedTuple):
    """One method on one path. `node` is the function or method of the project; with `klass` alone the library has it."""

    method: str
    node: Node
    suffix: str = ""
    hooks: tuple[Node, ...] = ()
    page: bool = False
    klass: Symbol | None = None
    """The class whose method it is, where it is inherited or the library's."""


class Answers:
    """Works out who answers."""

    def __init__(self, collector: Collector) -> None:
        self.collector = collector
        self.graph = collector.graph
        self.knowledge = collector.knowledge
        self._attributes: dict[tuple[str, int, str], str | None] = {}
        self._methods: dict[tuple[str, int, str], Node | None] = {}

    def methods(self, declared: Declared) -> tuple[str, ...] | None:
        """The HTTP methods that a declaration names; None where it names none."""
        row = declared.row
        if row.verb:
            last = declared.callee.rpartition(".")[2].rpartition("_")[2]
            return (last.upper(),)
        text = declared.given.named(row.methods) if row.methods else None
        if text is not None:
            words = WORD.findall(text) or WORD.findall(self._list(declared, text))
            return tuple(sorted({word.upper() for word in words}, key=_order)) or ("ANY",)
        return None

    def _list(self, declared: Declared, text: str) -> str:
        found = self.collector.places.of(declared.path, declared.scope, text)
        assigns = (self.graph.symbols.table(p.path).assigns.get((p.scope, p.name), ()) for p in found)
        return next((assign.text for some in assigns for assign in some), "")

    def of(self, declared: Declared, handler: Symbol | None) -> Iterator[Answer]:
        """All answers of a declaration, in the order of the methods' names."""
        wanted = self.methods(declared)
        if handler is None or not handler.path:
            return
        if handler.kind == "function":
            yield from self._function(declared, handler, wanted)
        elif declared.row.spreads:
            yield from self._actions(handler)
        elif mapped := self.collector.named.actions(declared.path, declared.scope, declared.handler.strip()):
            yield from self._mapped(handler, mapped)
        else:
            yield from self._class(declared, handler, wanted)

    def _function(self, declared: Declared, handler: Symbol, wanted: tuple[str, ...] | None) -> Iterator[Answer]:
        node = Node(handler.path, handler.place)
        said = [method for one in self.collector.views.get(node, ()) for method in self.methods(one) or one.row.default]
        for method in wanted or tuple(dict.fromkeys(said)) or declared.row.default or ("ANY",):
            yield Answer(method, node, page=declared.row.page)

    def _class(self, declared: Declared, klass: Symbol, wanted: tuple[str, ...] | None) -> Iterator[Answer]:
        rows = self.rows(klass)
        named = {name: verbs for row in reversed(rows) for name, verbs in row.methods.items()}
        brought = {name for row in rows for name in row.brings}
        page = declared.row.page or any(row.page for row in rows)
        nodes = {name: self.method(klass, name) for name in named}
        there = {name: verbs for name, verbs in named.items() if nodes[name] is not None or name in brought}
        own = {verb for verbs in there.values() for verb in verbs} - {"*"}
        # A class with methods for HTTP's verbs has what dispatches to them go around them: it answers nothing by itself.
        rest = [] if own else [*(wanted or self._said(klass) or declared.row.default or ("ANY",))]
        pairs = [
            (name, method) for name, verbs in there.items() for verb in verbs for method in (rest if verb == "*" else [verb])
        ]
        pairs = [(name, method) for name, method in pairs if wanted is None or method in wanted or "ANY" in wanted]
        allowed = self._allowed(klass)
        pairs = [(name, method) for name, method in pairs if not allowed or method in allowed or method == "ANY"]
        for name, method in pairs:
            hooks = self._hooks(klass, rows, method, nodes[name])
            yield Answer(method, nodes[name] or Node(klass.path, klass.place), "", hooks, page, klass)
        if not pairs:
            yield from self._unknown(declared, klass, wanted, page)

    def _unknown(self, declared: Declared, klass: Symbol, wanted: tuple[str, ...] | None, page: bool) -> Iterator[Answer]:
        """A class that no library describes answers by methods called after HTTP's, or by one for all."""
        names = self.own_methods(klass)
        by_verb = {match[1].upper(): name for name in names if (match := BY_NAME.match(name))}
        whole = next((name for name in WHOLE if name in names), None)
        methods = wanted or tuple(sorted(by_verb, key=_order)) or declared.row.default or ("ANY",)
        for method in methods:
            name = by_verb.get(method, whole)
            node = self.method(klass, name) if name else None
            yield Answer(method, node or Node(klass.path, klass.place), page=page, klass=klass)

    def _actions(self, klass: Symbol) -> Iterator[Answer]:
        """The actions of a class that a router spreads over several paths."""
        rows = self.rows(klass)
        actions = {name: said for row in rows for name, said in row.actions.items()}
        brought = {name for row in rows for name in row.brings}
        one = "{" + self._lookup(klass, rows) + "}"
        allowed = self._allowed(klass)
        for name, said in actions.items():
            node = self.method(klass, name)
            verb, _, path = said.partition(" ")
            if (node is not None or name in brought) and (not allowed or verb in allowed):
                hooks = self._hooks(klass, rows, verb, node)
                yield Answer(verb, node or Node(klass.path, klass.place), path and one, hooks, klass=klass)
        yield from self._extra(klass, one, rows)

    def _mapped(self, klass: Symbol, mapped: Mapping[str, str]) -> Iterator[Answer]:
        """The actions of a class that a route maps HTTP's methods to."""
        rows = self.rows(klass)
        for verb in sorted(mapped, key=_order):
            node = self.method(klass, mapped[verb])
            yield Answer(verb, node or Node(klass.path, klass.place), "", self._hooks(klass, rows, verb, node), klass=klass)

    def _allowed(self, klass: Symbol) -> frozenset[str]:
        """The methods that a class lets through, where it says so; empty where it lets all."""
        return frozenset(word.upper() for word in WORD.findall(self.attribute(klass, "http_method_names") or ""))

    def _said(self, klass: Symbol) -> tuple[str, ...]:
        """The methods that a class with one answer for all says it takes: `methods = ["POST"]` of a view of Flask's."""
        words = [word.upper() for word in WORD.findall(self.attribute(klass, "methods") or "")]
        return tuple(sorted(words, key=_order)) if set(words) <= set(VERBS) else ()

    def _extra(self, klass: Symbol, one: str, rows: tuple[View, ...]) -> Iterator[Answer]:
        """Further actions that carry a decorator."""
        for name in self.own_methods(klass):
            node = self.method(klass, name)
            for declared in self.collector.views.get(node, ()) if node is not None else ():
                if declared.row.inside != "action" or node is None:
                    continue
                detail = (declared.given.named(declared.row.detail) or "True") == "True"
                part = self.path(declared, name)
                suffix = f"{one}/{part}" if detail else part or name
                for method in self.methods(declared) or declared.row.default:
                    yield Answer(method, node, suffix, self._hooks(klass, rows, method, node), klass=klass)

    def path(self, declared: Declared, otherwise: str) -> str:
        text = declared.given.named(declared.row.path)
        said = self.collector.texts.one(declared.path, declared.scope, text) if text is not None else otherwise
        return otherwise if said is None else said

    def attribute(self, klass: Symbol, name: str) -> str | None:
        """The text of a class attribute, inherited ones too."""
        asked = (klass.path, klass.place, name)
        if asked not in self._attributes:
            self._attributes[asked] = self._attribute(klass, name)
        return self._attributes[asked]

    def _attribute(self, klass: Symbol, name: str) -> str | None:
        for one in self.graph.symbols.classes.mro(klass.as_("class")):
            if one.kind == "class":
                for assign in self.graph.symbols.table(one.path).assigns.get((one.place, name), ()):
                    return assign.text or assign.value
        return None

    def _lookup(self, klass: Symbol, rows: tuple[View, ...]) -> str:
        for row in rows:
            for name in filter(None, row.lookup.split("|")):
                said = literal(self.attribute(klass, name))
                if said:
                    return said
        return "pk"

    def rows(self, klass: Symbol) -> tuple[View, ...]:
        bases = self.graph.symbols.classes.mro(klass.as_("class"))
        names = [base.name if base.kind == "external" else self.graph.dotted(base) for base in bases]
        return tuple({id(row): row for name in names for row in self.knowledge.views(name)}.values())

    def _hooks(self, klass: Symbol, rows: tuple[View, ...], verb: str, own: Node | None = None) -> tuple[Node, ...]:
        """The methods that the library calls for a request. Where a method of the project's own answers and does not ask
        the library's, only those that are always called.
        """
        asks = own is None or any(call.target.startswith(SUPER) for call in self.graph.calls.get(own, ()))
        names: dict[str, None] = {}
        for text in (text for row in rows for text in row.hooks):
            *when, name = text.split()
            if "always" in when or (asks and (not when or verb in when or verb == "ANY")):
                names[name] = None
        found = [node for name in names if (node := self.method(klass, name)) is not None]
        return (*found, *self._writers(klass, verb)) if asks else tuple(found)

    def _writers(self, klass: Symbol, verb: str) -> Iterator[Node]:
        """The methods of the view's serializer that write, where the library's own view has it save."""
        made = self.graph.symbols.members.of_view(klass.as_("instance"), "get_serializer", 0)
        if made is not None and made.path:
            for name, verbs in WRITERS.items():
                node = self.method(made, name) if verb in verbs else None
                if node is not None:
                    yield node

    def method(self, klass: Symbol, name: str) -> Node | None:
        """A method that the project defines in the class or one of its bases, before any library's class has it."""
        asked = (klass.path, klass.place, name)
        if asked not in self._methods:
            self._methods[asked] = self._method(klass, name)
        return self._methods[asked]

    def _method(self, klass: Symbol, name: str) -> Node | None:
        for one in self.graph.symbols.classes.mro(klass.as_("class")):
            if one.kind == "class":
                index = self.graph.symbols.table(one.path).children.get((one.place, name))
                if index is not None and self.graph.files[one.path].definitions[index].kind != "class":
                    return Node(one.path, index)
        return None

    def own_methods(self, klass: Symbol) -> tuple[str, ...]:
        """The methods that the project defines in the class or its bases."""
        found: dict[str, None] = {}
        for one in self.graph.symbols.classes.mro(klass.as_("class")):
            if one.kind == "class":
                definitions = self.graph.files[one.path].definitions
                for place in self.graph.symbols.table(one.path).inside.get(one.place, ()):
                    if definitions[place].kind != "class":
                        found.setdefault(definitions[place].name)
        return tuple(found)


def _order(method: str) -> tuple[int, str]:
    return (VERBS.index(method) if method in VERBS else len(VERBS), method)


def paths(declared: Declared) -> Iterator[str]:
    """The texts of a declaration's paths: the one that its row names, and further texts behind it."""
    row, given = declared.row, declared.given
    first = given.named(row.path)
    if first is None:
        yield '""'
        return
    if first.startswith(("[", "(")) and first.endswith(("]", ")")):
        yield from split(first[1:-1])
        return
    yield first
    place = row.path.partition("@")[2]
    if place and not row.methods and not row.verb:
        for text in given.positional[int(place) + 1 :]:
            if (said := literal(text)) is not None and said.startswith("/"):
                yield text

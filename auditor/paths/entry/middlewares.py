"""For which applications a middleware answers that is listed where one is made: a part that is mounted has its own."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from auditor.paths.calls.graph import Node
from auditor.paths.routes.collect import Collector
from auditor.paths.routes.declared import GROWING
from auditor.paths.routes.places import Place
from auditor.paths.written.arguments import arguments, split
from auditor.paths.written.middleware import ADDED, MADE, elements

LISTED = "middleware"
"""The argument that lists middleware with its arguments."""
WORD = re.compile(r"(?<![\w.\"'])[A-Za-z_][\w.]*(?![\w.(=])")
DEEPEST = 2


class Middlewares:
    """What applications are made with: `Application(middlewares=[bad_input])`, `part.middlewares.append(bad_input)`."""

    def __init__(self, collector: Collector) -> None:
        self.graph = collector.graph
        self.holders = collector.holders
        self.places = collector.places
        self.named = collector.named

    def parts(self, node: Node, keyword: str) -> tuple[Place, ...]:
        """The mounted applications that alone ask a middleware; none where the outermost does, or nobody can say which."""
        definition = self.graph.definition(node)
        parent = Node(node.path, definition.parent) if definition is not None else node
        found = [*self._by_function(keyword).get(node, ()), *self._by_function(keyword).get(parent, ())]
        return tuple(dict.fromkeys(found)) if all(place in self._mounted for place in found) else ()

    def below(self, klass: Node) -> tuple[Place, ...]:
        """What is mounted with a middleware class of its own; none where an application is made with it too."""
        return () if klass in self._around else tuple(dict.fromkeys(self._within.get(klass, ())))

    @cached_property
    def _within(self) -> dict[Node, list[Place]]:
        """By class: what hangs where a mount lists it, `Mount("/orders", routes=orders, middleware=[Middleware(Guard)])`."""
        found: dict[Node, list[Place]] = defaultdict(list)
        for holder in list(self.holders.values()):
            for mount in holder.mounts:
                text = arguments(mount.call.args).keywords.get(LISTED, "") if mount.call is not None else ""
                for klass in self._classes(mount.path, mount.call.scope, text) if mount.call is not None else ():
                    found[klass].append(mount.child)
        return found

    @cached_property
    def _around(self) -> frozenset[Node]:
        """The classes that stand around whole applications."""
        found: set[Node] = set()
        for holder in list(self.holders.values()):
            if holder.made is not None and (text := arguments(holder.made.call.args).keywords.get(LISTED)):
                found.update(self._classes(holder.made.path, holder.made.call.scope, text))
        for path, file in self.graph.files.items():
            for call in self.graph.called(path, frozenset((ADDED,))) if file.kind == "source" else ():
                found.update(self._classes(path, call.scope, f"{MADE}({call.args})"))
        return frozenset(found)

    def _classes(self, path: str, scope: int, text: str, depth: int = 0) -> Iterator[Node]:
        """The project's classes that a list of middleware names, also by way of variables."""
        for one in elements(text):
            symbol = self.graph.symbols.chain(path, scope, one.name)
            if symbol is not None and symbol.kind == "class" and symbol.path:
                yield Node(symbol.path, symbol.place)
        for name in WORD.findall(text) if depth < DEEPEST else ():
            for place in self.places.of(path, scope, name):
                table = self.graph.symbols.table(place.path)
                for assign in table.assigns.get((place.scope, place.name), ()):
                    made = (f"{call.target}({call.args})" for call in table.at.get(assign.start, ())[-1:])
                    for said in (assign.text, *made):
                        if MADE in said:
                            yield from self._classes(place.path, place.scope, said, depth + 1)

    @cached_property
    def _mounted(self) -> frozenset[Place]:
        return frozenset(mount.child for holder in list(self.holders.values()) for mount in holder.mounts)

    def _by_function(self, keyword: str) -> dict[Node, list[Place]]:
        if keyword not in self._listed:
            found: dict[Node, list[Place]] = defaultdict(list)
            self._listed[keyword] = found
            for place, holder in list(self.holders.items()):
                text = arguments(holder.made.call.args).named(keyword) if holder.made is not None else None
                if text is not None and holder.made is not None:
                    self._add(found, holder.made.path, holder.made.call.scope, text, place)
            for path, file in sorted(self.graph.files.items()):
                for call in self.graph.called(path, GROWING) if file.kind == "source" else ():
                    owner, _, attribute = call.target.rpartition(".")[0].rpartition(".")
                    if owner and attribute == keyword:
                        for place in self.places.of(path, call.scope, owner):
                            self._add(found, path, call.scope, arguments(call.args).positional[-1], place)
        return self._listed[keyword]

    @cached_property
    def _listed(self) -> dict[str, dict[Node, list[Place]]]:
        return {}

    def _add(self, found: dict[Node, list[Place]], path: str, scope: int, text: str, place: Place) -> None:
        for part in split(text[1:-1]) if text.startswith(("[", "(")) else (text,):
            symbol = self.named.handler(path, scope, part) or self.named.handler(path, scope, part.partition("(")[0])
            if symbol is not None and symbol.kind == "function":
                found[Node(symbol.path, symbol.place)].append(place)

"""Functions that a worker's settings list: a class that no library makes, told by its name or by what it sets."""

from collections.abc import Iterator

from auditor.knowledge.entries import Entry
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.routes.named import Named
from auditor.paths.routes.places import Places
from auditor.paths.written.arguments import split


class Listed:
    """Reads such classes in one project."""

    def __init__(self, graph: Graph, places: Places, named: Named) -> None:
        self.graph = graph
        self.places = places
        self.named = named
        self.rows = tuple(row for row in graph.knowledge.rows(Entry) if row.lists)

    def of(self, path: str, index: int) -> Iterator[tuple[Entry, Node]]:
        """The functions that a class lists, each with what the library says of them."""
        names = self.graph.symbols.table(path).by_scope.get(index, {})
        called = self.graph.files[path].definitions[index].name
        for row in self.rows:
            if called not in row.settings and row.marks and not any(mark in names for mark in row.marks):
                continue
            for attribute in row.lists:
                for assign in names.get(attribute, ()):
                    yield from ((row, node) for node in self._functions(path, index, assign.text or assign.value))

    def _functions(self, path: str, scope: int, text: str, depth: int = 0) -> Iterator[Node]:
        """What a list holds, written out or kept under a name; what a call wraps, the call tells."""
        if text.startswith(("[", "(")):
            for part in split(text[1:-1]):
                found = self.named.handler(path, scope, part) if "(" not in part else None
                if found is not None and found.kind == "function" and found.path:
                    yield Node(found.path, found.place)
        elif depth == 0:
            for place in self.places.of(path, scope, text):
                for assign in self.graph.symbols.table(place.path).assigns.get((place.scope, place.name), ()):
                    yield from self._functions(place.path, place.scope, assign.text, depth + 1)

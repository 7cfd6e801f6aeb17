"""Class-based views that list all rows of their query: nothing pages them."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from auditor.facts.flow.events import Assign
from auditor.knowledge.orm import orm
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.entry.entries import EntryPoint
from auditor.paths.names.symbol import Symbol
from auditor.paths.unbounded.bounds import Bounds

PAGED = re.compile(r"DEFAULT_PAGINATION_CLASS['\"]\s*:\s*(?!\s|None)")


LISTS = ("list", "get")
"""The methods by which a framework's views list."""
NARROWS = re.compile(r"[Pp]aginat|\.get_object\Z|\(\)\.(?:first|last|get|count|exists|aggregate)\Z")
"""What takes a part of a view's rows."""


class Listed(NamedTuple):
    """What a view lists: where its query stands, the text of it, and the mapped class."""

    path: str
    line: int
    text: str
    model: Symbol
    scope: int
    start: int
    sure: bool
    """Whether nothing else of the view, or of the framework's settings, may bound it."""


class Listing:
    """Answers for one project."""

    def __init__(self, graph: Graph, bounds: Bounds, applied: bool = True) -> None:
        self.graph = graph
        self.bounds = bounds
        self.applied = applied

    def of(self, entry: EntryPoint) -> Listed | None:
        """What the view behind a route lists as a whole."""
        view = entry.klass
        if view is None or entry.route is None or entry.route.path.rstrip("/$").endswith(("}", ">", ")")):
            return None
        bases = self.graph.symbols.classes.mro(view)
        lists = any(base.kind == "external" and base.name in orm().lists for base in bases)
        if not lists or self._paged(view) or self._answers_itself(view):
            return None
        for path, scope, line, text, start in self._queryset(view):
            model = self.bounds.model(path, scope, text)
            if model is not None and not self.bounds.bounded(path, scope, text, start, through=True):
                return Listed(path, line, text, model, scope, start, not self._filtered_elsewhere(view))
        return None

    def _answers_itself(self, view: Symbol) -> bool:
        """Whether the project's own code answers where the framework would list, and neither hands that on to it nor takes the
        view's rows as they are: what it asks for is judged by itself.
        """
        own = next((found for name in LISTS if (found := self._own(view, name)) is not None), None)
        if own is None:
            return False
        targets = [call.target for call in self.graph.calls.get(own, ())]
        if any(target.startswith("super().") or target == "self.list" for target in targets):
            return False
        asks = any(target == "self.get_queryset" for target in targets)
        return not asks or any(NARROWS.search(target) for target in targets)

    def _own(self, view: Symbol, name: str) -> Node | None:
        for klass in self.graph.symbols.classes.mro(view):
            place = self.graph.symbols.table(klass.path).children.get((klass.place, name)) if klass.kind == "class" else None
            if place is not None:
                return self.graph.node(klass.path, place)
        return None

    def _queryset(self, view: Symbol) -> Iterator[tuple[str, int, int, str, int]]:
        """File, scope, line, text and start of what the view's rows are asked with."""
        classes = [klass for klass in self.graph.symbols.classes.mro(view) if klass.kind == "class"]
        for klass in classes:
            table = self.graph.symbols.table(klass.path)
            own = table.children.get((klass.place, "get_queryset"))
            if own is not None:
                for entry in table.returns.get(own, ()):
                    yield klass.path, own, entry.line, entry.value, entry.start
                return
        for klass in classes:
            assigns = self.graph.symbols.table(klass.path).assigns
            for assign in assigns.get((klass.place, "queryset"), ()):
                yield klass.path, klass.place, assign.line, assign.value, assign.start
                return
            for assign in assigns.get((klass.place, "model"), ()):
                yield klass.path, klass.place, assign.line, f"{assign.value}.objects", assign.start
                return

    def _filtered_elsewhere(self, view: Symbol) -> bool:
        """Whether the view's class filters in another method, or the framework's settings are made by a call."""
        own = self._own(view, "list")
        if own is not None and any(call.target.endswith((".filter", ".exclude")) for call in self.graph.calls.get(own, ())):
            return True
        method = self.graph.symbols.member(view.as_("instance"), "filter_queryset")
        if method is not None and method.kind == "function" and method.path:
            return True
        bases = self.graph.symbols.classes.mro(view)
        if not self.applied and any(base.kind == "external" and base.name in orm().paged_by_settings for base in bases):
            return True
        return any(assign.value for assign in self._framework)

    def _paged(self, view: Symbol) -> bool:
        for name in orm().pages:
            for klass in self.graph.symbols.classes.mro(view):
                if klass.kind == "class":
                    if (klass.place, f"get_{name}") in self.graph.symbols.table(klass.path).children:
                        return True
                    for assign in self.graph.symbols.table(klass.path).assigns.get((klass.place, name), ()):
                        return (assign.text or assign.value) != "None"
        return any(PAGED.search(assign.text) for assign in self._framework)

    @cached_property
    def _framework(self) -> tuple[Assign, ...]:
        """Where a framework is given its settings as a whole."""
        return tuple(assign for flow in self.graph.flows.values() for assign in flow.assigns if assign.target == "REST_FRAMEWORK")

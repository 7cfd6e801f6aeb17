"""Which libraries' views answer every error by themselves, so that the application's handlers are not asked for theirs."""

from functools import cached_property

from auditor.knowledge.entries import Handler
from auditor.paths.calls.graph import Graph
from auditor.paths.names.symbol import Symbol
from auditor.paths.routes.places import Places

OWN = ("handle_error", "error_router")
"""Methods of such a library's own object: a project that writes one answers as it likes."""
OFF = ("False", "None")


class OwnErrors:
    """Looks at what the project has set up."""

    def __init__(self, graph: Graph, places: Places) -> None:
        self.graph = graph
        self.places = places
        self._kept: dict[Handler, tuple[str, ...]] = {}

    def keeping(self, row: Handler) -> tuple[str, ...]:
        """The packages whose views never ask such a handler; none where a setting or a method of the project's says otherwise."""
        if row not in self._kept:
            on = not row.never or self._is_set(row.unless) or not self._written.isdisjoint(row.never)
            self._kept[row] = () if on else row.never
        return self._kept[row]

    def asking(self, row: Handler) -> tuple[str, ...]:
        """The packages whose views alone ask such a handler; none where all do."""
        return next(one.imports for one in self.graph.knowledge.libraries if row in one.handler) if row.own else ()

    def _is_set(self, setting: str) -> bool:
        for path, flow in self.graph.flows.items() if setting else ():
            if self.graph.files[path].kind == "source":
                assigns = (one for one in flow.assigns if setting in one.target or setting in one.text)
                if any(one.text.strip() not in OFF for one in assigns) or any(setting in call.args for call in flow.calls):
                    return True
        return False

    @cached_property
    def _written(self) -> frozenset[str]:
        """The packages whose object has a method of the project's own that answers errors."""
        return frozenset(
            name.partition(".")[0]
            for path, file in self.graph.files.items()
            for definition in file.definitions
            if definition.name in OWN and definition.parent >= 0
            for name in self._above(path, definition.parent)
        )

    def _above(self, path: str, parent: int) -> list[str]:
        is_class = self.graph.files[path].definitions[parent].kind == "class"
        return self.places.outside(Symbol("class", path, parent)) if is_class else []

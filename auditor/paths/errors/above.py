"""What runs a handler of a project's own and answers for the errors that leave it: a view's `dispatch`, a class of routes."""

from collections.abc import Iterator

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.entry.entries import EntryPoint
from auditor.paths.errors.catching import HANDING, Catching
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import arguments, literal, split

LISTING = ("decorators", "method_decorators")
"""Class attributes by which Flask's views list decorators for all methods."""
ABOVE = ("dispatch", "dispatch_request", "_dispatch", "_process", "finalize_request")
"""Methods of views that run the handler, whose handlers of errors answer for it."""


class Above:
    """Answers for one graph."""

    def __init__(self, graph: Graph, catching: Catching) -> None:
        self.graph = graph
        self.catching = catching
        self._above: dict[Symbol, tuple[tuple[Node, int], ...]] = {}

    def stop(self, entry: EntryPoint, error: str, origin: Node) -> bool:
        """Whether what runs the handler stops what leaves a scope of its entry point."""
        if any(self.catching.stopped(node, guard, error) for node, guard in self._around(entry)):
            return True
        held = self._held(entry) if origin == entry.node else ()
        if any(all(self.catching.stopped(node, guard, error) for guard in guards) for node, guards in held):
            return True
        if entry.klass is None:
            return False
        for node, guards in self._wrapping(entry):
            if all(self.catching.stopped(node, guard, error) for guard in guards):
                return True
        if entry.klass not in self._above:
            self._above[entry.klass] = tuple(self._running(entry.klass))
        if any(self.catching.stopped(node, guard, error) for node, guard in self._above[entry.klass]):
            return True
        return any(self.catching.by_decorator(node, error) for node in self._methods(entry.klass))

    def _wrapping(self, entry: EntryPoint) -> Iterator[tuple[Node, tuple[int, ...]]]:
        """What a view's class puts around its handlers: `@method_decorator(safe, name="dispatch")`, `decorators = [safe]`."""
        if entry.klass is None:
            return
        own = self.graph.definition(entry.node)
        names = {"dispatch", own.name if own is not None else ""}
        for one in self.graph.symbols.classes.mro(entry.klass):
            if one.kind != "class" or not one.path:
                continue
            node, definition = Node(one.path, one.place), self.graph.symbols.definition(one)
            texts = [text for text in definition.decorators if HANDING in text]
            handed = [text for text in texts if literal(arguments(text.partition("(")[2][:-1]).get(1, "name") or "") in names]
            assigns = self.graph.symbols.table(one.path).assigns
            listed = [entry for name in LISTING for entry in assigns.get((one.place, name), ())]
            handed += [text for entry in listed for text in split(entry.text.strip()[1:-1])]
            for text in handed:
                for wrapper in self.catching.decorated(node, text, definition.line):
                    yield wrapper.node, wrapper.guards

    def _held(self, entry: EntryPoint) -> Iterator[tuple[Node, tuple[int, ...]]]:
        """The dependencies that hand something out and are gone on with afterwards: what leaves the handler is raised there."""
        for node in entry.hooks if entry.route is not None else ():
            guards = tuple(one.guard for one in self.graph.flows[node.path].yields if one.scope == node.scope)
            if guards:
                yield node, guards

    def _around(self, entry: EntryPoint) -> Iterator[tuple[Node, int]]:
        """What a class of routes of the project's own puts around the handlers of routers that a module makes, or a function
        around the handlers.
        """
        path = entry.node.path
        definitions, scopes, at = self.graph.files[path].definitions, [-1], entry.node.scope
        while at >= 0:
            at = definitions[at].parent
            scopes.append(at)
        made = (call for scope in set(scopes) for call in self.graph.calls.get(Node(path, scope), ()))
        for call in made if entry.route is not None else ():
            text = arguments(call.args).keywords.get("route_class", "") if "route_class" in call.args else ""
            klass = self.graph.symbols.chain(path, -1, text) if text else None
            if klass is None or klass.kind != "class" or not klass.path:
                continue
            definitions = self.graph.files[klass.path].definitions
            maker = self.graph.symbols.table(klass.path).children.get((klass.place, "get_route_handler"), -2)
            for place, definition in enumerate(definitions):
                if definition.parent == maker:
                    node = Node(klass.path, place)
                    yield from ((node, one.guard) for one in self.graph.calls.get(node, ()) if one.guard >= 0)

    def _methods(self, klass: Symbol) -> Iterator[Node]:
        """The view's own methods that run the handler, inherited ones too."""
        for one in self.graph.symbols.classes.mro(klass):
            if one.kind == "class" and one.path:
                children = self.graph.symbols.table(one.path).children
                yield from (Node(one.path, children[one.place, name]) for name in ABOVE if (one.place, name) in children)

    def _running(self, klass: Symbol) -> Iterator[tuple[Node, int]]:
        for node in self._methods(klass):
            name = self.graph.name(node).rpartition(".")[2]
            for call in self.graph.calls.get(node, ()):
                if call.guard >= 0 and call.target.endswith(f"().{name}"):
                    yield node, call.guard

"""Methods of clients that are given another at start-up which bounds every wait: `HTTPAdapter.send = patient_send`."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from auditor.facts.flow.events import Assign
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.written.arguments import arguments

SENDS = ("request", "send", "get", "post", "_request", "perform_request", "make_request", "init_poolmanager", "__init__")
TIMEOUT = "timeout"
NO_BOUND = re.compile(r"(?:None|0|timeout|\w*\.?timeout|_?DEFAULT\w*|[\w.]*_DEFAULT_TIMEOUT)\Z")
"""What a timeout is given that adds nothing: none, or what the caller gave."""
OPTION = re.compile(r"(?P<client>[\w.]+)\.\w*(?:kwargs|options)\[['\"]\w*timeout['\"]\]\Z")
"""An option of the connections that a client makes: `client.connection_pool.connection_kwargs["socket_timeout"]`."""


class Replaced:
    """Answers for one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._in: dict[str, frozenset[str]] = {}
        """By file: the clients that a line of it bounds."""

    def of(self, path: str, receiver: str, assigned: Iterable[tuple[str, Assign]]) -> bool:
        """Whether a client's method is replaced in the file that makes it, `session.request = partial(session.request,
        timeout=5)`, or by the function that `assigned` says to have made it.
        """
        if receiver in self._bounded(path) or any(self._made_bounded(where, assign) for where, assign in assigned):
            return True
        symbols = self.graph.symbols
        origin, _, name = symbols.table(path).imports.get(receiver, "").rpartition(".")
        made = symbols.modules.find(origin) if origin else None
        return made is not None and name in self._bounded(made)

    def _made_bounded(self, path: str, made: Assign) -> bool:
        """Whether a function of the project gives a client whose method it has replaced so."""
        factory = self.graph.symbols.chain(path, made.scope, made.value[:-2]) if made.value.endswith("()") else None
        if factory is None or factory.kind != "function" or not factory.path:
            return False
        own = (one for one in self.graph.flows[factory.path].assigns if one.scope == factory.place)
        return any(_replaces(one) and self._given_timeout(factory.path, one) for one in own)

    def _bounded(self, path: str) -> frozenset[str]:
        if path not in self._in:
            self._in[path] = frozenset(self._clients(path))
        return self._in[path]

    def everywhere(self, name: str) -> bool:
        """Whether the class behind an external call, or the function itself, is replaced for the whole process."""
        return name in self._names or name.partition(".")[0] in self._libraries

    def _clients(self, path: str) -> Iterator[str]:
        for one in self.graph.flows[path].assigns:
            option = OPTION.match(one.target) if TIMEOUT in one.target else None
            if option is not None and not NO_BOUND.match(one.text.strip() or one.value):
                yield one.target.partition(".")[0]
                yield option["client"]
            elif _replaces(one) and self._given_timeout(path, one):
                yield one.target.rpartition(".")[0]

    @cached_property
    def _replacing(self) -> tuple[str, ...]:
        """What is replaced outside the project, by its full name; of one client by itself nothing is said here."""
        found = []
        for path, flow in self.graph.flows.items():
            for one in flow.assigns if self.graph.files[path].kind != "test" else ():
                owner = one.target.rpartition(".")[0]
                if owner and owner not in ("self", "cls") and _replaces(one) and self._bounds(path, one):
                    symbol = self.graph.symbols.chain(path, one.scope, owner)
                    if symbol is not None and symbol.kind == "external" and not symbol.name.endswith("()"):
                        found.append(f"{self.graph.knowledge.normal(symbol.name)}.{one.target.rpartition('.')[2]}")
        return tuple(found)

    @cached_property
    def _libraries(self) -> frozenset[str]:
        """The libraries with a class whose method for all calls is replaced."""
        return frozenset(name.partition(".")[0] for name in self._replacing if _of_class(name))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(name for name in self._replacing if not _of_class(name))

    def _bounds(self, path: str, assign: Assign) -> bool:
        if self._given_timeout(path, assign):
            return True
        symbol = self.graph.symbols.chain(path, assign.scope, assign.value) if assign.value else None
        return symbol is not None and symbol.kind == "function" and bool(symbol.path) and self._fills(symbol.path, symbol.place)

    def _given_timeout(self, path: str, assign: Assign) -> bool:
        """`partial(session.request, timeout=5)`, `with_timeout(session.request)`."""
        calls = self.graph.symbols.table(path).at.get(assign.start, ())
        return any(TIMEOUT in call.args or TIMEOUT in call.target.lower() for call in calls)

    def _fills(self, path: str, scope: int) -> bool:
        """Whether a function gives a timeout of its own where it was given none."""
        flow = self.graph.flows[path]
        for one in flow.assigns:
            if one.scope == scope and TIMEOUT in one.target and not NO_BOUND.match(one.text.strip() or one.value):
                return True
        for call in self.graph.calls.get(Node(path, scope), ()):
            given = arguments(call.args)
            if call.target.endswith(".setdefault") and TIMEOUT in (given.get(0) or ""):
                return True
            if any(TIMEOUT in key and not NO_BOUND.match(text.strip()) for key, text in given.keywords.items()):
                return True
        return False


def _of_class(name: str) -> bool:
    return name.rpartition(".")[0].rpartition(".")[2][:1].isupper()


def _replaces(assign: Assign) -> bool:
    return "." in assign.target and assign.target.rpartition(".")[2] in SENDS

"""Adapters mounted on a client that retry for it: `session.mount("https://", HTTPAdapter(max_retries=Retry(total=3)))`."""

import re
from collections.abc import Iterator
from itertools import islice

from auditor.facts.flow.events import Assign, Call
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.outbound.calls import Outbound
from auditor.paths.outbound.clients import Clients
from auditor.paths.written.arguments import Arguments, arguments, literal

MOUNT, RETRY, ADAPTER = frozenset(("mount",)), "Retry", "Adapter"
NAME = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*")
NO_PAUSE = ("0", "0.0")
METHODS = ("allowed_methods", "method_whitelist")
CHANGING = frozenset(("post", "patch"))
"""Methods that a retry leaves out unless it is told to send them again."""
DEPTH = 3
MOST = 100
"""So many mounts of one file are looked at."""


class Mounts:
    """Answers for one graph."""

    def __init__(self, graph: Graph, clients: Clients) -> None:
        self.graph = graph
        self.clients = clients
        self._makers: dict[str, list[Call]] = {}
        self._known: dict[tuple[str, int, str], bool] = {}
        """By file, start of a mount and method that changes something: whether what is sent so is sent again."""

    def retry(self, one: Outbound) -> bool:
        """Whether what is mounted on the client of a call sends it again, with growing pauses."""
        receiver, _, method = one.edge.call.target.rpartition(".")
        bound = list(self.clients.assigned(one.node, one.edge.call.scope, receiver))
        made = {assign.value.removesuffix("()").rpartition(".")[2] for _, assign in bound}
        classes = list(self._classes(bound))
        names = {receiver, *(assign.target for _, assign in bound), *made, *(name for name, _ in classes)}
        scopes = {(one.node.path, one.edge.call.scope), *((path, assign.scope) for path, assign in bound)}
        return any(
            self._is_mounted(path, call, names, scopes) and self._retries(path, call, method if method in CHANGING else "")
            for path in sorted({*(path for path, _ in scopes), *(path for _, path in classes)})
            for call in islice(self.graph.called(path, MOUNT), MOST)
        )

    def _classes(self, bound: list[tuple[str, Assign]]) -> Iterator[tuple[str, str]]:
        """The project's own classes that a client is made of, with their bases: the name and the file of each."""
        symbols = self.graph.symbols
        for path, assign in bound:
            made = symbols.chain(path, assign.scope, assign.value) if assign.value.endswith("()") else None
            if made is not None and made.kind == "instance" and made.path:
                own = (klass for klass in symbols.classes.mro(made.as_("class")) if klass.kind == "class")
                yield from ((symbols.definition(klass).name, klass.path) for klass in own)

    def made_with(self, one: Outbound, text: str) -> bool:
        """Whether the retries that a client is made with send a call again: `PoolManager(retries=Retry(3, backoff_factor=1))`."""
        method = (literal(one.edge.arguments.get(0, "method")) or "").lower()
        name, _, inside = text.partition("(")
        found = [arguments(inside.removesuffix(")"))] if inside and name.endswith(RETRY) else []
        for path, assign in () if inside else self.clients.assigned(one.node, one.edge.call.scope, text):
            calls = self.graph.symbols.table(path).at.get(assign.start, ())
            found += [arguments(call.args) for call in calls if call.target.endswith(RETRY)]
        return any(_sends_again(given, method if method in CHANGING else "") for given in found)

    def _is_mounted(self, path: str, call: Call, names: set[str], scopes: set[tuple[str, int]]) -> bool:
        """Whether what an adapter is mounted on is the client: by its name where that was bound, in its own class, or as
        what a function is handed. `names` are those of the client and of its class.
        """
        name = call.target.rpartition(".")[0]
        if name == "self":
            owner = self.graph.symbols.owner(path, call.scope)
            return owner is not None and self.graph.symbols.definition(owner).name in names
        if name in names and ("." in name or call.scope < 0 or (path, call.scope) in scopes):
            return True
        if call.scope < 0 or name not in self.graph.symbols.signature(Symbol("function", path, call.scope)).names:
            return False
        handed = (edge.call.args for _, edge in self.graph.callers.get(Node(path, call.scope), ()))
        return any(one in arguments(text).positional for text in handed for one in names)

    def _retries(self, path: str, mounted: Call, method: str) -> bool:
        asked = (path, mounted.start, method)
        if asked not in self._known:
            self._known[asked] = self._sends_again(path, mounted, method)
        return self._known[asked]

    def _sends_again(self, path: str, mounted: Call, method: str) -> bool:
        found = list(self._made(path, mounted, 0))
        if not found:
            # An adapter of the project's own, or one that is handed over, is taken for what its scope or its module makes.
            own = any(name.endswith(ADAPTER) and name != f"HTTP{ADAPTER}" for name in NAME.findall(mounted.args))
            near = (call for call in self._named(path) if call.scope in (mounted.scope, -1))
            found = [arguments(call.args) for call in near] if own or ADAPTER not in mounted.args else []
        return any(_sends_again(given, method) for given in found)

    def _made(self, path: str, call: Call, depth: int) -> Iterator[Arguments]:
        """What the retries are given of which an adapter is made, in its own brackets or behind the names that stand there."""
        inside = [one for one in self._named(path) if call.start < one.start < call.end]
        yield from (arguments(one.args) for one in inside)
        names = NAME.findall(call.args) if not inside and depth < DEPTH else ()
        for name in dict.fromkeys(names):
            for there, assign in self.clients.assigned(self.graph.node(path, call.scope), call.scope, name):
                for maker in self.graph.symbols.table(there).at.get(assign.start, ())[-1:]:
                    if maker.target.endswith(RETRY):
                        yield arguments(maker.args)
                    elif maker.target.endswith(ADAPTER):
                        yield from self._made(there, maker, depth + 1)

    def _named(self, path: str) -> list[Call]:
        """The calls of a file that make a retry, be it of a class of the project's own."""
        if path not in self._makers:
            named = frozenset(name for name in self.graph.lasts(path) if name.endswith(RETRY))
            self._makers[path] = list(self.graph.called(path, named))
        return self._makers[path]


def _sends_again(given: Arguments, method: str) -> bool:
    """Whether a retry pauses longer each time, and is for a method."""
    if given.keywords.get("backoff_factor", "0").strip() in NO_PAUSE:
        return False
    allowed = next((given.keywords[name] for name in METHODS if name in given.keywords), None)
    if not method:
        return True
    # A name may stand for any methods.
    return allowed is not None and (method.upper() in allowed.upper() or not re.search(r"['\"]", allowed))

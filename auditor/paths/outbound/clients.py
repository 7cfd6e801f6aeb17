"""The client behind a call: how it was made, and what bounds the wait of everything that goes through it."""

import re
from collections.abc import Iterator

from auditor.facts.flow.events import Assign, Call
from auditor.knowledge.names import spelt
from auditor.knowledge.values import Effect
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.names.lookup import STATE
from auditor.paths.names.symbol import Symbol
from auditor.paths.outbound.in_time import InTime
from auditor.paths.outbound.partly import receiver_of
from auditor.paths.outbound.replaced import SENDS, Replaced
from auditor.paths.outbound.spread import Spread
from auditor.paths.written.arguments import Arguments, arguments

NEVER = frozenset(("None", "0"))
NO_BOUND = re.compile(r"None|[\w.]*Timeout\(\s*(?:(?:(?:total|timeout)\s*=\s*)?None\s*,?\s*)?\)")
"""What takes a library's own bound away: `None`, `ClientTimeout(total=None)`, `ClientTimeout()`."""
MOUNT = frozenset(("mount",))
WAITS = frozenset(("settimeout", "setblocking"))


class Clients:
    """Answers for one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._set: dict[str, frozenset[str]] = {}
        """By file: all that is given something else than no limit."""
        self._bounding: dict[tuple[str, int], bool] = {}
        self.replaced = Replaced(graph)
        self.in_time = InTime(graph)
        self.spread = Spread(graph, self.assigned, self._speaks_of_timeout)

    def bounded(self, node: Node, edge: Edge, effect: Effect) -> bool | None:
        """Whether the wait of a call is bounded; None where its arguments are handed on unseen."""
        given = edge.arguments
        own = given.named(effect.timeout) if effect.timeout else None
        if own is not None:
            if (text := own.strip()) in NEVER:
                return effect.timeout.partition("@")[0] not in given.keywords and text != "None"
            return self.spread.filled(node, text)
        if self._everywhere(effect) or self.replaced.everywhere(edge.name) or self.in_time.call(node, edge):
            return True
        makers = list(self.makers(node, edge))
        if effect.client and any(self._says(made, effect.client) for made in (*makers, *self._parts(node, edge, makers))):
            return True
        if (
            self._by_opening(node, edge)
            or self._by_class(node, edge)
            or self._by_attribute(node, edge, effect)
            or self._by_mount(node, edge)
        ):
            return True
        if given.spread and (self._speaks_of_timeout(node.path, edge.call.scope) or self.spread.gives(node, edge)):
            return True
        if (given.spread and self.spread.gives(node, edge) is None) or any(made.spread and effect.client for made in makers):
            return None
        root = edge.call.target.partition(".")[0]
        # `super().connect()` waits as whoever makes one of this class has told it.
        unseen = not makers and (self.spread.is_parameter(node, root) or (root == "super()" and not effect.timeout))
        return None if unseen and (effect.client or effect.attribute or "." in edge.call.target) else False

    def unbound(self, node: Node, edge: Edge, effect: Effect) -> bool:
        """Whether a bound that the library has by itself is taken away: `timeout=None`."""
        own = edge.arguments.named(effect.timeout) if effect.timeout else None
        if own is None and effect.client:
            texts = [text for made in self.makers(node, edge) if (text := made.named(effect.client)) is not None]
        else:
            texts = [own] if own is not None else []
        return any(self._is_none(node, edge.call.scope, text) for text in texts) and not self.in_time.call(node, edge)

    def _is_none(self, node: Node, scope: int, text: str) -> bool:
        """Whether a bound is none, written out or under a name: `limits = ClientTimeout(total=None)`."""
        text = text.strip()
        bound = list(self.assigned(node, scope, text)) if text.isidentifier() and text != "None" else []
        if len(bound) == 1:
            path, assign = bound[0]
            made = self.graph.symbols.table(path).at.get(assign.start, ())[-1:]
            text = f"{made[0].target}({made[0].args})" if made else assign.text.strip()
        return NO_BOUND.fullmatch(text) is not None

    def _parts(self, node: Node, edge: Edge, makers: list[Arguments]) -> Iterator[Arguments]:
        """What the parts of a client were made with: `Redis(connection_pool=pool)`."""
        for text in dict.fromkeys(text for made in makers for text in made.keywords.values() if text.isidentifier()):
            for path, assign in self.assigned(node, edge.call.scope, text):
                yield from (arguments(call.args) for call in self.graph.symbols.table(path).at.get(assign.start, ()))

    def _says(self, made: Arguments, argument: str) -> bool:
        text = made.named(argument)
        inside = any(f"{argument}=" in part for part in made.keywords.values())
        return inside or (text is not None and text.strip() not in NEVER)

    def _everywhere(self, effect: Effect) -> bool:
        return any(name in self.graph.outside for text in effect.everywhere for name in spelt(text))

    def makers(self, node: Node, edge: Edge, nearest: bool = False) -> Iterator[Arguments]:
        """What the constructors were given that may have made the client of a call; the `nearest` is the last one above it."""
        receiver = receiver_of(self.graph.symbols, node, edge)
        table = self.graph.symbols.table(node.path)
        for call in table.at.get(edge.call.start, ()):
            if call is not edge.call and self._is_class(node, call):
                yield arguments(call.args)
        bound = list(self.assigned(node, edge.call.scope, receiver))
        here = [one for one in bound if one[0] == node.path and one[1].scope == edge.call.scope]
        above = [one for one in here if one[1].line <= edge.call.line]
        for path, assign in above[-1:] if nearest and above else bound:
            for call in self.graph.symbols.table(path).at.get(assign.start, ()):
                yield arguments(call.args)

    def _by_opening(self, node: Node, edge: Edge) -> bool:
        """Whether the call that opened the connection bounds all that goes over it: `create_connection(address, 3)`."""
        receiver = edge.call.target.rpartition(".")[0]
        for path, assign in self.assigned(node, edge.call.scope, receiver):
            for call in self.graph.symbols.table(path).at.get(assign.start, ()):
                symbol = self.graph.symbols.chain(path, call.scope, call.target)
                effect = self.graph.knowledge.effect(symbol.name) if symbol is not None and symbol.kind == "external" else None
                if effect is not None and effect.makes and self._says(arguments(call.args), effect.timeout):
                    return True
        return False

    def _is_class(self, node: Node, call: Call) -> bool:
        return call.target.rpartition(".")[2][:1].isupper() or call.target.rpartition(".")[2] in ("client", "resource", "session")

    def assigned(self, node: Node, scope: int, receiver: str) -> Iterator[tuple[str, Assign]]:
        """Where a client's name was bound: in the scope, on the object, in the module, in another module."""
        return self._assigned(node, scope, receiver, set())

    def _assigned(self, node: Node, scope: int, receiver: str, met: set[tuple[str, int, str]]) -> Iterator[tuple[str, Assign]]:
        """`met` are the names that were gone through: those that are given each other go in circles."""
        asked = (node.path, scope, receiver)
        if not receiver or asked in met:
            return
        met.add(asked)
        symbols = self.graph.symbols
        root, _, rest = receiver.partition(".")
        found: list[tuple[str, Assign]] = []
        if root in ("self", "cls") and rest:
            owner = symbols.owner(node.path, scope)
            for klass in symbols.classes.mro(owner) if owner is not None else ():
                if klass.kind == "class":
                    table = symbols.table(klass.path)
                    name = rest.partition(".")[0].removesuffix("()")
                    for assign in (*table.own.get((klass.place, name), ()), *table.assigns.get((klass.place, name), ())):
                        found.append((klass.path, assign))
                    index = table.children.get((klass.place, name))
                    found += self._returned(klass.path, index) if index is not None else []
        else:
            holder, _, attribute = receiver.rpartition(".")
            on_state = symbols.lookup.kept.get(attribute, []) if STATE.search(holder) else []
            found += on_state or self._named(node.path, scope, receiver)
            yield from self._handed(Node(node.path, scope), root, met) if not found and scope >= 0 else ()
        for path, assign in found:
            yield path, assign
            made = symbols.chain(path, assign.scope, assign.value.removesuffix("()")) if assign.value.endswith("()") else None
            if made is not None and made.kind == "function" and made.path:
                yield from self._returned(made.path, made.place)
            if assign.value and "(" not in assign.value:
                yield from self._assigned(Node(path, assign.scope), assign.scope, assign.value, met)
            elif made is not None and made.kind == "external" and "." in assign.value:
                # What a client makes waits as long as itself: `pipe = client.pipeline()`.
                yield from self._assigned(Node(path, assign.scope), assign.scope, assign.value.rpartition(".")[0], met)

    def _handed(self, node: Node, name: str, met: set[tuple[str, int, str]]) -> Iterator[tuple[str, Assign]]:
        """Where callers bound the client that they hand over: `Cache(connection)`."""
        signature = self.graph.symbols.signature(Symbol("function", *node))
        if name not in signature.names:
            return
        place = signature.names.index(name) - (signature.first in ("self", "cls"))
        for caller, edge in self.graph.callers.get(node, ()):
            yield from self._assigned(caller, edge.call.scope, edge.arguments.get(place, name) or "", met)

    def _named(self, path: str, scope: int, receiver: str) -> list[tuple[str, Assign]]:
        symbols = self.graph.symbols
        name = receiver.partition(".")[0].removesuffix("()")
        met: set[tuple[str, str]] = set()
        while (path, name) not in met:  # modules may take a name from each other in circles
            met.add((path, name))
            table = symbols.table(path)
            found = [(path, assign) for assign in table.assigns.get((scope, name), ())]
            while scope >= 0:
                scope = symbols.files[path].definitions[scope].parent
                found += [(path, assign) for assign in table.assigns.get((scope, name), ())]
            holder, _, there = table.imports.get(name, "").rpartition(".")
            module = symbols.modules.find(holder) if holder and not found else None
            if module is None or module == path:
                index = table.children.get((-1, name))
                return found + (self._returned(path, index) if index is not None else [])
            path, name = module, there
        return []

    def _returned(self, path: str, index: int) -> list[tuple[str, Assign]]:
        """What a function hands back: `def client(): return Session()`."""
        table = self.graph.symbols.table(path)
        found = []
        for entry in table.returns.get(index, ()):
            found.append((path, Assign(index, entry.line, "", entry.value, "", entry.start)))
            found += [(path, assign) for assign in table.assigns.get((index, entry.value), ())]
        return found

    def _by_class(self, node: Node, edge: Edge) -> bool:
        """Whether the client is of a project's own class that sets the bound itself."""
        receiver = edge.call.target.rpartition(".")[0]
        symbol = self.graph.symbols.chain(node.path, edge.call.scope, receiver) if receiver else None
        if symbol is not None and symbol.kind in ("instance", "class") and self._class_bounds(symbol):
            return True
        return any(self._made_bounds(path, assign) for path, assign in self.assigned(node, edge.call.scope, receiver))

    def _made_bounds(self, path: str, assign: Assign) -> bool:
        """Whether a client was made by such a class, whatever it is annotated with."""
        made = self.graph.symbols.chain(path, assign.scope, assign.value.removesuffix("()")) if assign.value else None
        return made is not None and made.kind == "class" and bool(made.path) and self._class_bounds(made)

    def _class_bounds(self, symbol: Symbol) -> bool:
        for klass in self.graph.symbols.classes.mro(symbol):
            if klass.kind != "class":
                continue
            table = self.graph.symbols.table(klass.path)
            for name in SENDS:
                index = table.children.get((klass.place, name))
                if index is not None and self._speaks_of_timeout(klass.path, index):
                    return True
        return False

    def _speaks_of_timeout(self, path: str, scope: int) -> bool:
        if (path, scope) not in self._bounding:
            self._bounding[path, scope] = self._speaks(path, scope)
        return self._bounding[path, scope]

    def _speaks(self, path: str, scope: int) -> bool:
        flow = self.graph.flows[path]
        signature = self.graph.symbols.table(path).signatures.get(scope, "")
        texts = [signature, *(call.args for call in flow.calls if call.scope == scope)]
        texts += [assign.target for assign in flow.assigns if assign.scope == scope]
        texts += [read.text for read in flow.reads if read.scope == scope]
        return any("timeout" in text for text in texts)

    def _by_attribute(self, node: Node, edge: Edge, effect: Effect) -> bool:
        receiver, scope = edge.call.target.rpartition(".")[0], edge.call.scope
        if self._by_socket(node, receiver) or self.replaced.of(node.path, receiver, self.assigned(node, scope, receiver)):
            return True
        if not effect.attribute:
            return False
        if node.path not in self._set:
            assigns = self.graph.flows[node.path].assigns
            self._set[node.path] = frozenset(assign.target for assign in assigns if assign.text.strip() not in NEVER)
        return f"{receiver}.{effect.attribute}" in self._set[node.path]

    def _by_socket(self, node: Node, receiver: str) -> bool:
        """Whether a socket is told how long to wait: in the function, or in any one where it is kept on an object."""
        kept = receiver.startswith(("self.", "cls."))
        for call in self.graph.called(node.path, WAITS):
            if call.target.rpartition(".")[0] == receiver and (kept or call.scope == node.scope):
                return call.args.strip() not in ("None", "True", "1")
        return False

    def _by_mount(self, node: Node, edge: Edge) -> bool:
        """Whether the session was mounted with an adapter of the project's that sets the bound."""
        receiver = edge.call.target.rpartition(".")[0]
        bound = list(self.assigned(node, edge.call.scope, receiver))
        names = {(node.path, edge.call.scope, receiver)}
        names |= {(path, assign.scope, assign.target or assign.value) for path, assign in bound}
        return any(self._mounted(path, names) for path in {path for path, _, _ in names})

    def _mounted(self, path: str, names: set[tuple[str, int, str]]) -> bool:
        """`names` are clients with the file and the scope in which they are called so; `self.x` is the same in all methods."""
        for call in self.graph.called(path, MOUNT):
            name = call.target.rpartition(".")[0]
            own = name.startswith(("self.", "cls.")) and any(name == other for _, _, other in names)
            if own or (path, call.scope, name) in names:
                adapter = (arguments(call.args).get(1, "adapter") or "").partition("(")
                symbol = self.graph.symbols.chain(path, call.scope, adapter[0])
                if "timeout" in adapter[2] or (symbol is not None and symbol.kind == "class" and self._class_bounds(symbol)):
                    return True
                for assign in self.graph.symbols.table(path).assigns.get((call.scope, adapter[0]), ()):
                    symbol = self.graph.symbols.chain(path, call.scope, assign.value.removesuffix("()"))
                    if symbol is not None and symbol.kind == "class" and self._class_bounds(symbol):
                        return True
        return False

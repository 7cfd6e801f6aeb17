"""Functions that are handed by their name to one of the project's own that calls them: `guard.call(fetch, key)`."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

from auditor.facts.flow.events import Call
from auditor.paths.calls.edge import Edge, Node
from auditor.paths.calls.scopes import Scopes
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import arguments

NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\Z")
OF_OBJECT = re.compile(r"(\b[A-Z]\w*)\(\)(?=\.\w+\Z)")
"""A method of what a class has just made: `requests.Session().get`."""
Runs = Callable[[Node, Call], tuple[str, ...]]
"""What a call of a known runner is given to run at once."""


class Taken(NamedTuple):
    """A parameter that is called: its place among the arguments, its name, and what stands around the calls."""

    place: int
    name: str
    guards: tuple[int, ...]
    hands_on: bool
    """Whether it is given what else came: `function(*args)`."""


class Running:
    """Answers for one project, each function asked once."""

    def __init__(self, scopes: Scopes, runs: Runs) -> None:
        self.scopes = scopes
        self.symbols = scopes.symbols
        self.runs = runs
        self._known: dict[Node, tuple[Taken, ...]] = {}

    def of(self, node: Node, call: Call, function: Symbol) -> Iterator[Edge]:
        """What a call of one of the project's functions has it call."""
        callee = Node(function.path, function.place)
        if callee not in self._known:
            self._known[callee] = tuple(self._taken(callee))
        for taken in self._known[callee]:
            text = arguments(call.args).get(taken.place, taken.name) or ""
            symbol = self.symbols.chain(node.path, call.scope, text) if NAME.match(text) else None
            if symbol is not None:
                made = msgspec.structs.replace(call, target=text, args=self._args(call, function, taken))
                yield from self._edges(made, symbol, callee, taken)

    def _edges(self, made: Call, symbol: Symbol, callee: Node, taken: Taken) -> Iterator[Edge]:
        if symbol.kind == "function" and symbol.path and not symbol.name:
            to = Node(symbol.path, symbol.place)
            if to != callee:
                yield Edge(made, to, self.scopes.dotted(symbol), within=callee, guards=taken.guards)
        elif self.is_callable(symbol):
            yield Edge(made, name=self.scopes.knowledge.normal(symbol.name), within=callee, guards=taken.guards)

    @staticmethod
    def is_callable(symbol: Symbol) -> bool:
        """Whether it is a function or method of a library."""
        name = OF_OBJECT.sub(r"\1", symbol.name)
        return symbol.kind == "external" and "(" not in name and not name.startswith(("builtins.", "query.", "="))

    def _args(self, call: Call, function: Symbol, taken: Taken) -> str:
        """What the function that is handed over is given in turn."""
        if not taken.hands_on:
            return ""
        given, names = arguments(call.args), self.symbols.signature(function).names
        keywords = (f"{name}={text}" for name, text in given.keywords.items() if name not in names)
        return ", ".join((*given.positional[taken.place + 1 :], *keywords))

    def _taken(self, callee: Node) -> Iterator[Taken]:
        """The parameters that a function calls, itself or by what runs them at once."""
        signature = self.symbols.signature(Symbol("function", *callee))
        bound = signature.first in ("self", "cls")
        names = signature.names[bound:]
        calls: dict[str, list[Call]] = defaultdict(list)
        for call in self.scopes.calls.get(callee, ()) if names else ():
            for text in (call.target, *self.runs(callee, call)):
                calls[text].append(call)
        for place, name in enumerate(names):
            if found := calls.get(name):
                hands_on = any("*" in call.args for call in found)
                yield Taken(place, name, tuple(call.guard for call in found), hands_on)

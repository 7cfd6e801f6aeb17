"""The value of an expression that is a text: literals, joined ones, constants, settings, parameters and a loop's variables."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import product

from auditor.facts.flow.events import Loop
from auditor.paths.calls.graph import Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.routes.configured import Configured, key_of
from auditor.paths.routes.places import CALLED, Places, parted
from auditor.paths.written.arguments import arguments, literal, split, summands

DEEPEST = 6
MOST = 8
"""How many values one expression may have: a loop over more is left as it is written."""
NAME = re.compile(r"[A-Za-z_][\w.]*\Z")
FORMATTED = re.compile(r"[rR]?[fF][rR]?(?=['\"])")
ADJACENT = re.compile(r"[rRuUbBfF]{0,2}(?:'(?:[^'\\\n]|\\.)*+'|\"(?:[^\"\\\n]|\\.)*+\")")
SIDE_BY_SIDE = re.compile(rf"\(?\s*(?:{ADJACENT.pattern}\s*){{2,40}}+\)?")
"""Texts that stand one behind the other are one: `r"^orders/" r"(?P<key>\\d+)/$"`."""
FILLED = re.compile(rf"(?P<text>{ADJACENT.pattern}(?:\s*{ADJACENT.pattern}){{0,40}}+)\s*%\s*(?P<values>\S.*)\Z", re.DOTALL)
"""`r"^orders/(%s)/$" % KEY`, also with a tuple or a dictionary of values."""
SLOT = re.compile(r"%(?:\((?P<key>\w+)\))?[sdr]")
PAIR = re.compile(r"['\"](?P<key>\w+)['\"]\s*:\s*(?P<value>.+)\Z", re.DOTALL)
HOLE = re.compile(r"(?P<brace>\{\{|\}\})|\{(?P<name>[^{}!:]*)[^{}]*\}")
"""`{name}`, or one of two braces that stand for one."""


class Texts:
    """Works texts out."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.symbols = places.symbols
        self.graph = places.graph
        self.configured = Configured(places)

    def one(self, path: str, scope: int, text: str | None) -> str | None:
        """The only or the first value; None where nobody can say."""
        return next(iter(self.all(path, scope, text)), None) if text is not None else None

    def all(self, path: str, scope: int, text: str, line: int = 0, depth: int = 0) -> tuple[str, ...]:
        """All values that an expression may have, none where nobody can say. `line` tells which of several loops is meant."""
        text = text.strip()
        if depth > DEEPEST or not text:
            return ()
        if FORMATTED.match(text) and (inner := literal(FORMATTED.sub("", text))) is not None:
            return self._formatted(path, scope, inner, line, depth)
        said = literal(text)
        if said is not None:
            return (said,)
        if filled := FILLED.match(text):
            whole = "".join(literal(part) or "" for part in ADJACENT.findall(filled["text"]))
            return self._filled(path, scope, whole, filled["values"], line, depth)
        if NAME.match(text) or CALLED.match(text):
            return tuple(dict.fromkeys(self._named(path, scope, text, line, depth)))[:MOST]
        if key := key_of(text):
            return next(filter(None, (self.all(*said, 0, depth + 1) for said in self.configured.under(key))), ())
        parts = ADJACENT.findall(text) if SIDE_BY_SIDE.fullmatch(text) else summands(text)
        if len(parts) > 1:
            return self._joined([self._or_name(path, scope, part, line, depth) for part in parts])
        called = parted(text)
        if called and called[0].endswith(".format") and (inner := literal(called[0].removesuffix(".format"))):
            return (inner,)
        inside = arguments(called[1]).positional if called else ()
        return self.all(path, scope, inside[0], line, depth + 1) if len(inside) == 1 else ()

    def _formatted(self, path: str, scope: int, inner: str, line: int, depth: int) -> tuple[str, ...]:
        pieces: list[tuple[str, ...]] = []
        at = 0
        for hole in HOLE.finditer(inner):
            brace = hole["brace"]
            value = (brace[0],) if brace else self._or_name(path, scope, hole["name"], line, depth)
            pieces += [(inner[at : hole.start()],), value]
            at = hole.end()
        return self._joined([*pieces, (inner[at:],)])

    def _filled(self, path: str, scope: int, inner: str, values: str, line: int, depth: int) -> tuple[str, ...]:
        """A text with `%s` in it, filled in the order of the values or by their keys."""
        parts = split(values[1:-1]) if values.startswith(("(", "{")) else [values]
        keyed = {match["key"]: match["value"] for part in parts if (match := PAIR.match(part)) is not None}
        pieces: list[tuple[str, ...]] = []
        at = 0
        for place, slot in enumerate(SLOT.finditer(inner)):
            value = keyed.get(slot["key"]) if slot["key"] else parts[place] if place < len(parts) else None
            pieces += [(inner[at : slot.start()],), self._or_name(path, scope, value or "value", line, depth)]
            at = slot.end()
        return self._joined([*pieces, (inner[at:],)])

    def _or_name(self, path: str, scope: int, text: str, line: int, depth: int) -> tuple[str, ...]:
        return self.all(path, scope, text, line, depth + 1) or ("{" + text.strip().rpartition(".")[2] + "}",)

    def _joined(self, pieces: list[tuple[str, ...]]) -> tuple[str, ...]:
        return tuple("".join(one) for one, _ in zip(product(*pieces), range(MOST), strict=False))

    def _named(self, path: str, scope: int, name: str, line: int, depth: int) -> Iterator[str]:
        first, dot, rest = name.partition(".")
        at = scope
        while at >= 0:
            if first in self.symbols.signature(Symbol("function", path, at)).names:
                said = tuple(self._parameter(path, at, first, depth, dot + rest))
                yield from said
                if said or not dot:
                    return
            at = self.graph.files[path].definitions[at].parent
        looped = tuple(self._looped(path, scope, name, line, depth))
        if looped:
            yield from looped
            return
        symbol = self.symbols.chain(path, scope, name)
        if symbol is not None and symbol.kind == "external" and symbol.name.rpartition(".")[0] in self.graph.knowledge.settings:
            yield from self._setting(symbol.name.rpartition(".")[2], depth)
            return
        for place in self.places.of(path, scope, name):
            for assign in self.symbols.table(place.path).assigns.get((place.scope, place.name), ())[:1]:
                if re.search(rf"(?<![\w.'\"]){re.escape(place.name)}(?!\w)", assign.text or assign.value):
                    continue
                yield from self.all(place.path, place.scope, assign.text or assign.value, line, depth + 1)

    def _parameter(self, path: str, scope: int, name: str, depth: int, part: str) -> Iterator[str]:
        """What the callers hand over, or the default; with `part` behind it, `.prefix`, an attribute of that."""
        signature = self.symbols.signature(Symbol("function", path, scope))
        default = self.all(path, scope, signature.defaults.get(name, "") + part, 0, depth + 1)
        found = False
        for caller, call in self.places.callers.get(Node(path, scope), ()):
            text = arguments(call.args).get(self.places.position(path, scope, name), name)
            given = f"{text}{part}"
            said = self.all(caller.path, call.scope, given, call.line, depth + 1) if text is not None else default
            found = found or bool(said)
            yield from said
        if not found:
            yield from default

    def _looped(self, path: str, scope: int, name: str, line: int, depth: int) -> Iterator[str]:
        """The values of a loop's variable, where the loop goes through a list that stands in the code."""
        loops = [loop for loop in self._loops.get((path, scope), ()) if name in _names(loop)]
        before = [loop for loop in loops if not line or loop.line <= line]
        for loop in before[-1:]:
            at = _names(loop).index(name)
            for element in split(loop.text.strip()[1:-1]) if loop.text.strip().startswith(("(", "[", "{")) else ():
                parts = split(element[1:-1]) if element.startswith(("(", "[")) else [element]
                if at < len(parts):
                    yield from self.all(path, scope, parts[at], line, depth + 1)

    @cached_property
    def _loops(self) -> dict[tuple[str, int], list[Loop]]:
        found: dict[tuple[str, int], list[Loop]] = defaultdict(list)
        for path, flow in self.graph.flows.items():
            for loop in flow.loops:
                if loop.kind == "for" and loop.text:
                    found[path, loop.scope].append(loop)
        return found

    def _setting(self, name: str, depth: int) -> Iterator[str]:
        """What the project's settings modules say."""
        for path in self._settings:
            for assign in self.symbols.table(path).assigns.get((-1, name), ()):
                said = self.all(path, -1, assign.text or assign.value, 0, depth + 1)
                if said:
                    yield said[0]
                    return

    @cached_property
    def _settings(self) -> tuple[str, ...]:
        flows = self.graph.flows
        return tuple(path for path in sorted(flows) if "settings" in path and self.graph.files[path].kind == "source")


def _names(loop: Loop) -> list[str]:
    return [part.strip() for part in loop.target.strip("()").split(",")]

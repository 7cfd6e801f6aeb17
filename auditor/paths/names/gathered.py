"""What lists and dictionaries hold that are made of rows one by one: `[order for order in orders if order.paid]`,
`found.append(order)`, `{order.id: order for order in orders}`, `by_day[order.day].append(order)`; and what the classes have in
common of which a dictionary picks one: `{"card": CardGateway, "bank": BankGateway}`.
"""

import re
from collections import defaultdict
from itertools import chain
from typing import NamedTuple

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Assign, Loop
from auditor.paths.names.classes import Classes
from auditor.paths.names.symbol import DEPTH, Names, Symbol
from auditor.paths.written.arguments import arguments, split

MADE = re.compile(r"[\[({]\s*(?P<key>[^{}:\[\]]+:\s*)?(?P<head>[a-z_]\w*)\s+(?:async\s+)?for\s+(?P<each>\w+)\s+in\b")
EMPTY = frozenset(("[]", "set()", "list()", "deque()"))
BY_KEY = re.compile(r"(?:\w+\.)?defaultdict\((?:list|set)?\)\Z|\{\}\Z|(?:dict|OrderedDict)\(\)\Z")
"""What begins empty, and then holds many under each key."""
PICKED = re.compile(r"\A\{(?P<inside>[^{}]*)\}\Z", re.DOTALL)
CLASS = re.compile(r"[^:]+:\s*(?P<class>(?:\w+\.)*[A-Z]\w*)\s*(?P<made>\(.*\))?\Z", re.DOTALL)
"""A pair of a dictionary whose value is a class, or made of one."""
TUPLES = re.compile(r"[\[(]\s*\((?P<tuple>[^()]*(?:\([^()]*\)[^()]*)*)\)\s+(?:async\s+)?for\s")
SPREAD = re.compile(r"[\[({]\s*\*(?P<many>[\w.]+)\s*[,\])}]")
ADDS = frozenset(("append", "add", "appendleft", "insert"))
JOINS = frozenset(("extend", "update", "extendleft"))
BEGINS = frozenset(("list()", "set()", "deque()", "dict()", "defaultdict()", "OrderedDict()"))
"""Calls in short that may make a collection which is empty at first."""
KEYED = ("[]", ".setdefault()")
"""How the collection under a key is reached: `by_day[order.day]`, `by_day.setdefault(order.day, [])`."""
SET = "{}"
MOST = 100
"""So much that is put into a collection is looked at; who puts more there by hand puts in more of the same."""


class Put(NamedTuple):
    """What is put into a collection: an expression as it is written, which gives one thing or several."""

    text: str
    several: bool


class Gathered:
    """Answers for one project's symbols."""

    def __init__(self, names: Names, classes: Classes) -> None:
        self.names = names
        self.classes = classes
        self._holding: dict[tuple[str, int, str], Symbol | None] = {}
        self._tuples: dict[tuple[str, int, str], list[str]] = {}
        self._puts: dict[str, dict[tuple[int, str], list[Put]]] = {}

    def of(self, path: str, assign: Assign, depth: int) -> Symbol | None:
        """Many rows, or many by key, where what is assigned holds nothing else."""
        if depth > DEPTH:
            return None
        text = assign.text.strip() or assign.value.rpartition(".")[2]
        if text in EMPTY:
            return self._one_by_one(path, assign.scope, assign.target, depth)
        if BY_KEY.match(text):
            several = [self._one_by_one(path, assign.scope, f"{assign.target}{key}", depth) for key in KEYED]
            one = self._one_by_one(path, assign.scope, assign.target + SET, depth)
            found = [*several, one.as_("instance") if one is not None else None]
            return next((Symbol("dict", of=held) for held in found if held is not None), None)
        made = MADE.match(text)
        if made is not None:
            rows = self._many(path, assign.scope, made["head"], depth) if made["head"] == made["each"] else None
            return Symbol("dict", of=rows.as_("instance")) if rows is not None and made["key"] else rows
        spread = SPREAD.match(text)
        if spread is not None:
            return self._joined(path, assign.scope, spread["many"], depth)
        picked = PICKED.match(text)
        return self._picked(path, assign.scope, split(picked["inside"]), depth) if picked is not None else None

    def _picked(self, path: str, scope: int, pairs: list[str], depth: int) -> Symbol | None:
        """A dictionary of classes, or of objects of theirs, of which one is picked: of what they all are.

        Of mapped classes nothing is said: what is asked of any of them is asked of its own table.
        """
        values = [CLASS.match(pair) for pair in pairs]
        texts = {(value["class"], bool(value["made"])) for value in values if value is not None}
        if None in values or not texts or len({made for _, made in texts}) > 1:
            return None
        found = [self.names.chain(path, scope, text, depth + 1) for text, _ in sorted(texts)]
        classes = [one for one in found if one is not None and one.kind == "class" and one.path]
        if len(classes) < len(found) or any(map(self.classes.is_model, classes)):
            return None
        others = [set(self.classes.mro(one)) for one in classes[1:]]
        shared = (base for base in self.classes.mro(classes[0]) if base.path and all(base in other for other in others))
        base = next(shared, None)
        return Symbol("dict", of=base.as_("instance") if next(iter(texts))[1] else base) if base is not None else None

    def _one_by_one(self, path: str, scope: int, target: str, depth: int) -> Symbol | None:
        asked = (path, scope, target)
        if asked not in self._holding:
            self._holding[asked] = None
            puts = self.puts(path).get((scope, target), ())[:MOST]
            found = {(self._joined if put.several else self._many)(path, scope, elided(put.text.encode()), depth) for put in puts}
            self._holding[asked] = next(iter(found)) if len(found) == 1 else None
        return self._holding[asked]

    def forget_unknown(self) -> None:
        """Lets what nobody could say be asked again."""
        self._holding = {asked: found for asked, found in self._holding.items() if found is not None}

    def _many(self, path: str, scope: int, text: str, depth: int) -> Symbol | None:
        row = self.names.chain(path, scope, text, depth + 1) if text.isidentifier() else None
        return row.as_("many") if row is not None and row.kind == "instance" and self.classes.is_model(row) else None

    def _joined(self, path: str, scope: int, text: str, depth: int) -> Symbol | None:
        rows = self.names.chain(path, scope, text, depth + 1)
        many = rows is not None and rows.kind in ("many", "query") and self.classes.is_model(rows)
        return rows.as_("many") if rows is not None and many else None

    def part(self, path: str, loop: Loop, name: str) -> str:
        """What a loop over tuples hands out under one of its names, as it was put into them: of `found.append((order, total))`
        and `for order, total in found` the order. Empty where nobody can say.
        """
        names = split(loop.target.strip("() "))
        if name not in names or not loop.source.isidentifier():
            return ""
        asked = (path, loop.scope, loop.source)
        if asked not in self._tuples:
            self._tuples[asked] = self._tuple(*asked)
        given = self._tuples[asked]
        return given[names.index(name)] if len(given) == len(names) else ""

    def _tuple(self, path: str, scope: int, name: str) -> list[str]:
        """The parts of the first tuple that is put into a list."""
        assigns = self.names.table(path).assigns.get((scope, name), ())
        made = (match["tuple"] for one in assigns if (match := TUPLES.match(one.text)) is not None)
        puts = (put.text[1:-1] for put in self.puts(path).get((scope, name), ()) if put.text.startswith("("))
        return split(next(chain(made, puts), ""))

    def puts(self, path: str) -> dict[tuple[int, str], list[Put]]:
        """By scope and name: what is put into each collection of a file. A collection under a key is told by `KEYED`, and what
        is set under a key itself, `by_key[order.id] = order`, by `SET`, both behind the name.
        """
        known = self._puts.get(path)
        if known is None:
            known = self._puts[path] = defaultdict(list)
            for call in self.names.flows[path].calls:
                owner, _, method = call.target.rpartition(".")
                if method in ADDS | JOINS and owner.removesuffix(KEYED[0]).removesuffix(KEYED[1]).isidentifier():
                    given = arguments(call.args).positional
                    if given:
                        known[call.scope, owner].append(Put(given[-1], method in JOINS))
            for assign in self.names.flows[path].assigns:
                if assign.target.endswith("]") and assign.value:
                    known[assign.scope, assign.target.partition("[")[0] + SET].append(Put(assign.value, False))
        return known

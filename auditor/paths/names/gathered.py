"""What lists hold that are made of rows one by one: `[order for order in orders if order.paid]`, `found.append(order)`; and what
the classes have in common of which a dictionary picks one: `{"card": CardGateway, "bank": BankGateway}`.
"""

import re
from collections import defaultdict

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Assign
from auditor.paths.names.classes import Classes
from auditor.paths.names.symbol import DEPTH, Names, Symbol
from auditor.paths.written.arguments import split

MADE = re.compile(r"[\[({]\s*(?P<head>[a-z_]\w*)\s+(?:async\s+)?for\s+(?P<each>\w+)\s+in\b")
KEYED = re.compile(r"\{[^{}:]+:\s*(?P<head>[a-z_]\w*)\s+(?:async\s+)?for\s+(?P<each>\w+)\s+in\b")
"""`{order.pk: order for order in orders}`."""
EMPTY = frozenset(("[]", "set()", "list()", "deque()"))
PICKED = re.compile(r"\A\{(?P<inside>[^{}]*)\}\Z", re.DOTALL)
CLASS = re.compile(r"[^:]+:\s*(?P<class>(?:\w+\.)*[A-Z]\w*)\s*(?P<made>\(.*\))?\Z", re.DOTALL)
"""A pair of a dictionary whose value is a class, or made of one."""
ADDS = frozenset(("append", "add", "appendleft"))


class Gathered:
    """Answers for one project's symbols."""

    def __init__(self, names: Names, classes: Classes) -> None:
        self.names = names
        self.classes = classes
        self._added: dict[str, dict[tuple[int, str], list[str]]] = {}

    def of(self, path: str, assign: Assign, depth: int) -> Symbol | None:
        """Many rows, where an assignment's list holds nothing else."""
        if depth > DEPTH:
            return None
        text = assign.text.strip()
        if text in EMPTY:
            return self._one_by_one(path, assign, depth)
        made = MADE.match(text)
        if made is not None:
            return self._many(path, assign.scope, made["head"], depth) if made["head"] == made["each"] else None
        keyed = KEYED.match(text)
        if keyed is not None:
            rows = self._many(path, assign.scope, keyed["head"], depth) if keyed["head"] == keyed["each"] else None
            return Symbol("dict", of=rows.as_("instance")) if rows is not None else None
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

    def _one_by_one(self, path: str, assign: Assign, depth: int) -> Symbol | None:
        given = self._puts(path).get((assign.scope, assign.target), ())
        found = {self._many(path, assign.scope, text, depth) for text in given}
        return next(iter(found)) if len(found) == 1 else None

    def _many(self, path: str, scope: int, text: str, depth: int) -> Symbol | None:
        row = self.names.chain(path, scope, text, depth + 1) if text.isidentifier() else None
        return row.as_("many") if row is not None and row.kind == "instance" and self.classes.is_model(row) else None

    def _puts(self, path: str) -> dict[tuple[int, str], list[str]]:
        """By scope and name: what is put into each collection of a file, in short."""
        known = self._added.get(path)
        if known is None:
            known = self._added[path] = defaultdict(list)
            for call in self.names.flows[path].calls:
                owner, _, method = call.target.rpartition(".")
                if method in ADDS and owner.isidentifier():
                    known[call.scope, owner].append(elided(call.args.encode()))
        return known

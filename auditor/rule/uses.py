"""Where a value goes within its function: dropped, returned, stored, awaited, handed over, or asked for an attribute."""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

import libcst as cst

from auditor.facts.region import Region
from auditor.rule.names import last_name
from auditor.rule.scopes import FUNCTIONS, Scopes

CONTAINERS = (
    cst.Element,
    cst.StarredElement,
    cst.DictElement,
    cst.List,
    cst.Tuple,
    cst.Set,
    cst.Dict,
    cst.ListComp,
    cst.SetComp,
    cst.DictComp,
    cst.GeneratorExp,
    cst.IfExp,
    cst.BooleanOperation,
    cst.NamedExpr,
)
"""What a value may stand in and still be the same value, or one of several."""
FOLLOWED_NAMES = 40
"""A value that goes through more names than this is taken to be looked after."""
ENDED = frozenset(("done", "not_done"))
"""The parts of what `concurrent.futures.wait` gives: the same futures."""
COLLECTING = frozenset(("append", "add", "insert", "appendleft", "extend", "update"))


class Way(Enum):
    """How a value goes on."""

    DROPPED = "nothing takes it"
    RETURNED = "it leaves the function"
    STORED = "it is put where others can reach it"
    AWAITED = "it is waited for"
    ARGUMENT = "it is given to a call"
    ATTRIBUTE = "an attribute of it is read"
    METHOD = "a method of it is called"
    TESTED = "it is looked at as true or false"
    COMPARED = "it is compared with another, or looked up"
    ITERATED = "it is gone through"
    ELSE = "something else"


class Use(NamedTuple):
    """One place where a value goes on; `name` is the attribute, the method or the function that it is given to."""

    way: Way
    name: str
    node: cst.CSTNode


class Flow(Scopes):
    """Follows a value through the names of its function.

    `passing` are functions that give back what they are given (`list`, `wait`), `awaits` says that waiting for the
    value gives the value itself (a response), and `ordered` that only what comes after the value's birth counts.
    """

    def __init__(
        self, region: Region, passing: frozenset[str] = frozenset(), awaits: bool = False, ordered: bool = False
    ) -> None:
        super().__init__(region)
        self.passing = passing
        self.awaits = awaits
        self.ordered = ordered
        self._followed: set[tuple[str, int]] = set()
        self._keyed = False

    def uses(self, value: cst.CSTNode) -> list[Use]:
        """All places where the value goes on, its names followed."""
        self._followed.clear()
        self._keyed = False
        return list(self._from(value, self.awaits))

    def named(self, name: cst.Name) -> list[Use]:
        """All places where a value that has a name already goes on."""
        self._followed.clear()
        return list(self._bound(name, name))

    def _from(self, node: cst.CSTNode, passed: bool) -> Iterator[Use]:
        """The uses of the value that `node` is. `passed` says that waiting for it gives the same."""
        parents = self.region.parents
        waiting = [(node, passed)]
        while waiting:
            node, passed = waiting.pop()
            parent = parents.get(node)
            if isinstance(parent, cst.NamedExpr):
                yield from self._bound(parent.target, parent)
                waiting.append((parent, passed))
            elif (isinstance(parent, cst.IfExp) and parent.test is node) or (
                isinstance(parent, cst.BooleanOperation) and parent.left is node
            ):
                yield Use(Way.TESTED, "", parent)
            elif isinstance(parent, CONTAINERS):
                self._keyed |= isinstance(parent, cst.DictElement | cst.DictComp) and parent.key is node
                waiting.append((parent, passed))
            elif isinstance(parent, cst.Await):
                if passed:
                    waiting.append((parent, passed))
                else:
                    yield Use(Way.AWAITED, "", parent)
            elif isinstance(parent, cst.Arg):
                yield from self._given(parent, waiting)
            elif isinstance(parent, cst.Attribute):
                call = parents.get(parent)
                called = isinstance(call, cst.Call) and call.func is parent
                name = parent.attr.value
                if isinstance(node, cst.Call) and last_name(node) == "wait" and name in ENDED and not called:
                    waiting.append((parent, passed))
                elif call is not None and called and name in self.passing:
                    waiting.append((call, True))
                elif not called or name not in COLLECTING:
                    yield Use(Way.METHOD if called else Way.ATTRIBUTE, name, parent)
            else:
                yield from self._ends(node, parent)

    def _given(self, argument: cst.Arg, waiting: list[tuple[cst.CSTNode, bool]]) -> Iterator[Use]:
        call = self.region.parents[argument]
        name = last_name(call) if isinstance(call, cst.Call) else ""
        owner = call.func.value if isinstance(call, cst.Call) and isinstance(call.func, cst.Attribute) else None
        if name in self.passing:
            waiting.append((call, True))
        elif name in COLLECTING and isinstance(owner, cst.Name) and self.is_local(owner):
            yield from self._loads(owner, owner.value)
        elif name in COLLECTING and owner is not None:
            yield Use(Way.STORED, name, call)
        else:
            yield Use(Way.ARGUMENT, name, call)

    def _ends(self, node: cst.CSTNode, parent: cst.CSTNode | None) -> Iterator[Use]:
        """The uses where the value is part of a statement."""
        if isinstance(parent, cst.Expr):
            yield Use(Way.DROPPED, "", parent)
        elif isinstance(parent, cst.Return | cst.Yield | cst.From) or (isinstance(parent, cst.Lambda) and parent.body is node):
            yield Use(Way.RETURNED, "", parent)
        elif isinstance(parent, cst.Assign):
            for target in parent.targets:
                yield from self._bound(target.target, parent)
        elif isinstance(parent, cst.AnnAssign | cst.AugAssign):
            yield from self._bound(parent.target, parent)
        elif isinstance(parent, cst.WithItem):
            if parent.asname is not None:
                yield from self._bound(parent.asname.name, parent)
            else:
                yield Use(Way.ELSE, "with", parent)
        elif isinstance(parent, cst.For | cst.CompFor) and parent.iter is node:
            yield Use(Way.ITERATED, "", parent)
            yield from self._bound(parent.target, parent)
        elif isinstance(parent, cst.Comparison | cst.ComparisonTarget):
            yield Use(Way.COMPARED, "", parent)
        elif isinstance(parent, cst.Index):
            yield from self._looked_up(parent)
        elif isinstance(parent, cst.If | cst.While | cst.Assert | cst.UnaryOperation | cst.CompIf):
            yield Use(Way.TESTED, "", parent)
        elif isinstance(parent, cst.Subscript) and parent.value is node:
            if not self._keyed and not self.is_stored(parent):
                yield from self._from(parent, self.awaits)
        elif isinstance(parent, cst.AssignTarget | cst.Del) and parent is not None:
            return
        else:
            yield Use(Way.ELSE, "", parent or node)

    def _looked_up(self, index: cst.Index) -> Iterator[Use]:
        """The uses of a value that is a key: a container that it is put into goes on, a look-up does not."""
        element = self.region.parents.get(index)
        whole = self.region.parents.get(element) if element is not None else None
        if isinstance(whole, cst.Subscript) and self.is_stored(whole):
            self._keyed = True
            yield from self._bound(whole, whole)
        else:
            yield Use(Way.COMPARED, "", index)

    def _bound(self, target: cst.CSTNode, birth: cst.CSTNode) -> Iterator[Use]:
        """The uses of what is given a name, or several."""
        if isinstance(target, cst.Tuple | cst.List):
            for element in target.elements:
                yield from self._bound(element.value, birth)
        elif isinstance(target, cst.Name) and self.is_local(target):
            yield from self._loads(target, target.value)
        elif isinstance(target, cst.Subscript) and isinstance(target.value, cst.Name) and self.is_local(target.value):
            yield from self._loads(target.value, target.value.value)
        else:
            yield Use(Way.STORED, "", target)

    def _loads(self, birth: cst.Name, name: str) -> Iterator[Use]:
        scope = self.scope(birth)
        known = (name, id(birth) if self.ordered else id(self._comprehension(birth) or scope))
        if known in self._followed:
            return
        if len(self._followed) >= FOLLOWED_NAMES:
            yield Use(Way.STORED, name, birth)
            return
        self._followed.add(known)
        found = False
        for load in self._later(birth, name, scope):
            for use in self._from(load, self.awaits):
                found = True
                yield use
        if not found:
            yield Use(Way.DROPPED, name, birth)

    def _later(self, birth: cst.Name, name: str, scope: cst.CSTNode | None) -> list[cst.Name]:
        """Where a name is read: all of it, or from its birth to the next time that it is surely bound anew."""
        places = [node for node in self.names.get(name, ()) if node is not birth and self.is_same(node, scope)]
        comprehension = self._comprehension(birth)
        if comprehension is not None:
            return [node for node in places if self.inside(node, comprehension) and not self.is_stored(node)]
        if not self.ordered:
            return [node for node in places if not self.is_stored(node)]
        loads = []
        blocks = set(map(id, self.blocks(birth)))
        rebirth: cst.CSTNode | None = None
        for node in places:
            if self.order[node] < self.order[birth] or (rebirth is not None and self.statement(node) is not rebirth):
                continue
            if not self.is_stored(node):
                loads.append(node)
            elif rebirth is None and id(next(self.blocks(node), None)) in blocks:
                statement = self.statement(node)
                rebirth = statement if statement is not self.statement(birth) else None
        return loads + self._next_round(birth, places)

    def _next_round(self, birth: cst.Name, places: list[cst.Name]) -> list[cst.Name]:
        """Where a name born in a loop is read when the loop comes round, before it is bound again."""
        loop: cst.CSTNode | None = birth
        while loop is not None and not isinstance(loop, (*FUNCTIONS, cst.For, cst.While)):
            loop = self.region.parents.get(loop)
        if not isinstance(loop, cst.For | cst.While):
            return []
        loads = []
        for node in places:
            if self.order[node] >= self.order[birth] or not self.inside(node, loop):
                continue
            if self.is_stored(node):
                break
            loads.append(node)
        return loads

    def _comprehension(self, name: cst.Name) -> cst.CSTNode | None:
        """The comprehension whose own variable a name is."""
        node: cst.CSTNode | None = name
        while isinstance(node, cst.Name | cst.Tuple | cst.List | cst.Element):
            node = self.region.parents.get(node)
        while isinstance(node, cst.CompFor):
            node = self.region.parents.get(node)
            if isinstance(node, cst.ListComp | cst.SetComp | cst.DictComp | cst.GeneratorExp):
                return node
        return None

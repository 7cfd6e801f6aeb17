"""Relations of rows that are read: as the value of an expression, on the way to a method, or by a schema that a row fills."""

import re
from collections.abc import Iterator
from functools import cached_property

from auditor.facts.flow.events import Call
from auditor.knowledge.orm import orm
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.relations import Relation
from auditor.paths.names.symbol import Symbol
from auditor.paths.queries.fields import Fields, validated
from auditor.paths.queries.question import WHOLE, WRITERS, Question
from auditor.paths.written.arguments import arguments
from auditor.paths.written.steps import Step, shown, steps

PLAIN = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+\Z")
AWAITED = frozenset(("awaitable_attrs",))
"""Attributes of a row that hand out its relations."""
CHANGES = frozenset("append add remove extend clear set discard insert update difference_update".split())


class RelationReads:
    """Answers for one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.symbols = graph.symbols
        self.classes = graph.symbols.classes
        self.relations = graph.symbols.relations
        self.fields = Fields(graph.symbols)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all relations: only reads of these may ask."""
        users = Symbol("external", name=orm().account)
        return frozenset(name for model in (*self.classes.models, users) for name in self.relations.of(model))

    def of(self, node: Node) -> Iterator[Question]:
        """The relations that a scope reads."""
        names = self.names
        for read in self.graph.reads.get(node, ()):
            if not read.text.endswith("]") and not names.isdisjoint(read.text.split(".")[1:]):
                yield from self._lazy(node, read.scope, read.text, read.line, read.column, read.loop)
        for call in self.graph.calls.get(node, ()):
            if "." in call.target and not names.isdisjoint(call.target.split(".")[1:-1]):
                yield from self._lazy(node, call.scope, call.target, call.line, call.column, call.loop)

    def filled(self, node: Node, call: Call) -> Iterator[Question]:
        """`OrderOut.model_validate(order)` reads the relations that the schema has fields of."""
        klass = validated(self.symbols, node.path, call)
        text = arguments(call.args).get(0, "obj") or ""
        row = self.symbols.chain(node.path, call.scope, text) if klass is not None and steps(text) else None
        if klass is None or row is None or row.kind != "instance" or not self.classes.is_model(row):
            return
        root, relations, rest = self.walk(node.path, call.scope, text) if "." in text else (text, [], ())
        before = tuple(one.name for one in relations)
        for read in self.fields.of(klass, row) if not rest else ():
            relation = read.relation
            if relation is not None and relation.lazy not in orm().eager and relation.lazy not in WRITERS:
                kind = "many" if relation.many else "one"
                shown = f"{text}.{'.'.join(read.path)}"
                method = f"{relation.name} of {read.owner}"
                path = (*before, *read.path)
                model = relation.model
                place = (call.scope, call.line, call.column, call.loop)
                yield Question(*place, shown, kind, method, root, path, always=False, model=model, implied=bool(relation.lazy))

    def _lazy(self, node: Node, scope: int, text: str, line: int, column: int, loop: int) -> Iterator[Question]:
        root, relations, rest = self.walk(node.path, scope, text)
        path: tuple[str, ...] = ()
        shown = root
        awaited = not AWAITED.isdisjoint(text.split("."))
        for place, relation in enumerate(relations):
            path = (*path, relation.name)
            shown = f"{shown}.{relation.name}"
            if relation.lazy in orm().eager or relation.lazy in WRITERS:
                continue
            if relation.many:
                django = not relation.lazy
                changed = place == len(relations) - 1 and bool(rest) and rest[0].name in CHANGES
                if django or changed:
                    continue
            name = relation.model
            kind = "many" if relation.many else "one"
            near = bool(relation.lazy) and not relation.many and self._is_same_table(relation)
            implied = bool(relation.lazy) and not awaited
            yield Question(
                scope, line, column, loop, shown, kind, relation.name, root, path, False, name, near=near, implied=implied
            )

    def _is_same_table(self, relation: Relation) -> bool:
        """Whether a relation leads from a table to itself: `section` of an item that is itself an item."""
        back = self.relations.of(relation.target)
        return relation.name in back and back[relation.name].target == relation.target

    def walk(self, path: str, scope: int, text: str) -> tuple[str, list[Relation], tuple[Step, ...]]:
        """The name that an expression begins with, the relations that lead on from it, and the steps behind them."""
        found = steps(text)
        if len(found) < 2 or found[0].kind != "name":
            return "", [], found
        symbol = self.symbols.name(path, scope, found[0].name)
        if symbol is not None and symbol.kind == "query":
            assigns = self.symbols.table(path).assigns.get((scope, found[0].name), ())
            if len(assigns) == 1 and PLAIN.match(assigns[0].value):
                # `lines = order.lines`: the manager under another name.
                found = (*steps(assigns[0].value), *found[1:])
                symbol = self.symbols.name(path, scope, found[0].name)
        root = found[0].name
        relations: list[Relation] = []
        place = 1
        while symbol is not None and place < len(found) and found[place].kind == "attribute":
            step = found[place]
            if step.name in AWAITED and self.classes.is_model(symbol):
                place += 1
                continue
            relation = self.relations.of_row(symbol).get(step.name)
            if relation is None:
                break
            relations.append(relation)
            symbol = relation.symbol
            place += 1
        return root, relations, found[place:]

    def is_held(self, relations: list[Relation], rest: tuple[Step, ...]) -> bool:
        """Whether a method is called on rows that their owner holds as a list or dictionary: the relation's read is what asks."""
        last = relations[-1] if relations else None
        if last is None or not last.many or last.lazy in WRITERS or not last.target.path:
            return False
        style = self.classes.style(last.target)
        return style is not None and style.style == "sqlalchemy" and bool(rest) and rest[0].kind == "attribute"

    def may_be_there(self, path: str, scope: int, text: str) -> bool:
        """Whether the rows of a relation are read of a row that a plain object holds: what came with it nobody saw."""
        found = steps(text.removesuffix("()"))
        if len(found) < len(("row", "order", "lines", "all")) or found[-1].name not in WHOLE:
            return False
        root = self.symbols.name(path, scope, found[0].name)
        if root is None or root.kind != "instance" or not root.path or self.classes.is_model(root):
            return False
        owner = self.symbols.chain(path, scope, shown(found[:-2]))
        relation = self.relations.of(owner.as_("class")).get(found[-2].name) if owner is not None else None
        return relation is not None and relation.many and (scope, found[0].name) in self.symbols.table(path).loops

    def leads_outside(self, path: str, scope: int, text: str) -> bool:
        """Whether a chain goes on from a relation to many rows of a library's table: `member.groups.all()`."""
        relations = self.walk(path, scope, text)[1] if "." in text else []
        return bool(relations) and relations[-1].many and not relations[-1].target.path

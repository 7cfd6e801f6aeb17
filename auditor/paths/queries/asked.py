"""Which questions a scope asks the database: methods of queries that run them, queries gone through, relations that are read."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Call, Loop
from auditor.knowledge.orm import orm
from auditor.knowledge.rows import Orm
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.queries.handed_on import HandedOn
from auditor.paths.queries.kept import keeps_with_object, remembers
from auditor.paths.queries.lazy import RelationReads
from auditor.paths.queries.looked_into import LookedInto
from auditor.paths.queries.question import EVALUATES, EXECUTES, SETTLED, WHOLE, WRITERS, WRITES, Question, asked_by
from auditor.paths.queries.sent import BY_KEY, NAMELESS, WRITTEN, Sent
from auditor.paths.written.arguments import arguments
from auditor.paths.written.steps import last_name, steps

OUTSIDE = re.compile(r"\.[A-Z]\w*\.(?:objects|_default_manager)(?P<steps>(?:\.\w+)*)\Z")
"""The rows of a class that another package maps to a table."""
RELATES = frozenset("add remove set clear aadd aremove aset aclear".split())
"""Methods of a relation of many that write which rows it leads to."""


class Questions:
    """Answers by scope, remembered."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.symbols = graph.symbols
        self.classes = graph.symbols.classes
        self.lazy = RelationReads(graph)
        self.sent = Sent(graph)
        self.handed_on = HandedOn(graph)
        self.looked_into = LookedInto(graph)
        self._known: dict[Node, tuple[Question, ...]] = {}
        self._rows: dict[str, Orm | None] = {}

    @cached_property
    def loops(self) -> dict[Node, list[tuple[int, Loop]]]:
        """The loops of every scope, with their numbers in the file."""
        found: dict[Node, list[tuple[int, Loop]]] = {}
        for path, flow in self.graph.flows.items():
            for number, loop in enumerate(flow.loops):
                found.setdefault(self.graph.node(path, loop.scope), []).append((number, loop))
        return found

    def of(self, node: Node) -> tuple[Question, ...]:
        """The questions that a scope asks itself, in the order of the source, the same relation of the same name once a loop."""
        if node not in self._known:
            found: dict[object, Question] = {}
            every = (*self._called(node), *self._gone_through(node), *self._looked_into(node), *self.lazy.of(node))
            for one in sorted(every, key=lambda one: (one.line, one.column, -len(one.path), one.kind)):
                relation = one.kind in ("one", "many")
                key = (one.scope, one.loop, one.root, one.path) if relation else (one.line, one.column, one.method)
                found.setdefault(key, one)
            self._known[node] = tuple(found.values())
        return self._known[node]

    def unasked(self, node: Node) -> Iterator[Question]:
        """The queries that a scope makes and asks nothing of itself, but hands on; `always` is false for them."""
        if not self.symbols.table(node.path).spans[node.scope]:
            return
        calls = [call for call in self.graph.calls.get(node, ()) if call.scope == node.scope]
        longest = {call.start: call for call in sorted(calls, key=lambda call: call.end)}
        book = orm()
        asking: list[Call] | None = None
        for start, call in longest.items():
            method = last_name(call.target)
            if method not in book.chains and book.managers.isdisjoint(call.target.split(".")):
                continue
            symbol = self.symbols.chain(node.path, call.scope, f"{call.target}()")
            if symbol is None or symbol.kind != "query" or not symbol.path:
                continue
            style = self.classes.style(symbol)
            if style is None or style.style == "sqlalchemy":
                continue
            if asking is None:
                edges = self.graph.edges(node)
                asking = [edge.call for edge in edges if edge.model is not None or edge.call.target in EVALUATES]
            if not any(one.start < start < one.end for one in asking):
                yield asked_by(call, "query", method, self.symbols.definition(symbol).name)._replace(always=False)

    def _called(self, node: Node) -> Iterator[Question]:
        for edge, call in ((edge, edge.call) for edge in self.graph.edges(node) if not edge.read):
            for text in self.handed_on.of(edge):
                yield from self._asked(node, call.scope, text, call.line, call.column, call.loop, -1)
            yield from self.sent.spoken(edge)
            if edge.to is None and edge.call.target.rpartition(".")[2] in orm().validates:
                yield from self.lazy.filled(node, edge.call)
            if edge.call.target in EVALUATES:
                yield from self._evaluated(node, edge.call)
            elif edge.name == "itertools.chain.from_iterable":
                yield from self._joined(node, edge.call)
            elif edge.model is not None and edge.to is None:
                yield from self._of_query(node, edge)
            elif edge.to is None and edge.name:
                yield from self._of_library(node, edge)
            elif edge.to is None and WRITTEN.match(edge.call.args):
                yield from self.sent.written(edge.call)
            elif edge.to is None and not edge.name and NAMELESS.search(edge.call.target):
                yield from self.sent.nameless(edge.call)
            elif edge.to is None and edge.call.target.rpartition(".")[2] in (*EXECUTES, BY_KEY):
                yield from self.sent.of(node, edge.call)

    def _of_query(self, node: Node, edge: Edge) -> Iterator[Question]:
        call, model = edge.call, edge.model
        assert model is not None
        method = edge.name.rpartition(".")[2]
        root, relations, rest = self.lazy.walk(node.path, call.scope, call.target)
        # `order.lines.values("day").distinct()` gives no rows, and still asks for those of a relation.
        related = bool(relations) and relations[-1].many
        if not model.path and not related and orm().managers.isdisjoint(call.target.split(".")):
            return
        style = self.classes.style(model) if model.path else None
        if related and method in RELATES and style is not None and style.style == "django":
            yield asked_by(call, "write", method, self.symbols.definition(model).name if model.path else "")
            return
        runs = style.runs if style is not None else orm().asks
        if method not in runs or method in orm().batches or (style is not None and method in style.bulk):
            return
        if style is not None and style.execute and self._is_answered(node.path, call, style.execute):
            return
        name = self.symbols.definition(model).name if model.path else ""
        plain = [step for step in rest if step.kind == "attribute"]
        if self.lazy.is_held(relations, rest):
            return
        if relations and relations[-1].many and len(plain) == 1 and method in WHOLE and (not call.args or method == "all"):
            if style is not None and style.style == "sqlalchemy":
                if relations[-1].lazy in WRITERS:
                    yield asked_by(call, "query", method, name)
                return
            yield asked_by(call, "many", method, name, root, tuple(one.name for one in relations))
        else:
            writes = WRITES if style is None else (*style.writes, *style.deletes, "update")
            kind = "write" if method in writes else "query"
            near = self.lazy.may_be_there(node.path, call.scope, call.target)
            yield asked_by(call, kind, method, name)._replace(near=near)

    def _is_answered(self, path: str, call: Call, execute: tuple[str, ...]) -> bool:
        """Whether a method is one of a result that has come already: `session.execute(statement).scalars().all()`."""
        found = steps(call.target)
        if any(step.name in execute and after.kind == "call" for step, after in pairwise(found)):
            return True
        assigns = self.symbols.table(path).assigns.get((call.scope, found[0].name), ()) if found else ()
        return any(
            step.name in execute and after.kind == "call" for assign in assigns for step, after in pairwise(steps(assign.value))
        )

    def _of_library(self, node: Node, edge: Edge) -> Iterator[Question]:
        """A method of a session, a cursor or a row, by its full name."""
        owner, _, method = edge.name.rpartition(".")
        if owner not in self._rows:
            self._rows[owner] = self.graph.knowledge.model(owner) or self.graph.knowledge.query(owner)
        row = self._rows[owner]
        written = row is None and WRITTEN.match(edge.call.args)
        rows = OUTSIDE.search(owner) if row is None and method in orm().asks else None
        unasked = (row is None and not written and rows is None) or method in SETTLED or method in orm().batches
        if unasked or self.sent.defines(node, edge.call) or self.sent.takes(node, edge):
            return
        if written:
            yield from self.sent.written(edge.call)
        if rows is not None and {"values", "values_list", *orm().chains}.issuperset(rows["steps"].split(".")[1:]):
            yield asked_by(edge.call, "write" if method in WRITES else "query", method)
        if row is not None and self.graph.knowledge.model(owner) is not None and method not in (*row.instance, *row.deletes):
            return
        if row is not None and row.style == "sqlalchemy" and self._is_answered(node.path, edge.call, row.execute):
            return
        if row is not None and method in (*row.runs, *row.instance, *row.execute, *row.deletes) and method not in row.bulk:
            if method in row.many and row.style == "django":
                return
            writes = method in (*row.writes, *row.deletes, *row.instance, "update") and method != "refresh_from_db"
            yield asked_by(edge.call, "write" if writes else "query", method)

    def _evaluated(self, node: Node, call: Call) -> Iterator[Question]:
        """`len(order.lines.all())`."""
        given = arguments(call.args).positional
        for raw in given if call.target == "zip" else given[:1]:
            text = elided(raw.encode())
            if "." in text and steps(text):
                yield from self._asked(node, call.scope, text, call.line, call.column, call.loop, call.start)
            elif text.isidentifier():
                yield from self._kept(node, call.scope, text, call.line, call.loop)

    def _joined(self, node: Node, call: Call) -> Iterator[Question]:
        """`chain.from_iterable(order.lines.all() for order in orders)` goes through each."""
        text = elided(call.args.partition(" for ")[0].encode())
        for inner in self.graph.calls.get(node, ()):
            if call.start < inner.start and inner.end < call.end and f"{inner.target}()" == text:
                yield from self._asked(node, inner.scope, text, inner.line, inner.column, inner.loop, inner.start)

    def _is_own(self, node: Node, scope: int, text: str) -> bool:
        """Whether a chain ends with what makes a query by itself: `order.lines.open()`, `order.open_lines()`."""
        called = self.symbols.chain(node.path, scope, text.removesuffix("()"))
        if called is None or called.kind != "function" or not called.path:
            return False
        owner = self.symbols.owner(called.path, called.place) if called.of is not None else None
        return (owner is not None and self.classes.is_manager(owner)) or self._makes(called)

    def _makes(self, function: Symbol) -> bool:
        """Whether a function hands back a query that it narrows, which no loading of a relation answers for."""
        returns = self.symbols.table(function.path).returns.get(function.place, ())
        lasts = {last_name(entry.value) for entry in returns}
        narrowed = bool(lasts) and lasts <= orm().chains - {"all"} and all(entry.value.endswith("()") for entry in returns)
        return narrowed and not remembers(self.symbols.definition(function))

    def _gone_through(self, node: Node) -> Iterator[Question]:
        """A query that a loop goes through: asked where the loop stands, so once per turn of the loop around it."""
        for _, loop in self.loops.get(node, ()):
            if "." in loop.source and steps(loop.source):
                yield from self._asked(node, loop.scope, loop.source, loop.line, 1, loop.parent, loop.start)
            elif loop.source.isidentifier():
                yield from self._kept(node, loop.scope, loop.source, loop.line, loop.parent)

    def _looked_into(self, node: Node) -> Iterator[Question]:
        """`order.lines.all()[0]`, `if line in order.lines.all()`; of SQLAlchemy only what is gone through for a row asks."""
        for look in self.looked_into.of(node):
            for one in self._asked(node, node.scope, look.text, look.line, 1, look.loop, look.start):
                known = self.symbols.chain(node.path, node.scope, look.text)
                style = self.classes.style(known) if known is not None and known.path else None
                if look.among or style is None or style.style != "sqlalchemy":
                    yield one

    def _kept(self, node: Node, scope: int, name: str, line: int, around: int) -> Iterator[Question]:
        """The same for a query that was given a name in the turn of the loop `around`, or in a scope that a loop calls."""
        table = self.symbols.table(node.path)
        made = (one for one in table.assigns.get((scope, name), ()) if one.line <= line)
        latest = max(made, key=lambda one: one.line, default=None)
        calls = table.at.get(latest.start, ()) if latest is not None else ()
        if latest is not None and (any(call.loop == around for call in calls) or (around < 0 and not calls)):
            asked = self._asked(node, scope, latest.value, latest.line, 1, around, latest.start)
            symbol = self.symbols.chain(node.path, scope, latest.value)
            style = self.classes.style(symbol) if symbol is not None else None
            there = around >= 0 or (style is not None and style.style == "sqlalchemy")
            # Whether a query of Django goes into an answer is told where it is made.
            yield from asked if there else (one._replace(start=-1) for one in asked)

    def _is_kept_with_object(self, node: Node, text: str) -> bool:
        """Whether rows are read from a property that asks once for each object: its own scope asks for them."""
        if text.rpartition(".")[2] not in self.graph.calling.properties:
            return False
        reads = (edge.to for edge in self.graph.edges(node) if edge.read and edge.call.target == text)
        return any(keeps_with_object(self.graph.definition(to)) for to in reads if to is not None)

    def _is_held(self, path: str, scope: int, text: str) -> bool:
        """Whether a query of Django lies in an attribute of the method's own object: gone through once, it keeps its rows."""
        owner, _, name = text.rpartition(".")
        if owner not in ("self", "cls") or name in self.graph.calling.properties:
            return False
        return not self.lazy.walk(path, scope, text)[1]

    def _asked(self, node: Node, scope: int, text: str, line: int, column: int, loop: int, start: int) -> Iterator[Question]:
        symbol = self.symbols.chain(node.path, scope, text)
        if symbol is None:
            return
        values = symbol.kind == "external" and symbol.name.startswith("query.values") and "values" in text
        if not values and (symbol.kind != "query" or not symbol.path) and not self.lazy.leads_outside(node.path, scope, text):
            return
        if self._is_kept_with_object(node, text) or self._is_held(node.path, scope, text):
            return
        calls = self.symbols.table(node.path).at.get(start, ())
        last = last_name(text)
        chained = last in ("all", "iterator") or last in orm().chains | orm().begins
        if chained or not text.endswith(")") or values or self._is_own(node, scope, text):
            style = self.classes.style(symbol) if symbol.path else None
            root, relations, rest = self.lazy.walk(node.path, scope, text)
            begun = self.symbols.chain(node.path, scope, text.partition(".values")[0]) if values else symbol
            name = self.symbols.definition(begun).name if begun is not None and begun.path else ""
            # A dynamic relation hands out a query, which asks each time that its rows are gone through.
            anew = bool(relations) and relations[-1].lazy in WRITERS
            attribute = not text.endswith(")") and last not in orm().managers and not anew
            if style is not None and style.style == "sqlalchemy" and (last in style.runs or attribute):
                return
            if self.lazy.is_held(relations, rest):
                return
            plain = [step for step in rest if step.kind == "attribute"]
            whole = bool(relations) and relations[-1].many and not anew and (not rest or (len(plain) <= 1 and last in WHOLE))
            path = tuple(one.name for one in relations) if whole else ()
            args = calls[-1].args if calls else ""
            yield Question(
                scope,
                line,
                column,
                loop,
                text,
                "many" if whole else "query",
                last,
                root if whole else "",
                path,
                True,
                name,
                "",
                args,
                start,
                self.lazy.may_be_there(node.path, scope, text),
            )

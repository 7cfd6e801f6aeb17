"""Where an object came from, and so what the query that gave it loaded: through names, functions, attributes and callers."""

import re
from functools import cached_property

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Assign, Call
from auditor.knowledge.orm import orm
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.loads.along import along
from auditor.paths.loads.answers import Answers
from auditor.paths.loads.filters import narrowed_rows, narrows
from auditor.paths.loads.given import Callers, Given
from auditor.paths.loads.heirs import said_below
from auditor.paths.loads.loading import NOTHING, UNKNOWN, Loads, of_call, of_text
from auditor.paths.loads.managed import Managed
from auditor.paths.loads.named import named_options, written_out
from auditor.paths.loads.sameness import absent, among, filtered, inverse
from auditor.paths.loads.through import PASSES, handed_back, passed
from auditor.paths.loads.views import Views
from auditor.paths.names.handed import PAGES
from auditor.paths.names.relations import Relation
from auditor.paths.names.rows import rows_handed
from auditor.paths.names.symbol import Symbol
from auditor.paths.names.views import holds_rows
from auditor.paths.written.arguments import arguments, split
from auditor.paths.written.steps import Step, last_name, shown, steps

PREFETCHES = "prefetch"  # the function that asks for the rows of several queries together
PASSES_LAST = frozenset(("filter", "map"))
VALUES = frozenset("values values_list dates datetimes with_entities mappings tuples aggregate".split())
HANDS_ON = frozenset(("paginate_queryset", "filter_queryset"))
"""Methods whose result holds the rows of their first argument."""
MAKES = frozenset("create acreate get_or_create update_or_create build".split())
CLASS = re.compile(r"(?:ClassVar\[)?(?:\w+\.)*[Tt]ype\[")
"""An attribute that is a class, which its heirs say."""


class Feeds:
    """Answers for expressions and names, remembered. A name that is asked for while it is worked out adds nothing."""

    def __init__(self, graph: Graph, callers: Callers) -> None:
        self.graph = graph
        self.symbols = graph.symbols
        self.answers = Answers()
        self.given = Given(graph, callers, self.answers, self.expression)
        self.managed = Managed(self.symbols, self.returned)
        self.views = Views(self.symbols, self.given, self.managed, self.returned)

    @cached_property
    def _shown(self) -> frozenset[tuple[str, int, str]]:
        """The parameters under which a framework hands over one of the rows that a view asked for."""
        return frozenset(rows_handed(self.symbols))

    def element(self, path: str, number: int, name: str) -> Loads:
        """What came with what a loop hands out under a name."""
        return self.given.turn(path, self.graph.flows[path].loops[number], name)

    def expression(self, path: str, scope: int, text: str, start: int, raw: str = "", depth: int = 0) -> Loads:
        """What came with what an expression in short gives; `start` finds its calls, `raw` is the text where they have none."""
        asked = (path, scope, text, start)
        return self.answers.once(asked, lambda: self._chain(path, scope, text, start, raw, depth + 1), depth)

    def written(self, path: str, scope: int, raw: str, depth: int = 0) -> Loads:
        """The same for an expression as it is written as an argument; of one that was cut off, what is left tells some."""
        if raw.count("(") > raw.count(")"):
            return of_text(raw)._replace(known=False)
        return self.expression(path, scope, elided(raw.encode()), -1, raw, depth + 1)

    def _chain(self, path: str, scope: int, text: str, start: int, raw: str, depth: int) -> Loads:
        if not (found := steps(text)):
            return UNKNOWN
        calls = {len(steps(call.target)): call for call in self.symbols.table(path).at.get(start, ())} if start >= 0 else {}
        if text.count("<") > text.count(">"):
            return of_text(" ".join((raw, *(call.args for call in calls.values()))))._replace(known=False)
        state = of_text(raw) if not calls else Loads()
        for place, step in enumerate(found):
            call = calls.get(place)
            if place == 0:
                called = len(found) > 1 and found[1].kind == "call"
                given = passed(raw, step.name) if called and not calls else ""
                if given:
                    return self.written(path, scope, given, depth)
                state |= self._begin(path, scope, step, calls.get(1) if called else None, called, depth)
            elif step.kind == "attribute":
                state = self._attribute(path, scope, found[:place], step, state, found[place + 1 : place + 2], depth)
            elif step.kind == "element" and not self._is_rows(path, scope, found[:place]):
                state = state._replace(known=False)
            elif step.kind == "call" and call is None and self._is_asked(path, scope, found[:place]):
                # No calls are known of what is written as an argument; its text tells what it loads.
                state = of_text(raw) | self.written(path, scope, found[place - 1].about, depth)
            elif step.kind == "call":
                state = self._call(path, scope, found[:place], call, state, depth)
        # Of an argument no calls are known, but its text; what came before a call of the project's own is not lost by it.
        return state if calls else state | of_text(raw)

    def _is_rows(self, path: str, scope: int, before: tuple[Step, ...]) -> bool:
        """Whether it is rows that one is taken of: of anything else, a dictionary say, nobody knows what it holds."""
        return getattr(self.symbols.chain(path, scope, shown(before)), "kind", "") in ("query", "many")

    def _is_asked(self, path: str, scope: int, before: tuple[Step, ...]) -> bool:
        """Whether a session is asked for the rows of a class."""
        return before[-1].name in orm().begins and bool(before[-1].about) and self._is_session(path, scope, before)

    def _begin(self, path: str, scope: int, step: Step, call: Call | None, called: bool, depth: int) -> Loads:
        if called:
            if call is not None and (step.name in PASSES | PASSES_LAST or step.name.endswith(PAGES)):
                given = arguments(call.args).positional
                text = given[-1 if step.name in PASSES_LAST else 0] if given else ""
                begun = self.symbols.table(path).begun(call, elided(text.encode()))
                if begun >= 0:
                    return self.expression(path, scope, elided(text.encode()), begun, "", depth + 1)
                return self.written(path, scope, text, depth) if text else Loads()
            if call is not None and step.name == PREFETCHES:
                return self._prefetched(path, scope, call, depth)
            return Loads()
        return self.given.name(path, scope, step.name, depth)

    def _prefetched(self, path: str, scope: int, call: Call, depth: int) -> Loads:
        """`prefetch(Customer.select(), Order.select())`."""
        first, *others = arguments(call.args).positional or ("",)
        model = self.symbols.chain(path, scope, elided(first.encode()))
        return self.written(path, scope, first, depth) | self._along(path, scope, model, others)

    def _along(self, path: str, scope: int, model: Symbol | None, texts: list[str]) -> Loads:
        """What comes of the classes, or the queries by their names, that are asked for beside the rows of a model."""
        named = [self.symbols.name(path, scope, text) if text.isidentifier() else None for text in texts]
        queries = [self.symbols.definition(one).name for one in named if one is not None and one.kind == "query" and one.path]
        return Loads(along(self.symbols, model, (*texts, *queries)))

    def _attribute(
        self, path: str, scope: int, before: tuple[Step, ...], step: Step, state: Loads, after: tuple[Step, ...], depth: int
    ) -> Loads:
        owner = self.symbols.chain(path, scope, shown(before))
        if owner is None or owner.kind not in ("instance", "class") or not owner.path:
            return state
        if owner.kind == "class" and self.symbols.classes.is_model(owner):
            return self.managed.of(owner, step.name, depth)
        relation = self.symbols.relations.of_row(owner).get(step.name)
        if relation is not None:
            below = state.below(step.name) | self.managed.of_related(relation, depth)
            # A relation of many that makes a query is a query made here: only a prefetch further up would say more of it,
            # which a view may well have asked for where it hands the row to a serializer.
            known = below.known or (relation.many and not relation.lazy and (path, scope, before[0].name) not in self._shown)
            return below._replace(known=known, same=below.same | inverse(self.symbols, owner, relation))
        if (after and after[0].kind == "call") or narrows(self.symbols, owner, step.name):
            return state
        if owner.kind == "instance" and holds_rows(self.symbols, self.symbols.classes, owner, step.name):
            return self.views.rows(owner, depth)
        return self._member(owner, step.name, depth, bool(after))

    def _attributed(self, path: str, scope: int, before: tuple[Step, ...]) -> Relation | None:
        """The relation to many that a chain ends with: `order.lines`."""
        owner = self.symbols.chain(path, scope, shown(before[:-1]))
        found = self.symbols.relations.of_row(owner).get(before[-1].name) if owner is not None else None
        return found if found is not None and found.many else None

    def _member(self, owner: Symbol, name: str, depth: int, leads: bool) -> Loads:
        """An attribute of a class: what a property hands back, or what is assigned; `leads` says that more is read of it."""
        for klass in self.symbols.classes.mro(owner):
            if klass.kind != "class":
                continue
            table = self.symbols.table(klass.path)
            index = table.children.get((klass.place, name))
            if index is not None:
                return self.returned(self.symbols.of(klass.path, index), depth)
            assigns = [*table.assigns.get((klass.place, name), ()), *table.own.get((klass.place, name), ())]
            if assigns:
                left = (not one.value and (CLASS.match(one.annotation) or (leads and one.text == "None")) for one in assigns)
                return Loads() if all(left) else self.given.assigned(klass.path, assigns, depth)
        # What no class says was hung on a row by code elsewhere, which may have loaded what it hung there.
        return UNKNOWN if self.symbols.classes.is_model(owner) else Loads()

    def _call(self, path: str, scope: int, before: tuple[Step, ...], call: Call | None, state: Loads, depth: int) -> Loads:
        method = before[-1].name
        if len(before) == 1 and (method in PASSES | PASSES_LAST or method.endswith(PAGES)):
            return state
        if len(before) > 1 and "cache" in before[-2].name:
            return UNKNOWN
        if method in VALUES:
            kept = self._owner(path, scope, before) if method == "values" else None
            return state if kept is not None and kept.kind == "dict" else state._replace(plain=True)
        args = call.args if call is not None else ""
        if method in orm().begins and args:
            first = (arguments(args).positional or ("",))[0]
            if self._is_session(path, scope, before):
                state = Loads()
            begun = self.written(path, scope, first, depth) if first else Loads()
            # `query(self.model)`: the class of which only the heirs say what it is holds nothing for itself.
            state |= begun._replace(plain=False) if first.startswith(("self.", "cls.")) else begun
        target = self.symbols.chain(path, scope, shown(before))
        if target is not None and target.kind == "class" and target.path:
            narrowed = narrowed_rows(self.symbols, target, args)
            return self.written(path, scope, narrowed, depth) if narrowed else NOTHING
        if before[0].name == "super" and method in orm().views and (target is None or not target.path):
            return self._of_view(path, scope, before, method, depth)
        if before[0].name == "self" and (target is None or target.kind == "external"):
            own = self._own_query_method(path, scope, method)
            if own is not None:
                return state | self.returned(own, depth)
        if target is not None and target.kind == "function" and target.path and not target.name:
            given = self.returned(target, depth)
            for text in handed_back(self.symbols, target, args) if args else ():
                given = given._replace(known=True) | self.written(path, scope, text, depth)
            calls = self.graph.calls.get(Node(target.path, target.place), ())
            said = said_below(self.symbols, calls, self._owner(path, scope, before))
            given = given._replace(known=True) | said if said is not None else given
            return (state if target.of is not None else Loads(known=state.known or target.of is None)) | given
        if target is not None and target.name == "=" and len(before) > 1 and method in orm().views:
            return self._of_view(path, scope, before, method, depth)
        if method in HANDS_ON and args:
            return self.written(path, scope, arguments(args).get(0) or "", depth)
        if method in MAKES:
            return NOTHING
        strange = target is not None and target.name.startswith("query.") and method not in orm().methods
        foreign = len(before) == 1 and target is not None and target.is_foreign and target.name not in orm().account_calls
        if strange or foreign:
            return state._replace(known=False)
        if state.paths and method in orm().chains - {"all"} and len(before) > len(("order", "lines")):
            relation = self._attributed(path, scope, before[:-1])
            # A query made of a relation is asked anew: what was loaded below its rows is lost, but what their manager loads.
            left = self.managed.of_related(relation, depth).paths if relation is not None else state.paths
            state = state if relation is not None and relation.lazy else state._replace(paths=left)
        loads = of_call(method, written_out(self.graph, path, scope, method, args)) if call is not None else Loads()
        if method == "options":
            loads |= named_options(self.graph, path, scope, args)
        if args and target is not None and target.of is not None and method in (PREFETCHES, "select"):
            loads |= self._along(path, scope, target.of, split(args))
        same = filtered(self.symbols, target, method, self._spelt_out(path, scope, args)) if args else frozenset[str]()
        return state | loads._replace(same=same | among(self.symbols.table(path), scope, args), absent=absent(method, args))

    def _owner(self, path: str, scope: int, before: tuple[Step, ...]) -> Symbol | None:
        """The object whose method is called."""
        if before[0].name == "super":
            own = self.symbols.owner(path, scope)
            return own.as_("instance") if own is not None else None
        return self.symbols.chain(path, scope, shown(before[:-1])) if len(before) > 1 else None

    def _is_session(self, path: str, scope: int, before: tuple[Step, ...]) -> bool:
        """Whether what a query begins with is no query itself: whoever handed the session over says nothing of the rows."""
        owner = self.symbols.chain(path, scope, shown(before[:-1])) if len(before) > 1 else None
        return len(before) > 1 and (owner is None or owner.kind not in ("query", "many"))

    def _spelt_out(self, path: str, scope: int, args: str) -> str:
        """Arguments with the lists of conditions that they are made of: `filter(*criteria)`."""
        names = [text[1:] for text in split(args) if text.startswith("*")] if "*" in args else []
        return " ".join((args, *(one.text for name in names for one in self.symbols.table(path).assigns.get((scope, name), ()))))

    def _own_query_method(self, path: str, scope: int, method: str) -> Symbol | None:
        """`self.filter().newest()` in a class of queries: its own method `newest`."""
        owner = self.symbols.owner(path, scope)
        if owner is None or not self.symbols.classes.is_manager(owner):
            return None
        own = self.symbols.member(owner.as_("instance"), method)
        return own if own is not None and own.kind == "function" and own.path and not own.name else None

    def is_made(self, path: str, assign: Assign) -> bool:
        """Whether an assignment makes a new object, whose relations are what it was given."""
        method = last_name(assign.value)
        symbol = self.symbols.chain(path, assign.scope, assign.value.removesuffix("()"))
        return method in MAKES or (symbol is not None and symbol.kind == "class")

    def _of_view(self, path: str, scope: int, before: tuple[Step, ...], method: str, depth: int) -> Loads:
        owner = self._owner(path, scope, before)
        return UNKNOWN if owner is None or not owner.path else self.views.said(owner, method, depth)

    def returned(self, function: Symbol, depth: int = 0) -> Loads:
        """What came with what a function hands back, or out: of all its returns, or yields, together."""
        if function.kind != "function":
            return Loads()
        table = self.symbols.table(function.path)
        values = [(entry.value, entry.start) for entry in table.returns.get(function.place, ())]
        values = values or [(one.value.removeprefix("*"), one.start) for one in table.yields.get(function.place, ())]
        loads = NOTHING
        for value, start in values:
            loads = loads.either(self.expression(function.path, function.place, value, start, "", depth + 1))
        return loads if values else Loads()

"""Whether writing a row may break a constraint of its table: columns that have to be unique get values from outside."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Call
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.calls.outside import Outside
from auditor.paths.errors.by_name import made_of_sent, set_by_name
from auditor.paths.errors.existing import fills, handed_rows, holders
from auditor.paths.errors.plain_forms import PlainForms
from auditor.paths.errors.spread import comes_from_outside, is_sent, written_out
from auditor.paths.errors.tested import is_tested
from auditor.paths.errors.unique import WORD, declared_unique
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import Arguments, arguments, literal

FLUSHES = ("commit", "flush")
ADDS = ("add", "merge")
ADDS_MANY = ("add_all",)
FINDS_FIRST = ("get_or_create", "update_or_create", "aget_or_create", "aupdate_or_create")
CREATES = ("create", "acreate")
MANY = ("bulk_create", "abulk_create", "add_all")
ASKS = frozenset(
    ("exists", "aexists", "first", "afirst", "count", "acount", "scalar", "scalar_one_or_none", "one_or_none", "contains")
)
FIRST = (".first", ".afirst", ".exists", ".aexists", ".one_or_none", ".scalar_one_or_none")
LOOKS_UP = re.compile(r"\.(?:get|find|fetch|load|lookup|has|exists)(?:_\w+)?\Z")
VALIDATES = frozenset("full_clean validate_unique is_valid validate_on_submit".split())
FILTERS = ("where", "filter", "having", "append")
GETS = (".get", ".aget", ".one", ".scalar_one")
GONE = re.compile(r"(?:DoesNotExist|NoResultFound)\Z")
CAUGHT = re.compile(r"IntegrityError|SQLAlchemyError|DatabaseError|\bException\b")
SPREAD = re.compile(r"(?:\A|,)\s*\*\*\s*([\w.]+(?:\([^()]*\))?)")


class Made(NamedTuple):
    """An object that a scope makes: its class and what the columns are given."""

    model: Symbol
    call: Call


class Constraints:
    """Answers for one graph, remembered by model."""

    def __init__(self, graph: Graph, outside: Outside) -> None:
        self.graph = graph
        self.outside = outside
        self.forms = PlainForms(graph)
        self._known: dict[Symbol, tuple[frozenset[str], ...]] = {}

    def may_break(self, node: Node, edge: Edge) -> bool:
        """Whether a call writes what came from outside to columns that have to be unique.

        A commit writes what its scope adds or sets. What was looked for first breaks nothing but in a race.
        """
        last = edge.call.target.rpartition(".")[2]
        given = edge.arguments
        if last in FINDS_FIRST or "ignore_conflicts" in given.keywords:
            return False
        if last in FLUSHES:
            return self.may_break_at(node, edge.call.line if edge.call.loop < 0 else None)
        model = edge.model or self._receiver(node, edge)
        if model is None or not self.graph.symbols.classes.is_model(model):
            return False
        model = model.as_("class")
        if last in MANY:
            return any(self._made_breaks(node, made) for made in self._makes(node) if made.model == model)
        if last in CREATES:
            related = ".objects." not in f".{edge.call.target}."
            return self._breaks(node, edge.call.scope, model, given, edge.call.args, related)
        if last in ("save", "asave"):
            owner = edge.call.target.rpartition(".")[0]
            made = any(self._made_breaks(node, one) for one in self._makes(node, owner) if one.model == model)
            return made or self._set_breaks(node, model, given.keywords.get("update_fields"))
        return self._breaks(node, edge.call.scope, model, given, "", related=True, whole=False)

    def may_break_at(self, node: Node, line: int | None) -> bool:
        """Whether what a scope has added or set until a line, or anywhere in it, breaks something as it is written."""
        made = any(self._made_breaks(node, one) for one in self._added(node, line)) or self._handed_breaks(node)
        return made or self._set_breaks(node, None, None) or self._named_breaks(node)

    def _receiver(self, node: Node, edge: Edge) -> Symbol | None:
        owner = edge.call.target.rpartition(".")[0]
        return self.graph.symbols.chain(node.path, edge.call.scope, owner) if owner else None

    def _makes(self, node: Node, name: str = "") -> Iterator[Made]:
        """The objects of mapped classes that a scope makes, or those that it keeps under a name."""
        symbols = self.graph.symbols
        for call in self.graph.calls.get(node, ()):
            if call.target[:1].isalpha() and call.target.rpartition(".")[2][:1].isupper() and name in ("", call.bound):
                found = symbols.chain(node.path, call.scope, call.target)
                if found is not None and found.kind == "class" and symbols.classes.is_model(found):
                    yield Made(found.as_("class"), call)

    def wanted(self, node: Node, any_key: bool = False) -> dict[Symbol, tuple[frozenset[str], ...]]:
        """The mapped classes that a scope makes rows of, each with the unique columns that it gives what comes from outside, or,
        where it has none of them and any is wanted, with all that it gives so. Where it makes none, those that are made of what
        was sent as a whole, or that it is handed.
        """
        if not any(self._makes(node)):
            sent = {model: names for model, names, _ in made_of_sent(self.graph, self.outside, node)}
            if sent:
                return {one: tuple(g for g in self.unique(one) if given is None or g <= given) for one, given in sent.items()}
            return {model: self.unique(model) for model in handed_rows(self.graph, node) if self.unique(model)}
        made = {one.model: self._sent(node, one) for one in self._makes(node)}
        groups = {model: tuple(group for group in self.unique(model) if group & given) for model, given in made.items()}
        found = {model: found for model, found in groups.items() if found}
        return found or {model: (frozenset(given),) for model, given in made.items() if any_key and given}

    def _sent(self, node: Node, made: Made) -> set[str]:
        given = arguments(made.call.args).keywords
        return {name for name, text in given.items() if self.outside.missing(node, made.call.scope, text) is not None}

    def _added(self, node: Node, line: int | None) -> Iterator[Made]:
        """The new objects that a scope adds to a session before it writes them."""
        calls = [call for call in self.graph.calls.get(node, ()) if line is None or call.line <= line]
        added = [call for call in calls if call.target.rpartition(".")[2] in ADDS and not self._is_written(node, call)]
        if any(call.target.rpartition(".")[2] in ADDS_MANY for call in self.graph.calls.get(node, ())):
            yield from self._makes(node)
        for made in self._makes(node) if added else ():
            for call in added:
                (first, *_) = (*arguments(call.args).positional, "")
                inline = elided(first.encode()).removesuffix("()") == made.call.target
                if inline or (made.call.bound and first == made.call.bound):
                    yield made

    def row_breaks(self, node: Node, text: str) -> bool:
        """Whether a row that a scope makes, and hands on under a name or as it makes it, may break a constraint."""
        inline = elided(text.encode()).removesuffix("()")
        made = (one for one in self._makes(node) if text == one.call.bound or inline == one.call.target)
        return any(self._made_breaks(node, one) for one in made)

    def _is_written(self, node: Node, call: Call) -> bool:
        """Whether an object is written where it is added, and what breaks is caught there: `with session.begin_nested():`."""
        guards, at, nested = self.graph.flows[node.path].guards, call.guard, False
        while at >= 0:
            nested = nested or any("begin_nested" in context for context in guards[at].contexts)
            if nested and any(not one.types or CAUGHT.search(" ".join(one.types)) for one in guards[at].handlers):
                return True
            at = guards[at].parent
        return False

    def _handed_breaks(self, node: Node) -> bool:
        """Whether a scope adds an object to a session that a caller made of what came from outside."""
        symbols = self.graph.symbols
        names = symbols.signature(Symbol("function", *node)).names if node.scope >= 0 else ()
        for call in self.graph.calls.get(node, ()) if names else ():
            if call.target.rpartition(".")[2] in ADDS:
                (first, *_) = (*arguments(call.args).positional, "")
                found = symbols.chain(node.path, call.scope, first) if first in names else None
                if found is not None and symbols.classes.is_model(found) and self.unique(found.as_("class")):
                    above = holders(self.graph, node, first)
                    if above is not None and not fills(self.graph, above | {node}):
                        return any(self._set_breaks(one, found.as_("class"), None) for one in above)
                    return self.outside.tells(node, call.scope, first)
        return False

    def _made_breaks(self, node: Node, made: Made) -> bool:
        given = arguments(made.call.args)
        return self._breaks(node, made.call.scope, made.model, given, made.call.args, related=False)

    def _breaks(
        self, node: Node, scope: int, model: Symbol, given: Arguments, text: str, related: bool, whole: bool = True
    ) -> bool:
        """Whether one of a model's constraints has all its columns given, and one of them from outside."""
        spread = {match: written_out(self.graph, node, scope, match) for match in SPREAD.findall(text) if given.spread}
        whole_ones = [match for match, written in spread.items() if not written]
        from_spread = any(is_sent(self.graph, self.outside, node, scope, match) for match in whole_ones)
        from_form = any(self.forms.lets_through(node, scope, match) for match in whole_ones)
        named = {name: value for written in (given.keywords, *spread.values()) for name, value in written.items()}
        for group in self.unique(model):
            asked = group & named.keys()
            left = group - asked
            sent = bool(left) and (from_spread or (from_form and self.forms.hold(node, left)))
            covered = not left or sent or not whole or (related and len(left) == 1)
            values = (named[column] for column in asked)
            outside = any(literal(v) is None and self._comes(node, scope, v) for v in values)
            if covered and (outside or sent) and not self._asked_first(node, model, group):
                return True
        return False

    def _comes(self, node: Node, scope: int, text: str) -> bool:
        """Whether a value comes from outside, past forms too that look at no table."""
        return comes_from_outside(self.graph, self.outside, node, scope, text) or self.forms.lets_through(node, scope, text)

    def _set_breaks(self, node: Node, model: Symbol | None, fields: str | None) -> bool:
        """Whether a scope sets a column that has to be unique, of a model or of any, to what came from outside."""
        written = None if fields is None else set(WORD.findall(fields))
        for one, column, value in self._set(node):
            if (model is None or one == model) and (written is None or column in written):
                for group in self.unique(one):
                    given = column in group and not self._is_new(node, value)
                    outside = given and self.outside.missing(node, node.scope, value) is not None
                    if outside and not self._asked_first(node, one, group):
                        return True
        return False

    def _named_breaks(self, node: Node) -> bool:
        """Whether a scope sets columns that have to be unique by names that were sent, or makes a row of the whole that was."""
        added = {arguments(call.args).get(0) for call in self.graph.calls.get(node, ()) if call.target.rpartition(".")[2] in ADDS}
        rows = [*set_by_name(self.graph, self.outside, node)]
        rows += [(model, names) for model, names, bound in made_of_sent(self.graph, self.outside, node) if bound in added]
        return any(
            (names is None or group <= names) and not self._asked_first(node, model, group)
            for model, names in rows
            for group in self.unique(model)
        )

    def _is_new(self, node: Node, value: str) -> bool:
        """Whether a value is a row that the scope has just made: none other refers to it."""
        assigns = self.graph.symbols.table(node.path).assigns.get((node.scope, value.strip()), ())
        return any(re.search(r"\.(?:a?create(?:_user)?|save)\(\)\Z", one.value) for one in assigns)

    def _asked_first(self, node: Node, model: Symbol, group: frozenset[str]) -> bool:
        """Whether a scope asks for such a row before it writes one, or has it checked."""
        if any(name.rpartition(".")[2] in VALIDATES for name in self.graph.targets(node)) and not self.forms.are_all(node):
            return True
        return self.asks_before(node, model, group)

    def asks_before(self, node: Node, model: Symbol, group: frozenset[str], line: int = 0) -> bool:
        """Whether a scope, or a function that it calls, asks for rows of a model by such a column, before a line if told."""
        called = {edge.to for edge in self.graph.edges(node) if edge.to is not None and (not line or edge.call.line < line)}
        return self._asks(node, model, group) or any(self._asks(one, model, group, known=True) for one in called)

    def _asks(self, node: Node, model: Symbol, group: frozenset[str], known: bool = False) -> bool:
        """The same for one scope; `known` leaves out queries of which nobody can say what they ask for."""
        name = self.graph.symbols.definition(model).name
        columns = re.compile(rf"\b(?:{'|'.join(sorted(group))})\b")
        of_model = re.compile(rf"\b{name}\.(?:{'|'.join(sorted(group))})\b")
        calls = self.graph.calls.get(node, ())
        lasts = {call.target.rpartition(".")[2] for call in calls if of_model.search(call.args)}
        if lasts.intersection(FILTERS) and any(call.target.rpartition(".")[2] in ASKS for call in calls):
            return True
        named = re.compile(rf"_by_(?:\w+_)?(?:{'|'.join(sorted(group))})(?:_|\Z)")
        for edge in self.graph.edges(node):
            if not known and named.search(edge.call.target) and LOOKS_UP.search(edge.call.target.partition("_by_")[0]):
                return True
            helper = edge.call.target.startswith(f"{name}.") and LOOKS_UP.search(edge.call.target)
            if helper and edge.to is not None and columns.search(edge.call.args):
                return True
            asks = edge.call.target.rpartition(".")[2] in ASKS or self._tries(node, edge)
            asks = asks or is_tested(self.graph, node, edge.call)
            chain = self.graph.symbols.table(node.path).at.get(edge.call.start, ()) if asks else ()
            if asks and self._is_of(node, edge, model, name, known):
                any_row = edge.model is not None and edge.call.target.endswith(FIRST) and chain
                if any_row and all(call.args.strip() in ("", name, f"select({name})") for call in chain):
                    return True
                if any(re.search(rf"\b{column}\b", call.args) for call in chain for column in group):
                    return True
                if edge.call.target.endswith(GETS) and SPREAD.search(edge.call.args):
                    return True
        return False

    def _is_of(self, node: Node, edge: Edge, model: Symbol, name: str, known: bool) -> bool:
        """Whether a query is of a model; one of which nobody can say it may be, or, where that is to be known, has to name it:
        `query = session.query(Order.key)`.
        """
        if edge.model is not None or not known:
            return edge.model is None or edge.model.as_("class") == model
        table = self.graph.symbols.table(node.path)
        begun = table.assigns.get((edge.call.scope, edge.call.target.partition(".")[0].partition("(")[0]), ())
        calls = (call for one in begun for call in table.at.get(one.start, ()))
        return any(re.search(rf"\b{name}\b", call.args) for call in calls)

    def _tries(self, node: Node, edge: Edge) -> bool:
        """Whether a scope gets a row and goes on where there is none: `try: Order.objects.get(key=key)`."""
        if not edge.call.target.endswith(GETS) or edge.call.guard < 0:
            return False
        handlers = self.graph.flows[node.path].guards[edge.call.guard].handlers
        return any(GONE.search(kind) for handler in handlers for kind in handler.types)

    def _set(self, node: Node) -> Iterator[tuple[Symbol, str, str]]:
        """The columns that a scope sets, each with its model and the text of the value."""
        symbols = self.graph.symbols
        for assign in self.graph.flows[node.path].assigns:
            for target in assign.target.split(",") if assign.scope == node.scope else ():
                owner, _, column = target.strip().rpartition(".")
                model = symbols.chain(node.path, node.scope, owner) if owner else None
                if model is not None and symbols.classes.is_model(model):
                    given = " ".join(call.args for call in symbols.table(node.path).at.get(assign.start, ()))
                    yield model.as_("class"), column, f"{assign.value.replace('()', '').replace('[]', '')} {assign.text} {given}"

    def unique(self, model: Symbol) -> tuple[frozenset[str], ...]:
        """The columns of a model that have to be unique, by themselves or together, besides its key."""
        if model not in self._known:
            own = (klass for klass in self.graph.symbols.classes.mro(model) if klass.kind == "class")
            self._known[model] = tuple(dict.fromkeys(g for klass in own for g in declared_unique(self.graph, klass) if g))
        return self._known[model]

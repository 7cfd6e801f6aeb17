"""What the code on the way of an error says so that it is never met: asked before, tried before, validated, answered above."""

import re

from auditor.facts.flow.events import Call, Read
from auditor.paths.calls.flags import name_of
from auditor.paths.calls.forms import STRINGS
from auditor.paths.calls.graph import Edge, Node
from auditor.paths.calls.one_of import is_one_of
from auditor.paths.entry.entries import OURS, EntryPoint
from auditor.paths.errors.above import Above
from auditor.paths.errors.blame import NOTHING
from auditor.paths.errors.certainty import BROKEN
from auditor.paths.errors.decided import tells_of_failure
from auditor.paths.errors.dependence import Witness
from auditor.paths.errors.escape import Escapes
from auditor.paths.errors.fetched import Fetched
from auditor.paths.errors.looked_at import LookedAt
from auditor.paths.errors.parsed_before import is_parsed_before
from auditor.paths.names.symbol import Symbol
from auditor.paths.routes.join import UNKNOWN
from auditor.paths.written.arguments import arguments
from auditor.paths.written.signature import Signature

PREDICATE = re.compile(r"(?:\A|_)(?:can|is|has|may|should|allowed|allows|valid|exists|enabled|supports?)(?:_|\Z)|\w{3}able\Z")
NAMES = re.compile(r"(?<=\.)[A-Za-z_]\w*|\b[A-Za-z_]\w*(?=\()")
VALIDATES = re.compile(r"_?(?:full_)?(?:validate|clean|check)(?:_\w+)?\Z")
PARSES = re.compile(
    r"(?:\A|[._])(?:int|float|Decimal|UUID|loads|fromisoformat|strptime)\Z|pars|split|decode|valid", re.IGNORECASE
)
IS_VALID = re.compile(r"_?(?:is|has|are)_(?:\w+_)?(?:valid|allowed|known|supported|complete)(?:_|\Z)|has_\w+\Z")
TIMED = re.compile(r"(?:\A|\.)Timeout(?:Exception|Error)?\Z")
ALONE = (".Timeout", "TimeoutError")
"""Types of libraries that wait for ever unless they are told otherwise."""
TEXT = re.compile(r"[rb]?(?:'[^']*'|\"[^\"]*\")")


class RuledOut:
    """Answers for one graph, asked of what is about to be told."""

    def __init__(self, escapes: Escapes) -> None:
        self.escapes = escapes
        self.graph = escapes.graph
        self.above = Above(escapes.graph, escapes.catching)
        self.fetched = Fetched(escapes)
        self.looked_at = LookedAt(escapes.graph)
        self._validating: dict[Symbol, tuple[Node, ...]] = {}

    def met(self, entry: EntryPoint, node: Node, error: str) -> bool:
        """Whether an error that leaves a scope of an entry point may be met."""
        steps = tuple(self.escapes.steps(node, error))
        return not (
            self.above.stop(entry, error, node)
            or self._asked(steps)
            or self._tried(steps, error)
            or self._validated(steps, error)
            or self._refused(steps)
            or self._is_fixed(steps)
            or self.fetched.before(entry, node, steps, error)
            or self.looked_at.before(steps)
            or self._is_unique(steps, error)
            or self._is_filled_in(steps)
            or self._is_left_out(entry, steps[0])
            or self._is_looked_at(steps)
            or self._waits_for_ever(node, steps, error)
            or (node == entry.node and is_parsed_before(self.graph, node, steps[-1]))
        )

    def _waits_for_ever(self, node: Node, steps: tuple[tuple[Node, Witness], ...], error: str) -> bool:
        """Whether only its timeout is left of the errors of a call that is given none; beside others it says what may happen."""
        here, witness = steps[-1]
        effect = self.graph.knowledge.effect(witness.name) if TIMED.search(error) else None
        if effect is None or not effect.timeout:
            return False
        calls = [e.arguments for e in self.graph.edges(here) if e.name == witness.name and e.call.line == witness.line]
        unbound = bool(calls) and all(given.keywords.get(effect.timeout) == "None" for given in calls)
        if not unbound and (not effect.waits or "Session" in witness.name or not error.endswith(ALONE)):
            return False
        bound = not unbound and any(given.spread or given.named(effect.timeout) is not None for given in calls)
        others = (other for other in effect.raises if other != error and not BROKEN.search(other))
        return not bound and not any(other in self.escapes.leaving(node) for other in others)

    def _asked(self, steps: tuple[tuple[Node, Witness], ...]) -> bool:
        """Whether a caller asks first what the raise asks: `if order.cancel_allowed(): cancel(order)`."""
        asks = (
            {name for name in NAMES.findall(self._condition(*steps[-1])) if PREDICATE.search(name)} if len(steps) > 1 else set()
        )
        for node, witness in steps[:-1] if asks else ():
            if any(
                call.line <= witness.line and call.target.rpartition(".")[2] in asks for call in self.graph.calls.get(node, ())
            ):
                return True
            if any(read.line <= witness.line and read.text.rpartition(".")[2] in asks for read in self.graph.reads.get(node, ())):
                return True
        return False

    def _is_unique(self, steps: tuple[tuple[Node, Witness], ...], error: str) -> bool:
        """Whether a caller asks for such a row before it has one written, `if find_user(name): raise Taken`, though the error be
        told by another: `except IntegrityError: raise StoreError`.
        """
        constraints = self.escapes.constraints
        source, witness = steps[-1]
        told = not witness.name and len(steps) > 1 and self.escapes.catching.tells(source, witness.line, "IntegrityError")
        broken = told or (len(steps) > 1 and error.endswith(".IntegrityError"))
        wanted = constraints.wanted(source, told) if broken else {}
        return bool(wanted) and all(
            any(constraints.asks_before(node, model, group, witness.line) for node, witness in steps[:-1])
            for model, groups in wanted.items()
            for group in groups
        )

    def _condition(self, node: Node, witness: Witness, told: bool = False) -> str:
        """What a raise asks, or, where it asks nothing and that is wanted, what it tells."""
        raises = self.graph.raises.get(node, ()) if not witness.name else ()
        return next((one.condition or (one.args if told else "") for one in raises if one.line == witness.line), "")

    def _tried(self, steps: tuple[tuple[Node, Witness], ...], error: str) -> bool:
        """Whether a caller has called what fails before, where it stops the error: what comes after has passed it. What is put
        off, `partial(f)`, is called where the scope stops the error, if it stops it anywhere.
        """
        for node, witness in steps[:-1]:
            put_off = any(e.to == witness.below and e.via == "functools.partial" for e in self.graph.edges(node))
            if put_off and self._looks_for(node, error):
                return True
        if steps[-1][1].name:
            return any(self._is_parsed(step, steps[-1][1].name, error) for step in steps)
        for place, (node, witness) in enumerate(steps[:-1]):
            below = {other for other, _ in steps[place + 1 :]}
            for edge in self.graph.edges(node):
                guard = edge.call.guard
                before = edge.to is not None and edge.call.line < witness.line and guard >= 0 and not edge.later
                if before and self._passes(edge, below) and self.escapes.catching.stopped(node, guard, error):
                    return True
        return False

    def _passes(self, edge: Edge, below: set[Node]) -> bool:
        """Whether a call is of a function that an error comes through, or calls one itself."""
        return edge.to in below or (edge.to is not None and any(one.to in below for one in self.graph.edges(edge.to)))

    def _is_parsed(self, step: tuple[Node, Witness], name: str, error: str) -> bool:
        """Whether the scope has the same text parsed before it parses or hands on that, by a function of its own choice, where it
        stops the error: `try: parsed = safe(url)`, then `urlsplit(url)` or `host_of(url)`.
        """
        node, witness = step
        effect = self.graph.knowledge.effect(name)
        given = arguments(witness.text).get(0) or ""
        if effect is None or effect.kind not in ("parse", "convert") or not given.isidentifier():
            return False
        for call in self.graph.calls.get(node, ()):
            tried = call.line < witness.line and call.guard >= 0 and call.guard != witness.guard
            same = tried and arguments(call.args).get(0) in (given, f"{given}.strip()") and PARSES.search(call.target)
            if same and self.escapes.catching.stopped(node, call.guard, error):
                return True
        return False

    def _validated(self, steps: tuple[tuple[Node, Witness], ...], error: str) -> bool:
        """Whether a form or serializer on the way looks for the error where it validates; a row is seldom asked to."""
        for node, _ in steps[:-1]:
            parent = self.graph.files[node.path].definitions[node.scope].parent if node.scope >= 0 else -1
            if parent >= 0 and self.graph.files[node.path].definitions[parent].kind == "class":
                own = self.graph.symbols.of(node.path, parent)
                if any(method != node and self._looks_for(method, error) for method in self._validators(own)):
                    return True
        return False

    def _validators(self, own: Symbol) -> tuple[Node, ...]:
        """The methods by which objects of a class validate, inherited ones too; none of a row."""
        if own not in self._validating:
            symbols = self.graph.symbols
            family = () if symbols.classes.is_model(own.as_("instance")) else symbols.classes.mro(own)
            self._validating[own] = tuple(
                Node(klass.path, place)
                for klass in family
                if klass.kind == "class" and klass.path
                for (owner, name), place in symbols.table(klass.path).children.items()
                if owner == klass.place and VALIDATES.match(name)
            )
        return self._validating[own]

    def _looks_for(self, method: Node, error: str) -> bool:
        return any(self.escapes.catching.names(method, call.guard, error) for call in self.graph.calls.get(method, ()))

    def _refused(self, steps: tuple[tuple[Node, Witness], ...]) -> bool:
        """Whether a caller refuses all but a few values of what it hands over: `if unit not in UNITS: raise NotFound`."""
        for node, witness in steps[:-1] if not steps[-1][1].name or steps[-1][1].mode else ():
            named = [text for text in self._handed(node, witness) if not witness.text or text in witness.text]
            if any(is_one_of(self.graph, node, text, witness.line) for text in named):
                return True
        for node, witness in () if steps[-1][1].name else steps[:-1]:
            refusals = [one.condition for one in self.graph.raises.get(node, ()) if one.line < witness.line]
            for text in self._handed(node, witness) if any(" not in " in one for one in refusals) else ():
                if any(re.search(rf"\b{text}\s+not\s+in\b", one) for one in refusals):
                    return True
        return self._is_checked(steps)

    def _is_checked(self, steps: tuple[tuple[Node, Witness], ...]) -> bool:
        """Whether a caller has a helper check what it hands over: `if not is_valid_item(item): continue`."""
        own = not steps[-1][1].name or steps[-1][1].name.startswith("reading ")
        for node, witness in steps[:-1] if own else ():
            before = (call for call in self.graph.calls.get(node, ()) if call.line < witness.line)
            checks = [call for call in before if IS_VALID.match(call.target.rpartition(".")[2])]
            handed = self._handed(node, witness) if checks else set()
            if any(arguments(call.args).get(0) in handed for call in checks):
                return True
        return False

    def _handed(self, node: Node, witness: Witness) -> set[str]:
        """The names that the call of a step hands over."""
        edges = [edge for edge in self.graph.edges(node) if edge.to == witness.below and edge.call.line == witness.line]
        given = (text for edge in edges for text in (*edge.arguments.positional, *edge.arguments.keywords.values()))
        return {text for text in given if text.isidentifier()}

    def _is_filled_in(self, steps: tuple[tuple[Node, Witness], ...]) -> bool:
        """Whether a key is read of what a form on the way has found to be whole."""
        name = steps[-1][1].name
        if not name.startswith("reading "):
            return False
        key = name.removesuffix("']").rpartition("['")[2]
        asks = {f"'{key}'", f'"{key}"'}
        return any(
            self.escapes.outside.is_validated(node, witness.line)
            or any(read.checked and read.line <= witness.line and read.text.endswith(f"['{key}']") for read in self._reads(node))
            or any(call.line <= witness.line and asks & set(arguments(call.args).positional) for call in self._asks(node))
            for node, witness in steps[:-1]
        )

    def _reads(self, node: Node) -> tuple[Read, ...]:
        return tuple(self.graph.reads.get(node, ()))

    def _asks(self, node: Node) -> tuple[Call, ...]:
        return tuple(call for call in self.graph.calls.get(node, ()) if call.target.endswith((".get", ".has_key")))

    def _is_fixed(self, steps: tuple[tuple[Node, Witness], ...]) -> bool:
        """Whether what a raise asks for is text that the code itself hands over: `setting("title")` of all settings there are."""
        here, line = steps[-1][0], steps[-1][1].line
        if any(tells_of_failure(self.graph, here, one) for one in self.graph.raises.get(here, ()) if one.line == line):
            return False
        source = self._signature(here)
        first = source.first in ("self", "cls")
        asked = set(re.findall(r"\b[A-Za-z_]\w*\b", STRINGS.sub("", self._condition(*steps[-1], told=True))))
        names = asked & set(source.names[first:])
        for place in range(len(steps) - 2, -1, -1):
            node, witness = steps[place]
            below = self._signature(steps[place + 1][0])
            edge = next((e for e in self.graph.edges(node) if e.to == witness.below and e.call.line == witness.line), None)
            if not names or edge is None:
                return False
            first = below.first in ("self", "cls")
            given = {edge.arguments.get(below.names.index(name) - first, name) or below.defaults.get(name, "") for name in names}
            if all(TEXT.fullmatch(text) for text in given):
                return True
            names = {text for text in given if text in self._signature(node).names}
            if len(names) != len(given):
                return False
        return False

    def _is_left_out(self, entry: EntryPoint, first: tuple[Node, Witness]) -> bool:
        """Whether a view has to be given what the path of its route does not hold: `def show(request, key=None)`."""
        signature = self._signature(first[0])
        route = entry.route
        if route is None or UNKNOWN in route.path or "request" not in signature.names[:2] or "request" in signature.annotations:
            return False
        asks = [ask for ask in first[1].flags if not ask.startswith("!") and "." not in ask]
        return any(not re.search(rf"[<:{{]{name_of(ask)}[>}}:]", route.path) for ask in asks)

    def _is_looked_at(self, steps: tuple[tuple[Node, Witness], ...]) -> bool:
        """Whether a decorator of the project looks at what the handler hands on: `@validate_shop_id` over `def show(shop_id)`."""
        node, witness = steps[0]
        wrappers = self.escapes.catching.wrappers(node)
        asked = {name for wrapper in wrappers for name in self._signature(wrapper.node).names} - OURS
        effect = self.graph.knowledge.effect(steps[-1][1].name)
        if not asked or (effect is not None and effect.kind not in ("file", "query")):
            return False
        named = set(re.findall(r"\w+", witness.text))
        return bool(named & asked) if named else bool(handed := self._handed(node, witness)) and handed <= asked

    def _signature(self, node: Node) -> Signature:
        return self.graph.symbols.signature(Symbol("function", *node)) if node.scope >= 0 else NOTHING

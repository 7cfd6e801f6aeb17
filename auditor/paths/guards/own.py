"""Guards that a project wrote itself, told by what they do: limiters that refuse with 429, breakers, retries that pause."""

import re
from collections.abc import Iterable, Iterator

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Loop, Raise
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.symbol import Symbol

REFUSES = re.compile(r"TooManyRequests|RateLimit|Throttl", re.IGNORECASE)
REFUSED = re.compile(r"\b429\b|TOO_MANY_REQUESTS")
ANSWERS = re.compile(r"Response\Z|\Aabort\Z|HTTPException\Z|make_response\Z")
BREAKS = re.compile(r"circuit|breaker", re.IGNORECASE)
SHUNNED = re.compile(
    r"unresponsive|unavailable|unreachable|circuit|breaker|cool_?down|tripped|is_down|(?:is|are)_(?:failing|blocked)"
)
GROWS = re.compile(r"\*|backoff|delay|wait|<<", re.IGNORECASE)
LATER = frozenset(("apply_async", "send_with_options", "enqueue_in", "schedule"))
PAUSE = re.compile(r"(?:countdown|eta|delay|default_retry_delay)\s*=\s*([^,]+)")
"""By what tasks are told when to start."""
COUNTED = re.compile(r"range\(|enumerate\(|^[(\[]|delay|backoff|retries|attempts|pauses|intervals", re.IGNORECASE)
COMPARED = re.compile(
    r"(?:tr(?:y|ies)|attempts?|retr(?:y|ies)|count\w*|left|remaining)\w*\s*(?:<|>|!=)|(?:<|>)=?\s*\w*(?:max|limit|tries)",
    re.IGNORECASE,
)
KEYED = (
    ("tenant", re.compile(r"tenant|organi[sz]ation|org_|account|workspace|customer", re.IGNORECASE)),
    ("user", re.compile(r"user|api_?key|token|authorization", re.IGNORECASE)),
    ("address", re.compile(r"remote|\bip\b|address|client\.host", re.IGNORECASE)),
)


class Own:
    """Looks at the code behind a decorator, a dependency, a middleware or a context manager of the project's own."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._limits: dict[Symbol, str] = {}
        self._breaks: dict[Symbol, bool] = {}

    def limiter(self, path: str, scope: int, text: str) -> str:
        """By what it counts requests: `tenant`, `user`, `address`, `all`; empty where it is no limiter or not the project's."""
        symbol = self._symbol(path, scope, text)
        if symbol is None:
            return ""
        if symbol not in self._limits:
            code = self.code(path, scope, text)
            code += tuple(dict.fromkeys(edge.to for node in code for edge in self.graph.edges(node) if edge.to is not None))
            self._limits[symbol] = self._counted(code) if any(map(self._refuses, code)) else ""
        return self._limits[symbol]

    def code(self, path: str, scope: int, text: str) -> tuple[Node, ...]:
        """The functions that it brings along."""
        symbol = self._symbol(path, scope, text)
        return tuple(self._code(symbol)) if symbol is not None else ()

    def breaker(self, path: str, scope: int, text: str) -> bool:
        """Whether it stops calls after failures, or tries a few times with growing pauses."""
        symbol = self._symbol(path, scope, text)
        if symbol is None:
            return False
        if symbol not in self._breaks:
            code = tuple(self._code(symbol))
            named = BREAKS.search(self.graph.dotted(symbol)) is not None
            stops = named and any(self.graph.raises.get(node) for node in code)
            self._breaks[symbol] = stops or any(map(self.tries, code))
        return self._breaks[symbol]

    def shuns(self, node: Node) -> bool:
        """Whether a method that sends refuses at once where the other side failed lately: `if is_unresponsive(url): raise`."""
        asked = any(SHUNNED.search(call.target) for call in self.graph.calls.get(node, ()))
        return asked and bool(self.graph.raises.get(node))

    def tries(self, node: Node) -> bool:
        """Whether a scope has a bounded loop with a handler in it and a pause that grows."""
        flow = self.graph.flows[node.path]
        calls = self.graph.calls.get(node, ())
        tried = {call.loop for call in calls if call.guard >= 0 and flow.guards[call.guard].handlers}
        bounded = {at for at in tried if at >= 0 and ends(flow.loops[at])}
        return any(c.loop in bounded and c.target.rpartition(".")[2] == "sleep" and GROWS.search(c.args) for c in calls)

    def puts_off(self, node: Node) -> bool:
        """Whether a task starts itself again later, after pauses that grow: `self.retry(countdown=2 ** self.request.retries)`."""
        definition = self.graph.definition(node)
        if definition is None:
            return False
        for call in self.graph.calls.get(node, ()):
            owner, _, last = call.target.rpartition(".")
            again = last == "retry" or (last in LATER and owner.rpartition(".")[2] in (definition.name, "self"))
            pauses = PAUSE.findall(call.args) if again else ()
            if any(GROWS.search(text) or "[" in text for text in (*pauses, *self._kept(node, pauses))):
                return True
        return False

    def _kept(self, node: Node, names: Iterable[str]) -> Iterator[str]:
        """What variables of a scope are given."""
        assigns = self.graph.symbols.table(node.path).assigns
        yield from (assign.text for name in names for assign in assigns.get((node.scope, name.strip()), ()))

    def _symbol(self, path: str, scope: int, text: str) -> Symbol | None:
        """The class or function of the project; an object stands for its class, a method of it too."""
        found = self.graph.symbols.chain(path, scope, elided(text.encode()).partition("()")[0])
        if found is None or not found.path or found.kind not in ("class", "function", "instance") or found.name:
            return None
        return found.as_("class") if found.kind == "instance" else found._replace(of=None)

    def _code(self, symbol: Symbol) -> Iterator[Node]:
        """The functions that a decorator, class or dependency brings along, those within them too."""
        owners = self.graph.symbols.classes.mro(symbol) if symbol.kind == "class" else (symbol,)
        for owner in owners:
            if owner.kind == "external":
                continue
            definitions = self.graph.files[owner.path].definitions
            for index, definition in enumerate(definitions):
                around = index
                while around >= 0 and around != owner.place:
                    around = definitions[around].parent
                if around == owner.place and definition.kind != "class":
                    yield Node(owner.path, index)

    def _refuses(self, node: Node) -> bool:
        raised = self.graph.raises.get(node, ())
        if any(REFUSES.search(one.type) or REFUSED.search(one.args) or self._says_so(node, one) for one in raised):
            return True
        return any(
            REFUSED.search(call.args) and ANSWERS.search(call.target.partition("(")[0].rpartition(".")[2])
            for call in self.graph.calls.get(node, ())
        )

    def _says_so(self, node: Node, raised: Raise) -> bool:
        """Whether an error of the project's own is answered with 429 by what its class says: `status = 429`."""
        klass = self.graph.symbols.chain(node.path, raised.scope, raised.type)
        if klass is None or klass.kind != "class" or not klass.path:
            return False
        return any(
            assign.scope == one.place and REFUSED.search(assign.text or assign.value)
            for one in self.graph.symbols.classes.mro(klass)
            if one.kind == "class" and one.path
            for assign in self.graph.flows[one.path].assigns
        )

    def _counted(self, code: tuple[Node, ...]) -> str:
        told = " ".join(f"{call.target} {call.args}" for node in code for call in self.graph.calls.get(node, ()))
        return next((by for by, pattern in KEYED if pattern.search(told)), "all")


def ends(loop: Loop) -> bool:
    """Whether a loop tries a few times: over a range or a row of pauses, or as long as a count is not reached."""
    return (COUNTED if loop.kind == "for" else COMPARED).search(loop.text.strip()) is not None

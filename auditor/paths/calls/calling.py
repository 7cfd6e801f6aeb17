"""Where a call leads: to the project's own code, out of it, to a query, or to whatever it hands over."""

import re
from collections.abc import Iterator
from functools import cached_property

import msgspec

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Call, Read
from auditor.knowledge.entries import Runner
from auditor.knowledge.names import spelt
from auditor.knowledge.orm import orm
from auditor.paths.calls.edge import Edge, Node
from auditor.paths.calls.filled import MADE, Filled
from auditor.paths.calls.instead import Instead
from auditor.paths.calls.reasons import Reasons
from auditor.paths.calls.running import NAME, Running
from auditor.paths.calls.scopes import Scopes
from auditor.paths.names.decorated import decorated_as
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import arguments

MAKING = ("__init__", "__post_init__", "__attrs_post_init__", "model_post_init")
"""Methods that run when an object is made; of the last ones the class itself wrote the first."""
GATHERS = ("gather",)
LAMBDA = re.compile(r"^lambda\b[^:]*:\s*")


class Calling:
    """Resolves the calls and the properties that stand in scopes."""

    def __init__(self, scopes: Scopes) -> None:
        self.scopes = scopes
        self.symbols = scopes.symbols
        self.knowledge = scopes.knowledge
        self.reasons = Reasons(scopes.files)
        self.filled = Filled(scopes)
        self.instead = Instead(scopes)
        self.running = Running(scopes, self._runs)
        self._gathering: dict[Node, tuple[Call, ...]] = {}

    def resolve(self, node: Node, call: Call) -> Iterator[Edge]:
        """The edges of one call: what it is handed first, then what it calls itself."""
        last = call.target.rpartition(".")[2]
        if last in self._starters or last in self._runners:
            yield from self._handed_over(node, call)
        symbol = self.symbols.chain(node.path, call.scope, call.target)
        if symbol is None and last in self._starters:
            symbol = self._started(node, call)
        if symbol is None and last in self._kept and (name := self._kept_call(node, call)):
            yield Edge(call, name=name)
        elif symbol is None and (picked := self.filled.picked(node, call)):
            yield from picked
        elif symbol is None:
            yield Edge(call, reason=self.reasons.of(call.target))
        elif symbol.kind == "external":
            yield self._outside(node, call, symbol)
            if last in orm().calls_back:
                yield from self._called_back(node, call)
            elif symbol.name == "builtins.str":
                yield from self._shown(node, call)
            elif symbol.name in MADE:
                yield from self.filled.of(node, call)
        else:
            put_off = symbol.kind == "function" and symbol.path and self._is_put_off(node, call, symbol)
            for edge in self._inside(call, symbol):
                yield edge._replace(later=True) if put_off else edge
            if call.args and symbol.kind == "function" and symbol.path and not symbol.name:
                yield from self.running.of(node, call, symbol)

    @cached_property
    def _making(self) -> dict[str, str]:
        """By method whose result is an effect of its own: the name of the call of that."""
        rows = (row for library in self.knowledge.libraries for row in library.effect if row.made)
        return {made: next(spelt(row.calls[-1])) for row in rows for made in row.made}

    @cached_property
    def _kept(self) -> frozenset[str]:
        """The attributes under which classes keep such results."""
        ends = tuple(f".{name}()" for name in self._making)
        assigns = (assign for flow in self.scopes.flows.values() for assign in flow.assigns if assign.value.endswith(ends))
        return frozenset(assign.target.rpartition(".")[2] for assign in assigns if assign.target.startswith("self."))

    def _kept_call(self, node: Node, call: Call) -> str:
        owner, _, last = call.target.rpartition(".")
        found = self.symbols.chain(node.path, call.scope, owner) if owner else None
        for klass in self.symbols.classes.mro(found) if found is not None and found.kind == "instance" and found.path else ():
            for assign in self.symbols.table(klass.path).own.get((klass.place, last), ()) if klass.kind == "class" else ():
                if name := self._making.get(assign.value.removesuffix("()").rpartition(".")[2]):
                    return name
        return ""

    def _is_put_off(self, node: Node, call: Call, symbol: Symbol) -> bool:
        """Whether what an `async` function raises does not come back: the call stands in one that has it run elsewhere."""
        if symbol.name or not self.symbols.definition(symbol).kind.startswith("async"):
            return False
        for outer in self.scopes.calls.get(node, ()):
            last = outer.target.rpartition(".")[2]
            if last in self._runners and outer is not call and outer.start <= call.start and call.end <= outer.end:
                row = self._runner(node, outer)
                watched = f"{outer.bound}.add_done_callback" in self.scopes.targets(node) if outer.bound else outer.dropped
                if row is not None and ((row.later and watched) or (row.future and _is_dropped(outer))):
                    return True
                if row is not None and self._only_waited(node):
                    return True
        return False

    def _only_waited(self, node: Node) -> bool:
        """Whether a scope waits for its tasks by what hands none of their errors on, and asks none for its result."""
        targets = self.scopes.targets(node)
        return "asyncio.wait" in targets and not any(target.endswith((".gather", ".result")) for target in targets)

    def _runner(self, node: Node, call: Call) -> Runner | None:
        symbol = self.symbols.chain(node.path, call.scope, call.target)
        known = symbol is not None and symbol.kind == "external"
        return self.knowledge.runner(self.knowledge.normal(symbol.name) if symbol is not None and known else call.target)

    def _runs(self, node: Node, call: Call) -> tuple[str, ...]:
        """What a call of a known runner is given to run at once."""
        runner = self._runner(node, call) if call.target.rpartition(".")[2] in self._runners else None
        if runner is None or runner.later:
            return ()
        given = arguments(call.args)
        return tuple(text for argument in runner.takes if (text := given.named(argument)))

    def _handed_over(self, node: Node, call: Call) -> Iterator[Edge]:
        """The functions that a known runner is given to run elsewhere or later, and those that run when they are told so."""
        owner, _, last = call.target.rpartition(".")
        if last in self._starters:
            yield from self._handed(node, call, (owner,), "", True)
        if last in self._runners:
            symbol = self.symbols.chain(node.path, call.scope, call.target)
            known = symbol is not None and symbol.kind == "external"
            name = self.knowledge.normal(symbol.name) if symbol is not None and known else call.target
            runner = self.knowledge.runner(name)
            if runner is not None:
                given = arguments(call.args)
                later = runner.later or (runner.future and (_is_dropped(call) or self._is_gathered(node, call)))
                texts = tuple(text for argument in runner.takes if (text := given.named(argument)))
                made = _behind(call, texts) if runner.passes else call
                yield from self._handed(node, made, texts, name if known else "", later, runner.passes)

    def _is_gathered(self, node: Node, call: Call) -> bool:
        """Whether a call stands in one that hands the errors of all it waits for back as values."""
        if node not in self._gathering:
            calls = self.scopes.calls.get(node, ())
            self._gathering[node] = tuple(one for one in calls if one.target.endswith(GATHERS) and _is_dropped(one))
        return any(one.start < call.start and call.end <= one.end for one in self._gathering[node])

    def _called_back(self, node: Node, call: Call) -> Iterator[Edge]:
        """The project's own methods that a library's method calls: `serializer.save()` calls `create` or `update`."""
        owner, _, last = call.target.rpartition(".")
        names = orm().calls_back.get(last, ()) if owner else ()
        found = self.symbols.chain(node.path, call.scope, owner) if names else None
        if found is None or found.kind != "instance" or not found.path or self.symbols.classes.is_model(found):
            return
        for name in names:
            own = self.symbols.member(found, name)
            if own is not None and own.kind == "function" and own.path:
                yield Edge(call, Node(own.path, own.place), self.scopes.dotted(own))

    def _shown(self, node: Node, call: Call) -> Iterator[Edge]:
        """`str(order)` runs the method of the project's own that says how an object is shown."""
        text = call.args
        found = self.symbols.chain(node.path, call.scope, text) if text.replace(".", "").isidentifier() else None
        own = self.symbols.member(found, "__str__") if found is not None and found.kind == "instance" and found.path else None
        if own is not None and own.kind == "function" and own.path:
            made = msgspec.structs.replace(call, target=f"{text}.__str__", args="")
            yield Edge(made, Node(own.path, own.place), self.scopes.dotted(own))

    def _started(self, node: Node, call: Call) -> Symbol | None:
        """The library's method of a function that a decorator has made a task: `send.delay`."""
        owner, _, last = call.target.rpartition(".")
        made = decorated_as(self.symbols, self.knowledge, node.path, call.scope, owner)
        return Symbol("external", name=f"{made}.{last}") if made else None

    def _handed(
        self, node: Node, call: Call, texts: tuple[str, ...], via: str, later: bool, passes: bool = False
    ) -> Iterator[Edge]:
        for text in texts:
            if passes:
                yield from (edge._replace(later=later, via=via) for edge in self.filled.handed(node, call, text))
            plain = _plain(LAMBDA.sub("", text))
            symbol = self.symbols.chain(node.path, call.scope, plain) if plain else None
            if symbol is not None and passes and Running.is_callable(symbol) and NAME.match(text):
                made = msgspec.structs.replace(call, target=text)
                yield Edge(made, name=self.knowledge.normal(symbol.name), later=later, via=via)
            if symbol is not None and symbol.kind == "function" and symbol.path:
                later = later and not self._waited_for(node, call)
                yield Edge(call, Node(symbol.path, symbol.place), self.scopes.dotted(symbol), later=later, via=via)

    def _waited_for(self, node: Node, call: Call) -> bool:
        """Whether the scope asks for the result of what it handed over: the errors come back with it."""
        return bool(call.bound) and not self.scopes.targets(node).isdisjoint((f"{call.bound}.result", f"{call.bound}.get"))

    @cached_property
    def _starters(self) -> frozenset[str]:
        """Methods of a function itself that have it run elsewhere: `delay`."""
        rows = (row for library in self.knowledge.libraries for row in library.runner)
        return frozenset(name.rpartition(".")[2] for row in rows for name in row.methods)

    @cached_property
    def _runners(self) -> frozenset[str]:
        """Last names of calls that may take a function over."""
        rows = (row for library in self.knowledge.libraries for row in library.runner)
        return frozenset(name.rpartition(".")[2] for row in rows for text in row.calls for name in spelt(text))

    def _outside(self, node: Node, call: Call, symbol: Symbol) -> Edge:
        if symbol.name == "=" or symbol.name.startswith("query."):
            owner, _, last = call.target.rpartition(".")
            query = self.symbols.chain(node.path, call.scope, owner) if owner else symbol.of
            return self._query(call, last.partition("<")[0], query or symbol.of)
        return Edge(call, name=self.knowledge.normal(symbol.name))

    def _inside(self, call: Call, symbol: Symbol) -> Iterator[Edge]:
        if symbol.kind == "class":
            made = self._made_by(symbol.as_("instance"))
            yield Edge(call, Node(made.path, made.place) if made is not None else None, name=self.scopes.dotted(symbol))
        elif symbol.kind == "instance":
            made = self.symbols.member(symbol, "__call__")
            inside = made is not None and made.kind == "function"
            yield Edge(call, Node(made.path, made.place) if inside and made else None, name=self.scopes.dotted(symbol))
        elif symbol.kind == "function" and symbol.name:
            yield Edge(call, name="builtins.super")
        elif symbol.kind == "function":
            yield Edge(call, Node(symbol.path, symbol.place), name=self.scopes.dotted(symbol), model=symbol.of)
            for other in self.instead.of(symbol):
                yield Edge(call, other, name=self.scopes.dotted(Symbol("function", *other)))
        elif symbol.kind == "module":
            yield Edge(call)
        else:
            yield self._query(call, call.target.rpartition(".")[2], symbol)

    def _made_by(self, instance: Symbol) -> Symbol | None:
        """The method of the project's own that runs when an object is made."""
        for name in MAKING:
            made = self.symbols.member(instance, name)
            if made is not None and made.kind == "function" and made.path:
                return made
        return None

    def _query(self, call: Call, method: str, model: Symbol | None) -> Edge:
        """A method of a query, by the name that the mapper's library gives it."""
        style = self.symbols.classes.style(model) if model is not None and model.path else None
        owner = next(spelt(style.queries[0])) if style is not None and style.queries else "query"
        return Edge(call, name=f"{owner}.{method}", model=model)

    @cached_property
    def properties(self) -> frozenset[str]:
        """The names of the project's properties: only reads of these may run code."""
        classes = self.symbols.classes
        return frozenset(
            d.name
            for path, file in self.scopes.files.items()
            if path in self.scopes.flows
            for i, d in enumerate(file.definitions)
            if d.decorators and d.kind != "class" and classes.is_property(Symbol("function", path, i))
        )

    def property(self, node: Node, read: Read) -> Iterator[Edge]:
        """The properties of the project that a chain of attributes runs."""
        parts = read.text.split(".")
        for end in range(1, len(parts)):
            if parts[end] in self.properties:
                owner = self.symbols.chain(node.path, read.scope, ".".join(parts[:end]))
                found = self._property_of(owner, parts[end]) if owner is not None and owner.kind == "instance" else None
                if found is not None:
                    call = Call(read.scope, read.line, read.column, -1, ".".join(parts[: end + 1]), read.guard, read.loop)
                    yield Edge(call, Node(found.path, found.place), self.scopes.dotted(found), read=True)

    def _property_of(self, owner: Symbol, name: str) -> Symbol | None:
        for klass in self.symbols.classes.mro(owner):
            index = self.symbols.table(klass.path).children.get((klass.place, name)) if klass.kind == "class" else None
            if index is not None:
                found = self.symbols.of(klass.path, index)
                return found if found.kind == "function" and self.symbols.classes.is_property(found) else None
        return None


def _behind(call: Call, texts: tuple[str, ...]) -> Call:
    """A call with what stands behind the function that it is given."""
    given = arguments(call.args)
    if not texts or texts[0] not in given.positional:
        return call
    keywords = (f"{name}={text}" for name, text in given.keywords.items())
    return msgspec.structs.replace(call, args=", ".join((*given.positional[given.positional.index(texts[0]) + 1 :], *keywords)))


def _plain(text: str) -> str:
    """The name of the function that a text names or calls: `Client().send` for itself and for `Client().send(1)`."""
    short = elided(text.encode())
    return short.removesuffix("()").partition("<")[0] if short.endswith(")") else short


def _is_dropped(call: Call) -> bool:
    """Whether nobody sees the errors of what a call waits for."""
    return call.dropped or "return_exceptions=True" in call.args

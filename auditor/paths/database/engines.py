"""What opens connections to databases: where, with which pool, and with which bounds on how long a statement may take."""

import re
from collections.abc import Iterator
from functools import cached_property

import msgspec

from auditor.facts.flow.events import Assign, Call
from auditor.knowledge.names import spelt
from auditor.knowledge.rows import Engine as Row
from auditor.model.finding import Confidence, Location
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.database.idle import is_idle
from auditor.paths.database.once import ONCE, ONCE_FILE, ONE_OFF, PROBES
from auditor.paths.database.poolers import Poolers, closes_at_once
from auditor.paths.database.wording import Wording, setting_name
from auditor.paths.loads.given import Callers
from auditor.paths.queries.kept import keeps_with_object, remembers
from auditor.paths.written.arguments import arguments, literal, split

DEVELOPMENT = re.compile(
    r"(?:^|[/_])(?:dev|devel|development|local|test|tests|testing|testutils?|ci)(?:[/_.]|$)|(?:^|/)(?:docs?|examples?|samples?)/"
)
TRIAL = re.compile(
    r"^(?:Dev|Test|Local|Debug|Docs(?=[A-Z])|Documentation|E2E|End2End|CI(?=[A-Z])|UnitTest)|(?:Dev|Development|Test|Testing|Local)(?:Config\w*|Settings)?$"
)
"""Classes of settings that no user's request meets."""
BOUNDS = ("statement_timeout", "max_execution_time", "max_statement_time")
ALIAS = re.compile(r"(?P<key>(['\"])[\w-]+\2)\s*:")
WHOLE = re.compile(r"\{.*['\"]ENGINE['\"]\s*:", re.DOTALL)
SESSIONS = re.compile(r"session|maker", re.IGNORECASE)
"""What makes sessions of an engine, and holds it."""
LISTENS = re.compile(r"\blistens_for\(\s*(?P<name>\w+)")
NO_ADDRESS = re.compile(r"\A\w*\Z")
"""A plain name, such as that of the setting itself in a list of settings."""
EMPTY = ("{}", "None", "''", '""', "")
SERVER = re.compile(r"postg|mysql|mariadb|oracle|mssql", re.IGNORECASE)


class Engine(msgspec.Struct, frozen=True):
    """One place that opens connections, or settings that say how."""

    location: Location
    name: str
    """The call or the setting, in short."""
    pool: str
    """`kept`; `none` where there is none; `off` where it is switched off; `each` where every call makes a new one."""
    function: str
    """The scope that it stands in."""
    statement: bool
    """Whether something ends a statement that takes too long."""
    connect: bool
    """Whether waiting for a connection is bounded."""
    confidence: Confidence


class Engines:
    """All engines of a project."""

    def __init__(self, graph: Graph, callers: Callers) -> None:
        self.graph = graph
        self.callers = callers
        self.wording = Wording(graph)
        self.poolers = Poolers(graph, self.wording)

    def all(self) -> tuple[Engine, ...]:
        """The engines that speak with a server, by place."""
        return tuple(sorted((*self._called(), *self._set()), key=lambda engine: (engine.location, engine.name)))

    def _called(self) -> Iterator[Engine]:
        rows = (row for library in self.graph.knowledge.libraries for row in library.engine)
        openers = {name.rpartition(".")[2] for row in rows for text in row.calls for name in spelt(text)}
        open_ended: set[tuple[Node, str, str]] = set()
        for node, edge in self.graph.outward(name for name in self.graph.outside if name.rpartition(".")[2] in openers):
            if DEVELOPMENT.search(node.path) or ONCE_FILE.search(node.path):
                continue
            row = self.graph.knowledge.engine(edge.name)
            own = self.graph.name(node)
            if PROBES.search(own.rpartition(".")[2]):
                continue
            if row is not None and row.calls and "sqlite" not in own.lower():
                text, whole = self.wording.full(node.path, edge.call.scope, edge.call.args)
                if (
                    not _any(row.local, text)
                    and "sqlite" not in edge.call.args
                    and not is_idle(self.graph, node, edge.call.bound)
                ):
                    engine = self._engine(node, edge, row, text, whole)
                    # `try: engine = create_engine(url, pool_size=4)`, `except TypeError: engine = create_engine(url)`: one.
                    again = bool(edge.call.bound) and not engine.statement and (node, edge.call.bound, engine.name) in open_ended
                    if not engine.statement:
                        open_ended.add((node, edge.call.bound, engine.name))
                    yield msgspec.structs.replace(engine, statement=engine.statement or again)

    def _engine(self, node: Node, edge: Edge, row: Row, text: str, whole: bool) -> Engine:
        call = edge.call
        name = self.graph.knowledge.normal(edge.name).rpartition(".")[2]
        return Engine(
            location=Location(node.path, call.line, call.column),
            name=call.target,
            pool=self._pool(node, edge, row, text),
            function=self.graph.name(node),
            statement=self._bounded or call.bound in self._told or _any(row.statement, text),
            connect=_any(row.connect, text),
            confidence=Confidence.MEDIUM if whole and name != "engine_from_config" else Confidence.LOW,
        )

    def _pool(self, node: Node, edge: Edge, row: Row, text: str) -> str:
        if self._once_a_call(node, edge):
            return "each"
        off = _any(row.unpooled, text) and not self.poolers.before(node, edge, text)
        if off and not self._pooled_else(node, edge, row):
            return "off"
        return "kept" if row.pooled or _any(row.pool, text) or node.scope < 0 or edge.call.bound else "none"

    def _pooled_else(self, node: Node, edge: Edge, row: Row) -> bool:
        """Whether a function needs no pool, or makes the same engine with a pool where the settings say so."""
        if ONE_OFF.match(self.graph.name(node).rpartition(".")[2]):
            return True
        others = (one for one in self.graph.calls.get(node, ()) if one.bound and one.bound == edge.call.bound)
        return any(one is not edge.call and _any(row.pool, one.args) and not _any(row.unpooled, one.args) for one in others)

    def _once_a_call(self, node: Node, edge: Edge) -> bool:
        """Whether every call of a function opens anew, and keeps nothing."""
        definition = self.graph.definition(node)
        if definition is None or ONCE.search(definition.name) or ONCE_FILE.search(node.path):
            return False
        if (
            remembers(definition)
            or keeps_with_object(definition)
            or any("click" in d or "command" in d for d in definition.decorators)
        ):
            return False
        call = edge.call
        table = self.graph.symbols.table(node.path)
        if "." in call.bound or "[" in call.bound or self._is_global(node, call.bound):
            return False
        kept = self._is_stored(node, call.bound)
        returned = any(
            entry.start == call.start or (call.bound and entry.value == call.bound) for entry in table.returns.get(node.scope, ())
        )
        if kept:
            return False
        return not returned or self._called_anew(node)

    def _is_stored(self, node: Node, name: str) -> bool:
        """Whether a function puts what a name holds into an object or a table: `self.engines[url] = engine`."""
        assigns = (assign for assign in self.graph.flows[node.path].assigns if assign.scope == node.scope and name)
        if any(assign.value == name and ("." in assign.target or "[" in assign.target) for assign in assigns):
            return True
        # `self.orders = Orders(engine)`, `cls.session = scoped_session(sessionmaker(engine))`: what is kept holds it.
        kept = (call for call in self.graph.calls.get(node, ()) if "." in call.bound or self._is_global(node, call.bound))
        return bool(name) and any(_holds(call, name) for call in kept)

    def _is_global(self, node: Node, name: str) -> bool:
        """Whether a function gives a name of the module that waits for it; one that is made already is hidden."""
        given = self.graph.symbols.table(node.path).assigns.get((-1, name), ()) if name else ()
        return bool(given) and all(not one.value.endswith("()") for one in given)

    def _called_anew(self, node: Node) -> bool:
        """Whether a function asks a maker for a new one and does not keep it; one that others keep is made for them."""
        anew = False
        for caller, edge in self.callers.get(node, ()):
            definition = self.graph.definition(caller)
            bound = edge.call.bound
            if (definition is None and bound) or self._is_stored(caller, bound):
                return False
            if definition is None or edge.read or ONCE.search(definition.name) or ONCE_FILE.search(caller.path):
                continue
            returned = any(
                e.start == edge.call.start for e in self.graph.symbols.table(caller.path).returns.get(caller.scope, ())
            )
            if remembers(definition) or "." in bound or self._is_global(caller, bound):
                return False
            anew = anew or not returned
        return anew

    def _set(self) -> Iterator[Engine]:
        """Settings that a framework makes its connections by, one database after the other."""
        rows = [row for library in self.graph.knowledge.libraries for row in library.engine if row.settings]
        for path, flow in sorted(self.graph.flows.items()):
            if self.graph.files[path].kind != "source" or DEVELOPMENT.search(path):
                continue
            told = set()
            for assign in flow.assigns:
                if assign.target.islower() or self._on_trial(path, assign.scope):
                    continue
                own = setting_name(assign.target)
                row = next((row for row in rows if own in row.settings), None)
                if row is not None and own.endswith("_OPTIONS") and assign.scope >= 0 and assign.text.startswith("{"):
                    yield from self._forgetful(path, assign, own, row)
                further = assign.target.startswith(f"{own}[")
                if row is not None and not own.endswith("_OPTIONS"):
                    for line, name, text in self._databases(path, assign, own, row):
                        whole_text, whole = self.wording.full(path, assign.scope, text)
                        engine = self._setting(Location(path, line, 1), name, whole_text, row, whole)
                        if engine is not None and (name not in told or (assign.scope < 0 and not further)):
                            told.add(name)
                            yield engine

    def _forgetful(self, path: str, assign: Assign, own: str, row: Row) -> Iterator[Engine]:
        """The options of one class of settings that hold no bound, where those of another class, which they replace, do."""
        if re.search(rf"\*\*[\w.]*\b{own}\b", assign.text):
            return  # it begins with those of another class
        text, whole = self.wording.full(path, assign.scope, assign.text)
        if not _any((*row.statement, *row.local), text) and _any(row.statement, self.wording.settings.get(own, "")):
            place = Location(path, assign.line, 1)
            sure = Confidence.MEDIUM if whole else Confidence.LOW
            yield Engine(place, own, "kept", path, self._bounded, _any(row.connect, text), sure)

    def _on_trial(self, path: str, scope: int) -> bool:
        """Whether a scope is a class of settings for those who write and test the application."""
        return scope >= 0 and TRIAL.search(self.graph.files[path].definitions[scope].name) is not None

    def _databases(self, path: str, assign: Assign, own: str, row: Row) -> Iterator[tuple[int, str, str]]:
        """The line, name and text of each database that a setting names, with what is set of it elsewhere."""
        text = assign.text.strip()
        if assign.target.startswith(f"{own}["):
            if WHOLE.match(text):  # else something is set of one that is told of elsewhere
                yield assign.line, assign.target, text
            return
        found = [match for part in split(text[1:-1]) if (match := ALIAS.match(part))] if text.startswith("{") else []
        if not found:
            told = text or self.wording.at(path, assign.start) or assign.value
            read = "." in assign.value and own in (assign.value.rpartition(".")[2], *re.findall(r"\w+", told))
            named = literal(told) is not None and NO_ADDRESS.search(literal(told) or "") is not None
            if told not in EMPTY and not read and not named and not re.match(rf"\w+\s*,\s*['\"]{own}['\"]", told):
                yield assign.line, own, told + "".join(self.wording.settings.get(name, "") for name in (own, *row.settings))
            return
        place = 0
        for match in found:
            place = text.find(match["key"], place)
            line = assign.line + text.count("\n", 0, max(place, 0))
            more = [
                line_ for line_ in self.wording.settings.get(own, "").split("\n") if line_.startswith(f"{own}[{match['key']}]")
            ]
            yield line, f"{own}[{match['key']}]", "\n".join((match.string, *more))

    def _setting(self, place: Location, name: str, text: str, row: Row, whole: bool) -> Engine | None:
        if _any(row.local, text) and not SERVER.search(text):
            return None
        pooled = row.pooled or (_any(row.pool, text) and not closes_at_once(text))
        return Engine(
            place,
            name,
            "kept" if pooled or self.poolers.anywhere else "none",
            place.path,
            self._bounded or _any(row.statement, text) or ("[" not in name and self._optioned),
            _any(row.connect, text),
            Confidence.MEDIUM if whole else Confidence.LOW,
        )

    @cached_property
    def _bounded(self) -> bool:
        """Whether the project bounds statements by a word to the server: `SET statement_timeout`, on connect or by role."""
        return any(not name for name in self._told)

    @cached_property
    def _told(self) -> frozenset[str]:
        """The engines that such a word is for, by their names; an empty one stands for all of them."""
        return frozenset(
            self._listened_to(path, call.scope)
            for path, flow in self.graph.flows.items()
            if self.graph.files[path].kind in ("source", "migration")
            for call in flow.calls
            if "execute" in call.target
            for word in BOUNDS
            if word in call.args
        )

    def _listened_to(self, path: str, scope: int) -> str:
        """`@event.listens_for(replica.sync_engine, "connect")` is only for the engine that is made under this name."""
        decorators = self.graph.files[path].definitions[scope].decorators if scope >= 0 else ()
        name = next((match["name"] for text in decorators if (match := LISTENS.search(text))), "")
        made = any(call.bound == name for call in self.graph.flows[path].calls) if name else False
        return name if made else ""

    @cached_property
    def _optioned(self) -> bool:
        """Whether options for a connection that are put together elsewhere bound statements."""
        return any(
            word in assign.text
            for path, flow in self.graph.flows.items()
            if self.graph.files[path].kind == "source"
            for assign in flow.assigns
            if assign.text and ("options" in assign.target or "args" in assign.target)
            for word in BOUNDS
        )


def _holds(call: Call, name: str) -> bool:
    """Whether what a call gives keeps what a name stands for: an object of a class, or what makes sessions of it."""
    if SESSIONS.search(call.target):
        return re.search(rf"\b{re.escape(name)}\b", call.args) is not None
    return call.target.rpartition(".")[2][:1].isupper() and name in arguments(call.args).positional


def _any(words: tuple[str, ...], text: str) -> bool:
    return any(word in text for word in words)

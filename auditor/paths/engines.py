"""What opens connections to databases: where, with which pool, and with which bounds on how long a statement may take."""

import re
from collections.abc import Iterator
from functools import cached_property

import msgspec

from auditor.knowledge.rows import Engine as Row
from auditor.model.finding import Confidence, Location
from auditor.paths.arguments import arguments
from auditor.paths.graph import Edge, Graph, Node
from auditor.paths.queries.given import Callers
from auditor.paths.queries.kept import keeps_with_object, remembers

WORD = re.compile(r"(?<![\w.\"'])[A-Za-z_]\w*(?![\w\"'])(?!\s*=[^=])")
AGE = re.compile(r"(?:CONN_MAX_AGE|conn_max_age)[\"']?\]?\s*[:=]\s*(?P<value>[^,\n}]*)")
POOLER = re.compile(r"pg_?bouncer|pgpool|odyssey|rds[_ -]?proxy|proxysql|pooler", re.IGNORECASE)
ONCE = re.compile(
    r"^(?:main|run|cli|setup|init|initiali[sz]e|install|migrate|upgrade|seed|create_app|make_app|lifespan|startup|configure|__init__)|_once$|engine_once"
)
ONCE_FILE = re.compile(
    r"(?:^|/)(?:scripts?|commands?|bin|tools?|cli|management|alembic|migrations?)/|(?:^|/)(?:env|manage|setup|cli|__main__)\.py$"
)
DEVELOPMENT = re.compile(
    r"(?:^|[/_])(?:dev|devel|development|local|test|tests|testing|testutils?|ci)(?:[/_.]|$)|(?:^|/)(?:docs?|examples?|samples?)/"
)
SERVER = re.compile(r"postg|mysql|mariadb|oracle|mssql", re.IGNORECASE)
DEPTH = 3


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

    def all(self) -> tuple[Engine, ...]:
        """The engines that speak with a server, by place."""
        return tuple(sorted((*self._called(), *self._set()), key=lambda engine: (engine.location, engine.name)))

    def _called(self) -> Iterator[Engine]:
        for node in self.graph.nodes:
            if DEVELOPMENT.search(node.path) or ONCE_FILE.search(node.path):
                continue
            for edge in self.graph.edges(node):
                row = self.graph.knowledge.engine(edge.name) if edge.to is None and edge.name else None
                if row is not None and row.calls:
                    text, whole = self._text(node.path, edge.call.scope, edge.call.args)
                    if not _local(row, text, edge):
                        yield self._engine(node, edge, row, text, whole)

    def _engine(self, node: Node, edge: Edge, row: Row, text: str, whole: bool) -> Engine:
        call = edge.call
        name = self.graph.knowledge.normal(edge.name).rpartition(".")[2]
        return Engine(
            location=Location(node.path, call.line, call.column),
            name=call.target,
            pool=self._pool(node, edge, row, text),
            function=self.graph.name(node),
            statement=self._bounded or _any(row.statement, text),
            connect=_any(row.connect, text),
            confidence=Confidence.MEDIUM if whole and name != "engine_from_config" else Confidence.LOW,
        )

    def _pool(self, node: Node, edge: Edge, row: Row, text: str) -> str:
        if self._once_a_call(node, edge):
            return "each"
        if _any(row.unpooled, text) and not POOLER.search(text) and not self._outer_pooler:
            return "off"
        return "kept" if row.pooled or _any(row.pool, text) or node.scope < 0 or edge.call.bound else "none"

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
        kept = any(
            assign.value == call.bound and "." in assign.target
            for assigns in table.own.values()
            for assign in assigns
            if call.bound
        )
        returned = any(
            entry.start == call.start or (call.bound and entry.value == call.bound) for entry in table.returns.get(node.scope, ())
        )
        if kept:
            return False
        return not returned or self._called_anew(node)

    def _is_global(self, node: Node, name: str) -> bool:
        """Whether a function gives a name of the module: `global engine`."""
        return bool(name) and bool(self.graph.symbols.table(node.path).assigns.get((-1, name)))

    def _called_anew(self, node: Node) -> bool:
        """Whether some function asks a maker for a new one and does not keep it."""
        for caller, edge in self.callers.get(node, ()):
            definition = self.graph.definition(caller)
            if definition is None or edge.read or ONCE.search(definition.name) or ONCE_FILE.search(caller.path):
                continue
            bound = edge.call.bound
            returned = any(
                e.start == edge.call.start for e in self.graph.symbols.table(caller.path).returns.get(caller.scope, ())
            )
            if not remembers(definition) and "." not in bound and not returned and not self._is_global(caller, bound):
                return True
        return False

    def _set(self) -> Iterator[Engine]:
        """Settings that a framework makes its connections by."""
        rows = [row for library in self.graph.knowledge.libraries for row in library.engine if row.settings]
        for path, flow in sorted(self.graph.flows.items()):
            if self.graph.files[path].kind != "source" or DEVELOPMENT.search(path):
                continue
            for assign in flow.assigns:
                row = next((row for row in rows if _names(assign.target) in row.settings), None)
                if row is None or (assign.target.count("[") and _names(assign.target) == assign.target.partition("[")[0]):
                    continue
                text, whole = self._text(path, assign.scope, assign.text or self._at(path, assign.start) or assign.value)
                own = _names(assign.target)
                text += "".join(self._settings.get(name, "") for name in (own, *row.settings))
                empty = assign.text.strip() in ("{}", "None", "''", '""')
                if empty or (_any(row.local, text) and not SERVER.search(text)) or own.endswith("_OPTIONS"):
                    continue
                pooled = row.pooled or (_any(row.pool, text) and not _closes_at_once(text))
                yield Engine(
                    Location(path, assign.line, 1),
                    own,
                    "kept" if pooled or self._outer_pooler else "none",
                    path,
                    self._bounded or _any(row.statement, text),
                    _any(row.connect, text),
                    Confidence.MEDIUM if whole else Confidence.LOW,
                )

    @cached_property
    def _settings(self) -> dict[str, str]:
        """The text of everything that is set under an upper-case name, wherever it stands."""
        found: dict[str, str] = {}
        for path, flow in self.graph.flows.items():
            if self.graph.files[path].kind == "source":
                for assign in flow.assigns:
                    name = _names(assign.target)
                    if name.isupper():
                        text = assign.text or f"{assign.value} {self._at(path, assign.start)}"
                        found[name] = f"{found.get(name, '')}\n{assign.target} = {text}"
                        root = assign.target.partition("[")[0]
                        if root != name:
                            found[root] = f"{found.get(root, '')}\n{assign.target} = {text}"
        return found

    @cached_property
    def _bounded(self) -> bool:
        """Whether the project bounds statements by a word to the server: `SET statement_timeout`, on connect or by role."""
        words = ("statement_timeout", "max_execution_time", "max_statement_time")
        return any(
            word in call.args
            for path, flow in self.graph.flows.items()
            if self.graph.files[path].kind in ("source", "migration")
            for call in flow.calls
            if "execute" in call.target
            for word in words
        )

    @cached_property
    def _outer_pooler(self) -> bool:
        """Whether the project says somewhere that a pooler stands before the database."""
        return any(POOLER.search(comment.text) for file in self.graph.files.values() for comment in file.comments) or any(
            POOLER.search(text) for text in self._settings.values()
        )

    def _at(self, path: str, start: int) -> str:
        return " ".join(call.args for call in self.graph.symbols.table(path).at.get(start, ()))

    def _text(self, path: str, scope: int, text: str, depth: int = 0) -> tuple[str, bool]:
        """A text with that of all names in it, and whether all of it was seen."""
        whole = True
        found = [text]
        for name in dict.fromkeys(WORD.findall(text)) if depth < DEPTH else ():
            for value, place in self._named(path, scope, name):
                inner, seen = self._text(path, place, value, depth + 1)
                found.append(inner)
                whole = whole and seen
        given = arguments(text) if depth == 0 else None
        if given is not None and given.spread and len(found) == 1:
            whole = False
        return "\n".join(found), whole

    def _named(self, path: str, scope: int, name: str) -> Iterator[tuple[str, int]]:
        table = self.graph.symbols.table(path)
        while True:
            assigns = table.assigns.get((scope, name), ())
            for assign in assigns:
                yield assign.text or f"{assign.value} {self._at(path, assign.start)}", scope
            for call in self.graph.flows[path].calls if assigns else ():
                if call.scope == scope and call.target in (f"{name}.update", f"{name}.setdefault"):
                    yield call.args, scope
            if scope < 0 or assigns:
                break
            scope = self.graph.files[path].definitions[scope].parent
        if name.isupper() and name in self._settings:
            yield self._settings[name], -1


KEY = re.compile(r"\[['\"]([A-Z_]+)['\"]\]\Z")


def _names(target: str) -> str:
    """The setting that a target gives: `DATABASES`, or the key of `app.config["SQLALCHEMY_DATABASE_URI"]`."""
    match = KEY.search(target) if target.endswith("]") else None
    root = target.partition("[")[0]
    if match and not root.isupper():
        return match[1]
    return root.rpartition(".")[2]


def _closes_at_once(text: str) -> bool:
    """Whether all that is said of a connection's age is that it ends with the request."""
    ages = [match["value"].strip() for match in AGE.finditer(text)]
    return bool(ages) and all(age == "0" for age in ages) and "pool" not in text.lower()


def _local(row: Row, text: str, edge: Edge) -> bool:
    return _any(row.local, text) or "sqlite" in edge.call.args


def _any(words: tuple[str, ...], text: str) -> bool:
    return any(word in text for word in words)

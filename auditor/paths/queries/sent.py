"""Questions that are told by what is sent, where nobody knows the session: SQL, statements, a class and a key."""

import re
from collections.abc import Iterator
from functools import cached_property

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Call
from auditor.knowledge.names import spelt
from auditor.knowledge.orm import orm
from auditor.knowledge.rows import Orm
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.queries.question import DEFINES, WRITES, Question, asked_by
from auditor.paths.queries.sent_on import Handed
from auditor.paths.written.arguments import arguments

WRITTEN = re.compile(
    r"(?:(?:\w+\.)?text\(\s*)?[fFrRuU]{0,2}(?:\"{3}|'{3}|\"|')\s*"
    r"(?P<verb>SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|CALL)\s",
    re.IGNORECASE,
)
"""A statement of SQL as the first argument."""
SENDS = re.compile(
    r"exec|fetch|query|select|insert|update|delete|run|raw|scalar|rows?\b|_sql|\Asql\Z|iterate|stream|cursor|\A(?:one|all|first|get)\b",
    re.IGNORECASE,
)
"""Methods that send a statement; others only hold or show it."""
BULK = frozenset("executemany execute_many execute_values execute_batch executescript".split())
NAMED = re.compile(r"\s*([A-Za-z_]\w*)\s*(?:,|\Z)")
"""A name as the first argument."""
MAKER = re.compile(r"\s*(?:(?:\w+\.)?text\(\s*)?([A-Za-z_][\w.]*)\(")
"""What makes the statement that is sent."""
DEFINER = re.compile(
    r"(?:create|drop|alter|add|grant|_)_?(?:ddl|views?|trigger|index|tables?|schema|database|function|policy|role|sequence|extension|column"
    r"|constraint)(?:_(?:sql|ddl|query|statement|stmt))?\Z",
    re.IGNORECASE,
)
"""What such a maker is called whose statement is about tables themselves: `create_view_sql(name)`."""
TAKES = frozenset(("fetchone", "fetchmany", "fetchall"))
"""Methods of a cursor that give rows of what was asked already."""
NAMELESS = re.compile(
    r"\.a?save\Z|(?:\A|[._])(?P<class>model|entity|resource)(?:_?cls|_?class)?_?\."
    r"(?:(?:objects|query|_default_manager|_base_manager|select\(\))\.(?:[\w.()\[\]<>]*\.)?\w+|get_by_id|get_or_none)\Z",
    re.IGNORECASE,
)
"""A row that nobody knows, and a class that only heirs or callers name: `self.model.objects.get`."""
BY_KEY = "get"
"""The method of a session that gives the row of a class by its key."""


class Sent:
    """Answers for one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.symbols = graph.symbols
        self.classes = graph.symbols.classes
        self.handed = Handed(graph)
        self._cursors: dict[Node, frozenset[str]] = {}

    def written(self, call: Call) -> Iterator[Question]:
        """What nobody knows the session of, but the statement stands there: `conn.fetchrow("SELECT ...")`."""
        owner, _, method = call.target.rpartition(".")
        if owner and method not in orm().batches and method not in BULK and SENDS.search(method):
            verb = WRITTEN.match(call.args)
            writes = verb is not None and verb["verb"].upper() not in ("SELECT", "WITH")
            # Whether all its rows are handed on nobody can say: it has no place among the queries that may.
            yield asked_by(call, "write" if writes else "query", method)._replace(start=-1)

    def spoken(self, edge: Edge) -> Iterator[Question]:
        """What is handed to a function that sends it, though nobody knows by what: `run(connection, "SELECT ...", key)`."""
        for text in self.handed.of(edge):
            verb = WRITTEN.match(text)
            if verb is not None:
                kind = "query" if verb["verb"].upper() in ("SELECT", "WITH") else "write"
                yield asked_by(edge.call, kind, edge.call.target.rpartition(".")[2])._replace(start=-1)

    def nameless(self, call: Call) -> Iterator[Question]:
        """What is asked of a class that only heirs name, `self.model.objects.get(pk=key)`. A row that nobody knows is written
        where columns are named: `order.save(update_fields=["open"])`.
        """
        match, method = NAMELESS.search(call.target), call.target.rpartition(".")[2]
        if match is not None and match["class"]:
            if method in orm().asks | orm().ones and method not in orm().batches:
                yield asked_by(call, "write" if method in WRITES else "query", method)
        elif "update_fields=" in call.args:
            yield asked_by(call, "write", "save")

    def of(self, node: Node, call: Call) -> Iterator[Question]:
        """What nobody knows the session of, but the statement, or the class that is asked for by its key."""
        owner, _, method = call.target.rpartition(".")
        given = arguments(call.args)
        first = given.get(0, "statement") or ""
        if not owner or not first or (method == BY_KEY and len(given.positional) < 2):
            return
        said = self.symbols.chain(node.path, call.scope, elided(first.encode()))
        if said is None:
            return
        if said.path and said.kind == ("class" if method == BY_KEY else "query"):
            if self.classes.is_model(said):
                yield asked_by(call, "query", method, self.symbols.definition(said).name)
        elif method != BY_KEY and said.kind == "external" and said.name.partition("()")[0] in self.statements:
            yield asked_by(call, "write", method)

    def defines(self, node: Node, call: Call) -> bool:
        """Whether a call sends a statement about tables themselves, as it is written or by its name."""
        if DEFINES.match(call.args):
            return True
        name, maker = NAMED.match(call.args), MAKER.match(call.args)
        if name is not None:
            assigns = self.symbols.table(node.path).assigns.get((call.scope, name[1]), ())
            return any(self._is_definition(node.path, one.start, one.text) for one in assigns)
        if maker is not None and DEFINER.search(maker[1]):
            return True
        made = self.symbols.chain(node.path, call.scope, maker[1]) if maker is not None else None
        if made is None or made.kind != "function" or not made.path:
            return False
        given = self.symbols.table(made.path).spans.get(made.place, ())
        return bool(given) and all(self._is_definition(made.path, one.start, one.text) for one in given)

    def _is_definition(self, path: str, start: int, text: str) -> bool:
        """Whether a value that begins at a byte is such a statement."""
        made = (f"{one.target}({one.args}" for one in self.symbols.table(path).at.get(start, ()))
        return any(map(DEFINES.match, (text, *made)))

    def takes(self, node: Node, edge: Edge) -> bool:
        """Whether a cursor only hands out rows of the statement that it was given in the same scope."""
        receiver, _, method = edge.call.target.rpartition(".")
        return method in TAKES and receiver in self._executed(node)

    def _executed(self, node: Node) -> frozenset[str]:
        """The cursors that a scope gives statements."""
        if node not in self._cursors:
            said = (call.target.rpartition(".") for call in self.graph.calls.get(node, ()))
            self._cursors[node] = frozenset(owner for owner, _, name in said if name.startswith("execute"))
        return self._cursors[node]

    @cached_property
    def statements(self) -> frozenset[str]:
        """What makes a statement that is sent later: `sqlalchemy.update`."""
        texts = (text for row in self.graph.knowledge.rows(Orm) for text in row.statements)
        return frozenset(name for text in texts for name in spelt(text))

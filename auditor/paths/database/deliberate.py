"""What says that rows are deleted with care, or were never meant to stay: a question and a log, a force, new rows instead."""

import re

from auditor.facts.flow.events import Call
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.symbol import Symbol

ALLOWS = re.compile(
    r"\.(?:(?:allow|allows|can|may)_?(?:be_|safely_)*(?:delet|remov|destroy)\w*|(?:is_)?(?:deletable|removable))$", re.IGNORECASE
)
"""A question to a row whether it may go: `order.allow_delete()`, `order.can_be_deleted`, `order.is_deletable`."""
RECORDS = re.compile(r"(?:^|[._])(?:log(?:ger|ging)?\.\w+|log_\w+|\w+_log|\w*audit\w*(?:\.\w+)?|record_\w+)$", re.IGNORECASE)
FORCED = re.compile(r"(?:really|force|forced|confirm|confirmed|hard|hard_delete|purge|permanent|permanently|i_am_sure|sure)\Z")
"""Parameters that whoever calls has to say on purpose."""
WHOLE = re.compile(
    r"^_*(?:(?:delete|remove|clear|drop|destroy|reset|erase)_all(?:_|$)|wipe|purge|hard_delete|force_delete|delete_permanently"
    r"|permanently_delete|delete_forever|factory_reset|reset_(?:db|database|all|demo|data))",
    re.IGNORECASE,
)
LEFT_OVER = re.compile(
    r"left[- ]?over|failed (?:run|import|upload|attempt)|re-?import|previous (?:run|import)|incomplete|half[- ]|placeholder|dummy"
    r"|throw ?away|temporary|duplicate",
    re.IGNORECASE,
)
MAKES = re.compile(r"\.(?:bulk_create|create|get_or_create|update_or_create|bulk_insert_mappings|bulk_save_objects)$")
BINNED = re.compile(r"\.(?:is_)?(?:deleted|trashed)(?:_at|_on)?\Z", re.IGNORECASE)
"""What is read of a row that lies in the bin already: `if not order.is_deleted: raise NotInBin`."""
AGED = re.compile(r"\b\w*(?:_at|_on|date|time|created|timestamp|expir)\w*(?:__lte?\s*=|\s*<)", re.IGNORECASE)
"""What asks for rows that are older than a time."""
NEAR = 2
"""A remark stands so many lines above what it is about at most."""


class Deliberate:
    """Answers for one graph; `requested` are the scopes that requests reach, where no name excuses anything."""

    def __init__(self, graph: Graph, requested: frozenset[Node]) -> None:
        self.graph = graph
        self.requested = requested

    def is_so(self, node: Node, line: int, model: str) -> bool:
        """Whether the deletion of a model's rows on a line of a scope is likely to be one that nobody would want undone."""
        return (
            self._is_forced(node)
            or self._is_left_over(node, line)
            or self._is_replaced(node, line, model)
            or self._is_undone(node, line, model)
            or self._is_due(node, line)
            or (self._is_asked(node) and self._is_recorded(node))
        )

    def _is_forced(self, node: Node) -> bool:
        """Whether a scope is named for the end of everything, or has a parameter that says that it is really meant."""
        definition = self.graph.definition(node)
        if definition is None or definition.kind == "class":
            return False
        names = self.graph.symbols.signature(Symbol("function", *node)).names
        named = node not in self.requested and WHOLE.match(definition.name) is not None
        return named or any(map(FORCED.match, names))

    def _is_left_over(self, node: Node, line: int) -> bool:
        near = range(line - NEAR, line + 1)
        return any(one.line in near and LEFT_OVER.search(one.text) for one in self.graph.files[node.path].comments)

    def _is_replaced(self, node: Node, line: int, model: str) -> bool:
        """Whether new rows of the same model are made further down in the same scope."""
        return any(call.line > line and self._makes(call, model) for call in self.graph.calls.get(node, ()))

    @staticmethod
    def _makes(call: Call, model: str) -> bool:
        made = call.target.removesuffix("()").split(".")
        return model in (made[0], made[-1]) and (made[-1] == model or MAKES.search(call.target) is not None)

    def _is_undone(self, node: Node, line: int, model: str) -> bool:
        """Whether the row was made in the same scope before, and goes since what was to follow has failed."""
        calls = self.graph.calls.get(node, ())
        gone = {name for one in calls if one.line == line for name in (one.target.removesuffix(".delete"), one.args.strip())}
        return any(call.line < line and call.bound in gone and self._makes(call, model) for call in calls if call.bound)

    def _is_due(self, node: Node, line: int) -> bool:
        """Whether the rows are those older than a time, or the scope looks at whether one lies in the bin already."""
        near = (call.args for call in self.graph.calls.get(node, ()) if call.line <= line <= call.line + NEAR)
        return any(map(AGED.search, near)) or any(BINNED.search(read.text) for read in self.graph.reads.get(node, ()))

    def _is_asked(self, node: Node) -> bool:
        """Whether the scope, or another method of its class, asks first whether the row may go."""
        return any(self._asks(near) for near in (node, *self._beside(node)))

    def _asks(self, node: Node) -> bool:
        """Whether the row itself is asked: a question with arguments is about who may do it."""
        asked = [call.target for call in self.graph.calls.get(node, ()) if not call.args.strip()]
        return any(ALLOWS.search(text) for text in (*asked, *(read.text for read in self.graph.reads.get(node, ()))))

    def _is_recorded(self, node: Node) -> bool:
        return any(map(RECORDS.search, self.graph.targets(node)))

    def _beside(self, node: Node) -> list[Node]:
        """The other methods of a method's class."""
        definition = self.graph.definition(node)
        if definition is None or definition.parent < 0:
            return []
        definitions = self.graph.files[node.path].definitions
        return [Node(node.path, index) for index, one in enumerate(definitions) if one.parent == definition.parent]

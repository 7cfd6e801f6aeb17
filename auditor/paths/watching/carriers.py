"""Module-level names that stand for a request's id or its header, and the scopes that speak of them."""

import re
from collections.abc import Iterator

from auditor.facts.flow.events import Flow
from auditor.knowledge.names import spelt
from auditor.knowledge.values import Guard
from auditor.paths.calls.graph import Graph, Node

READS = ("get", "get_guid", "inject", "get_contextvars")
CONSTANT = 120
"""Characters of a value that stands for one thing: a table of many headers is no carrier."""


class Carriers:
    """`HEADER = "X-Request-ID"`, `now = ContextVar("request_id")`: told by `pattern`, file by file."""

    def __init__(self, graph: Graph, pattern: re.Pattern[str]) -> None:
        self.graph = graph
        self.pattern = pattern
        self.names: set[str] = set()
        """Dotted names of those that were found."""

    def look(self, path: str) -> None:
        """Takes in what a file's module keeps."""
        table = self.graph.symbols.table(path)
        for name, assigns in table.by_scope.get(-1, {}).items():
            for one in assigns if name.isidentifier() else ():
                args = [call.args for call in table.at.get(one.start, ())] if one.value.endswith("()") else []
                if len(one.text) < CONSTANT and any(self.pattern.search(text) for text in (one.text, *args)):
                    self.names.add(f"{self.graph.symbols.modules.name_of[path]}.{name}")

    def carrying(self) -> Iterator[Node]:
        """The scopes that speak of such a name, in its own module or where it is imported."""
        names = self.graph.symbols.modules.name_of
        for path, flow in self.graph.flows.items() if self.names else ():
            imports = self.graph.symbols.table(path).imports
            local = {name for name, target in imports.items() if target in self.names}
            own = f"{names[path]}."
            local |= {name for one in self.names if one.startswith(own) and "." not in (name := one[len(own) :])}
            if local:
                word = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(local)))})\b")
                yield from {Node(path, scope) for scope, text in texts_of(flow) if scope >= 0 and word.search(text)}


def texts_of(flow: Flow) -> list[tuple[int, str]]:
    """What the scopes of a file call, read, set and hand back."""
    texts = [(call.scope, f"{call.target} {call.args}") for call in flow.calls]
    texts += [(one.scope, one.text) for one in flow.returns if one.text]
    texts += [(read.scope, read.text) for read in flow.reads]
    return texts + [(assign.scope, f"{assign.target} {assign.text}") for assign in flow.assigns]


def reads_only(guard: Guard) -> bool:
    """Whether a guard only reads the id where it is called: that ties nothing elsewhere."""
    names = [name.rpartition(".")[2] for text in guard.calls for name in spelt(text)]
    reads = bool(names) and not guard.middleware and all(name in READS for name in names)
    return reads and guard.kind == "correlation"

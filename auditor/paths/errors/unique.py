"""Which columns of a mapped class have to be unique, as it declares them."""

import re
from collections.abc import Iterator

from auditor.paths.calls.graph import Graph
from auditor.paths.names.symbol import Symbol

UNIQUE = re.compile(r"\bunique\s*=\s*True|OneToOneField")
TOGETHER = re.compile(r"UniqueConstraint|unique_together|\bUniqueIndex\b")
WORD = re.compile(r"['\"](\w+)['\"]")
INNER = re.compile(r"[(\[][^()\[\]]*[)\]]")


def declared_unique(graph: Graph, klass: Symbol) -> Iterator[frozenset[str]]:
    """The columns that a class itself says are unique, by themselves or together."""
    flow = graph.flows[klass.path]
    definitions = graph.files[klass.path].definitions
    inside = {klass.place, *(i for i, d in enumerate(definitions) if d.parent == klass.place and d.kind == "class")}
    for call in flow.calls:
        if call.scope in inside and "primary_key" not in call.args:
            if call.bound and UNIQUE.search(f"{call.target}({call.args})"):
                yield frozenset((call.bound,))
            if TOGETHER.search(call.target):
                yield frozenset(WORD.findall(re.sub(r"\bname\s*=\s*(?:f?\"[^\"]*\"|f?'[^']*')", "", call.args)))
    for assign in flow.assigns:
        if assign.scope in inside and TOGETHER.search(assign.target):
            parts = INNER.findall(assign.text)
            yield from (frozenset(WORD.findall(part)) for part in parts or [assign.text])

"""The middleware that Django's settings list, by dotted names in strings."""

import re
from collections.abc import Iterator

from auditor.model.finding import Location
from auditor.paths.calls.graph import Graph
from auditor.paths.written.arguments import literal, split

LISTS = frozenset(("MIDDLEWARE", "MIDDLEWARE_CLASSES", "INSTALLED_APPS"))
WORD = re.compile(r"[\w.]+")


def listed(graph: Graph) -> Iterator[tuple[str, Location]]:
    """The names in the order of paths, each with the list's place; those of installed applications too, which may bring some."""
    for path, flow in sorted(graph.flows.items()):
        for assign in flow.assigns:
            if assign.target in LISTS or assign.target.endswith("_MIDDLEWARE"):
                for part in split(assign.text.strip().strip("[]()")):
                    for word in WORD.findall(literal(part) or part):
                        yield word, Location(path, assign.line, 1)

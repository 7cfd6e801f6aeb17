"""Errors that may be answered for by a library that nobody here knows: by a base of its own, around a call, over a handler."""

import re
import sys
from collections.abc import Iterator, Sequence

from auditor.knowledge.load import Knowledge
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.errors.dependence import Witness
from auditor.paths.names.hierarchy import Hierarchy

ANSWERS = re.compile(
    r"(?:catch|handl|suppress|ignor|swallow|translat|convert|wrap|map|guard)\w*?(?:error|exception|fail)", re.IGNORECASE
)
"""`with catch_domain_errors():`, `@handle_exceptions`."""


def is_foreign(hierarchy: Hierarchy, error: str) -> bool:
    """Whether a type, or a base of it, is a library's that nobody here knows: that library may well answer for it."""
    own = hierarchy.own.get(error)
    bases = (one.name for one in hierarchy.symbols.classes.mro(own) if one.kind == "external") if own is not None else (error,)
    return any(_is_unknown(hierarchy.knowledge, hierarchy.knowledge.normal(one)) for one in bases)


def is_answered_elsewhere(graph: Graph, steps: Sequence[tuple[Node, Witness]]) -> bool:
    """Whether a context or a decorator on the way, which by its name answers for errors, is a library's."""
    for node, witness in steps:
        for text in (*_decorators(graph, node), *_contexts(graph, node, witness)):
            name = text.partition("(")[0]
            found = graph.symbols.chain(node.path, -1, name) if ANSWERS.search(name.rpartition(".")[2]) else None
            if found is not None and found.kind == "external":
                return True
    return False


def _decorators(graph: Graph, node: Node) -> tuple[str, ...]:
    definition = graph.definition(node)
    return definition.decorators if definition is not None else ()


def _contexts(graph: Graph, node: Node, witness: Witness) -> Iterator[str]:
    guards, at = graph.flows[node.path].guards, witness.guard
    while at >= 0:
        yield from guards[at].contexts if guards[at].kind == "with" else ()
        at = guards[at].parent


def _is_unknown(knowledge: Knowledge, name: str) -> bool:
    root, dot, _ = name.partition(".")
    known = name in knowledge.bases or root == "builtins" or root in sys.stdlib_module_names
    return bool(dot) and not known

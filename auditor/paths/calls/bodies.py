"""Bodies that a handler is handed as mappings: whether anybody has looked at their keys before."""

import re

from auditor.paths.calls.graph import Graph, Node

BODY = re.compile(r"(?:(?:\w+\.)?Annotated\[)?(?:\w+\.)?[Dd]ict\b")
"""A body of which the framework only asks that it is a mapping."""
LOADS = re.compile(r"(?:\A|\.)(?:arguments|use_args|use_kwargs|input|validate|validated_with)\(")
"""Decorators that load a body by a schema and hand over what came of it: `@orders.arguments(OrderSchema)`."""


def unchecked(graph: Graph, node: Node, annotation: str) -> bool:
    """Whether keys of a parameter with such an annotation may lack."""
    definition = graph.definition(node)
    return BODY.match(annotation) is not None and not any(map(LOADS.search, definition.decorators if definition else ()))

"""Tags and filters of the project's own: `@register.inclusion_tag("shop/row.html")`, `@register.filter`."""

import re
from typing import NamedTuple

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.symbol import Symbol

SHOWS = re.compile(r"\binclusion_tag\(\s*(?:filename\s*=\s*)?['\"](?P<template>[^'\"]+)['\"](?P<rest>.*)", re.DOTALL)
MAKES = re.compile(
    r"\.(?:simple_tag|filter|(?:app_)?template_(?:filter|global))\b(?:\(\s*(?:['\"](?P<name>\w+)['\"])?(?P<rest>.*))?\Z",
    re.DOTALL,
)
"""What is shown is what the function gives."""
NAMED = re.compile(r"\bname\s*=\s*['\"](?P<name>\w+)['\"]")


class Tag(NamedTuple):
    """The function that says what is shown, or what a template is given, and the names of what the tag is handed."""

    node: Node
    template: str
    params: tuple[str, ...]


def tags(graph: Graph) -> dict[str, Tag]:
    """All of them by their names in templates."""
    found: dict[str, Tag] = {}
    for path in sorted(graph.flows):
        for place, definition in enumerate(graph.files[path].definitions):
            for text in definition.decorators if definition.kind != "class" else ():
                shown = SHOWS.search(text) or MAKES.search(text)
                if shown is not None:
                    told = shown.groupdict()
                    rest = told["rest"] or ""
                    named = NAMED.search(rest)
                    params = graph.symbols.signature(Symbol("function", path, place)).names
                    name = told.get("name") or (named["name"] if named else definition.name)
                    found[name] = Tag(Node(path, place), told.get("template", ""), params["takes_context" in rest :])
    return found

"""Tags of the project's own that show a template: `@register.inclusion_tag("shop/row.html")`."""

import re
from typing import NamedTuple

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.symbol import Symbol

SHOWS = re.compile(r"\binclusion_tag\(\s*(?:filename\s*=\s*)?['\"](?P<template>[^'\"]+)['\"](?P<rest>.*)", re.DOTALL)
NAMED = re.compile(r"\bname\s*=\s*['\"](?P<name>\w+)['\"]")


class Tag(NamedTuple):
    """The function that says what the template is given, and the names of what the tag is handed."""

    node: Node
    template: str
    params: tuple[str, ...]


def tags(graph: Graph) -> dict[str, Tag]:
    """All of them by their names in templates."""
    found: dict[str, Tag] = {}
    for path in sorted(graph.flows):
        for place, definition in enumerate(graph.files[path].definitions):
            for text in definition.decorators if definition.kind != "class" else ():
                shown = SHOWS.search(text)
                if shown is not None:
                    named = NAMED.search(shown["rest"])
                    params = graph.symbols.signature(Symbol("function", path, place)).names
                    context = "takes_context" in shown["rest"]
                    name = named["name"] if named else definition.name
                    found[name] = Tag(Node(path, place), shown["template"], params[context:])
    return found

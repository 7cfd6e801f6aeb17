"""Which handlers answer with a page for people: by a template, a project's own helper, or a type that they name."""

import re

from auditor.facts.flow.events import Return
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.symbol import Symbol

RENDERS = re.compile(
    r"(?:^|[._])(?:render(?:_\w*template\w*|_to_\w+)?|TemplateResponse|HTMLResponse|jsonify_(?:template|form)|send_static_file)$"
)
"""What a project's own helpers that make pages are called, and what hands out the page that a browser's program begins with."""
HTML = re.compile(
    r"(?:content_type|media_type|mimetype)\s*=\s*['\"]text/html|response_class\s*=\s*[\w.]*HTML"
    r"|['\"][Cc]ontent-[Tt]ype['\"]\s*[,:]\s*['\"]text/html"
)
"""An answer that says itself that it is a page."""
DRESSED = re.compile(
    r"[\w.]+\(\s*(?:template(?:_name)?\s*=\s*)?['\"][^'\"/][^'\"]*\.(?:html?|jinja2?|j2|mako|pt|xhtml)['\"]|(?:\w+\.)*templated\b"
)
"""A decorator that makes a page of what the handler gives back."""
REDIRECTS = re.compile(
    r"(?:await\s+)?(?:\w+\.)*(?:\w*redirect\w*|RedirectResponse|HttpResponseRedirect|HTTPFound|HTTPSeeOther)\(", re.I
)
MOVED = frozenset(("HTTPFound", "HTTPSeeOther", "HTTPMovedPermanently", "HTTPTemporaryRedirect"))
"""Errors of libraries that send a browser on."""
CALLED = re.compile(r"(?:await\s+)?(?P<callee>[A-Za-z_][\w.]*)\(")
TEMPLATE = "template_name"
"""The attribute by which a class of any framework says what its pages are made from."""
QUOTES = ("'", '"')
DATA = "rest_framework."
"""Classes of this name answer programs, with a page on request."""
DEEPEST = 3


def shows(graph: Graph, node: Node, klass: Symbol | None = None) -> bool:
    """Whether a handler answers with a page, by a call, a decorator or its class; `klass` is the class that is routed to."""
    return (klass is not None and _templated(graph, klass)) or _shows(graph, node, 0)


def _shows(graph: Graph, node: Node, depth: int) -> bool:
    definition = graph.definition(node)
    if definition is None or definition.kind == "class":
        return False
    edges = graph.edges(node)
    if any(edge.name and edge.to is None and edge.name in graph.knowledge.pages for edge in edges):
        return True
    near = (node, *(edge.to for edge in edges if edge.to is not None and edge.to.path == node.path))
    calls = [call for one in near for call in graph.calls.get(one, ())]
    told = (*definition.decorators, *(call.args for call in calls))
    if (
        any(RENDERS.search(call.target) for call in calls)
        or any(map(HTML.search, told))
        or any(map(DRESSED.match, definition.decorators))
    ):
        return True
    return _sends_on(graph, node, depth)


def _templated(graph: Graph, klass: Symbol) -> bool:
    """Whether a class, or one of the project's that it is derived from, names a template."""
    family = graph.symbols.classes.mro(klass.as_("class"))
    if any(one.kind == "external" and one.name.startswith(DATA) for one in family):
        return False
    tables = ((graph.symbols.table(one.path), one.place) for one in family if one.kind == "class")
    return any(assign.text[:1] in QUOTES for table, place in tables for assign in table.assigns.get((place, TEMPLATE), ()))


def _sends_on(graph: Graph, node: Node, depth: int) -> bool:
    """Whether all that a handler answers is where to go next: programs get data, browsers are sent on."""
    returns = graph.symbols.table(node.path).spans.get(node.scope, ()) if node.scope >= 0 else ()
    if not returns:
        return any(one.type.rpartition(".")[2] in MOVED for one in graph.raises.get(node, ()))
    return all(_leads(graph, node, one, depth) for one in returns)


def _leads(graph: Graph, node: Node, answer: Return, depth: int) -> bool:
    """Whether an answer is where to go next, or what another function of the project makes of it."""
    said = answer.value or answer.text
    if REDIRECTS.match(said):
        return True
    kept = graph.symbols.table(node.path).assigns.get((node.scope, answer.value), ())
    if kept:
        return any(REDIRECTS.match(assign.text or assign.value) for assign in kept)
    called = CALLED.match(said)
    if called is None or depth >= DEEPEST:
        return False
    below = [edge.to for edge in graph.edges(node) if edge.call.target == called["callee"] and edge.to is not None]
    return any(one != node and _shows(graph, one, depth + 1) for one in below)

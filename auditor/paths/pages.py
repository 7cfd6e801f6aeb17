"""Which handlers answer with a page for people: by a template, a project's own helper, or a type that they name."""

import re

from auditor.paths.graph import Graph, Node

RENDERS = re.compile(r"(?:^|[._])(?:render(?:_\w*template\w*|_to_\w+)?|TemplateResponse|HTMLResponse|jsonify_(?:template|form))$")
"""What a project's own helpers that make pages are called."""
HTML = re.compile(r"(?:content_type|media_type|mimetype)\s*=\s*['\"]text/html|response_class\s*=\s*[\w.]*HTML")
"""An answer that says itself that it is a page."""

REDIRECTS = re.compile(r"(?:\w+\.)*(?:redirect|RedirectResponse|HttpResponseRedirect)\(")


def shows(graph: Graph, node: Node) -> bool:
    """Whether a handler answers with a page by a call or a decorator of its own."""
    definition = graph.definition(node)
    if definition is None or definition.kind == "class":
        return False
    edges = graph.edges(node)
    if any(edge.name and edge.to is None and edge.name in graph.knowledge.pages for edge in edges):
        return True
    if _redirects(graph, node):
        return True
    near = (node, *(edge.to for edge in edges if edge.to is not None and edge.to.path == node.path))
    calls = [call for one in near for call in graph.calls.get(one, ())]
    told = (*definition.decorators, *(call.args for call in calls))
    return any(RENDERS.search(call.target) for call in calls) or any(map(HTML.search, told))


def _redirects(graph: Graph, node: Node) -> bool:
    """Whether all that a handler answers is where to go next: programs get data, browsers are sent on."""
    returns = graph.symbols.table(node.path).spans.get(node.scope, ()) if node.scope >= 0 else ()
    return bool(returns) and all(REDIRECTS.match(one.value) for one in returns)

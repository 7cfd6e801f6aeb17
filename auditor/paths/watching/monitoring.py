"""What tells a team that its application fails: an error tracker, metrics, a health check."""

import re
from collections.abc import Collection, Iterator

from auditor.model.route import Route
from auditor.paths.watching.applications import Applications

HEALTH = re.compile(
    r"['\"/](?:health(?:z|check|_check)?|livez?|liveness|readyz?|readiness|ping|status|heartbeat|alive|up|_health\w*)/?['\"$]",
    re.IGNORECASE,
)
HEALTH_NAME = re.compile(r"health_?(?:z|check)?$|^(?:liveness|readiness)$", re.IGNORECASE)
ANSWERING = re.compile(r"^(?:heartbeat|ping|alive)$", re.IGNORECASE)
"""Names of handlers that are a health check, though any function may be called so."""
PARAMETER = re.compile(r"[<{]|\(\?P<")
OF_ONE = re.compile(r"""(['"])[^'"\n]*[<{][^'"\n]*\1""")
"""A path with a parameter."""
DECLARING = frozenset("path re_path url add_url_rule add_route add_api_route add_get Route Rule route register".split())
"""Calls that put a handler to a path."""
METRICS = re.compile(r"['\"/]metrics/?['\"$]")
NAMES = {"tracker": "error tracker", "metrics": "metrics", "health": "health check"}


def missing(applications: Applications, routes: Collection[Route]) -> Iterator[str]:
    """What none of the project's code sets up, in words of a reader. A route about one of many things watches nothing."""
    graph = applications.graph
    texts = [text for file in graph.files.values() for d in file.definitions for text in d.decorators]
    texts += [call.args for path in graph.flows for call in graph.called(path, DECLARING)]
    texts += [assign.text for flow in graph.flows.values() for assign in flow.assigns if assign.target == "urlpatterns"]
    texts = [OF_ONE.sub("", text) for text in texts]
    handlers = [route.handler.rpartition(".")[2] for route in routes]
    of_one = {route.handler.rpartition(".")[2] for route in routes if PARAMETER.search(route.path)}
    of_one |= {route.handler.split(".")[-2] for route in routes if PARAMETER.search(route.path) and "." in route.handler}
    names = [d.name for file in graph.files.values() if file.kind == "source" for d in file.definitions if d.name not in of_one]
    for kind, words in NAMES.items():
        if applications.has(kind):
            continue
        named = any(map(HEALTH_NAME.search, names)) or any(map(ANSWERING.search, handlers))
        if kind == "health" and (named or any(map(HEALTH.search, texts))):
            continue
        if kind == "metrics" and any(METRICS.search(text) for text in texts):
            continue
        yield words

"""What tells a team that its application fails: an error tracker, metrics, a health check."""

import re
from collections.abc import Collection, Iterator

from auditor.model.route import Route
from auditor.paths.watching.applications import Application, Applications

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
OWN_DECLARING = re.compile(r"^_?(?:register|add)_(?:\w+_)?(?:api|route|url|view|endpoint|resource|handler)s?$")
"""Those of a project's own: `register_api(Ping, "/ping/")`."""
METRICS = re.compile(r"['\"/]metrics/?['\"$]")
NAMES = {"tracker": "error tracker", "metrics": "metrics", "health": "health check"}


def missing(applications: Applications, routes: Collection[Route]) -> Iterator[tuple[Application, str]]:
    """What nothing sets up for an application, in words of a reader, by application. What another application of the project
    sets up for itself is not its own.
    """
    watched = {
        "tracker": applications.places("tracker"),
        "metrics": applications.places("metrics") | set(_saying(applications, METRICS)),
        "health": applications.places("health") | set(_saying(applications, HEALTH)) | set(_called_so(applications, routes)),
    }
    for app in applications.told:
        yield from ((app, words) for kind, words in NAMES.items() if not applications.is_set_up(app, watched[kind]))


def _saying(applications: Applications, told: re.Pattern[str]) -> Iterator[str]:
    """The files with a path of such a name. A path about one of many things watches nothing."""
    graph = applications.graph
    for path in sorted({*graph.files, *graph.flows}):
        texts = [text for d in graph.files[path].definitions for text in d.decorators] if path in graph.files else []
        if path in graph.flows:
            own = frozenset(name for name in graph.lasts(path) if OWN_DECLARING.match(name))
            texts += [call.args for call in graph.called(path, DECLARING, own)]
            texts += [assign.text for assign in graph.flows[path].assigns if assign.target == "urlpatterns"]
        if any(told.search(OF_ONE.sub("", text)) for text in texts):
            yield path


def _called_so(applications: Applications, routes: Collection[Route]) -> Iterator[str]:
    """The files with a function that is called a health check, and those of handlers that may be one by their names or paths."""
    plain = (route for route in routes if not PARAMETER.search(route.path))
    yield from (route.location.path for route in plain if HEALTH.search(f"'{route.path}'"))
    of_one = {route.handler.rpartition(".")[2] for route in routes if PARAMETER.search(route.path)}
    of_one |= {route.handler.split(".")[-2] for route in routes if PARAMETER.search(route.path) and "." in route.handler}
    yield from (route.location.path for route in routes if ANSWERING.search(route.handler.rpartition(".")[2]))
    for path, file in applications.graph.files.items():
        names = (d.name for d in file.definitions if d.name not in of_one) if file.kind == "source" else ()
        if any(map(HEALTH_NAME.search, names)):
            yield path

"""What tells a team that its application fails: an error tracker, metrics, a health check."""

import re
from collections.abc import Iterator

from auditor.paths.applications import Applications

HEALTH = re.compile(
    r"['\"/](?:health(?:z|check|_check)?|livez?|liveness|readyz?|readiness|ping|status|heartbeat|alive|up|_health\w*)/?['\"$]",
    re.IGNORECASE,
)
HEALTH_NAME = re.compile(r"health_?(?:z|check)?$|^(?:liveness|readiness|heartbeat|ping)$", re.IGNORECASE)
METRICS = re.compile(r"['\"/]metrics/?['\"$]")
NAMES = {"tracker": "error tracker", "metrics": "metrics", "health": "health check"}


def missing(applications: Applications) -> Iterator[str]:
    """What none of the project's code sets up, in words of a reader."""
    graph = applications.graph
    texts = [text for file in graph.files.values() for d in file.definitions for text in d.decorators]
    texts += [
        call.args for flow in graph.flows.values() for call in flow.calls if call.args.startswith(("'", '"', "r'", 'r"', "path"))
    ]
    texts += [assign.text for flow in graph.flows.values() for assign in flow.assigns if assign.target == "urlpatterns"]
    names = [d.name for file in graph.files.values() if file.kind == "source" for d in file.definitions]
    for kind, words in NAMES.items():
        if applications.has(kind):
            continue
        if kind == "health" and (any(HEALTH.search(text) for text in texts) or any(HEALTH_NAME.search(name) for name in names)):
            continue
        if kind == "metrics" and any(METRICS.search(text) for text in texts):
            continue
        yield words

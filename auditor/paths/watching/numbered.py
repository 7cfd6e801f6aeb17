"""Applications whose own class of requests gives every request a number."""

import re

from auditor.paths.calls.graph import Graph

NUMBERS = ("id", "uid", "request_id", "req_id", "trace_id", "correlation_id")
MADE = re.compile(r"\b(?:uuid\d|token_hex|token_urlsafe|urandom|ulid|ULID)\b")
"""What an id is made with that no two requests share."""


def numbers_requests(graph: Graph) -> bool:
    """Whether a class of requests has a property that makes an id: `Request.id` of random parts."""
    for path, flow in graph.flows.items():
        definitions = graph.files[path].definitions
        classes = {index for index, one in enumerate(definitions) if any(base.endswith("Request") for base in one.bases)}
        for call in flow.calls if classes else ():
            own = definitions[call.scope] if call.scope >= 0 and MADE.search(call.target) else None
            if own is not None and own.name in NUMBERS and own.parent in classes:
                return True
    return False

"""How the tags and labels of other tools name a route: a method and a path, as the ledger of routes knows them."""

from collections.abc import Mapping
from urllib.parse import urlsplit

PATHS = ("route", "http_route", "handler", "endpoint", "path", "uri", "name", "url")
METHODS = ("method", "http_method", "http_request_method", "verb")
LONGEST = 300


def subject(labels: Mapping[str, str]) -> str:
    """`GET /api/events/{id}`, `ANY /x` where no method is told; empty where no label names a path.

    Host, query and fragment are left out. k6's `name` tag comes before `url`: it is there to group what URLs scatter.
    """
    for key in PATHS:
        path = of_path(labels.get(key, ""))
        if path:
            method = next((labels[name].upper() for name in METHODS if labels.get(name, "").isalpha()), "ANY")
            return f"{method} {path}"
    return ""


def of_path(text: str) -> str:
    """The path of a URL or of a bare path; empty for anything else, such as the name of a function."""
    if not text.startswith(("/", "http://", "https://")):
        return ""
    try:
        path = urlsplit(text).path if text.startswith("http") else text.partition("?")[0].partition("#")[0]
    except ValueError:
        return ""
    return (path or "/")[:LONGEST]

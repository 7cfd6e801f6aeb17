"""Which version a route is of: by its path, by what a request says in the path, or by a decorator of its handler."""

import re
from collections.abc import Iterable

VERSION = re.compile(
    r"(?:^|/)(?:(?P<v>v\d+(?:[._]\d+)*(?:(?:alpha|beta|rc)\d*)?)|[\w-]*api[\w-]*/(?P<bare>\d{1,2}(?:\.\d+)*))(?=[/{]|$)",
    re.IGNORECASE,
)
OPENING = r"(?:<(?:\w+:)?|\{|\(\?P<)"
CHOSEN = re.compile(
    rf"(?:^|/)v?{OPENING}api_?ver(?:sion)?s?[>}}:]|(?:^|/)(?:v|[\w-]*api[\w-]*/v?){OPENING}version[>}}:]", re.IGNORECASE
)
"""A part of the path that says the version: `/api/v{version}/orders`, `/<int:api_version>/orders`."""
DECORATED = re.compile(r"(?:^|\.)(?:api_?)?version(?:ed)?\(\s*(?:\w+\s*=\s*)?['\"(]?v?(?P<v>\d+)")
"""`@version(2)`: a library puts the version before the path."""


def version_of(path: str, decorators: Iterable[str]) -> str:
    """The version, `any` where each request says its own, empty where there is none."""
    found = VERSION.search(path)
    if found is not None:
        return found["v"] or found["bare"]
    if CHOSEN.search(path):
        return "any"
    return next((f"v{marked['v']}" for text in decorators if (marked := DECORATED.search(text)) is not None), "")

"""Lists of middleware that applications, mounts and routes take: `[Middleware(Throttle, limit=60), Middleware(Login)]`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from auditor.paths.written.arguments import split

MADE = "Middleware"
"""What an element is made with."""
ADDED = "add_middleware"
"""What adds one to an application that stands."""
_ELEMENT = re.compile(rf"(?<!\w){MADE}\(\s*([A-Za-z_][\w.]*)")


class Element(NamedTuple):
    """One middleware."""

    name: str
    """Its class, as the list writes it."""
    text: str
    """All that is said of it, from `Middleware(` on."""


def elements(text: str) -> Iterator[Element]:
    """The elements that a text makes, a list or one alone."""
    for found in _ELEMENT.finditer(text):
        yield Element(found[1], split(text[found.start() :])[0])

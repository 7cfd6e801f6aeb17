"""What a loop's variable stands for, turn by turn, where the list, tuple or dictionary it goes through is written out."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from auditor.facts.flow.loops import variables
from auditor.paths.arguments import split
from auditor.paths.routes.places import Places

VIEW = re.compile(r"(?P<of>.+)\.(?P<view>items|keys|values)\(\s*\)\Z", re.DOTALL)


class Turn(NamedTuple):
    """An expression as written, and the scope that it is written in."""

    path: str
    scope: int
    text: str


def turns(places: Places, path: str, scope: int, name: str) -> Iterator[Turn]:
    """The expressions that a name is in the turns of the loops that bind it in a scope; none where nobody wrote them out."""
    for loop in places.symbols.table(path).loops.get((scope, name), ()):
        names = list(variables(loop.target))
        viewed = VIEW.match(loop.text.strip())
        source, view = (viewed["of"], viewed["view"]) if viewed else (loop.text, "")
        for written in _written(places, path, scope, source.strip()):
            for entry in split(written.text[1:-1]):
                text = _part(entry, names.index(name), len(names), view, written.text[:1])
                if text:
                    yield written._replace(text=text)


def _written(places: Places, path: str, scope: int, source: str) -> Iterator[Turn]:
    """The lists, tuples and dictionaries that an expression leads to."""
    if source.startswith(("(", "[", "{")):
        yield Turn(path, scope, source)
        return
    for place in places.of(path, scope, source):
        for assign in places.symbols.table(place.path).assigns.get((place.scope, place.name), ()):
            if assign.text.startswith(("(", "[", "{")):
                yield Turn(place.path, place.scope, assign.text)


def _part(entry: str, at: int, names: int, view: str, bracket: str) -> str:
    """Of one entry: the part that goes to the name at a place among so many."""
    if bracket == "{":
        key, _, value = entry.partition(":")
        return (value if view == "values" or (view == "items" and at == 1) else key).strip()
    parts = split(entry[1:-1]) if names > 1 and entry.startswith(("(", "[")) else [entry]
    return parts[at] if at < len(parts) else ""

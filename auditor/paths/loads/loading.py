"""What a query brings along: the relations that its options load, read from the text of its calls."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from auditor.paths.written.arguments import arguments, literal, split

Path = tuple[str, ...]
DJANGO = frozenset(("select_related", "prefetch_related", "prefetch_related_objects"))
NAMED = frozenset(("annotate", "alias"))
"""Calls whose keywords name what each row then holds, whatever the class itself says under that name."""
OPTIONS = frozenset("joinedload selectinload subqueryload contains_eager immediateload joinedload_all subqueryload_all".split())
"""Calls that load a relation; the path goes on through `load_only` and its like."""
THROUGH = frozenset(
    ("load_only", "defaultload", "lazyload", "noload", "raiseload", "defer", "undefer", "options", "Load", "of_type")
)
HINT = re.compile(
    r"select_related|prefetch|joinedload|selectinload|subqueryload|contains_eager|immediateload|selectin_polymorphic"
)
SAYS = re.compile(rf"{HINT.pattern}|annotate|alias")
CALLED = re.compile(r"(?P<name>\w+)\(")


class Loads(NamedTuple):
    """What is known of where an object came from.

    `paths` are the relations that came with it. `to_one` says that all to-one relations did, `known` whether all that feeds
    it was seen, `plain` that the rows are values without relations; paths that begin with a name in `same`, or end with
    it where it stands behind `*.`, lead to one object for all; those that begin with a name in `absent` to none.
    """

    paths: frozenset[Path] = frozenset()
    known: bool = True
    plain: bool = False
    to_one: bool = False
    same: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()

    def below(self, name: str) -> "Loads":
        """What came with the objects at the other end of a relation."""
        return Loads(frozenset(path[1:] for path in self.paths if path[0] == name and len(path) > 1), self.known)

    def __or__(self, other: "Loads") -> "Loads":
        return Loads(
            self.paths | other.paths,
            self.known and other.known,
            self.plain or other.plain,
            self.to_one or other.to_one,
            self.same | other.same,
            self.absent | other.absent,
        )

    def either(self, other: "Loads") -> "Loads":
        """What came with an object that is one or the other."""
        absent = self.absent | other.absent if self.plain or other.plain else self.absent & other.absent
        return (self | other)._replace(plain=self.plain and other.plain, absent=absent)

    def common(self, other: "Loads") -> "Loads":
        """What holds of both."""
        return Loads(
            self.paths & other.paths,
            self.known and other.known,
            self.plain and other.plain,
            self.to_one and other.to_one,
            self.same & other.same,
            self.absent & other.absent,
        )


UNKNOWN = Loads(known=False)
NOTHING = Loads(plain=True)
"""Adds nothing to what else an object may be."""


def covers(loads: Loads, path: tuple[str, ...], kind: str) -> bool:
    """Whether what came with an object holds what a path from it leads to."""
    if loads.plain or path in loads.paths or (path and (path[0] in loads.same | loads.absent or f"*.{path[-1]}" in loads.same)):
        return True
    return (loads.to_one and kind == "one") or ("*",) in loads.paths


def holds(loads: Loads, names: frozenset[str]) -> bool:
    """Whether an attribute with one of the names, which code looks for before it asks, came with an object or on the way."""
    return bool(names) and any(path[-1] in names for path in loads.paths)


def of_call(method: str, args: str) -> Loads:
    """What one call of a chain loads."""
    if method in DJANGO:
        given = arguments(args)
        positional = given.positional[1:] if method == "prefetch_related_objects" else given.positional
        if method == "select_related" and not positional and not given.spread:
            return Loads(to_one=True)
        paths = {path for text in positional for path in _django(text)}
        return Loads(frozenset(paths), known=not given.spread and all(map(_told, positional)))
    if method in NAMED:
        return Loads(frozenset((name,) for name in arguments(args).keywords))
    if not HINT.search(args):
        return Loads(known=not args.startswith("*")) if method == "options" else Loads()
    found: set[Path] = set()
    for text in split(args):
        found.update(_options(text))
    return Loads(frozenset(found))


@lru_cache(maxsize=4096)
def of_text(text: str) -> Loads:
    """What the calls in a text load, wherever they stand in it."""
    if not SAYS.search(text):
        return Loads()
    loads = Loads()
    for match in CALLED.finditer(text):
        if match["name"] in DJANGO | NAMED or match["name"] == "options":
            loads |= of_call(match["name"], _inside(text, match.end()))
    return loads


def _told(text: str) -> bool:
    return literal(text) is not None or text.startswith(("Prefetch(", "models.Prefetch(", "None", "f'", 'f"'))


def _django(text: str) -> Iterator[Path]:
    word = literal(text)
    if word is not None:
        yield from _prefixes(tuple(word.split("__")))
    elif (call := CALLED.search(text)) is not None and call["name"] == "Prefetch":
        given = arguments(_inside(text, call.end()))
        path = tuple((literal(given.get(0, "lookup")) or "").split("__"))
        stored = literal(given.keywords.get("to_attr"))
        queryset = given.get(1, "queryset") or ""
        for own in (path, (*path[:-1], stored) if stored else path):
            yield from _prefixes(own)
            for inner in of_text(queryset).paths:
                yield (*own, *inner)


def _options(text: str) -> Iterator[Path]:
    """`joinedload(Order.lines).selectinload(Line.product)`: the paths of one option."""
    path: Path = ()
    at = 0
    while (match := CALLED.search(text, at)) is not None:
        inside = _inside(text, match.end())
        at = match.end() + len(inside) + 1
        if match["name"] in OPTIONS:
            for argument in arguments(inside).positional:
                path = (*path, *_names(argument))
                yield from _prefixes(path)
        elif match["name"] in ("defaultload", "lazyload", "noload", "raiseload"):
            path = (*path, *(name for argument in arguments(inside).positional[:1] for name in _names(argument)))
            if match["name"] in ("noload", "raiseload"):
                yield from _prefixes(path)
        elif match["name"] == "options":
            for inner in split(inside):
                for rest in _options(inner):
                    yield (*path, *rest)
        elif match["name"] not in THROUGH and not path:
            return


def _names(argument: str) -> Path:
    """`Order.customer`, `"customer.address"`, `Order.lines.of_type(x)`, `alias.customer`, `"*"`."""
    word = literal(argument)
    if word is not None:
        return tuple(word.split("."))
    name = argument.partition(".of_type(")[0].partition(".and_(")[0].rpartition(".")[2]
    return (name.strip(),) if name.strip().isidentifier() else ()


def _prefixes(path: Path) -> Iterator[Path]:
    for end in range(1, len(path) + 1):
        yield path[:end]


def _inside(text: str, start: int) -> str:
    """What stands between a bracket that opens just before a place and the one that closes it."""
    depth = 1
    quote = ""
    for place in range(start, len(text)):
        char = text[place]
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if not depth:
                return text[start:place]
    return text[start:]

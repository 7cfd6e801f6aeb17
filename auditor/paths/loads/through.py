"""What a function hands back of what it was given: `with_totals(Order.objects.select_related("customer"))`."""

from collections.abc import Iterator

from auditor.knowledge.orm import orm
from auditor.paths.names.symbol import Symbol
from auditor.paths.names.symbols import Symbols
from auditor.paths.written.arguments import arguments
from auditor.paths.written.steps import steps

PASSES = frozenset(
    "list tuple set sorted reversed enumerate iter tqdm islice batched chunked deque frozenset next min max chain".split()
)
"""Functions whose result holds the elements of their first argument."""

MOST = 20
"""So many names are followed on the way back to a parameter."""


def handed_back(symbols: Symbols, function: Symbol, args: str) -> tuple[str, ...]:
    """What a call gives for the parameters that what the function hands back begins with."""
    signature = symbols.signature(function)
    table = symbols.table(function.path)
    entries = table.returns.get(function.place, ())
    seen: set[str] = set()
    names = {name for entry in entries for name in _begins(symbols, function, entry.value, seen)}
    bound = signature.first in ("self", "cls") and symbols.owner(function.path, function.place) is not None
    given = arguments(args)
    places = ((name, signature.names.index(name) - bound) for name in sorted(names) if name in signature.names)
    texts = (given.get(place, name) for name, place in places if place >= 0)
    return tuple(text for text in texts if text)


def _begins(symbols: Symbols, function: Symbol, value: str, seen: set[str]) -> Iterator[str]:
    """The parameters that a chain begins with, through the names that are given such chains; `seen` were looked at already."""
    found = steps(value)
    kinds = [one.kind for one in found]
    if not found or kinds != ["name", *("attribute", "call") * (len(found) // 2)]:
        return
    name = found[0].name
    if (len(found) > 1 and found[1].name not in orm().chains) or name in seen:
        return
    seen.add(name)
    if name in symbols.signature(function).names:
        yield name
    for assign in symbols.table(function.path).assigns.get((function.place, name), ()) if len(seen) <= MOST else ():
        yield from _begins(symbols, function, assign.value, seen)


def passed(raw: str, name: str) -> str:
    """What the text of an argument hands to a function that gives the same elements: `list(page.object_list)`."""
    if name not in PASSES or not raw.startswith(f"{name}(") or not raw.endswith(")"):
        return ""
    return (arguments(raw[len(name) + 1 : -1]).positional or ("",))[0]

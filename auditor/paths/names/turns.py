"""How one variable sees a loop: in `for order, price in zip(orders, prices)` the orders are gone through for `order`."""

import re

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Loop
from auditor.facts.flow.loops import variables
from auditor.paths.names.symbol import wrapped
from auditor.paths.written.arguments import arguments, split

SPREADS = re.compile(r"\A(?:itertools\.)?(?P<name>zip|zip_longest|groupby|enumerate)\((?P<inside>.*)\)\s*\Z", re.DOTALL)
FIRST = re.compile(r"(?P<first>[\w.]+(?:\([^()]*\))?)\s*(?:\+|\sor\s)")
"""The first of several that are gone through in turn, `orders + drafts`, or for which nothing stands in: `orders or []`."""
LIBRARY = "itertools."
KNOWN = ("zip", "groupby", "enumerate", "items", "sorted", "list")
"""What is said in the source of such a loop."""
ITEMS = ".items()"


def seen_by(loop: Loop, name: str) -> Loop:
    """The loop with what a variable goes through as its source; itself where that is told of no variable by itself."""
    if "," not in loop.target:
        text = loop.text.removeprefix(LIBRARY)
        first = FIRST.match(text)
        text = first["first"] if first is not None else text
        return _part(loop, loop.target, text) if text != loop.text else loop
    if not any(word in loop.source for word in KNOWN):
        return loop
    match = SPREADS.match(loop.text)
    parts = split(loop.target.strip("() ") if loop.target.startswith("(") and loop.target.endswith(")") else loop.target)
    place = next((at for at, part in enumerate(parts) if name in variables(part)), -1)
    if place == 1 and match is None and (inner := wrapped(loop.text)).endswith(ITEMS):
        return _part(loop, parts[1], f"{inner.removesuffix(ITEMS)}.values()")
    if match is None or place < 0:
        return loop
    given = arguments(match["inside"]).positional
    if match["name"] in ("groupby", "enumerate"):
        # Both hand out what they were given second; `enumerate(orders)` alone is known as it stands.
        plain = match["name"] == "enumerate" and "," not in parts[-1]
        return loop if plain or place != 1 or not given else seen_by(_part(loop, parts[1], given[0]), name)
    return seen_by(_part(loop, parts[place], given[place]), name) if len(given) == len(parts) else loop


def grouped(loop: Loop) -> bool:
    """Whether each turn hands out several of what is gone through: `for day, orders in groupby(orders, by_day)`."""
    match = SPREADS.match(loop.text) if "groupby" in loop.source else None
    return match is not None and match["name"] == "groupby"


def _part(loop: Loop, target: str, text: str) -> Loop:
    return Loop(loop.scope, loop.parent, loop.line, loop.kind, target, elided(text.encode()), -1, text, loop.leaves)

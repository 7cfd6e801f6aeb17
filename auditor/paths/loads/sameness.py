"""Which relations of a query's rows all lead to one object that is at hand already."""

import re

from auditor.paths.names.relations import Relation
from auditor.paths.names.symbol import Symbol
from auditor.paths.names.symbols import Symbols
from auditor.paths.names.table import Table
from auditor.paths.written.arguments import arguments

COMPARED = re.compile(r"\b[A-Za-z_]\w*\.(\w+)\s*==(?!\s*[A-Z]\w*\.)")
"""A column that equals a value; one that equals another column joins tables."""

NULL = "__isnull"
AMONG = re.compile(r"\b[A-Za-z_]\w*\.(?P<name>\w+)_id\.in_\(\s*(?P<keys>[^)]*)")
KEYS = re.compile(r"[\[({]?\s*(?P<row>\w+)\.(?:id|pk)\s+for\s+(?P=row)\s+in\s")
"""The keys of objects that are at hand: `[order.id for order in orders]`."""


def inverse(symbols: Symbols, owner: Symbol, relation: Relation) -> frozenset[str]:
    """The relations that lead from the rows of a relation back to its owner: `line.order` of `order.lines`.

    A session also remembers what the owner itself belongs to: `line.shop` where `order.shop` is the same.
    """
    if not relation.many:
        return frozenset()
    around = set(symbols.classes.mro(owner.as_("class")))
    back = symbols.relations.of(relation.target)
    names = {name for name, one in back.items() if not one.many and one.target in around and relation.back in ("", name)}
    style = symbols.classes.style(owner)
    if style is not None and style.style == "sqlalchemy":
        own = symbols.relations.of(owner.as_("class"))
        names |= {n for n, one in back.items() if not one.many and n in own and not own[n].many and own[n].target == one.target}
    return frozenset(names)


def filtered(symbols: Symbols, query: Symbol | None, method: str, args: str) -> frozenset[str]:
    """The relations that a session's own memory answers, since the query selects by one object: `filter_by(event=event)`."""
    names: set[str] = set()
    if method == "filter_by":
        names = {name.removesuffix("_id") for name in arguments(args).keywords}
    elif method in ("filter", "where"):
        names = {name.removesuffix("_id") for name in COMPARED.findall(args)}
        names |= {f"*.{name}" for name in names}
    elif method == "with_parent" and query is not None:
        return frozenset(arguments(args).positional[:1])
    return frozenset(names)


def absent(method: str, args: str) -> frozenset[str]:
    """The relations that none of the rows has, so that reading them asks nothing: `filter(event=None)`."""
    given = arguments(args).keywords.items() if method in ("filter", "filter_by") else ()
    found = {name.removesuffix(NULL) for name, value in given if value == ("True" if name.endswith(NULL) else "None")}
    return frozenset(name.removesuffix("_id") for name in found if "__" not in name)


def among(table: Table, scope: int, args: str) -> frozenset[str]:
    """The relations that lead to objects whose keys a query selects by: `Line.order_id.in_([order.id for order in orders])`."""
    names = set()
    for match in AMONG.finditer(args):
        assigns = table.assigns.get((scope, match["keys"].strip()), ())
        if any(KEYS.match(text) for text in (match["keys"], *(assign.text for assign in assigns))):
            names.add(match["name"])
    return frozenset(names)

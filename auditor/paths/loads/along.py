"""Which relations come because their table is asked for along with the rows: `Order.select(Order, Customer).join(Customer)`."""

import re
from collections.abc import Iterable, Iterator

from auditor.paths.loads.loading import Path
from auditor.paths.names.symbol import Symbol
from auditor.paths.names.symbols import Symbols

CLASS = re.compile(r"(?<![\w.])(?:\w+\.)?(?P<name>[A-Z]\w*)(?=\s*(?:\Z|\.(?:select|alias)\b|\())")
"""A class as a whole, or a query of it; a column of one is neither."""
DEEPEST = 3


def along(symbols: Symbols, query: Symbol | None, texts: Iterable[str]) -> frozenset[Path]:
    """The paths from the rows of a query to the rows of classes that are named beside it."""
    if query is None or query.kind != "query" or not query.path:
        return frozenset()
    style = symbols.classes.style(query)
    if style is None or style.style != "peewee":
        return frozenset()
    named = {match["name"] for text in texts for match in CLASS.finditer(text.strip())}
    return frozenset(_paths(symbols, query.as_("class"), named, ())) if named else frozenset()


def _paths(symbols: Symbols, model: Symbol, named: set[str], before: Path) -> Iterator[Path]:
    for name, relation in symbols.relations.of(model).items():
        if relation.model in named:
            yield (*before, name)
            if len(before) < DEEPEST:
                yield from _paths(symbols, relation.target, named - {symbols.definition(model).name}, (*before, name))

"""Sets of filters that are given rows, and hand on those of them that fit."""

from auditor.knowledge.orm import orm
from auditor.paths.names.symbol import Symbol
from auditor.paths.names.symbols import Symbols
from auditor.paths.written.arguments import arguments


def narrowed_rows(symbols: Symbols, klass: Symbol, args: str) -> str:
    """What a set of filters is given as its rows: `OrderFilter(request.GET, queryset=orders)`."""
    return (arguments(args).named(orm().filter_rows) or "") if args and _is_filter(symbols, klass) else ""


def narrows(symbols: Symbols, owner: Symbol, name: str) -> bool:
    """Whether an attribute holds the rows that fit: `OrderFilter(...).qs`."""
    return name == orm().filter_gives and _is_filter(symbols, owner)


def _is_filter(symbols: Symbols, klass: Symbol) -> bool:
    bases = (base.name for base in symbols.classes.mro(klass) if base.kind == "external")
    return any(base in orm().filters for base in bases)

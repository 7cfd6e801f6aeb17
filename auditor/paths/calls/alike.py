"""Parameters that are called as a mapped class that their module imports: `payment` for `Payment`, `orders` for `Order`."""

import re
from collections.abc import Iterator

from auditor.paths.names.symbol import Symbol
from auditor.paths.names.symbols import Symbols

TAGS = re.compile(r"\.(?:simple_tag|inclusion_tag|filter|(?:app_)?template_(?:filter|global))\b")
"""What makes a function a tag or filter of templates."""


def named_alike(symbols: Symbols) -> dict[tuple[str, int, str], Symbol]:
    """By file, scope and parameter without an annotation: the row, or the rows, that the name tells of."""
    found = {}
    everywhere = dict(_unique(symbols))
    for path in sorted(symbols.flows):
        file = symbols.files[path]
        here = dict(_words(symbols, path)) if file.kind == "source" else {}
        for scope, definition in enumerate(file.definitions if file.kind == "source" else ()):
            if definition.kind != "class" and (here or definition.decorators):
                # Only templates call what they are given, and they import nothing.
                words = here | everywhere if any(map(TAGS.search, definition.decorators)) else here
                signature = symbols.signature(Symbol("function", path, scope))
                for name in signature.names if words else ():
                    if name in words and name not in signature.annotations and name not in signature.defaults:
                        found[path, scope, name] = words[name]
    return found


def _unique(symbols: Symbols) -> Iterator[tuple[str, Symbol]]:
    """The same for a row of each mapped class whose name no other has."""
    for name, models in symbols.relations.by_name.items():
        if len(models) == 1:
            yield re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower(), models[0].as_("instance")


def _words(symbols: Symbols, path: str) -> Iterator[tuple[str, Symbol]]:
    """The names that parameters of a module may have, for each mapped class that it imports or defines."""
    by_name = symbols.relations.by_name
    own = {definition.name for definition in symbols.files[path].definitions if definition.kind == "class"}
    for name in sorted(own.union(symbols.table(path).imports).intersection(by_name)):
        model = symbols.global_name(path, name)
        if model is not None and model in by_name[name]:
            word = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
            yield word, model.as_("instance")
            yield f"{word}s", model.as_("many")

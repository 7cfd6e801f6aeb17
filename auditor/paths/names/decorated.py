"""What a library makes of a function by its decorator: a task with methods and types of its own."""

from auditor.facts.flow.elide import elided
from auditor.knowledge.load import Knowledge
from auditor.paths.names.symbols import Symbols


def decorated_as(symbols: Symbols, knowledge: Knowledge, path: str, scope: int, text: str) -> str:
    """The library's class of what a name leads to in a scope, where a decorator has made an object of it; else empty."""
    function = symbols.chain(path, scope, text)
    if function is None or function.kind != "function" or not function.path:
        return ""
    definition = symbols.definition(function)
    for decorator in definition.decorators:
        made = symbols.chain(function.path, definition.parent, elided(decorator.encode()).partition("()")[0])
        entry = knowledge.entry(made.name) if made is not None and made.kind == "external" else None
        if entry is not None and entry.type:
            return entry.type
    return ""

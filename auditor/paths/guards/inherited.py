"""What a decorator is told by a class instead of by arguments: `@shared_task(base=Patient)`, whose attributes say how often."""

from collections.abc import Iterator

from auditor.knowledge.values import Guard
from auditor.paths.names.symbol import Symbol
from auditor.paths.names.symbols import Symbols
from auditor.paths.written.arguments import Arguments


def with_inherited(symbols: Symbols, path: str, scope: int, guard: Guard, given: Arguments) -> Arguments:
    """The arguments of a guard's decorator, with those that the attributes of the class give that it names."""
    names = (guard.types, *guard.bounded, *guard.backoff) if guard.inherits else ()
    said = {
        name: text for name in names if name not in given.keywords for _, text in told(symbols, path, scope, guard, given, name)
    }
    return given._replace(keywords={**given.keywords, **said}) if said else given


def told(symbols: Symbols, path: str, scope: int, guard: Guard, given: Arguments, name: str) -> Iterator[tuple[str, str]]:
    """What the class that a decorator names says under a name, nearest base first, with the file that says it."""
    text = given.keywords.get(guard.inherits, "") if guard.inherits else ""
    klass = symbols.chain(path, scope, text) if text else None
    if klass is None or klass.kind != "class" or not klass.path:
        return
    for one in symbols.classes.mro(Symbol("class", klass.path, klass.place)):
        for assign in symbols.table(one.path).assigns.get((one.place, name), ()) if one.kind == "class" and one.path else ():
            yield one.path, assign.text or assign.value
            return

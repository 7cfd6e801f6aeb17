"""What the class that a method is called on says for the options of its query: `query.options(*self.eager)`."""

import re
from collections.abc import Iterable

from auditor.facts.flow.events import Assign, Call
from auditor.paths.loads.loading import Loads, of_text
from auditor.paths.names.symbol import Symbol
from auditor.paths.names.symbols import Symbols
from auditor.paths.written.arguments import split

OWN = re.compile(r"\*?(?:self|cls)\.(?P<name>\w+)\Z")


def said_below(symbols: Symbols, calls: Iterable[Call], receiver: Symbol | None) -> Loads | None:
    """The relations that the attributes name which the options of a method's query stand for; None where nobody can say."""
    if receiver is None or receiver.kind != "instance" or not receiver.path:
        return None
    texts = [text for call in calls if call.target.endswith(".options") for text in split(call.args)]
    names = [match["name"] for text in texts if (match := OWN.match(text))]
    if not names or len(names) < len(texts):
        return None
    said = [_attribute(symbols, receiver.as_("class"), name) for name in names]
    loads = of_text(" ".join(f"options({inner.text.strip()[1:-1]})" for inner in said if inner is not None))
    return loads._replace(known=True) if None not in said else None


def _attribute(symbols: Symbols, klass: Symbol, name: str) -> Assign | None:
    """What a class, or the nearest of its bases, gives an attribute, as long as no heir says otherwise."""
    if any((one.place, name) in symbols.table(one.path).assigns for one in symbols.classes.heirs.get(klass, ())):
        return None
    for one in symbols.classes.mro(klass):
        assigns = symbols.table(one.path).assigns.get((one.place, name), ()) if one.kind == "class" and one.path else ()
        if assigns:
            return assigns[-1] if assigns[-1].text.strip()[:1] in ("(", "[") else None
    return None

"""Classes that hang themselves on a router by a method of their own: `OrdersView.register(app, route_prefix="/v2")`."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from auditor.facts.flow.events import Call
from auditor.knowledge.entries import View
from auditor.knowledge.names import spelt
from auditor.paths.names.symbol import Symbol
from auditor.paths.routes.collect import Collector
from auditor.paths.routes.places import Place
from auditor.paths.written.arguments import arguments


class Hung(NamedTuple):
    """One class on the routers it is hung on: none where nobody can name them."""

    klass: Symbol
    places: tuple[Place, ...]
    said: Mapping[str, str]
    """What the call says instead of class attributes, by their names; what nobody can tell is left out."""


def hung(collector: Collector) -> Iterator[Hung]:
    """All such classes of a project, file by file."""
    rows = {name: row for row in collector.knowledge.rows(View) for text in row.registers for name in spelt(text)}
    lasts = frozenset(name.rpartition(".")[2] for name in rows)
    for path in sorted(collector.graph.flows) if lasts else ():
        for call in collector.graph.called(path, lasts) if collector.graph.files[path].kind == "source" else ():
            row = next((rows[name] for name in collector.places.names(path, call.scope, call.target) if name in rows), None)
            owner = collector.graph.symbols.chain(path, call.scope, call.target.rpartition(".")[0]) if row is not None else None
            if row is not None and owner is not None and owner.kind == "class" and owner.path:
                yield _hung(collector, row, owner, path, call)


def _hung(collector: Collector, row: View, klass: Symbol, path: str, call: Call) -> Hung:
    given = arguments(call.args)
    places = collector.places.of(path, call.scope, given.named(row.on) or "")
    texts = {name: given.named(argument) for name, argument in row.instead.items()}
    said = {name: collector.texts.one(path, call.scope, text) for name, text in texts.items() if text not in (None, "None")}
    return Hung(klass, places, {name: text for name, text in said.items() if text is not None})

"""Classes that show one row of a model after the other: serializers, schemas, and tables of an administration's pages."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from typing import NamedTuple

from auditor.facts.flow.elide import elided
from auditor.knowledge.orm import orm
from auditor.paths.names.resources import resources
from auditor.paths.names.symbol import Symbol
from auditor.paths.names.symbols import Symbols
from auditor.paths.written.arguments import arguments, literal
from auditor.paths.written.signature import element_names

SHOWS = re.compile(r"get_|to_representation|resolve_")
SEVERAL = re.compile(r"\bmany\s*=\s*True\b")
RESOLVES = "resolve_"
RESPONSE = re.compile(r"\bresponse(?:_model)?\s*=\s*(?P<type>[\w.\[\]'\"| ]+)")
OTHER = frozenset(("request", "data", "value", "attrs", "validated_data"))
"""Parameters that are no row."""
CHOICES = frozenset(("ModelChoiceField", "ModelMultipleChoiceField"))
"""Fields of forms that show every row of a query."""
LABELS = "label_from_instance"
TABLED = {"queryset": "query", "obj": "instance"}
"""What the methods of a table are handed besides the columns' row: the rows that an action is for, the row that is saved."""


class Shower(NamedTuple):
    """A class that shows rows: `kind` is `serializer`, `schema`, `table` or `resolver`, `model` what it shows."""

    klass: Symbol
    kind: str
    model: Symbol | None


def rows_handed(symbols: Symbols) -> dict[tuple[str, int, str], Symbol]:
    """By file, scope and parameter: the row that a framework hands to the methods of such a class."""
    found = {}
    for label, model in _chosen(symbols):
        for name in symbols.signature(label).names[1:2]:
            found[label.path, label.place, name] = model.as_("instance")
    for shower in showers(symbols):
        if shower.model is None:
            continue
        definitions = symbols.files[shower.klass.path].definitions
        told = _computing(symbols, shower.klass) if shower.kind == "schema" else frozenset()
        for place in symbols.table(shower.klass.path).inside.get(shower.klass.place, ()):
            definition = definitions[place]
            if definition.kind != "class":
                every = symbols.signature(Symbol("function", shower.klass.path, place)).names
                if shower.kind == "resolver":
                    if definition.name.startswith(RESOLVES) and every:
                        found[shower.klass.path, place, every[0]] = shower.model.as_("instance")
                    continue
                for name, kind in TABLED.items() if shower.kind == "table" else ():
                    if name in every:
                        found[shower.klass.path, place, name] = shower.model.as_(kind)
                names = [name for name in every if name not in ("self", "cls", "context")]
                shows = shower.kind == "table" or SHOWS.match(definition.name) or definition.name in told
                if len(names) == 1 and names[0] not in OTHER and shows:
                    found[shower.klass.path, place, names[0]] = shower.model.as_("instance")
    return found


def choosing(symbols: Symbols) -> dict[Symbol, Symbol]:
    """By class of a form's field that says itself what it shows of a row: the method that does."""
    found = {}
    for klass in symbols.classes.judged:
        index = symbols.table(klass.path).children.get((klass.place, LABELS))
        bases = symbols.classes.mro(klass) if index is not None else ()
        if index is not None and any(one.kind == "external" and one.name.rpartition(".")[2] in CHOICES for one in bases):
            found[klass] = symbols.of(klass.path, index)
    return found


def _chosen(symbols: Symbols) -> Iterator[tuple[Symbol, Symbol]]:
    """The methods that show a row of a form's choices, each with the model whose rows its field is given."""
    labels = choosing(symbols)
    by_name = {symbols.definition(klass).name: klass for klass in labels}
    for path, flow in sorted(symbols.flows.items()) if labels else ():
        for call in flow.calls:
            klass = by_name.get(call.target.rpartition(".")[2])
            rows = arguments(call.args).get(0, "queryset") if klass is not None else None
            found = symbols.chain(path, call.scope, elided(rows.encode())) if rows else None
            if klass is not None and found is not None and found.kind == "query" and symbols.classes.is_model(found):
                yield labels[klass], found


def _computing(symbols: Symbols, klass: Symbol) -> frozenset[str]:
    """The methods that fields of a schema name, `fields.Method("count_lines")`."""
    table = symbols.table(klass.path)
    calls = (call for name in table.by_scope.get(klass.place, {}).values() for call in table.at.get(name[-1].start, ()))
    made = (arguments(call.args).get(0, "serialize") for call in calls if call.target.rpartition(".")[2] == "Method")
    return frozenset(filter(None, map(literal, made)))


def declared(symbols: Symbols, path: str, place: int) -> Symbol | None:
    """The schema of the answer, or of each of its elements, that a handler declares: `response=list[OrderOut]`."""
    decorators = symbols.files[path].definitions[place].decorators
    texts = [match["type"] for text in decorators if (match := RESPONSE.search(text))]
    for text in texts or [symbols.signature(Symbol("function", path, place)).returns]:
        for name in element_names(text):
            found = symbols.chain(path, -1, name)
            if found is not None and found.kind == "class" and kind_of(symbols, found) == "schema":
                return found
    return None


def _answered(symbols: Symbols) -> dict[Symbol, Symbol]:
    """By schema: the model whose rows a handler that declares it answers with."""
    found = {one.schema: one.model for one in resources(symbols)}
    for path in sorted(symbols.flows):
        for place, definition in enumerate(symbols.files[path].definitions):
            if definition.kind == "class" or not any(RESPONSE.search(text) for text in definition.decorators):
                continue
            klass = declared(symbols, path, place)
            for entry in symbols.table(path).returns.get(place, ()) if klass is not None else ():
                rows = symbols.chain(path, place, entry.value)
                if klass is not None and rows is not None and rows.kind in ("query", "many") and symbols.classes.is_model(rows):
                    found.setdefault(klass, rows.as_("class"))
        for schema, rows in _dumped(symbols, path):
            found.setdefault(schema, rows.as_("class"))
    return found


def _dumped(symbols: Symbols, path: str) -> Iterator[tuple[Symbol, Symbol]]:
    """The schemas that a file hands rows to, or one, `OrderSchema(many=True).dump(orders)`, with what it hands them."""
    dumps = orm().dumps
    for call in symbols.flows[path].calls:
        owner, _, last = call.target.rpartition(".")
        schema = symbols.chain(path, call.scope, owner) if last in dumps and owner and call.args else None
        if schema is not None and schema.kind == "instance" and schema.path and kind_of(symbols, schema) == "schema":
            rows = symbols.chain(path, call.scope, elided((arguments(call.args).get(0, "obj") or "").encode()))
            if rows is not None and symbols.classes.is_model(rows):
                yield schema.as_("class"), rows


def _serialized(symbols: Symbols) -> dict[Symbol, Symbol]:
    """By serializer: the model whose rows it is given, `OrderSerializer(orders, many=True)`, or a view that lists shows by it."""
    found: dict[Symbol, Symbol] = {}
    for path, flow in sorted(symbols.flows.items()):
        for call in flow.calls:
            if "many" in call.args and SEVERAL.search(call.args) and call.target.rpartition(".")[2][:1].isupper():
                klass = symbols.chain(path, call.scope, call.target)
                text = arguments(call.args).get(0, "instance") if klass is not None and klass.kind == "class" else None
                rows = symbols.chain(path, call.scope, elided(text.encode())) if text else None
                if klass is not None and rows is not None and symbols.classes.is_model(rows):
                    found.setdefault(klass, rows.as_("class"))
    lists = orm().lists
    for view in symbols.classes.judged:
        if any(base.kind == "external" and base.name in lists for base in symbols.classes.mro(view)):
            klass = symbols.members.of_view(view.as_("instance"), "get_serializer_class", 1)
            rows = symbols.members.rows_of_view(view) if klass is not None and klass.path else None
            if klass is not None and rows is not None and symbols.classes.is_model(rows):
                found.setdefault(klass, rows.as_("class"))
    return found


def showers(symbols: Symbols) -> Iterator[Shower]:
    """The project's classes that show rows, in the order of paths."""
    registered = _registered(symbols)
    answered = {**_serialized(symbols), **_answered(symbols)}
    for klass in symbols.classes.judged:
        kind = kind_of(symbols, klass)
        if kind in ("serializer", "schema", "resolver"):
            yield Shower(klass, kind, _meta_model(symbols, klass) or answered.get(klass))
        elif kind == "table":
            yield Shower(klass, kind, registered.get(klass) or _decorated(symbols, klass))


def kind_of(symbols: Symbols, klass: Symbol) -> str:
    """What a class shows rows as; empty where it shows none."""
    kinds = (_kind_of_library(base.name) for base in symbols.classes.mro(klass) if base.kind == "external")
    return next(filter(None, kinds), "")


@cache
def _kind_of_library(name: str) -> str:
    book = orm()
    if name in book.serializers:
        return "serializer"
    if name in book.tables:
        return "table"
    if name in book.resolvers:
        return "resolver"
    is_schema = name in book.schemas or any("*" in pattern and fnmatchcase(name, pattern) for pattern in book.schemas)
    return "schema" if is_schema else ""


def _meta_model(symbols: Symbols, klass: Symbol) -> Symbol | None:
    for one in symbols.classes.mro(klass):
        if one.kind != "class":
            continue
        table = symbols.table(one.path)
        meta = table.children.get((one.place, "Meta"))
        for assign in table.assigns.get((meta, "model"), ()) if meta is not None else ():
            found = symbols.assigned(one.path, assign, 1)
            if found is not None and found.kind == "class" and symbols.classes.is_model(found):
                return found
    return None


def _decorated(symbols: Symbols, klass: Symbol) -> Symbol | None:
    for decorator in symbols.definition(klass).decorators:
        name, _, inside = decorator.partition("(")
        if name.rpartition(".")[2] == "register":
            return _model(symbols, klass.path, inside.rstrip(") ").partition(",")[0])
    return None


def _registered(symbols: Symbols) -> dict[Symbol, Symbol]:
    """By class of a table: the model that a call registers it for."""
    found = {}
    for path, call in symbols.lookup.registering:
        given = arguments(call.args).positional
        if len(given) > 1 and given[1].replace(".", "").isidentifier():
            klass = symbols.chain(path, call.scope, given[1])
            model = _model(symbols, path, given[0], call.scope)
            if klass is not None and klass.kind == "class" and model is not None:
                found[klass] = model
    return found


def _model(symbols: Symbols, path: str, text: str, scope: int = -1) -> Symbol | None:
    found = symbols.chain(path, scope, elided(text.strip().encode())) if text else None
    return found if found is not None and found.kind == "class" and symbols.classes.is_model(found) else None

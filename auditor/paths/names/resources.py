"""Resources that answer with many rows of a table, and name the schema that shows each: those of JSON:API libraries."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from auditor.knowledge.orm import orm
from auditor.paths.names.symbol import Symbol
from auditor.paths.names.symbols import Symbols

MODEL = re.compile(r"['\"]model['\"]\s*:\s*(?P<model>[\w.]+)")


class Resource(NamedTuple):
    """One class, the schema of its rows, and the model that its data layer asks."""

    klass: Symbol
    schema: Symbol
    model: Symbol


def resources(symbols: Symbols) -> Iterator[Resource]:
    """The project's resources that list rows, in the order of paths."""
    for klass in symbols.classes.judged:
        found = _read(symbols, klass)
        if found is not None:
            yield found


def _read(symbols: Symbols, klass: Symbol) -> Resource | None:
    if not any(base.kind == "external" and base.name in orm().resources for base in symbols.classes.mro(klass)):
        return None
    schema = model = None
    for one in symbols.classes.mro(klass):
        table = symbols.table(one.path) if one.kind == "class" else None
        for assign in table.assigns.get((one.place, "schema"), ()) if table is not None else ():
            schema = schema or symbols.assigned(one.path, assign, 1)
        for assign in table.assigns.get((one.place, "data_layer"), ()) if table is not None else ():
            match = MODEL.search(assign.text)
            model = model or (symbols.chain(one.path, -1, match["model"]) if match is not None else None)
    if schema is None or model is None or schema.kind != "class" or not symbols.classes.is_model(model):
        return None
    return Resource(klass, schema, model.as_("class"))

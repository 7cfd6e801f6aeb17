"""The reference of the form of library files as Markdown, made of the rows' types and docstrings."""

import inspect

import msgspec

from auditor.knowledge.load import NAMED
from auditor.knowledge.values import Library
from auditor.settings.reference import said_of


def table() -> str:
    """The file's own fields, then every kind of row with its fields."""
    rows = {name: kind for kind, (name, _) in NAMED.items()}
    own = [field.name for field in msgspec.structs.fields(Library) if field.name not in rows]
    parts = ["### The file", _fields(Library, own)]
    for name, kind in rows.items():
        parts += [f"### [[{name}]]", inspect.cleandoc(kind.__doc__ or ""), _fields(kind, list(kind.__struct_fields__))]
    return "\n\n".join(parts)


def _fields(kind: type[msgspec.Struct], names: list[str]) -> str:
    said = said_of(kind)
    return "\n".join(["| field | what it says |", "| --- | --- |", *(f"| `{name}` | {said[name]} |" for name in names)])

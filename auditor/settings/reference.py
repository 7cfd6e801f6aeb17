"""The reference of all settings as Markdown, made of the sections' types, defaults and docstrings: one truth, two readers."""

import ast
import inspect
import json
import sys
from itertools import pairwise
from typing import Any, get_args, get_type_hints

import msgspec

from auditor.settings.check import INNER
from auditor.settings.kind import is_struct, words
from auditor.settings.read import Settings


def table() -> str:
    """Every section with its settings: what a value is, its default, what it does."""
    said, hints = said_of(Settings), get_type_hints(Settings, include_extras=True)
    sections = [_section(name, hints[name]) for name in hints if name not in INNER and is_struct(hints[name])]
    plain = [name for name in hints if name not in INNER and not is_struct(hints[name])]
    top = [f"| `{name}` | {words(hints[name])} | `{_shown(_default(Settings, name))}` | {said[name]} |" for name in plain]
    return "\n\n".join([*sections, "### Beside the sections\n\n" + "\n".join((*HEAD, *top))])


HEAD = ("| setting | value | default | what it does |", "| --- | --- | --- | --- |")


def _section(name: str, kind: type[msgspec.Struct]) -> str:
    said, hints = said_of(kind), get_type_hints(kind, include_extras=True)
    rows = list(HEAD)
    inner: list[str] = []
    for field, hint in hints.items():
        default = _default(kind, field)
        told = "none: it has to be there" if default is msgspec.NODEFAULT else f"`{_shown(default)}`"
        rows.append(f"| `{field}` | {words(hint)} | {told} | {said[field]} |")
        inner += [_section(f"[{name}.{field}]", one) for one in get_args(hint) if is_struct(one)]
        inner += [_section(f"{name}.{field}", hint)] if is_struct(hint) else []
    return "\n\n".join([f"### [{name}]", inspect.cleandoc(kind.__doc__ or ""), "\n".join(rows), *inner])


def _default(kind: type[msgspec.Struct], name: str) -> Any:
    field = next(one for one in msgspec.structs.fields(kind) if one.name == name)
    return field.default_factory() if field.default_factory is not msgspec.NODEFAULT else field.default


def _shown(value: object) -> str:
    """A default as TOML writes it."""
    if is_struct(type(value)):
        return "{}"
    if isinstance(value, tuple):
        return "[]"
    return "{}" if value == {} else json.dumps(value)


def said_of(kind: type[msgspec.Struct]) -> dict[str, str]:
    """What stands under each field of a section, as its author wrote it, on one line."""
    tree = ast.parse(inspect.getsource(sys.modules[kind.__module__]))
    body = next(node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == kind.__name__)
    said = {}
    for field, text in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(text, ast.Expr):
            said[field.target.id] = " ".join(str(ast.literal_eval(text.value)).split())
    return said

"""The types of settings in words: what a value must be, for hints and for the reference."""

import datetime
import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

PLURALS = {"a text": "texts", "true or false": "true or false", "a whole number": "whole numbers", "a number": "numbers"}


def words(kind: Any) -> str:
    """What a value of this type is, such as `a whole number, at least 0`."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return words(inner[0]) + "".join(_bounds(meta) for meta in inner[1:] if isinstance(meta, msgspec.Meta))
    if origin in (Union, types.UnionType):
        return ", or ".join(words(one) for one in inner)
    if origin is Literal:
        return _listed([f'"{one}"' for one in inner if one])
    if origin is tuple:
        return "a list of tables" if is_struct(inner[0]) else f"a list of {PLURALS[words(inner[0])]}"
    if origin is dict:
        return f"a table whose values are {words(inner[1])}"
    if is_struct(kind):
        return "a table"
    names = {str: "a text", bool: "true or false", int: "a whole number", float: "a number"}
    return names[kind]


def is_struct(kind: Any) -> bool:
    """Whether the type is one of the house's values."""
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def choices(kind: Any) -> tuple[str, ...]:
    """The words that the type allows, none where it is no choice."""
    if get_origin(kind) is Literal:
        return tuple(one for one in get_args(kind) if one)
    if get_origin(kind) in (Union, types.UnionType):
        return tuple(word for one in get_args(kind) for word in choices(one))
    return ()


def converted(value: object, kind: Any) -> object:
    """A plain value of the file as the type wants it; TOML's own dates become texts. Raises msgspec.ValidationError."""
    if kind is str and isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    return msgspec.convert(value, kind)


def _bounds(meta: msgspec.Meta) -> str:
    bounds = ((meta.ge, "at least"), (meta.gt, "more than"), (meta.le, "at most"))
    told = [f"{text} {bound:g}" for bound, text in bounds if bound is not None]
    return ", " + " and ".join(told) if told else ""


def _listed(names: list[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))

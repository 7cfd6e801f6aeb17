"""Checking a settings table key by key against the typed sections, so that all mistakes are told at once."""

from collections.abc import Mapping
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from auditor.settings.kind import choices, converted, is_struct, words
from auditor.settings.mistake import Mistake, near, quoted
from auditor.settings.place import Path as Keys

MISSING = object()
INNER = ("source", "notes")
"""Fields of the settings that no file sets."""


class Checker:
    """One file's check. `mistakes` grows while it works."""

    def __init__(self, unknown: str = "is no section of the settings", inner: tuple[str, ...] = INNER) -> None:
        self.mistakes: list[Mistake] = []
        self.unknown = unknown
        """What is said of a key at the top that the form does not have."""
        self.inner = inner

    def struct(self, value: object, kind: type[msgspec.Struct], place: Keys = ()) -> Any:
        """The table as a value of `kind`. What is wrong is told and left at its default; MISSING where nothing can be made."""
        if not isinstance(value, dict):
            return self._wrong(value, kind, place)
        hints = get_type_hints(kind, include_extras=True)
        settable = {name: hint for name, hint in hints.items() if place or name not in self.inner}
        fields = {}
        for name, inner in value.items():
            if name not in settable:
                self._unknown(name, settable, place)
            elif (found := self.value(inner, settable[name], (*place, name))) is not MISSING:
                fields[name] = found
        missing = [one.name for one in msgspec.structs.fields(kind) if one.required and one.name not in value]
        for name in missing:
            self.tell(place, f"{name} is missing", f"add {name} = {_example(settable[name])}")
        required = {one.name for one in msgspec.structs.fields(kind) if one.required}
        return kind(**fields) if required <= fields.keys() else MISSING

    def value(self, value: object, kind: Any, place: Keys) -> Any:
        """Any value as its type wants it, or MISSING after telling what is wrong."""
        origin, inner = get_origin(kind), get_args(kind)
        if is_struct(kind):
            return self.struct(value, kind, place)
        if origin is tuple and isinstance(value, list):
            found = [self.value(one, inner[0], (*place, number)) for number, one in enumerate(value)]
            return tuple(one for one in found if one is not MISSING)
        if origin is dict and isinstance(value, dict):
            pairs = {name: self.value(one, inner[1], (*place, name)) for name, one in value.items()}
            return {name: one for name, one in pairs.items() if one is not MISSING}
        if origin in (tuple, dict):
            return self._wrong(value, kind, place)
        try:
            return converted(value, kind)
        except msgspec.ValidationError:
            return self._wrong(value, kind, place)

    def tell(self, place: Keys, what: str, hint: str, word: str = "") -> None:
        """Writes a mistake down."""
        self.mistakes.append(Mistake(place, what, hint, word))

    def _wrong(self, value: object, kind: Any, place: Keys) -> object:
        hint = ""
        if isinstance(value, str) and choices(kind):
            hint = near(value, choices(kind), "")
        elif get_origin(kind) is tuple and isinstance(value, str):
            hint = f"put it in brackets: [{quoted(value)}]"
        elif isinstance(value, str) and value.lower() in ("true", "false", "yes", "no"):
            hint = "true and false stand without quotes"
        elif isinstance(value, str) and value.strip().lstrip("-").isdigit():
            hint = "numbers stand without quotes"
        word = "" if isinstance(value, dict | list) else str(value)
        self.tell(place, f"is {quoted(value)}, but must be {words(kind)}", hint, word)
        return MISSING

    def _unknown(self, name: str, settable: Mapping[str, object], place: Keys) -> None:
        if not place and name == "tool":
            hint = "auditor.toml holds the sections themselves: [gate], not [tool.auditor.gate]"
        else:
            hint = near(name, settable, f"there {'are' if len(settable) > 1 else 'is'} {', '.join(settable)}")
        self.tell((*place, name), "is no setting" if place else self.unknown, hint)


def _example(kind: object) -> str:
    return '"…"' if kind is str else "…"

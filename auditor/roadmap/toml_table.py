"""One table of a `roadmap.toml` while it is read: values by key and type, and a note of what is wrong with each."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from auditor.model.closest import closest

LISTS = ("sprint", "target", "review")
"""Tables of the whole file: in another table such a key is a table that was put there, and no misspelt key."""

Told = Callable[[str, int, str, str], None]
"""Hears of a mistake: the kind of table, its number from 0, the key, and the message."""


class Table:
    """One table of the file while it is read: takes values out by key and type, and notes what is wrong."""

    def __init__(self, tell: Told, values: Mapping[str, object], kind: str, number: int) -> None:
        self.tell = tell
        self.values = values
        self.kind = kind
        self.number = number

    def wrong(self, key: str, message: str, hint: str) -> None:
        self.tell(self.kind, self.number, key, f"{message} ({hint})")

    def known(self, keys: tuple[str, ...]) -> None:
        for key in self.values:
            if key not in keys:
                near = closest(key, keys)
                meant = f"did you mean `{near}`?" if near else f"known: {', '.join(keys)}"
                meant = f"write each {key} as a table of its own, [[{key}]]" if key in LISTS and self.kind else meant
                self.wrong(key, f"unknown key `{key}`", meant)

    def text(self, key: str, needed: bool = False) -> str:
        value = self.values.get(key, "")
        if not isinstance(value, str):
            self.wrong(key, f"{key} must be text, not {kind_of(value)}", "put it in quotes")
            return ""
        if needed and not value.strip():
            self.wrong(key, f"a {self.kind} needs `{key}`", f'add {key} = "…"')
        return value

    def day(self, key: str) -> str:
        value = self.values.get(key, "")
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()
        try:
            return date.fromisoformat(value).isoformat() if value and isinstance(value, str) else self._no_day(key, value)
        except ValueError:
            return self._no_day(key, value)

    def _no_day(self, key: str, value: object) -> str:
        if value != "":
            self.wrong(key, f"{key} must be a date, not {shown(value)}", f"write {key} = 2026-01-05")
        return ""

    def number_of(self, key: str) -> float | None:
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value or abs(value) > 1e300:
            self.wrong(key, f"{key} must be a number, not {shown(value)}", "without quotes or unit, the unit stands in `unit`")
            return None
        return float(value)

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.wrong(key, f"{key} must be true or false, not {shown(value)}", "without quotes")
        return value is True

    def weeks(self) -> tuple[int, int] | None:
        value = self.values.get("weeks")
        if value is None:
            return None
        whole = isinstance(value, list) and len(value) == 2 and all(type(week) is int for week in value)
        if not whole or not isinstance(value, list) or not 1 <= value[0] <= value[1]:
            self.wrong("weeks", f"weeks must be the first and the last week, not {shown(value)}", "write weeks = [1, 3]")
            return None
        return (value[0], value[1])

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            self.wrong(key, f"{key} must be a list of texts", f'write {key} = ["one", "two"]')
            return ()
        return tuple(value)

    def inner(self, key: str) -> Mapping[str, object] | None:
        """A table inside this one; None where there is none."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.wrong(key, f"{key} must be a table, not {shown(value)}", f"write {key} = {{ … }}")
            return None
        return value


def kind_of(value: object) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return kinds.get(type(value), "a date")


def shown(value: object) -> str:
    text = repr(value) if isinstance(value, (str, int, float, bool, list)) else str(value)
    return text if len(text) <= 40 else text[:37] + "…"

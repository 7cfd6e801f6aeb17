"""Reads `roadmap.toml`. Every mistake in it is told at once, each with its line and how to mend it."""

import difflib
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime

from auditor.model.errors import AuditorError
from auditor.model.roadmap import MANUAL, Roadmap, Sprint, Target
from auditor.roadmap.toml_lines import Lines

_COMPARATORS = ("<", "<=", ">", ">=", "==")
_PAGE_KEYS = ("title", "source", "starts", "sprint", "target")
_SPRINT_KEYS = ("name", "title", "goal", "starts", "ends", "weeks", "deliverables")
_TARGET_KEYS = (
    "text",
    "measure",
    "comparator",
    "goal",
    "baseline",
    "unit",
    "sprint",
    "claimed",
    "relative",
    "category",
    "evidence",
    "line",
)
_LIMIT_CHARACTERS = 1_000_000
_LIMIT_LINE = 10_000
_MEASURE = re.compile(r"[a-z0-9_]+(?:[.:-][a-z0-9_]+)*")


def read_toml(text: str, source: str) -> Roadmap:
    """The roadmap of a `roadmap.toml`. Raises AuditorError that lists every mistake with file, line and hint."""
    if len(text) > _LIMIT_CHARACTERS or max(map(len, text.splitlines()), default=0) > _LIMIT_LINE:
        raise AuditorError(
            f"{source} is too long for a roadmap: {len(text):,} characters",
            f"at most {_LIMIT_CHARACTERS:,} are read, {_LIMIT_LINE:,} in a line",
        )
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AuditorError(
            f"{source} is not valid TOML: {error}", "mend that line; strings stand in quotes, tables as [[target]]"
        ) from None
    except RecursionError:
        raise AuditorError(
            f"{source} is nested too deep to be a roadmap", "write sprints as [[sprint]] and promises as [[target]]"
        ) from None
    page = _Reader(source, Lines(text))
    roadmap = page.roadmap(values)
    if page.mistakes:
        count = len(page.mistakes)
        told = "\n".join(f"  {mistake}" for mistake in sorted(page.mistakes, key=_order)[:50])
        raise AuditorError(
            f"{source} has {count} mistake{'s' if count > 1 else ''}:\n{told}",
            "mend them, or write the file anew with `auditor roadmap import PLAN.md --force`",
        )
    return roadmap


def _order(mistake: str) -> tuple[int, str]:
    found = re.search(r":(\d+): ", mistake)
    return (int(found[1]) if found else 0, mistake)


class _Table:
    """One table of the file while it is read: takes values out by key and type, and notes what is wrong."""

    def __init__(self, reader: "_Reader", values: Mapping[str, object], kind: str, number: int) -> None:
        self.reader = reader
        self.values = values
        self.kind = kind
        self.number = number

    def wrong(self, key: str, message: str, hint: str) -> None:
        self.reader.wrong(self.kind, self.number, key, f"{message} ({hint})")

    def known(self, keys: tuple[str, ...]) -> None:
        for key in self.values:
            if key not in keys:
                near = difflib.get_close_matches(key, keys, 1)
                self.wrong(key, f"unknown key `{key}`", f"did you mean `{near[0]}`?" if near else f"known: {', '.join(keys)}")

    def text(self, key: str, needed: bool = False) -> str:
        value = self.values.get(key, "")
        if not isinstance(value, str):
            self.wrong(key, f"{key} must be text, not {_kind(value)}", "put it in quotes")
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
            self.wrong(key, f"{key} must be a date, not {_shown(value)}", f"write {key} = 2026-01-05")
        return ""

    def number_of(self, key: str) -> float | None:
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value or abs(value) > 1e300:
            self.wrong(key, f"{key} must be a number, not {_shown(value)}", "without quotes or unit, the unit stands in `unit`")
            return None
        return float(value)

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.wrong(key, f"{key} must be true or false, not {_shown(value)}", "without quotes")
        return value is True

    def weeks(self) -> tuple[int, int] | None:
        value = self.values.get("weeks")
        if value is None:
            return None
        whole = isinstance(value, list) and len(value) == 2 and all(type(week) is int for week in value)
        if not whole or not isinstance(value, list) or not 1 <= value[0] <= value[1]:
            self.wrong("weeks", f"weeks must be the first and the last week, not {_shown(value)}", "write weeks = [1, 3]")
            return None
        return (value[0], value[1])

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            self.wrong(key, f"{key} must be a list of texts", f'write {key} = ["one", "two"]')
            return ()
        return tuple(value)


class _Reader:
    """Reads one file's tables and gathers what is wrong with them."""

    def __init__(self, source: str, lines: Lines) -> None:
        self.source = source
        self.lines = lines
        self.mistakes: list[str] = []

    def wrong(self, kind: str, number: int, key: str, message: str) -> None:
        self.mistakes.append(f"{self.source}:{self.lines.of(kind, number, key)}: {message}")

    def roadmap(self, values: Mapping[str, object]) -> Roadmap:
        page = _Table(self, values, "", 0)
        page.known(_PAGE_KEYS)
        sprints = tuple(self._sprint(table) for table in self._tables(values, "sprint"))
        names = [sprint.name for sprint in sprints if sprint.name]
        for number, name in enumerate(names):
            if name in names[:number]:
                self.wrong("sprint", number, "name", f"two sprints are named `{name}` (give each its own name)")
        targets = tuple(self._target(table, names) for table in self._tables(values, "target"))
        return Roadmap(page.text("title"), page.day("starts"), sprints, targets, page.text("source"))

    def _tables(self, values: Mapping[str, object], kind: str) -> list[_Table]:
        found = values.get(kind, [])
        if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
            self.wrong("", 0, kind, f"{kind} must be a list of tables (write each as [[{kind}]])")
            return []
        return [_Table(self, table, kind, number) for number, table in enumerate(found)]

    def _sprint(self, table: _Table) -> Sprint:
        table.known(_SPRINT_KEYS)
        sprint = Sprint(
            table.text("name", needed=True),
            table.day("starts"),
            table.day("ends"),
            table.weeks(),
            table.text("title"),
            table.text("goal"),
            table.texts("deliverables"),
        )
        if sprint.starts and sprint.ends and sprint.ends < sprint.starts:
            table.wrong("ends", f"{sprint.name} ends on {sprint.ends}, before it starts on {sprint.starts}", "swap them")
        return sprint

    def _target(self, table: _Table, sprints: list[str]) -> Target:
        table.known(_TARGET_KEYS)
        comparator = table.values.get("comparator", "==")
        if comparator not in _COMPARATORS:
            table.wrong(
                "comparator",
                f"comparator must be one of {' '.join(_COMPARATORS)}, not {_shown(comparator)}",
                'such as ">="',
            )
        measure = table.text("measure") or MANUAL
        if not _MEASURE.fullmatch(measure):
            table.wrong("measure", f"`{measure}` is no measure's name", 'such as "coverage.line_pct", or "manual"')
        sprint = table.text("sprint")
        if sprint and sprints and sprint not in sprints:
            near = difflib.get_close_matches(sprint, sprints, 1)
            table.wrong(
                "sprint",
                f"no sprint is named `{sprint}`",
                f"did you mean `{near[0]}`?" if near else f"there are: {', '.join(sprints)}",
            )
        line = table.number_of("line") or 0
        return Target(
            table.text("text", needed=True),
            measure,
            str(comparator),
            table.number_of("goal"),
            table.number_of("baseline"),
            table.text("unit"),
            sprint,
            table.flag("claimed"),
            table.flag("relative"),
            table.text("category"),
            table.text("evidence"),
            int(line),
        )


def _kind(value: object) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return kinds.get(type(value), "a date")


def _shown(value: object) -> str:
    text = repr(value) if isinstance(value, (str, int, float, bool, list)) else str(value)
    return text if len(text) <= 40 else text[:37] + "…"

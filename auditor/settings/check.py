"""Checking settings key by key, so that all mistakes are told at once, each with its line and a hint."""

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, get_type_hints

import msgspec

SEVERITIES = ("critical", "high", "medium", "low", "info")
GRADES = ("A+", "A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D+", "D", "D-", "F")
KINDS = ("source", "test", "migration", "generated", "vendored")
BOUND = re.compile(r"\s*(<=|>=|==|<|>)\s*-?\d+(\.\d+)?\s*\Z")
INNER = ("source", "notes")


class Checker:
    """One file's check. `mistakes` grows while it works."""

    def __init__(self, file: Path, text: str, prefix: tuple[str, ...], known_rules: frozenset[str]) -> None:
        self.file = file
        self.lines = text.splitlines()
        self.prefix = prefix
        self.known_rules = known_rules
        self.mistakes: list[str] = []

    def sections(self, table: object, kind: type[msgspec.Struct]) -> dict[str, Any]:
        """The file's table as the sections of `kind`; what is wrong is left out and told."""
        hints = {name: hint for name, hint in get_type_hints(kind).items() if name not in INNER}
        return self._fields(table, hints, self.prefix)

    def _fields(self, table: object, hints: Mapping[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
        if not isinstance(table, dict):
            self.tell(place, "must be a table", f"write [{'.'.join(place)}]")
            return {}
        found = {}
        for name, value in table.items():
            if name not in hints:
                near = difflib.get_close_matches(name, hints, n=1)
                hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(hints)}"
                self.tell((*place, name), "is no setting", hint)
                continue
            kind = hints[name]
            if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
                found[name] = kind(**self._fields(value, get_type_hints(kind, include_extras=True), (*place, name)))
                continue
            try:
                found[name] = msgspec.convert(value, kind)
            except msgspec.ValidationError as error:
                self.tell((*place, name), str(error).partition(" - at")[0].lower(), _example(kind))
        return found

    def judge(self, values: Mapping[str, Any]) -> None:
        """What types do not say: names of rules, dates, grades, bounds, paths that leave the project."""
        rules, gate = values.get("rules"), values.get("gate")
        if rules is not None:
            self._rules("rules", "select", rules.select)
            self._rules("rules", "ignore", rules.ignore)
            self._rules("rules", "severity", rules.severity)
            self._rules("rules", "path_ignores", (rule for names in rules.path_ignores.values() for rule in names))
            self._among(("rules", "severity"), rules.severity.values(), SEVERITIES)
        if gate is not None:
            self._among(("gate", "min_grade"), [gate.min_grade] if gate.min_grade else [], GRADES)
            self._among(("gate", "confidence"), [gate.confidence], ("high", "medium", "low"))
            for name, bound in gate.measures.items():
                if not BOUND.match(bound):
                    self.tell(("gate", "measures", name), f"{bound!r} is no bound", 'write it like "<= 5"')
        if values.get("discover") is not None:
            self._among(("discover", "kinds"), values["discover"].kinds.values(), KINDS)
        supply = values.get("supply")
        if supply is not None:
            self._inside(("supply", "advisories"), supply.advisories)
            self._dates(("supply", "accepted"), (risk.until for risk in supply.accepted if risk.until))
            self._dates(("supply", "allow_unaudited"), supply.allow_unaudited.values())
        if values.get("roadmap") is not None:
            self._inside(("roadmap", "path"), values["roadmap"].path)
        for file in values.get("knowledge", ()):
            self._inside(("knowledge",), file)

    def _rules(self, section: str, key: str, names: Iterable[str]) -> None:
        packs = {rule.partition("/")[0] for rule in self.known_rules}
        for name in names:
            if self.known_rules and name not in self.known_rules and name not in packs:
                near = difflib.get_close_matches(name, [*self.known_rules, *packs], n=1)
                hint = f"did you mean {near[0]}?" if near else "`auditor rules` lists them"
                self.tell((section, key), f"{name!r} is no rule and no pack", hint, name)

    def _among(self, place: tuple[str, ...], given: Iterable[str], allowed: tuple[str, ...]) -> None:
        for value in given:
            if value not in allowed:
                self.tell(place, f"{value!r} is not one of them", f"there are {', '.join(allowed)}", value)

    def _dates(self, place: tuple[str, ...], given: Iterable[str]) -> None:
        for value in given:
            try:
                date.fromisoformat(value)
            except ValueError:
                self.tell(place, f"{value!r} is no date", "write it like 2027-01-31", value)

    def _inside(self, place: tuple[str, ...], path: str) -> None:
        if path and (PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts):
            self.tell(place, f"{path!r} leads out of the project", "name a path inside it, or use the command line", path)

    def tell(self, place: tuple[str, ...], what: str, hint: str, word: str = "") -> None:
        """Writes a mistake down with the line on which it stands."""
        if self.prefix and place[: len(self.prefix)] != self.prefix:
            place = (*self.prefix, *place)
        name = ".".join(place[len(self.prefix) :]) or "auditor"
        self.mistakes.append(f"{self.file}:{self._line(place, word)}: {name}: {what}\n    hint: {hint}")

    def _line(self, place: tuple[str, ...], word: str) -> int:
        """The line that sets a key: its table's heading first, then the key, then the word in it."""
        wanted = ".".join(place)
        table = ""
        best = 0
        for number, line in enumerate(self.lines, 1):
            heading = re.match(r"\s*\[\[?\s*([^\]]+?)\s*\]", line)
            if heading:
                table = heading.group(1).replace('"', "").replace("'", "").replace(" ", "")
            key = re.match(r"\s*[\"']?([\w./*-]+(?:[\"']?\s*\.\s*[\"']?[\w-]+)*)[\"']?\s*=", line)
            here = ".".join(filter(None, (table, key.group(1).replace('"', "").replace(" ", "") if key else "")))
            if here == wanted or (heading and wanted.startswith(table)) or (key and wanted.startswith(here + ".")):
                best = number
            if word and word in line and best and table and wanted.startswith(table):
                return number
            if key and here == wanted and not word:
                return number
        return best or 1


def _example(kind: object) -> str:
    text = str(kind)
    if "tuple" in text:
        return 'write a list of texts: ["a", "b"]'
    if "dict" in text:
        return 'write a table: { "name" = "value" }'
    if "bool" in text:
        return "write true or false"
    if "int" in text or "float" in text:
        return "write a number within its bounds"
    return 'write a text: "value"'

"""Why nobody can say what a call leads to, counted only where the project itself may be meant."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from re import Match, Pattern

from auditor.facts.values import FileFacts
from auditor.knowledge.orm import orm

COMMON = frozenset(
    name
    for kind in (str, bytes, dict, list, set, tuple, int, float, date, datetime, timedelta, Decimal, Pattern, Match, Path)
    for name in dir(kind)
)
"""Methods of built-in types: on a value of unknown type they, and those of queries, say nothing of the project."""


class Reasons:
    """The reasons, by the text of what is called."""

    def __init__(self, files: Mapping[str, FileFacts]) -> None:
        self.files = files

    @cached_property
    def _own(self) -> Counter[str]:
        """How often the project defines a function, method or class of a name."""
        return Counter(d.name for file in self.files.values() if file.kind == "source" for d in file.definitions)

    def of(self, target: str) -> str:
        """A few words; empty where the name is none of the project's."""
        receiver, _, last = target.rpartition(".")
        last = last.partition("<")[0]
        if last not in self._own or last in COMMON or last in orm().methods:
            return ""
        if "[]" in receiver:
            return "element of a container"
        if receiver.endswith("()"):
            return "result of a call of unknown type"
        if not receiver:
            return "name that is bound at run time"
        if "." in receiver:
            return "attribute of an attribute of unknown type"
        return "attribute of a value of unknown type"

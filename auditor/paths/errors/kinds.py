"""The types that an expression in an `except` names: a class, or a tuple that some module keeps under a name."""

import re
from collections.abc import Iterator

from auditor.paths.calls.forms import STRINGS
from auditor.paths.names.hierarchy import Hierarchy
from auditor.paths.names.symbol import Symbol

COMMENT = re.compile(r"#[^\n]*")
NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?:\.\w+)*")
DEEPEST = 4
"""So many tuples lie in one another, or modules hand one on."""


class Kinds:
    """Answers, remembered, for one hierarchy."""

    def __init__(self, hierarchy: Hierarchy) -> None:
        self.hierarchy = hierarchy
        self.symbols = hierarchy.symbols
        self._known: dict[tuple[str, int, str], tuple[str, ...]] = {}

    def named(self, path: str, scope: int, text: str) -> tuple[str, ...]:
        """The canonical names; one that can not be resolved stays as written, and catches only what is written the same."""
        asked = (path, scope, text)
        if asked not in self._known:
            self._known[asked] = tuple(dict.fromkeys(self._find(path, scope, text, DEEPEST))) or (text,)
        return self._known[asked]

    def _find(self, path: str, scope: int, text: str, depth: int) -> Iterator[str]:
        kept = self._kept(path, scope, text, depth) if depth and text.replace(".", "_").isidentifier() else None
        if kept is None:
            yield self.hierarchy.type_name(path, scope, text) or text
            return
        for part in NAME.findall(COMMENT.sub("", STRINGS.sub("", kept[1]))):
            if part != "tuple":
                yield from self._find(kept[0], -1, part, depth - 1)

    def _kept(self, path: str, scope: int, text: str, depth: int) -> tuple[str, str] | None:
        """The file and the text of a tuple that is kept under a name, or that a parameter is given unless a caller says more."""
        table = self.symbols.table(path)
        if scope >= 0 and "." not in text:
            default = self.symbols.signature(Symbol("function", path, scope)).defaults.get(text, "")
            if default:
                return path, default
        for assign in table.assigns.get((-1, text), ()):
            if assign.text.lstrip()[:1] in ("(", "[") or not self.hierarchy.type_name(path, -1, text):
                return path, assign.text
        owner, _, last = (table.imports.get(text, "") or text).rpartition(".")
        found = self.symbols.chain(path, scope, owner) if owner and text not in table.imports else None
        origin = self.symbols.modules.find(owner) if owner and text in table.imports else None
        module = found.path if found is not None and found.kind == "module" else origin
        if module is None or not depth:
            return None
        there = self.symbols.table(module)
        return self._kept(module, -1, last, depth - 1) if last in there.imports or (-1, last) in there.assigns else None

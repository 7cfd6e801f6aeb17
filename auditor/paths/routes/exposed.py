"""Classes that are mounted as a whole: the path below which they answer, and the methods that they expose there."""

import re
from collections.abc import Iterator, Mapping

from auditor.knowledge.entries import View
from auditor.paths.calls.graph import Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.routes.answers import WORD, Answer, Answers
from auditor.paths.written.arguments import literal

NAMED = re.compile(r"[A-Za-z_][\w.]*")
NOTHING: Mapping[str, str] = {}
DEEPEST = 4
"""How far a constant that is made of constants is followed."""


class Exposed:
    """Works out what such classes answer."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.collector = answers.collector
        self.graph = answers.graph

    def methods(self, klass: Symbol) -> Iterator[tuple[Answer, str]]:
        """The methods of a class that is mounted as a whole, with their paths below it."""
        rows = self.answers.rows(klass)
        page = any(row.page for row in rows)
        allowed = self._allowed(klass, rows)
        actions = {name: said for row in rows for name, said in row.actions.items() if name not in row.brings}
        for name in self.answers.own_methods(klass):
            node = self.answers.method(klass, name)
            if name in actions and node is not None and node not in self.collector.views:
                method, _, path = actions[name].partition(" ")
                yield Answer(method, node, page=page, klass=klass), path
            for declared in self.collector.views.get(node, ()) if node is not None else ():
                if declared.row.inside == "view" and declared.row.path and node is not None and (not allowed or name in allowed):
                    for method in self.answers.methods(declared) or declared.row.default or ("ANY",):
                        yield Answer(method, node, page=page, klass=klass), self.answers.path(declared, "")
        for name, said in ((name, said) for row in rows for name, said in row.actions.items() if name in row.brings):
            if self.answers.method(klass, name) is None and (not allowed or name in allowed):
                method, _, path = said.partition(" ")
                yield Answer(method, Node(klass.path, klass.place), page=page, klass=klass), path

    def _allowed(self, klass: Symbol, rows: tuple[View, ...]) -> set[str]:
        """The methods and actions that a class attribute lists."""
        for name in {row.only for row in rows} - {""}:
            text = self.answers.attribute(klass, name)
            if text is not None and text != "None":
                return set(self._words(klass.path, klass.place, text, 0))
        return set()

    def _words(self, path: str, scope: int, text: str, depth: int) -> Iterator[str]:
        yield from WORD.findall(text)
        for name in NAMED.findall(re.sub(r"#[^\n]*|['\"]\w+['\"]", "", text)) if depth < DEEPEST else ():
            for place in self.collector.places.of(path, scope, name):
                for assign in self.graph.symbols.table(place.path).assigns.get((place.scope, place.name), ())[:1]:
                    yield from self._words(place.path, place.scope, assign.text or assign.value, depth + 1)

    def prefix(self, klass: Symbol, instead: Mapping[str, str] = NOTHING) -> str | None:
        """The path below which a class that is mounted as a whole answers; None where no base says so.

        `instead` is what the call that mounts it says in the place of class attributes.
        """
        patterns = [pattern for row in self.answers.rows(klass) for pattern in row.prefix]
        for pattern in patterns:
            known = re.sub(r"\{([^{}]*)\}", lambda m: self._filled(klass, m[1], instead), pattern)
            if "\0" not in known:
                return re.sub(r"//+", "/", known)
        return None

    def _filled(self, klass: Symbol, name: str, instead: Mapping[str, str]) -> str:
        if name in instead:
            return instead[name]
        if name == "class_lower":
            return self.graph.symbols.definition(klass).name.lower()
        name, _, otherwise = name.partition("|")
        said = literal(self.answers.attribute(klass, name))
        return said if said is not None else otherwise or "\0"

"""Routes that are pairs in plain lists, with no call about them: `[(r"/orders", Orders), (r"/orders/([0-9]+)", Order)]`."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from auditor.knowledge.entries import Route, View
from auditor.knowledge.names import spelt
from auditor.paths.names.symbol import Symbol
from auditor.paths.routes.answers import Answers
from auditor.paths.routes.collect import Collector
from auditor.paths.routes.declared import Declared
from auditor.paths.written.arguments import Arguments, split

ROW = Route(calls=(), path="@0", handler="@1", regex=True)
UNSAID = "path"
"""What stands for a path that nobody read."""
OPENINGS = ("(r'/", '(r"/', "('/", '("/', "(r'^/", '(r"^/', "(R'/", '(R"/')


class Tabled(NamedTuple):
    """A pair of a table, as if a call had declared it."""

    declared: Declared
    klass: Symbol


class Tables:
    """Finds such pairs; the classes in them tell which lists are tables of routes."""

    def __init__(self, collector: Collector, answers: Answers) -> None:
        self.collector = collector
        self.answers = answers
        self.graph = collector.graph

    def pairs(self) -> Iterator[Tabled]:
        """The pairs of all tables, in the order of paths. Nothing where the project has no class that answers so."""
        if not self._answering:
            return
        told = set()
        for one in self._pairs():
            told.add(one.klass)
            yield one
        for klass in self._unnamed(told) if told else ():
            line = self.graph.symbols.definition(klass).line
            yield Tabled(Declared(klass.path, -1, line, ROW, Arguments((UNSAID,)), "", handler=""), klass)

    def _unnamed(self, told: set[Symbol]) -> Iterator[Symbol]:
        """The classes that no pair names, beside those that are: long tables are cut off, and some are put together by loops.
        What others descend from stands in no table itself.
        """
        symbols, holders = self.graph.symbols, list(self.collector.holders.values())
        above = {one.as_("class") for klass in self._answering for one in symbols.classes.mro(klass)[1:]}
        called = {declared.handler.rpartition(".")[2] for holder in holders for declared in holder.routes}
        for klass in sorted(self._answering - told - above):
            if self.graph.files[klass.path].kind == "source" and symbols.definition(klass).name not in called:
                yield klass

    def _pairs(self) -> Iterator[Tabled]:
        for path, flow in sorted(self.graph.flows.items()):
            if self.graph.files[path].kind != "source":
                continue
            texts = [(one.scope, one.line, one.text) for one in flow.assigns if one.text.startswith(("[", "("))]
            texts += [(one.scope, one.line, part) for one in flow.calls for part in self._listed(one.args)]
            for scope, line, text in dict.fromkeys(texts):
                yield from self._of(path, scope, line, text)

    def _listed(self, args: str) -> Iterator[str]:
        if any(opening in args for opening in OPENINGS) or self._named.search(args) is not None:
            yield from (part for part in split(args) if part.startswith(("[", "(")))

    def _of(self, path: str, scope: int, line: int, text: str) -> Iterator[Tabled]:
        if not any(opening in text for opening in OPENINGS) and self._named.search(text) is None:
            return
        pairs = [text] if text.startswith(OPENINGS) else split(text[1:-1] if text[-1:] in ")]" else text[1:])
        for one in pairs:
            parts = split(one[1:-1]) if one.startswith("(") and one.endswith(")") else []
            klass = self.collector.named.handler(path, scope, parts[1]) if len(parts) > 1 else None
            if klass is not None and klass in self._answering:
                yield Tabled(Declared(path, scope, line, ROW, Arguments(tuple(parts)), "", handler=parts[1]), klass)

    @cached_property
    def _named(self) -> re.Pattern[str]:
        """A pair by the class in it, whatever its path looks like: `(url_path_join(base, "jobs"), Jobs)`."""
        names = {self.graph.symbols.definition(klass).name for klass in self._answering}
        return re.compile(rf",\s*(?:\w+\.)*(?:{'|'.join(sorted(map(re.escape, names)))})\s*[,)]")

    @cached_property
    def _answering(self) -> frozenset[Symbol]:
        """The project's classes that answer by standing in a table."""
        bases = {name for row in self.collector.knowledge.rows(View) if row.tables for text in row.bases for name in spelt(text)}
        symbols = self.graph.symbols
        return frozenset(
            klass
            for some in self.collector.named.classes.values()
            for klass in some
            if symbols.definition(klass).bases
            and any(one.kind == "external" and one.name in bases for one in symbols.classes.mro(klass))
        )

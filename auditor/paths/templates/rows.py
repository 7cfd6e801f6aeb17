"""What the loops of a page ask for each row: relations that nothing loaded, and properties and methods that query."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from auditor.facts.flow.elide import elided
from auditor.knowledge.orm import orm
from auditor.paths.calls.graph import Graph
from auditor.paths.loads.feeds import Feeds
from auditor.paths.loads.loading import Loads, covers, holds
from auditor.paths.loads.sameness import inverse
from auditor.paths.names.symbol import Symbol
from auditor.paths.queries.kept import looked_for
from auditor.paths.queries.needs import Need
from auditor.paths.queries.question import WHOLE, Question
from auditor.paths.queries.reading import Path, Reading
from auditor.paths.templates.contexts import Contexts, Given, Page
from auditor.paths.templates.files import TemplateFiles
from auditor.paths.templates.frames import Frames
from auditor.paths.templates.parts import Block, Bound, Called, Extends, Include, Loop, Part, Parts, Read
from auditor.paths.templates.tags import Tag, tags

DEEPEST = 5
"""Templates that include one another are followed so far."""


class Value(NamedTuple):
    """What a name of a template stands for: rows, or one row. `element` says that a loop hands it out; then `path` leads
    from the loop's own row to it.
    """

    rows: bool
    model: Symbol
    loads: Loads
    given: Given
    element: str = ""
    path: Path = ()


class Asked(NamedTuple):
    """What a page asks for each row."""

    page: Page
    template: str
    line: int
    given: Given
    """What the rows come from."""
    element: str
    need: Need
    path: Path
    known: bool


Names = Mapping[str, Value]


class PageRows:
    """Answers for one graph."""

    def __init__(self, graph: Graph, feeds: Feeds, reading: Reading, files: TemplateFiles) -> None:
        self.graph = graph
        self.symbols = graph.symbols
        self.feeds = feeds
        self.reading = reading
        self.files = files
        self.frames = Frames(files)
        self.contexts = Contexts(graph)
        self.tags = tags(graph) if files.paths else {}

    def all(self) -> Iterator[Asked]:
        """Everything that pages ask per row."""
        for page in self.contexts.all() if self.files.paths else ():
            template = self.files.find(page.template, page.node.path)
            if template:
                names = {name: value for name, given in page.given.items() if (value := self._value(given)) is not None}
                if names:
                    yield from self._walk(page, template, self.files.parts(template), names, 0)

    def _value(self, given: Given) -> Value | None:
        """What a value of the context stands for, where it is rows or a row; a page of rows is rows."""
        text = given.text if given.start >= 0 else elided(given.text.encode())
        symbol = self.symbols.chain(given.path, given.scope, text)
        if symbol is None or symbol.kind == "external":
            symbol = self.symbols.handed.said(given.path, given.scope, text, given.start, 1)
        if symbol is None or symbol.kind not in ("query", "many", "instance"):
            return None
        if not self.symbols.classes.is_model(symbol):
            return None
        if given.whole:
            loads = self.feeds.returned(Symbol("function", given.path, given.scope))
        elif given.start >= 0:
            loads = self.feeds.expression(given.path, given.scope, text, given.start)
        else:
            loads = self.feeds.written(given.path, given.scope, given.text)
        return Value(symbol.kind != "instance", symbol.as_("class"), loads, given)

    def _walk(
        self, page: Page, template: str, parts: Parts, names: Names, depth: int, filled: frozenset[str] = frozenset()
    ) -> Iterator[Asked]:
        """What parts ask with names standing for values; `filled` are the blocks that a template which extends this one fills."""
        for part in parts:
            if isinstance(part, Read):
                yield from self._read(page, template, part.chain, part.line, names)
            elif isinstance(part, Loop):
                inner = self._follow(names, part.source)
                if inner is not None and inner.rows and len(part.names) == 1:
                    row = inner._replace(rows=False, element=part.names[0], path=())
                    yield from self._walk(page, template, part.body, {**names, part.names[0]: row}, depth, filled)
                else:
                    left = {name: value for name, value in names.items() if name not in part.names}
                    yield from self._walk(page, template, part.body, left, depth, filled)
            elif isinstance(part, Bound):
                value = self._follow(names, part.source)
                kept = {name: one for name, one in names.items() if name != part.name}
                yield from self._walk(page, template, part.body, kept | ({part.name: value} if value else {}), depth, filled)
            elif isinstance(part, Block):
                if part.name not in filled:
                    yield from self._walk(page, template, part.body, names, depth, filled)
            elif depth < DEEPEST:
                yield from self._elsewhere(page, template, part, names, depth, filled)

    def _elsewhere(
        self, page: Page, template: str, part: Part, names: Names, depth: int, filled: frozenset[str]
    ) -> Iterator[Asked]:
        """What is shown of other templates: included, extended, or by a macro or tag that is called."""
        if isinstance(part, Include):
            yield from self._included(page, template, part, names, depth)
        elif isinstance(part, Extends):
            frame = self.files.find(part.name, template)
            if frame and frame != template:
                all_filled = filled | self.frames.blocks(template)
                yield from self._walk(page, frame, self.files.parts(frame), names, depth + 1, all_filled)
        elif isinstance(part, Called) and not part.tag:
            where, macro = self.frames.macros(template).get(part.name, ("", None))
            if macro is not None:
                given = self._handed(part, macro.params, names)
                yield from self._walk(page, where, macro.body, given, depth + 1) if given else ()
        elif isinstance(part, Called):
            yield from self._tagged(page, template, part, names, depth)

    def _tagged(self, page: Page, template: str, part: Called, names: Names, depth: int) -> Iterator[Asked]:
        """What the function of a tag or filter asks of the row that it is handed, and what the tag's template shows of it."""
        tag = self.tags.get(part.name)
        given = self._handed(part, tag.params, names) if tag is not None else {}
        if tag is None or not given:
            return
        for name, row in given.items():
            yield from self._of_tag(page, template, part.line, row, tag, name) if row.element and not row.rows else ()
        found = self.files.find(tag.template, tag.node.path) if tag.template else ""
        if found:
            shown = {}
            for key, entry in self.contexts.returned(tag.node).items():
                value = self._follow(given, entry.text.replace("()", "")) or self._value(entry)
                if value is not None:
                    shown[key] = value
            yield from self._walk(page, found, self.files.parts(found), shown, depth + 1)

    def _of_tag(self, page: Page, template: str, line: int, value: Value, tag: Tag, name: str) -> Iterator[Asked]:
        for need in self.reading.needs.of(tag.node):
            row = need.root == name
            loaded = row and not need.free and covers(value.loads, need.path, need.question.kind)
            if not loaded and (row or not need.root):
                yield self._asked(page, template, line, value, need, need.path)

    def _handed(self, part: Called, params: tuple[str, ...], names: Names) -> dict[str, Value]:
        """What the parameters of a macro or a tag stand for."""
        pairs = [*zip(params, part.given, strict=False), *part.named]
        return {name: value for name, chain in pairs if name in params and (value := self._follow(names, chain)) is not None}

    def _included(self, page: Page, template: str, part: Include, names: Names, depth: int) -> Iterator[Asked]:
        found = self.files.find(part.name, template)
        if found and found != template:
            given = {name: value for name, source in part.given if (value := self._follow(names, source)) is not None}
            yield from self._walk(page, found, self.files.parts(found), given if part.only else {**names, **given}, depth + 1)

    def _follow(self, names: Names, chain: str) -> Value | None:
        """What a chain of names stands for."""
        first, *rest = chain.split(".") if chain else ("",)
        value = names.get(first)
        for place, name in enumerate(rest):
            if value is None or (value.rows and name in WHOLE | orm().chains | orm().contents):
                continue
            if value.rows:
                return None
            relation = self.symbols.relations.of(value.model).get(name)
            if relation is not None:
                below = value.loads.below(name)
                known = below.known or (relation.many and not relation.lazy)
                path = (*value.path, name)
                same = below.same | inverse(self.symbols, value.model, relation)
                below = below._replace(known=known, same=same)
                value = Value(relation.many, relation.target, below, value.given, value.element, path)
            else:
                value = self._of_method(value, name) if place == len(rest) - 1 else None
        return value

    def _of_method(self, value: Value, name: str) -> Value | None:
        """The rows that a property or method of a row gives."""
        function = self.reading.defined(value.model, name)
        given = self.symbols.members.result(function) if function is not None else None
        if function is None or given is None or given.kind not in ("query", "many") or not self.symbols.classes.is_model(given):
            return None
        return Value(True, given.as_("class"), self.feeds.returned(function), value.given)

    def _read(self, page: Page, template: str, chain: str, line: int, names: Names) -> Iterator[Asked]:
        first, *rest = chain.split(".")
        value = names.get(first)
        if value is None or not value.element:
            return
        model, loads = value.model, value.loads
        path: Path = ()
        for place, name in enumerate(rest):
            relation = self.symbols.relations.of(model).get(name)
            if relation is None:
                yield from self._of_property(page, template, line, value, model, name, path)
                return
            path = (*path, name)
            after = rest[place + 1] if place + 1 < len(rest) else ""
            whole = not relation.many or after in ("", "all", "count", "exists")
            if self.reading.is_lazy(relation) and not (whole and covers(loads, path, "many" if relation.many else "one")):
                yield self._asked(page, template, line, value, self._need(page, first, path, line, relation.many), path)
            if relation.many:
                return
            model = relation.target

    def _of_property(
        self, page: Page, template: str, line: int, value: Value, model: Symbol, name: str, path: Path
    ) -> Iterator[Asked]:
        """What a property or method asks: of all relations that it reads the first, which is where to begin."""
        told: set[bool] = set()
        for shown in self.reading.of_model(model, name) if (*path, name) not in value.loads.paths else ():
            full = (*path, *shown.path) if shown.need.root else ()
            loaded = shown.need.root and not shown.need.free and covers(value.loads, full, shown.need.question.kind)
            loaded = loaded or holds(value.loads, looked_for(self.graph, shown.need.node))
            if not loaded and bool(shown.need.root) not in told:
                told.add(bool(shown.need.root))
                yield self._asked(page, template, line, value, shown.need, full)

    def _need(self, page: Page, root: str, path: Path, line: int, many: bool) -> Need:
        text = ".".join((root, *path))
        kind = "many" if many else "one"
        question = Question(page.node.scope, page.line, 1, -1, text, kind, f"{path[-1]} on {line}", root, path, False)
        return Need(question, page.node, root, path)

    def _asked(self, page: Page, template: str, line: int, value: Value, need: Need, path: Path) -> Asked:
        return Asked(page, template, line, value.given, value.element, need, path, value.loads.known)

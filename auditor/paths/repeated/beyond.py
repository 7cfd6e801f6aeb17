"""What is asked once per row elsewhere than in loops of code: by serializers, schemas, tables and the loops of templates."""

from collections.abc import Iterator

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.loads.feeds import Feeds
from auditor.paths.loads.given import Callers
from auditor.paths.loads.loading import covers, holds
from auditor.paths.names.symbol import Symbol
from auditor.paths.queries.kept import looked_for
from auditor.paths.queries.loops import Loops, Many
from auditor.paths.queries.needs import Needs
from auditor.paths.queries.reading import Reading
from auditor.paths.queries.repetition import Repeated
from auditor.paths.repeated.shown import shown_rows
from auditor.paths.repeated.unread import unread
from auditor.paths.templates.files import TemplateFiles
from auditor.paths.templates.rows import Asked, PageRows

TOLD = 3
"""Of so many relations a finding tells the names."""


def beyond_loops(
    graph: Graph, callers: Callers, feeds: Feeds, needs: Needs, loops: Loops, templates: TemplateFiles
) -> Iterator[Repeated]:
    """All of it; what a template surely asks comes before what one may ask."""
    yield from _shown(graph, feeds, needs, loops)
    yield from _on_pages(graph, feeds, needs, loops, templates)
    yield from _unread(graph, callers, needs)


def _unread(graph: Graph, callers: Callers, needs: Needs) -> Iterator[Repeated]:
    """What properties ask that only templates can read: whether they do it for many rows, nobody saw."""
    for model, node, need in unread(graph, callers, needs):
        line = graph.symbols.definition(Symbol("function", *node)).line
        name = graph.symbols.definition(model).name
        row = Repeated(need.question, need.node, node, line, "row", name, need.path, need.way)
        yield row._replace(known=False, by="template")


def _shown(graph: Graph, feeds: Feeds, needs: Needs, loops: Loops) -> Iterator[Repeated]:
    """What serializers of lists and tables ask for each row."""
    for shown, feed, by in shown_rows(graph, feeds, needs):
        need = shown.need
        if loops.limited(feed.node.path, feed.node.scope, feed.source, -1, feed.source):
            continue
        if need.root and not need.free and covers(feed.loads, shown.path, need.question.kind):
            continue
        if holds(feed.loads, looked_for(graph, need.node)):
            continue
        known = feed.loads.known
        row = Repeated(need.question, need.node, feed.node, feed.line, "row", feed.source, shown.path, need.way, known=known)
        yield row._replace(by=by)


def _on_pages(graph: Graph, feeds: Feeds, needs: Needs, loops: Loops, templates: TemplateFiles) -> Iterator[Repeated]:
    """What the loops of pages ask for each row; the relations that one loop reads are one finding, at its query."""
    together: dict[tuple[str, int, str], list[Asked]] = {}
    others: list[Asked] = []
    for asked in PageRows(graph, feeds, Reading(graph, needs), templates).all():
        given = asked.given
        if loops.limited(given.path, given.scope, given.text, given.start, given.text):
            continue
        if asked.need.question.kind in ("one", "many") and not asked.need.way and asked.need.node == asked.page.node:
            together.setdefault(_rows_of(asked), []).append(asked)
        else:
            others.append(asked)
    for asked in others:
        # What the page reads itself is there when a property or method reads it again.
        if not asked.path or all(asked.path != read.path for read in together.get(_rows_of(asked), ())):
            yield _row(asked)
    for several in together.values():
        texts = list(dict.fromkeys(asked.need.question.text for asked in several))
        more = f" and {len(texts) - TOLD} more" if len(texts) > TOLD else ""
        row, given = _row(several[0]), several[0].given
        question = row.question._replace(line=given.line, scope=given.scope, text=", ".join(texts[:TOLD]) + more)
        yield row._replace(question=question, node=Node(given.path, given.scope))


def _rows_of(asked: Asked) -> tuple[str, int, str]:
    return asked.given.path, asked.given.line, asked.element


def _row(asked: Asked) -> Repeated:
    need, page = asked.need, asked.page
    return Repeated(
        need.question,
        need.node,
        page.node,
        page.line,
        asked.element,
        page.template,
        asked.path,
        need.way,
        Many.YES,
        asked.known,
        "page",
        template=asked.template,
        template_line=asked.line,
    )

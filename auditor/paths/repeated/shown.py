"""What is asked once per row by what shows rows: serializers, schemas of lists, choices of forms, an administration's tables."""

from collections.abc import Iterator

from auditor.paths.calls.graph import Graph
from auditor.paths.loads.feeds import Feeds
from auditor.paths.names.rows import showers
from auditor.paths.queries.needs import Needs
from auditor.paths.queries.reading import Feed, Reading, Shown
from auditor.paths.repeated.choices import Choices
from auditor.paths.repeated.resolvers import Resolvers
from auditor.paths.repeated.schemas import Schemas
from auditor.paths.repeated.serializers import Serializers
from auditor.paths.repeated.tables import Tables


def shown_rows(graph: Graph, feeds: Feeds, needs: Needs) -> Iterator[tuple[Shown, Feed, str]]:
    """Everything that is needed per row, with what feeds the rows, and the word for what shows them."""
    known = {shower.klass: shower for shower in showers(graph.symbols)}
    reading = Reading(graph, needs)
    for shown, feed in Serializers(graph, feeds, reading, known).all():
        yield shown, feed, "serializer"
    for shown, feed in Schemas(graph, feeds, reading).all():
        yield shown, feed, "schema"
    for shown, feed in Choices(graph, feeds, reading).all():
        yield shown, feed, "choices"
    for shown, feed in Resolvers(graph, reading).all(known.values()):
        yield shown, feed, "resolver"
    tables = Tables(feeds, reading)
    for shower in known.values():
        if shower.kind == "table":
            for shown, feed in tables.of(shower):
                yield shown, feed, "admin"

"""What is asked once per element, as plain values for rules: the question, where it stands, and every hop to it."""

import msgspec

from auditor.model.finding import Confidence, Hop, Location, Related
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.calls.reach import Reach
from auditor.paths.loads.given import Callers
from auditor.paths.queries.asked import Questions
from auditor.paths.queries.loops import Many
from auditor.paths.queries.repetition import Repeated
from auditor.paths.repeated.asynchronous import Asynchronous
from auditor.paths.repeated.in_loops import Search
from auditor.paths.repeated.sureness import sureness
from auditor.paths.templates.files import TemplateFiles

SUREST = tuple(Confidence)
MOST = 40
"""Other places that are told with a finding."""


class RepeatedQuery(msgspec.Struct, frozen=True):
    """A question that is asked of the database once per element."""

    location: Location
    kind: str
    """`query`, `write`, `one` or `many`: the last two read a relation that no loading option brought along."""
    text: str
    """What asks, in short: `order.customer`, `Order.objects.get`."""
    function: str
    """The name of the scope in which it is repeated."""
    element: str
    """The name of one element, `turn` where it has none."""
    source: str
    """What is gone through, in short; empty for `while`."""
    relation: str
    """For a relation: how it is reached from the element, with dots."""
    by: str
    """What repeats: `loop`, `serializer`, `schema`, `choices`, `resolver`, `admin`, `page`, or a `template` that may."""
    hops: tuple[Hop, ...]
    """From what repeats to what asks, both included."""
    through: tuple[str, ...]
    """The names of the functions between the two."""
    confidence: Confidence
    outer: Node
    """The scope with what repeats."""
    others: tuple[Related, ...]
    """The other places whose turns ask the same."""

    @property
    def lacking(self) -> str:
        """The subject of what is not loaded: `order.customer is`, or for a field `OrderOut.label reads customer, which is`."""
        if self.text[:1].isupper() and not self.text.endswith(f".{self.relation.rpartition('.')[2]}"):
            return f"{self.text} reads {self.relation}, which is"
        return f"{self.text} {'are' if ', ' in self.text else 'is'}"


def repeated_queries(graph: Graph, callers: Callers, questions: Questions, templates: TemplateFiles) -> tuple[RepeatedQuery, ...]:
    """All of them, by place; of a chain on one line, `execute(...).scalar()`, the whole, of one on several the first."""
    reach = Reach(graph)
    asynchronous = Asynchronous(graph)
    found: dict[tuple[str, int, str], RepeatedQuery] = {}
    chains: set[tuple[str, int]] = set()
    for repeated in Search(graph, callers, questions, templates).all():
        one = _told(graph, reach, _surest(graph, repeated, asynchronous), asynchronous)
        # Two relations that are read on one line are two questions, one that is read through the other is told with it.
        key = (one.location.path, one.location.line, one.relation.partition(".")[0])
        chain = (one.location.path, repeated.question.start)
        if key not in found and chain[1] >= 0 and not (repeated.general or repeated.sent) and chain in chains:
            continue
        chains.add(chain)
        if key not in found or len(one.text) > len(found[key].text):
            found[key] = one
    return tuple(found.values())


def _told(graph: Graph, reach: Reach, one: Repeated, asynchronous: Asynchronous) -> RepeatedQuery:
    question = one.question
    asked = Location(one.node.path, question.line, question.column)
    name = graph.name(one.outer)
    source = one.source or "a condition"
    does = {"loop": "goes through", "template": "may be read by a template for each"}.get(one.by, "shows")
    first = Hop(Location(one.outer.path, one.line), f"{name} {does} {source}")
    read = (
        [Hop(Location(one.template, one.template_line), f"the template's loop reads it of each {one.element}")]
        if one.template
        else []
    )
    last = Hop(asked, f"{graph.name(one.node)} asks {question.text}")
    return RepeatedQuery(
        location=Location(*one.place),
        kind=question.kind,
        text=_text(one),
        function=name,
        element=one.element,
        source=one.source,
        relation=".".join(one.path),
        by=one.by,
        hops=(first, *read, *reach.hops(one.way), last),
        through=tuple(graph.name(edge.to) for _, edge in one.way if edge.to is not None),
        confidence=sureness(graph, one, asynchronous),
        outer=one.outer,
        others=tuple(_other(graph, other) for other in one.others[:MOST]),
    )


def _text(one: Repeated) -> str:
    """What asks, in short; of a row that its class saves in its own way the call: `order.save`."""
    calls = (edge.call.target for _, edge in reversed(one.way)) if one.general else ()
    own = one.question.text.startswith("super")
    return next((text for text in calls if own and not text.startswith("super")), one.question.text)


def _surest(graph: Graph, one: Repeated, asynchronous: Asynchronous) -> Repeated:
    """The surest of all that repeat a question, of equals the nearest."""
    if not one.others:
        return one
    several = [one, *one.others]
    first = min(several, key=lambda one: (SUREST.index(sureness(graph, one, asynchronous)), one.many is not Many.YES))
    return first._replace(others=tuple(other for other in several if other is not first))


def _other(graph: Graph, one: Repeated) -> Related:
    path, line = one.turn
    return Related(Location(path, line), f"{graph.name(one.outer)} asks it once per element of {one.source or 'the loop'}")

"""What is asked once per element: the questions that stand in a loop over many, or behind a call that does."""

import re
from collections.abc import Iterator
from functools import cached_property

from auditor.facts.flow.events import Assign, Loop
from auditor.facts.flow.loops import EACH, variables
from auditor.knowledge.orm import orm
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.loads.feeds import Feeds
from auditor.paths.loads.given import Callers
from auditor.paths.loads.loading import UNKNOWN, Loads, covers, holds
from auditor.paths.names.rows import showers
from auditor.paths.names.turns import seen_by
from auditor.paths.queries.any_class import within_any
from auditor.paths.queries.asked import Questions
from auditor.paths.queries.constant import asks_for_one
from auditor.paths.queries.kept import fills_once, kept, looked_for, stored
from auditor.paths.queries.loops import Loops, Many, of_tables
from auditor.paths.queries.needs import Need, Needs
from auditor.paths.queries.origin import Origin, Origins
from auditor.paths.queries.question import DEFINES, UNITS, Question
from auditor.paths.queries.reading import Reading
from auditor.paths.queries.repetition import Repeated
from auditor.paths.queries.sent_on import sent_on
from auditor.paths.repeated.beyond import beyond_loops
from auditor.paths.repeated.cases import Cases
from auditor.paths.repeated.once import first_reads, least, weight
from auditor.paths.repeated.serializers import Serializers
from auditor.paths.repeated.sureness import OWN_WRITES
from auditor.paths.templates.files import TemplateFiles
from auditor.paths.written.arguments import arguments

ENDLESS = re.compile(r"\A(?:True|1)\Z|\b(?:\w*shutdown\w*|\w*running|\w*stop(?:ped|ping)?|alive|is_set|\w*wakeup\w*)\b")
"""What a loop asks that runs as long as the program does."""
COUNTS = re.compile(r"\A(?:itertools\.)?(?:count|repeat|cycle)\(")
"""What goes on until the body has had enough."""
PAGED = re.compile(r"\b(?:limit|offset|slice)\(|\[:\]")
MIGRATES = re.compile(r"(?:^|/)_?(?:migrations?|alembic)(?:/|\.py$)")
"""What only migrations use runs once, whatever it costs."""
REGISTERS = re.compile(
    r"(?:\A|\.)(?P<name>connect|subscribe|register(?:_\w+)?|add_\w*(?:handler|listener|callback|hook|receiver|job|rule))\Z"
)
TABLE = re.compile(r"\b(?:FROM|INTO|UPDATE|JOIN|TABLE)\s+[\"'`]?\{([A-Za-z_]\w*)", re.IGNORECASE)
"""A table's name that is filled in."""
NEXT = 2
"""Lines on which a `return` may follow a write, so that no turn comes after it."""
TESTS = frozenset("exists first count one_or_none scalar has_rows get".split())


class Search:
    """Looks through all loops of a project."""

    def __init__(self, graph: Graph, callers: Callers, questions: Questions, templates: TemplateFiles) -> None:
        self.graph = graph
        self.callers = callers
        self.templates = templates
        self.questions = questions
        self.origins = Origins(graph, self.questions)
        self.feeds = Feeds(graph, callers)
        self.needs = Needs(graph, self.questions, self.origins)
        self.loops = Loops(graph)
        self.cases = Cases(graph)

    @cached_property
    def _serializers(self) -> Serializers:
        known = {shower.klass: shower for shower in showers(self.graph.symbols)}
        return Serializers(self.graph, self.feeds, Reading(self.graph, self.needs), known)

    def all(self) -> tuple[Repeated, ...]:
        """Every question that some loop repeats, once, with the shortest way, by place."""
        found: dict[object, dict[object, Repeated]] = {}
        for one in self._anywhere():
            several = found.setdefault(one.key, {})
            if one.turn not in several or weight(one) < weight(several[one.turn]):
                several[one.turn] = one
        first = (least(several.values()) for several in found.values())
        return tuple(sorted(first_reads(self.graph, first), key=lambda one: one.key))

    def _anywhere(self) -> Iterator[Repeated]:
        for node in self.graph.nodes:
            if node in self.questions.loops and not MIGRATES.search(node.path):
                yield from self._in(node)
        yield from beyond_loops(self.graph, self.callers, self.feeds, self.needs, self.loops, self.templates)

    def _in(self, node: Node) -> Iterator[Repeated]:
        for question in self.questions.of(node):
            if question.loop < 0 or not self._agrees(node, question):
                continue
            if not kept(self.graph, node, question) and not fills_once(self.graph, node, question):
                need = Need(question, node, question.root, question.path, question.always)
                yield from self._judge(node, question.scope, question.line, question.loop, need)
        for edge in self.graph.edges(node):
            if edge.call.loop < 0 or edge.to is None or stored(self.graph, node, edge.call.start, edge.call.loop):
                continue
            if _registers(edge) or (edge.later and not self.graph.is_pooled(edge)):
                continue
            if not self._ends(node, edge.call.start):
                for need in self.needs.of(edge.to):
                    yield from self._through(node, edge, need)

    def _agrees(self, node: Node, question: Question) -> bool:
        """Whether the row that is asked is one of its own loop: two loops of a scope may use one name for rows of two classes."""
        name, dot, _ = question.text.partition(".")
        if not dot or question.root or not name.isidentifier():
            return True
        origin = self.origins.of(node.path, question.scope, name, question.line, question.loop)
        return self.origins.agrees(node.path, question.scope, origin)

    def _through(self, node: Node, edge: Edge, need: Need) -> Iterator[Repeated]:
        call = edge.call
        if self.needs.spared(node, edge, need):
            return
        first = call.target.partition(".")[0]
        if not self.origins.agrees(node.path, call.scope, self.origins.of(node.path, call.scope, first, call.line, call.loop)):
            return
        root, path = self.needs.argument(node, edge, need.root) if need.root else ("", ())
        if need.root and not root and not need.always:
            return
        if self._is_there(node, edge, first, need):
            return
        step = need._replace(root=root, path=(*path, *need.path) if root else (), way=((node, edge), *need.way))
        yield from self._judge(node, call.scope, call.line, call.loop, step)

    def _is_there(self, node: Node, edge: Edge, root: str, need: Need) -> bool:
        """Whether the row came with what a property of that name would ask for, or with what its code looks for first."""
        names = looked_for(self.graph, need.node)
        if not names and not edge.read:
            return False
        origin = self.origins.of(node.path, edge.call.scope, root, edge.call.line, edge.call.loop)
        loads = self.feeds.element(node.path, origin.loop, origin.name) if origin.kind == "loop" else Loads()
        return holds(loads, names) or (edge.read and (*origin.path, *edge.call.target.split(".")[1:]) in loads.paths)

    def _judge(self, node: Node, scope: int, line: int, loop: int, need: Need) -> Iterator[Repeated]:
        if not need.root:
            yield from self._each_turn(node, loop, need)
            return
        origin = self.origins.of(node.path, scope, need.root, line, loop)
        full = (*origin.path, *need.path)
        number, loads = self._fed(node, scope, loop, origin)
        if number >= 0 and loads is not None:
            if need.free or not covers(loads, full, need.question.kind):
                first = node == need.node and self._hit(node, number, need.question)
                yield from self._repeated(node, number, need, full, loads.known and not first, origin.name)
        elif need.always and not covers(self.feeds.given.name(node.path, scope, need.root), full, need.question.kind):
            yield from self._each_turn(node, loop, need)

    def _fed(self, node: Node, scope: int, loop: int, origin: Origin) -> tuple[int, Loads | None]:
        """The loop that hands out a new object each turn, and what came with it."""
        own = self.feeds.given.set_on(node.path, scope, origin.name)
        if origin.kind == "loop":
            if not self.origins.agrees(node.path, scope, origin):
                return origin.loop, UNKNOWN._replace(plain=True)
            loads = self.feeds.element(node.path, origin.loop, origin.name)
            if not loads.known:
                loads = self._serializers.above(node, self.graph.flows[node.path].loops[origin.loop].source, loads)
            return origin.loop, loads | own
        if origin.kind == "climb":
            # From parent to parent there are as many as a tree is deep, and no query loads them all.
            return origin.loop, UNKNOWN
        if origin.kind == "made" and origin.assign is not None and not self.feeds.is_made(node.path, origin.assign):
            loops = self.graph.flows[node.path].loops
            for number in self.origins.around(node.path, loop):
                if loops[number].line <= origin.assign.line and loops[number].kind != "comprehension":
                    made = origin.assign
                    loads = self.feeds.expression(node.path, scope, made.value, made.start, made.text)
                    return number, loads | own
        return -1, None

    def _each_turn(self, node: Node, loop: int, need: Need) -> Iterator[Repeated]:
        question = need.question
        if asks_for_one(self.graph, self.origins, node, loop, need):
            return
        line = need.way[0][1].call.line if need.way else question.line
        for number in self.origins.around(node.path, loop):
            # What only the last turn of a loop asks is asked in each turn of the one around it.
            if self.loops.many(node.path, number) is not Many.NO and not self.cases.is_last(node.path, number, line):
                hit = self._hit(node, number, question) if node == need.node else self._ends(node, need.way[0][1].call.start)
                if not hit and not self._batch(need.node, node, number, question):
                    around = self.graph.flows[node.path].loops[number]
                    # Who counts the turns may well commit only every so many of them.
                    counted = question.method in UNITS and around.source.startswith("enumerate")
                    # What has no end of its own goes from portion to portion, or waits for something.
                    endless = (ENDLESS if around.kind == "while" else COUNTS).search(around.text) is not None
                    tables = node == need.node and (of_tables(around, question) or self._finds_table(node, around, question))
                    yield from self._repeated(node, number, need, need.path, not counted and not endless and not tables)
                return

    def _finds_table(self, node: Node, around: Loop, question: Question) -> bool:
        """Whether each turn asks another table: `model = apps.get_model(name)`, and then `model.objects.get(...)`, or SQL with
        a table's name filled in that the turn has made.
        """
        root = question.text.partition(".")[0]
        made = (one.value.removesuffix("()").rpartition(".")[2] for one in self._in_turn(node, around, question, root))
        if any(name in orm().finds_class for name in made):
            return True
        first = (*arguments(question.args).positional, "")[0]
        texts = [first, *(one.text for one in self._in_turn(node, around, question, first))]
        tables = {name for text in texts for name in TABLE.findall(text)}
        return any(self._in_turn(node, around, question, name) for name in tables)

    def _in_turn(self, node: Node, around: Loop, question: Question, name: str) -> list[Assign]:
        """What a name is given within a loop before a question."""
        assigns = self.graph.symbols.table(node.path).assigns.get((question.scope, name), ())
        return [one for one in assigns if around.line <= one.line <= question.line]

    def _repeated(
        self, node: Node, number: int, need: Need, path: tuple[str, ...], known: bool, of: str = ""
    ) -> Iterator[Repeated]:
        many = self.loops.many(node.path, number)
        line = need.way[0][1].call.line if need.way else need.question.line
        if many is not Many.NO and not self.cases.is_last(node.path, number, line):
            loop = self.graph.flows[node.path].loops[number]
            element = _element(loop, of or (need.way[0][1].call.target if need.way else need.question.text).partition(".")[0])
            sent, statement = sent_on(self.graph, need.node, need.question, need.way)
            if sent and DEFINES.match(statement):
                return
            yield Repeated(
                need.question,
                need.node,
                node,
                loop.line,
                element,
                seen_by(loop, element).source,
                path,
                need.way,
                many,
                known,
                "loop",
                self._general(need),
                sent or within_any(self.graph, need.node, need.way),
                of,
            )

    def _general(self, need: Need) -> bool:
        """Whether a question is that of a manager, a query class, a class method of any model, or a row's own `save`."""
        root = need.question.text.partition(".")[0]
        if root == "cls":
            return True
        if root.startswith("super") and need.question.method in OWN_WRITES:
            return self.graph.name(need.node).rpartition(".")[2] == need.question.method
        own = root == "self" or root.startswith("super")
        owner = self.graph.symbols.owner(need.node.path, need.question.scope) if own else None
        return owner is not None and not need.root and self.graph.symbols.classes.is_manager(owner)

    def _ends(self, node: Node, start: int) -> bool:
        """Whether the function ends with what begins at a byte: the turn is the last."""
        returns = self.graph.symbols.table(node.path).returns.get(node.scope, ())
        return start >= 0 and any(entry.start == start for entry in returns)

    def _hit(self, node: Node, number: int, question: Question) -> bool:
        """Whether a loop ends at the first row that it finds, or asks until there is none."""
        loop = self.graph.flows[node.path].loops[number]
        if loop.kind == "while" and loop.start <= question.start < loop.start + len(loop.text):
            return True
        if question.start >= 0 and self._ends(node, question.start):
            return True
        if loop.leaves == "some" and question.kind == "write":
            spans = self.graph.symbols.table(node.path).spans[question.scope]
            return any(question.line < one.line <= question.line + NEXT for one in spans)
        if loop.leaves == "some" and question.kind == "many" and not question.bound:
            return question.method in TESTS
        if loop.leaves != "some" or question.kind != "query":
            return False
        if not question.bound:
            return question.method in TESTS and question.method != "get"
        prefix = question.bound + "."
        uses = (*self.graph.reads.get(node, ()), *self.graph.calls.get(node, ()))
        return not any((u.text if hasattr(u, "text") else u.target).startswith(prefix) for u in uses if u.line >= question.line)

    def _batch(self, asker: Node, node: Node, number: int, question: Question) -> bool:
        """Whether a question is about what the turn of the loop stands for: `filter(pk__in=ids)` for `ids` of batches."""
        if asker != node or question.start < 0:
            return False
        loop = self.graph.flows[node.path].loops[number]
        calls = self.graph.symbols.table(node.path).at.get(question.start, ())
        names = loop.target.replace("(", " ").replace(")", " ").replace(",", " ").split()
        texts = [call.args for call in calls]
        if loop.kind == "while" and PAGED.search(question.text):
            return True
        if loop.kind == "while" and any("__in=" in text or ".in_(" in text for text in texts):
            return True
        return any(f"__in={name}" in text.replace(" ", "") or f"in_({name})" in text for name in names for text in texts)


def _registers(edge: Edge) -> bool:
    """Whether a call only keeps the function that it is handed, for what may happen: `post_save.connect(index, sender=model)`."""
    match = REGISTERS.search(edge.call.target)
    return match is not None and edge.name.rpartition(".")[2] != match["name"]


def _element(loop: Loop, name: str) -> str:
    """What is told of as the element that a loop goes through: the variable that is asked, else the last."""
    if name and name in variables(loop.target) and seen_by(loop, name) is not loop:
        return name
    last = loop.target.split(",")[-1].strip(" ()") or "turn"
    return "element" if last == EACH else last

"""How sure it is that a question which is asked once per element is one that a team would mend."""

import re
from collections.abc import Sequence

from auditor.facts.flow.events import Call, Loop
from auditor.model.finding import Confidence
from auditor.paths.calls.graph import Graph
from auditor.paths.queries.constant import BY_KEY
from auditor.paths.queries.loops import Many
from auditor.paths.queries.question import UNITS
from auditor.paths.queries.repetition import Repeated
from auditor.paths.repeated.asynchronous import Asynchronous
from auditor.paths.repeated.cases import cases, is_picked
from auditor.paths.repeated.provided import is_provided
from auditor.paths.repeated.small import MAKES, is_small
from auditor.paths.repeated.turn import is_busy, turn
from auditor.paths.written.arguments import arguments

ONCE = re.compile(
    r"(?:\b|_|(?<=[a-z])(?=[A-Z]))(?i:seed(?:er|ing|s)?|populate[ds]?|(?:create|load|add|insert|ensure|sync)_(?:\w+_)?(?:default|initial)s?"
    r"|bootstrap|fill(?:[_-]?(?:database|db|tables?))?|demo|recreate|perf(?:ormance)?_test|random_generate|generate_random"
    r"|develop/management|fixtures?|faker?|dummy|testing|sample_?data|test_?data|create_test|anonymi[sz]\w*|migrat\w*|backfill"
    r"|(?:data_?)?repair|commands/_?(?:fix|move|convert|rename|split)_\w+)(?:\b|_|(?=[A-Z]))"
)
"""What fills a database with made-up or first rows, or moves old ones, runs once, before anybody waits."""
TIDIES = re.compile(
    r"\bcommands/(?:\w*_)?(?:fix|sanitize|merge|dedup\w*|rebuild|recount|import|load|transfer)_\w+"
    r"|\bcommands/\S+ (?:\w+\.)?_?(?:import|fix)_\w+|(?:^|/)importers?/"
    r"|(?:clean|clear|delete|drop|merge|purge|remove)\w*_dup(?:e|licate)s?\b"
)
"""Commands that mend rows once, or take over another application's."""
SENDS = re.compile(r"(?:^|[._])(?:send|deliver|notify|dispatch|publish|emit|revoke|enqueue|delay|apply_async)(?:_\w+)?\Z")
"""What leaves the application: that it did is written down before the next, or it would leave twice."""
LACKS = frozenset("DoesNotExist ObjectDoesNotExist KeyError AttributeError IndexError LookupError ValueError".split())
"""What is caught as a matter of course: that there is none is one of two ways to go on."""
LOCKS = ("select_for_update", "with_for_update", "refresh_from_db", ".refresh")
"""What has to ask for each row on its own."""
PORTIONS = re.compile(r"(?:\b|_)(?:flush|drain|buffer|batch|chunk)(?:_\w*)?\Z")
"""What is called in every turn, and asks once a portion."""
LOCKED = re.compile(r"for_update|row_lock|advisory_(?:xact_)?(?:un)?lock")
TELLS = re.compile(r"(?:self\.|cls\.)?_?(?:logg?(?:er|ing)?|stdout|stderr|click|print)\b")
WORDS = re.compile(r"(?P<what>[\w.\[\]'\"()]*)\.split\(\s*(?:['\"][,;|][ ]?['\"]|(?P<blank>\)|['\"] ['\"]))")
TEXTS = re.compile(r"text|content|message|document|line|sentence|title|description|read|output", re.IGNORECASE)
"""What may have any number of words."""
ASKED = re.compile(r"ids?\b|pks?\b|keys|uuids|request|GET|POST|args|param|data|body|query", re.IGNORECASE)
"""What a client sends may be a list of any length; a setting, or one cell of a table, holds a few words."""
CALENDAR = re.compile(r"\b(?:(?:month|day)_(?:abbr|name)|weekdays?|iter_?months|months|quarters)\b")
OWN_WRITES = frozenset(("save", "delete"))
"""Methods that a class overrides so that each row gets its due: no write of many together would call them."""
HANDED_IN = re.compile(
    r"\.(?:iterfind|findall|iter|xpath|itertext|getchildren)\(|(?:^|\.|_)(?:initial_)?form(?:set)?s\Z|[Ss]ession(?:\[|\.get\(|\.pop\()"
)
"""What is handed in piece by piece: few, and no rows."""
FILES = re.compile(r"(?:\w+\.)*(?:Cached\w*|\w*(?:File|Image|Attachment|Upload|Photo|Document|Media)s?)\.")
"""Rows with a file, which goes with its row."""
FAR = 3
SMALL = 5
"""A function of so few calls does little but ask."""


def sureness(graph: Graph, one: Repeated, asynchronous: Asynchronous) -> Confidence:
    """High where rows are gone through and the question stands in the loop; low where much stands between the two or beside."""
    sure = _sureness(graph, one, asynchronous)
    doubted = sure is Confidence.MEDIUM and (is_busy(graph, one) or _handed_in(one))
    return Confidence.LOW if doubted else sure


def _sureness(graph: Graph, one: Repeated, asynchronous: Asynchronous) -> Confidence:
    if _in_doubt(graph, one) or (one.question.implied and asynchronous.refuses(one.outer)):
        return Confidence.LOW
    rows, far = one.many is Many.YES, len(one.way) - one.sent
    if one.question.kind == "write":
        return _of_write(graph, one, rows, far)
    if one.question.kind == "query":
        if (far > 1 and not (rows and _is_own(one))) or (far and not rows and not _only_asks(graph, one)):
            return Confidence.LOW
        # A client may or may not ask for the field that a method resolves.
        return Confidence.HIGH if rows and not far and one.by != "resolver" else Confidence.MEDIUM
    if far > 1 and not rows:
        return Confidence.LOW
    return Confidence.HIGH if rows and far < 2 else Confidence.MEDIUM


def _in_doubt(graph: Graph, one: Repeated) -> bool:
    """Whether the rows may be there already, or the loop runs once in the project's life, around much else, or around itself."""
    through_save = any(edge.call.target.rpartition(".")[2] in OWN_WRITES for _, edge in one.way)
    return (
        not one.known
        or one.question.near
        or len(one.way) - one.sent >= FAR
        or bool(one.way and not one.source)
        or (through_save and one.question.kind != "write")
        or any(edge.to in (node, one.outer) for node, edge in one.way)
        or _locks(graph, one)
        or _is_of_the_same_rows(graph, one)
        or any(PORTIONS.search(edge.call.target) for _, edge in one.way)
        or _few_words(graph, one)
        or any(words.search(f"{one.outer.path} {graph.name(one.outer)}") for words in (ONCE, TIDIES))
        or _in_handler(graph, one)
        or is_small(graph, one)
        or is_provided(graph, one)
        or (one.by == "loop" and is_picked(graph, one))
    )


def _in_handler(graph: Graph, one: Repeated) -> bool:
    """Whether the question, or a call on the way to it, stands where something failed: in an `except` within the loop."""
    places = [*((node, edge.call.line) for node, edge in one.way), (one.node, one.question.line)]
    for place, (node, line) in enumerate(places if one.by == "loop" else ()):
        handlers = (handler for guard in graph.flows[node.path].guards for handler in guard.handlers)
        around = (each for each in handlers if each.line <= line <= each.last and (place or each.line > one.line))
        if any(not all(kind.rpartition(".")[2] in LACKS for kind in each.types) for each in around):
            return True
    return False


def _is_of_the_same_rows(graph: Graph, one: Repeated) -> bool:
    """Whether a session is asked by key for a row of the table that the loop goes through, most of whose rows it then holds."""
    asked = arguments(one.question.args).get(0, "entity") if BY_KEY.search(one.question.text) else None
    model = graph.symbols.chain(one.node.path, one.question.scope, asked) if asked else None
    if model is None or model.kind != "class":
        return False
    loops = (loop for loop in graph.flows[one.outer.path].loops if loop.line == one.line and loop.scope == one.outer.scope)
    rows = (graph.symbols.element(one.outer.path, loop, one.element) for loop in loops)
    return any(row is not None and row.as_("class") == model for row in rows)


def _locks(graph: Graph, one: Repeated) -> bool:
    """Whether a row is locked or read anew, which only one query for each can do, here or by a method of that name on the way."""
    # `for order in orders: order = session.get(Order, order.id)`: the same row, anew.
    if one.question.bound == one.element and re.search(rf"\b{re.escape(one.element)}\.(?:id|pk)\b", one.question.args):
        return True
    texts = (one.question.text, *(f".{edge.call.target.rpartition('.')[2]}" for _, edge in one.way))
    named = graph.symbols.table(one.node.path).assigns.get((one.question.scope, one.question.args.strip()), ())
    said = (one.question.args, *(assign.value or assign.text for assign in named))
    return any(map(LOCKED.search, said)) or any(word in text for word in LOCKS for text in texts)


def _few_words(graph: Graph, one: Repeated) -> bool:
    """Whether a loop goes through the words of a text that no client sent, `setting.split(",")`, or a year's months."""
    loops = graph.flows[one.outer.path].loops
    texts = [loop.text for loop in loops if loop.line == one.line and loop.scope == one.outer.scope]
    assigns = graph.symbols.table(one.outer.path).assigns
    named = (assign for text in texts for assign in assigns.get((one.outer.scope, text), ()))
    given = (
        f"{call.target}({call.args})" for assign in named for call in graph.symbols.table(one.outer.path).at.get(assign.start, ())
    )
    found = [match for text in (*texts, *given) if (match := WORDS.search(text))]
    few = (match for match in found if not (match["blank"] and TEXTS.search(match["what"])))
    return any(map(CALENDAR.search, texts)) or any(ASKED.search(match["what"]) is None for match in few)


def _of_write(graph: Graph, one: Repeated, rows: bool, far: int) -> Confidence:
    """A write of the element itself can be one of many; what else is written per element is mostly what the loop is for."""
    if one.question.method in UNITS:
        alone = far > 1 or _needed(graph, one) or _sends(graph, one) or any(cases(graph, one))
        adds = rows or any(call.target.endswith(".add") for call in turn(graph, one))
        return Confidence.MEDIUM if adds and not alone else Confidence.LOW
    own = one.question.text == f"{one.element}.{one.question.method}"
    if one.question.method == "delete" and one.question.args:
        return Confidence.LOW
    told = "update_fields=" in one.question.args
    if far or not (own and (rows or told)) or _sends(graph, one):
        return Confidence.LOW
    if not rows:
        # Elements that are written here so and there so are of several kinds, or at several stages.
        several = sum(call.target == one.question.text for call in turn(graph, one)) > 1
        return Confidence.LOW if several else Confidence.MEDIUM
    if one.question.method == "save":
        return Confidence.MEDIUM if any(MAKES.search(call.target) for call in turn(graph, one)) else Confidence.HIGH
    return Confidence.LOW if _has_file(graph, one) else Confidence.MEDIUM


def _has_file(graph: Graph, one: Repeated) -> bool:
    """Whether the rows that a loop goes through keep files: each goes with its row."""
    assigns = graph.symbols.table(one.outer.path).assigns.get((one.outer.scope, one.source), ())
    return any(FILES.match(source) for source in ([assign.value for assign in assigns] or [one.source]))


def _handed_in(one: Repeated) -> bool:
    """Whether a loop goes through the elements of a document, the forms of a page, or what a browser's session holds."""
    return one.by == "loop" and one.question.kind != "write" and HANDED_IN.search(one.source) is not None


def _sends(graph: Graph, one: Repeated) -> bool:
    """Whether the turn sends something out."""
    loops = graph.flows[one.node.path].loops
    turns = [call for call in graph.calls.get(one.node, ()) if _turn(loops, call.loop, one.question.loop) == one.question.loop]
    return any(SENDS.search(call.target) for call in turns)


def _needed(graph: Graph, one: Repeated) -> bool:
    """Whether the turn goes on with what it has sent, a new row's key say, or keeps what it did apart from the other turns."""
    loops = graph.flows[one.node.path].loops
    turn, line = one.question.loop, one.question.line
    for use in (*graph.calls.get(one.node, ()), *graph.reads.get(one.node, ())):
        target = use.target if isinstance(use, Call) else use.text
        after = use.line > line and not _is_told(one, target)
        if _turn(loops, use.loop, turn) == turn and (after or target.endswith(".rollback")):
            return True
    # Who is handed a row in the middle of the turn counts on its having been sent.
    given = graph.flows[one.node.path].yields
    return turn >= 0 and any(each.scope == one.node.scope and _turn(loops, each.loop, turn) == turn for each in given)


def _turn(loops: Sequence[Loop], number: int, turn: int) -> int:
    """The loop that a place stands in, at the depth of another or above it."""
    while number > turn >= 0:
        number = loops[number].parent
    return number


def _is_told(one: Repeated, target: str) -> bool:
    """Whether a use only tells of it, or reads it back; what was flushed may be told by its new key."""
    return target.endswith(".refresh") or (one.question.method == "commit" and TELLS.match(target) is not None)


def _only_asks(graph: Graph, one: Repeated) -> bool:
    """Whether the function that asks does nothing much else: it then stands for the query."""
    loops = any(loop.scope == one.node.scope for loop in graph.flows[one.node.path].loops)
    return not loops and len(graph.calls.get(one.node, ())) <= SMALL


def _is_own(one: Repeated) -> bool:
    """Whether all that stands between is the row's own: `user.serialize()`, and there `self.orders_count`."""
    (_, first), *others = one.way
    called = [(edge.call.target, owner) for edge, owner in ((first, one.element), *((edge, "self") for _, edge in others))]
    return all(target.startswith(f"{owner}.") for target, owner in called)

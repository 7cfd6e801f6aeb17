"""What holds for a method of a view class because the class, a base of it or the decorator of its route says so."""

import re
from collections.abc import Callable, Iterable, Iterator

from auditor.knowledge.values import Guard
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.guards.limiting import HANDING, Limit
from auditor.paths.names.symbol import Symbol
from auditor.paths.routes.answers import Answers
from auditor.paths.written.arguments import arguments, literal, split

WORD = re.compile(r"\w+")
DISPATCHING = ("dispatch", "dispatch_request")
"""Methods of view classes that every request goes through before its own."""
METHODS = frozenset(("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"))
UNSAFE = "UNSAFE"
"""By which name those are given that change something."""
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
EMPTY = frozenset(("None", "''", '""', "[]", "()", "False"))


def put(limits: Iterable[Limit], text: str) -> Iterator[Limit]:
    """Limits that a decorator on a class's head puts on one method: `method_decorator(slow, name="get")`."""
    name = literal(arguments(text.partition("(")[2].removesuffix(")")).keywords.get("name"))
    only = name if name and name not in DISPATCHING else ""
    for limit in limits:
        yield limit._replace(only=only, head=True) if HANDING in text else limit


def of_class(
    graph: Graph, answers: Answers, kept: Callable[[Node], Iterable[Limit]], node: Node, klass: Symbol
) -> Iterator[Limit]:
    """What a view class puts on the method, and what its own `dispatch` or that of a base asks first."""
    definition = graph.definition(node)
    name = definition.name if definition is not None and definition.kind != "class" else ""
    owner = (node.path, definition.parent) if definition is not None else None
    for place, one in enumerate(graph.symbols.classes.mro(klass.as_("class"))):
        for limit in kept(Node(one.path, one.place)) if one.kind == "class" else ():
            if name.upper() in METHODS and not _counts(limit, name.upper()):
                continue
            here = not limit.only or not name or (limit.only == name and owner == (one.path, one.place))
            if here and (place == 0 or limit.head):
                yield limit
    for asked in DISPATCHING:
        method = answers.method(klass, asked)
        if method is not None and method != node:
            yield from kept(method)


def _counts(limit: Limit, method: str) -> bool:
    """Whether a limiter counts requests of a method: `ratelimit(rate="10/m", method="POST")` lets pages be read at will."""
    inside = limit.text.strip().removeprefix("(")
    said = arguments(inside).keywords.get(limit.guard.only, "") if limit.guard.only else ""
    named = METHODS.intersection(WORD.findall(said.upper()))
    return not (named or UNSAFE in said) or method in named or (UNSAFE in said and method not in SAFE)


def applies(answers: Answers, guard: Guard, text: str, klass: Symbol | None) -> bool:
    """Whether any of the limiters that a list names counts for a view: some count by an attribute that it may lack."""
    listed = [WORD.findall(part)[-1:] for part in split(text.strip().strip("[]()")) if WORD.search(part)]
    needed = [guard.needs.get(name[0], "") for name in listed]
    return klass is None or not needed or any(not name or answers.attribute(klass, name) is not None for name in needed)


def is_let_off(graph: Graph, rows: Iterable[Guard], node: Node) -> bool:
    """Whether the route's own decorator says that none of its router's limits holds: `throttle=[]`."""
    words = [guard.keyword for guard in rows if guard.keyword]
    definition = graph.definition(node)
    for text in definition.decorators if definition is not None and words else ():
        given = arguments(text.partition("(")[2].removesuffix(")")).keywords
        if any(given.get(word) in EMPTY for word in words):
            return True
    return False


def told(graph: Graph, rows: Iterable[Guard], node: Node) -> list[Limit] | None:
    """What a decorator says instead of the class's attribute: `@action(throttle_classes=[PerUser])`, and of a function's
    view `@throttle_classes([PerUser])`; None where none speaks of it.
    """
    definition = graph.definition(node)
    for text in definition.decorators if definition is not None else ():
        name, _, inside = text.partition("(")
        given = arguments(inside.removesuffix(")"))
        for guard in rows:
            for attribute in guard.attributes:
                said = given.get(0) if name.rpartition(".")[2] == attribute else given.keywords.get(attribute)
                if said is not None:
                    return [Limit(guard, said)] if WORD.search(said) and said != "None" else []
    return None

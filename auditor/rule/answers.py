"""Servers' answers: which calls of a file give one as it came, and which uses of it see its status or take its body."""

import re
from collections.abc import Iterator
from functools import lru_cache

import libcst as cst

from auditor.facts.imports import resolve
from auditor.facts.order import preorder
from auditor.facts.region import Region
from auditor.facts.values import Definition
from auditor.knowledge.outcomes import outcomes
from auditor.rule.bindings import held, made_by
from auditor.rule.looking import looks_by_itself
from auditor.rule.names import dotted, last_name, owner_name
from auditor.rule.uses import Flow, Use, Way

BOOK = outcomes().http
SESSION = re.compile(r"(?i)(^|[._])session$")
STATUS = r"raise_for_status|status_code|is_success|is_error|is_client_error|is_server_error|ok"
"""What only an answer has. `status` is one's too, where the file imports aiohttp."""
OF_ENUM = re.compile(
    r"\s*(?:==|!=|is(?:\s+not)?\b|(?:not\s+)?in\b)\s*[(\[{]?\s*(?!HTTPStatus\b)(?:\w+\.)*[A-Z]\w*[a-z]\w*\.[A-Z_]+\b"
)
"""What follows a status that is no answer's but a row's: `order.status == OrderStatus.PAID`."""
NEAR = 3_000
"""Characters before a look at the status in which its answer was given its name."""
CAUGHT = re.compile(r"\bexcept\b[^:\n]*StatusError\b")
ERROR = re.compile(r"(?i)^(?:is_?)?err(?:or)?s?(?:_?(?:code|message|msg))?$")
RETURNED = re.compile(r"\breturn\s+(?:await\s+)?(?P<callee>[\w.]+)\(")
BRACKET = re.compile(r"[()\[\]{}]")
OPEN = "([{"


def is_answer(call: cst.Call, region: Region) -> bool:
    """Whether a call gives a server's answer: on a session that is plainly one, or like others of the file that do.

    Not where the session looks at the status by itself.
    """
    on_session = isinstance(call.func, cst.Attribute) and last_name(call) in BOOK.functions
    made = on_session and isinstance(call.func, cst.Attribute) and made_by(call.func.value, region, frozenset(BOOK.sessions))
    found = bool(made) or (on_session and _looks_like_request(call, region)) or gives_answer(call, region)
    return found and not looks_by_itself(call, region)


def _looks_like_request(call: cst.Call, region: Region) -> bool:
    """Whether a call on a session made elsewhere is a request: entered with `with`, and given what requests are given.

    A plain call is left alone, as many projects have clients of their own that raise; where the file looks at the status
    of others like it, they do not.
    """
    words = {arg.keyword.value for arg in call.args if arg.keyword is not None}
    entered = isinstance(region.parents.get(call), cst.WithItem)
    return entered and SESSION.search(owner_name(call)) is not None and not words.isdisjoint(BOOK.words)


def gives_answer(call: cst.Call, region: Region) -> bool:
    """Whether a call is like others whose status the file looks at: on the same session, or of the same helper.

    A helper that only hands on what a library's call gives is one too. One that looks itself is none, and of one that
    stands in another file nobody can tell here.
    """
    name = dotted(call.func)
    if not name or _brackets(call.func):
        return False
    text = region.sheet.source.decode("utf-8", "replace")
    owner, dot, method = name.rpartition(".")
    if dot and method in BOOK.functions and owner not in ("self", "cls"):
        if _is_of_another_kind(owner, region):
            return False
        return f"{owner}." in _looked_at(text) and not _raises_itself(text, f"{owner}.")
    helpers = [one for one in region.file.definitions if one.name == method and one.kind != "class"]
    bodies = [_body(one, region) for one in helpers] if owner in ("", "self", "cls") else []
    if any(re.search(rf"\b(?:{STATUS})\b", body) for body in bodies):
        return False
    here = bool(bodies) or re.search(rf"(?m)^[ \t]*{re.escape(name)}\s*=\s*(?:functools\.)?partial\(", text) is not None
    if here and name in _looked_at(text) and not _raises_itself(text, f"{name}("):
        return True
    return any(_hands_on(body, region) for body in bodies)


def _is_of_another_kind(name: str, region: Region) -> bool:
    """Whether a name is declared as something else here, and another function of the file has an HTTP session under it."""
    told = held(name, region)
    if not told or any(one in BOOK.sessions for one in told):
        return False
    text = region.sheet.source.decode("utf-8", "replace")
    made = re.finditer(rf"\b{name}\s*=\s*(?:await\s+)?([\w.]+)\(|\bwith\s+([\w.]+)\([^\n]*\)\s+as\s+{name}\b", text)
    return any(resolve(one[1] or one[2], region.names) in BOOK.sessions for one in made)


@lru_cache(maxsize=16)
def _raises_itself(text: str, callee: str) -> bool:
    """Whether a file catches an error of a status around such a call that asks for none: then what is called raises it."""
    for caught in CAUGHT.finditer(text):
        body = text[text.rfind("try:", 0, caught.start()) : caught.start()]
        if callee in body and "raise_for_status" not in body:
            return True
    return False


def _brackets(func: cst.BaseExpression) -> bool:
    """Whether something is called or looked up on the way to a name."""
    while isinstance(func, cst.Attribute):
        func = func.value
    return not isinstance(func, cst.Name)


def _body(definition: Definition, region: Region) -> str:
    starts = region.sheet.starts
    end = starts[definition.end_line] if definition.end_line < len(starts) else len(region.sheet.source)
    return region.sheet.source[starts[definition.line - 1] : end].decode("utf-8", "replace")


def _hands_on(body: str, region: Region) -> bool:
    """Whether a function returns the answer of a library's call, and not something of it."""
    for match in RETURNED.finditer(body):
        first, _, rest = match["callee"].partition(".")
        whole = ".".join(filter(None, (region.names.get(first, first), rest)))
        if whole in BOOK.calls and body[_closed(body, match.end()) :].lstrip()[:1] != ".":
            return True
    return False


def _closed(text: str, place: int) -> int:
    """Where the bracket that was opened before `place` is closed."""
    depth = 1
    for bracket in BRACKET.finditer(text, place):
        depth += 1 if bracket[0] in OPEN else -1
        if not depth:
            return bracket.end()
    return len(text)


def _opened(text: str, place: int) -> int:
    """Where the bracket that is closed right before `place` was opened."""
    depth = 0
    for at in range(place - 1, max(place - NEAR, -1), -1):
        if text[at] in ")]}":
            depth += 1
        elif text[at] in OPEN:
            depth -= 1
            if not depth:
                return at
    return -1


@lru_cache(maxsize=4)
def _looked_at(text: str) -> frozenset[str]:
    """The owners (`self.session.`) and helpers (`self._call`) whose answers the file looks at somewhere."""
    found = set()
    for callee in _looks(text):
        owner, dot, method = callee.rpartition(".")
        known = dot and method in BOOK.functions and owner not in ("self", "cls")
        found.add(f"{owner}." if known else callee)
    return frozenset(found)


def _looks(text: str) -> Iterator[str]:
    """What is called to make each answer that is looked at."""
    status = f"{STATUS}|status" if "aiohttp" in text else STATUS
    for match in re.finditer(rf"(?:(?<![\w.])(?P<name>[a-zA-Z_]\w*)|\))\s*\.(?:{status})\b", text):
        if match["name"]:
            if match[0].endswith("status") and OF_ENUM.match(text, match.end()):
                continue
            name = re.escape(match["name"])
            before = text[max(match.start() - NEAR, 0) : match.start()]
            born = re.compile(
                rf"\b{name}\s*(?::[^=\n]+)?:?=\s*(?:await\s+)?(?P<set>[\w.]+)\(|\b(?P<entered>[\w.]+)\([^\n]*\)\s*as\s+{name}\b"
            )
            births = list(born.finditer(before))
            if births:
                yield births[-1]["set"] or births[-1]["entered"]
        else:
            start = _opened(text, match.start() + 1)
            called = re.search(r"[\w.]+$", text[max(start - 80, 0) : start]) if start > 0 else None
            if called is not None:
                yield called[0]


def sees_status(use: Use) -> bool:
    """Whether a use of a response may see its status."""
    if use.way in (Way.ATTRIBUTE, Way.METHOD):
        return use.name in BOOK.looks
    return use.way not in (Way.DROPPED, Way.COMPARED, Way.ITERATED)


def reads_body(use: Use) -> bool:
    """Whether a use takes the body for data. Whoever reads only the head may well know from it what became of it."""
    heads = ("headers", "url", "cookies", "history", "elapsed", "encoding", "close", "links")
    return use.way is Way.ITERATED or (use.way in (Way.ATTRIBUTE, Way.METHOD) and use.name not in heads)


def is_compared(use: Use, region: Region) -> bool:
    """Whether the body as a whole is compared with a text, looked through for one, or asked for an error: `body != "OK"`."""
    call = region.parents.get(use.node) if use.way is Way.METHOD else use.node
    if use.way not in (Way.METHOD, Way.ATTRIBUTE) or call is None:
        return False
    found = Flow(region, awaits=True, ordered=True).uses(call)
    return any((one.way is Way.COMPARED and _with_text(one.node, region)) or _asks_for_error(one, region) for one in found)


def _asks_for_error(use: Use, region: Region) -> bool:
    """Whether the body is asked for what went wrong: `data.get("error")`."""
    call = region.parents.get(use.node)
    if use.way is not Way.METHOD or use.name != "get" or not isinstance(call, cst.Call) or not call.args:
        return False
    key = call.args[0].value
    return isinstance(key, cst.SimpleString) and ERROR.search(key.raw_value) is not None


def is_probe(call: cst.Call, region: Region) -> bool:
    """Whether a call only asks whether anybody answers: what follows it says yes, and its failure says no."""
    for node in region.around(call):
        if isinstance(node, cst.Try):
            return _says(node.body, "True") and bool(node.handlers) and all(_says(one.body, "False") for one in node.handlers)
    return False


def _says(body: cst.BaseSuite, word: str) -> bool:
    """Whether a block returns that constant, and no other."""
    returned = [node.value for node in preorder(body) if isinstance(node, cst.Return)]
    return bool(returned) and all(isinstance(value, cst.Name) and value.value == word for value in returned)


def _with_text(node: cst.CSTNode, region: Region) -> bool:
    whole = region.parents.get(node) if isinstance(node, cst.ComparisonTarget) else node
    if not isinstance(whole, cst.Comparison):
        return False
    sides = [whole.left, *(one.comparator for one in whole.comparisons)]
    return any(isinstance(side, cst.SimpleString) for side in sides) and not any(isinstance(s, cst.Subscript) for s in sides)

"""A template of Django or Jinja as a tree: its loops, the names that it binds, what it includes, and the chains that it reads."""

import re
from typing import NamedTuple

TOKEN = re.compile(r"\{%-?\+?(?P<tag>.*?)[-+]?%\}|\{\{-?(?P<shown>.*?)-?\}\}|\{#.*?#\}", re.DOTALL)
STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
CALLED = re.compile(r"\([^()]*\)")
CHAIN = re.compile(r"(?<![\w.\"'|])[A-Za-z_]\w*(?:\.\w+)+")
FOR = re.compile(r"for\s+(?P<names>[\w\s,]+?)\s+in\s+(?P<source>.+)\Z", re.DOTALL)
BINDS = re.compile(r"(?P<name>\w+)\s*=\s*(?P<source>[A-Za-z_][\w.()]*)")
AS = re.compile(r"(?P<source>[A-Za-z_][\w.]*)\s+as\s+(?P<name>\w+)\Z")
INCLUDE = re.compile(r"include\s+(?:\"(?P<double>[^\"]+)\"|'(?P<single>[^']+)')(?P<rest>.*)\Z", re.DOTALL)
HIDES = {"comment": "endcomment", "verbatim": "endverbatim", "raw": "endraw", "cache": "endcache"}
"""Tags whose inside is not shown, or not each time."""
LONGEST = 200_000
DEEPEST = 60


class Read(NamedTuple):
    """A chain of names that is read: `order.customer.name`. Calls and methods look the same."""

    chain: str
    line: int


class Loop(NamedTuple):
    """`{% for order in orders %}`; `names` are its variables, `source` the chain that is gone through."""

    names: tuple[str, ...]
    source: str
    line: int
    body: "Parts"


class Bound(NamedTuple):
    """A name that stands for a chain, inside `body`."""

    name: str
    source: str
    line: int
    body: "Parts"


class Include(NamedTuple):
    """Another template that is shown here, with further names for it; `only` says that it sees no others."""

    name: str
    given: tuple[tuple[str, str], ...]
    only: bool
    line: int


Part = Read | Loop | Bound | Include
Parts = tuple[Part, ...]


class _Open:
    """A tag whose end has not come yet."""

    def __init__(self, ends: str = "", names: tuple[str, ...] = (), source: str = "", line: int = 0) -> None:
        self.ends, self.names, self.source, self.line = ends, names, source, line
        self.parts: list[Part] = []

    def closed(self) -> list[Part]:
        if self.ends == "endfor":
            return [Loop(self.names, self.source, self.line, tuple(self.parts))]
        if self.names:
            return [Bound(self.names[0], self.source, self.line, tuple(self.parts))]
        return self.parts


def parse(text: str) -> Parts:
    """The parts of a template; of one that is too long or nested too deep, what could be read."""
    stack = [_Open()]
    hidden = ""
    line, seen = 1, 0
    for match in TOKEN.finditer(text[:LONGEST]):
        line, seen = line + text.count("\n", seen, match.start()), match.start()
        tag = (match["tag"] or "").strip()
        word = tag.partition(" ")[0]
        if hidden:
            hidden = "" if word == hidden else hidden
        elif word in HIDES:
            hidden = HIDES[word]
        elif tag:
            _tag(stack, word, tag, line)
        elif match["shown"]:
            stack[-1].parts += _reads(match["shown"], line)
    while len(stack) > 1:
        _close(stack)
    return tuple(stack[0].parts)


def _tag(stack: list[_Open], word: str, tag: str, line: int) -> None:
    if word == "for" and (loop := FOR.match(tag)) and len(stack) < DEEPEST:
        names = tuple(name.strip() for name in loop["names"].split(","))
        stack[-1].parts += _reads(loop["source"], line)
        stack.append(_Open("endfor", names, _plain(loop["source"]), line))
    elif word == "with" and len(stack) < DEEPEST:
        _bind(stack, tag.removeprefix("with").strip(), line)
    elif word in ("endfor", "endwith"):
        while len(stack) > 1 and stack[-1].ends != word:
            _close(stack)
        if len(stack) > 1:
            _close(stack)
    elif word == "set" and (bound := BINDS.match(tag.removeprefix("set").strip())) and len(stack) < DEEPEST:
        stack.append(_Open("", (bound["name"],), _plain(bound["source"]), line))
    elif (included := INCLUDE.match(tag)) is not None:
        rest = included["rest"]
        given = tuple((one["name"], _plain(one["source"])) for one in BINDS.finditer(STRING.sub("''", rest)))
        stack[-1].parts.append(Include(included["double"] or included["single"], given, rest.split()[-1:] == ["only"], line))
    elif word not in ("load", "extends", "block", "endblock", "import", "from", "macro", "call"):
        stack[-1].parts += _reads(tag, line)


def _bind(stack: list[_Open], text: str, line: int) -> None:
    """`{% with a=x.y b=z %}` and `{% with x.y as a %}`: the inner names close with the outermost."""
    pairs = [(one["name"], one["source"]) for one in BINDS.finditer(STRING.sub("''", text))]
    old = AS.match(text)
    pairs = pairs or ([(old["name"], old["source"])] if old else [])
    stack[-1].parts += _reads(text, line)
    stack.append(_Open("endwith"))
    for name, source in pairs:
        stack.append(_Open("", (name,), _plain(source), line))


def _close(stack: list[_Open]) -> None:
    done = stack.pop()
    stack[-1].parts += done.closed()


def _plain(text: str) -> str:
    """The chain at the beginning of an expression, without calls and filters."""
    text = _flat(text).strip()
    found = re.match(r"[A-Za-z_]\w*(?:\.\w+)*(?=\s*(?:\||\Z|if\b|recursive\b|reversed\b))", text)
    return found[0] if found else ""


def _flat(text: str) -> str:
    """An expression without its strings and calls' arguments."""
    text = STRING.sub("''", text)
    times = 1
    while times:
        text, times = CALLED.subn("", text)
    return text


def _reads(text: str, line: int) -> list[Part]:
    inside = [part for match in CALLED.finditer(STRING.sub("''", text)) for part in CHAIN.findall(match[0])]
    return [Read(chain, line) for chain in dict.fromkeys((*CHAIN.findall(_flat(text)), *inside))]

"""Reads a template of Django or Jinja into a tree of parts."""

import re

from auditor.paths.templates.parts import (
    Block,
    Bound,
    Called,
    Extends,
    Import,
    Include,
    Loop,
    Macro,
    Part,
    Parts,
    Read,
)

TOKEN = re.compile(r"\{%-?\+?(?P<tag>.*?)[-+]?%\}|\{\{-?(?P<shown>.*?)-?\}\}|\{#.*?#\}", re.DOTALL)
STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
CALLED = re.compile(r"\([^()]*\)")
CHAIN = re.compile(r"(?<![\w.\"'|])[A-Za-z_]\w*(?:\.\w+)+")
FOR = re.compile(r"for\s+(?P<names>[\w\s,]+?)\s+in\s+(?P<source>.+)\Z", re.DOTALL)
BINDS = re.compile(r"(?P<name>\w+)\s*=\s*(?P<source>[A-Za-z_][\w.()]*)")
AS = re.compile(r"(?P<source>[A-Za-z_][\w.]*)\s+as\s+(?P<name>\w+)\Z")
EXTENDS = re.compile(r"extends\s+(?:\"(?P<double>[^\"]+)\"|'(?P<single>[^']+)')")
BLOCK = re.compile(r"block\s+(?P<name>\w+)")
MACRO = re.compile(r"macro\s+(?P<name>\w+)\s*\((?P<params>.*)\)\s*\Z", re.DOTALL)
FROM = re.compile(
    r"from\s+(?:\"(?P<double>[^\"]+)\"|'(?P<single>[^']+)')\s+import\s+(?P<names>.+?)(?:\s+with(?:out)?\s+context)?\Z", re.DOTALL
)
IMPORT = re.compile(r"import\s+(?:\"(?P<double>[^\"]+)\"|'(?P<single>[^']+)')\s+as\s+(?P<name>\w+)")
CALL = re.compile(r"(?<![\w.])(?P<name>[A-Za-z_]\w*(?:\.\w+)?)\((?P<args>[^()]+)\)")
FILTERED = re.compile(r"(?<![\w.])(?P<chain>[A-Za-z_]\w*(?:\.\w+)*)\s*\|\s*(?P<name>[a-z_]\w*)")
USED = re.compile(r"(?P<name>[a-z]\w*)\s+(?P<args>\S.*)\Z", re.DOTALL)
INCLUDE = re.compile(r"include\s+(?:\"(?P<double>[^\"]+)\"|'(?P<single>[^']+)')(?P<rest>.*)\Z", re.DOTALL)
HIDES = {"comment": "endcomment", "verbatim": "endverbatim", "raw": "endraw", "cache": "endcache"}
"""Tags whose inside is not shown, or not each time."""
ENDS = ("endfor", "endwith", "endblock", "endmacro")
PLAIN = frozenset(
    "if elif else endif url trans translate blocktrans blocktranslate plural csrf_token now set do include static".split()
)
"""Tags of the languages themselves that show nothing but what they name."""
LONGEST = 200_000
DEEPEST = 60


class _Open:
    """A tag whose end has not come yet."""

    def __init__(self, ends: str = "", names: tuple[str, ...] = (), source: str = "", line: int = 0) -> None:
        self.ends, self.names, self.source, self.line = ends, names, source, line
        self.parts: list[Part] = []

    def closed(self) -> list[Part]:
        if self.ends == "endfor":
            return [Loop(self.names, self.source, self.line, tuple(self.parts))]
        if self.ends == "endblock":
            return [Block(self.source, self.line, tuple(self.parts))]
        if self.ends == "endmacro":
            return [Macro(self.source, self.names, self.line, tuple(self.parts))]
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
    elif word == "block" and (block := BLOCK.match(tag)) and len(stack) < DEEPEST:
        stack.append(_Open("endblock", (), block["name"], line))
    elif word == "macro" and (macro := MACRO.match(tag)) and len(stack) < DEEPEST:
        params = tuple(part.partition("=")[0].strip() for part in macro["params"].split(","))
        stack.append(_Open("endmacro", params, macro["name"], line))
    elif word in ENDS:
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
    elif (outside := _outside(tag, line)) is not None:
        stack[-1].parts.append(outside)
    elif word not in ("load", "block", "macro", "call"):
        stack[-1].parts += _reads(tag, line)
        if word not in PLAIN and (used := USED.match(tag)) is not None:
            stack[-1].parts.append(_called(used["name"], used["args"].split(), line, True))


def _outside(tag: str, line: int) -> Extends | Import | None:
    """What a tag takes from another template: its frame, or its macros."""
    if (extends := EXTENDS.match(tag)) is not None:
        return Extends(extends["double"] or extends["single"], line)
    if (given := IMPORT.match(tag)) is not None:
        return Import(given["double"] or given["single"], given["name"], (), line)
    if (given := FROM.match(tag)) is not None:
        pairs = [part.split() for part in given["names"].split(",") if part.strip()]
        names = tuple((words[-1], words[0]) for words in pairs)
        return Import(given["double"] or given["single"], "", names, line)
    return None


def _called(name: str, args: list[str], line: int, tag: bool = False) -> Called:
    """A call with the chains that it hands over; empty texts stand for what is no chain."""
    given, named = [], []
    for text in args[: args.index("as")] if tag and "as" in args else args:
        key, equals, value = text.strip().partition("=")
        if equals and key.strip().isidentifier():
            named.append((key.strip(), _plain(value)))
        else:
            given.append(_plain(text))
    return Called(name, tuple(given), tuple(named), line, tag)


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
    plain = STRING.sub("''", text)
    inside = [part for match in CALLED.finditer(plain) for part in CHAIN.findall(match[0])]
    calls: list[Part] = [_called(one["name"], one["args"].split(","), line) for one in CALL.finditer(plain)]
    calls += [Called(one["name"], (one["chain"],), (), line, True) for one in FILTERED.finditer(plain)]
    return [*(Read(chain, line) for chain in dict.fromkeys((*CHAIN.findall(_flat(text)), *inside))), *calls]

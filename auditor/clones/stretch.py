"""One file as a row of statements, each hashed as it is and with its names and literals blinded.

The statement is the unit, as in Baxter et al., "Clone detection using abstract syntax trees" (1998); layout and comments
do not count.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from zlib import crc32

from tree_sitter import Node

from auditor.clones.statements import FileClones, Scope

SIMPLE = (
    "expression_statement return_statement raise_statement assert_statement delete_statement pass_statement "
    "break_statement continue_statement global_statement nonlocal_statement"
).split()
COMPOUND = (
    "if_statement elif_clause else_clause for_statement while_statement try_statement except_clause finally_clause "
    "with_statement function_definition class_definition match_statement case_clause"
).split()
PATTERNS = (
    "["
    + " ".join(f"({kind})" for kind in SIMPLE)
    + "] @statement\n["
    + " ".join(f"({kind})" for kind in COMPOUND)
    + "] @opening\n"
)
"""What the screen has to capture for it."""

_STRING = (
    rb"\w{0,2}(?:\"\"\"[^\\\"\x02]*+(?:(?:\\.|\"(?!\"\"))[^\\\"\x02]*+)*+\"\"\"|\'\'\'[^\\\'\x02]*+(?:(?:\\.|\'(?!\'\'))[^\\\'\x02]*+)*+\'\'\'"
    rb"|\"[^\\\"\n\x02]*+(?:\\.[^\\\"\n\x02]*+)*+\"|\'[^\\\'\n\x02]*+(?:\\.[^\\\'\n\x02]*+)*+\')"
)
STRING_TEXT = _STRING.decode()
BARE_STRING = re.compile(_STRING + rb"(?:\s*" + _STRING + rb")*", re.DOTALL)
TOKEN = re.compile(rb"\w++(?![\"'])|[^\s\w\"'#]|" + _STRING + rb"|#[^\n]*+|\w++|[\"']", re.DOTALL)
"""Words and marks first: most tokens are one, and then no string is tried for."""
KEPT = frozenset(
    b"and as assert async await break class continue def del elif else except finally for from global if import in is "
    b"lambda nonlocal not or pass raise return try while with yield None True False".split()
)
MOST_WORDS = 200_000
HASH = ord("#")


ROUTED = re.compile(r"\.(?:route|get|post|put|patch|delete|head|options|api_route|api_operation)\s*\(")
ANSWERS = re.compile(r"(?:View|ViewSet|Resource|Endpoint|Handler|Controller)\b")
"""The last word of the bases of classes whose methods answer requests."""
METHODS = frozenset("get post put patch delete head options".split())
HANDLER = "handler"


def kind_of(kind: str, name: str, decorators: Iterable[str], above: Iterable[str]) -> str:
    """What a scope is: a function that a router's decorator takes for a route is a handler, wherever it stands, and so is a
    method that is called as one of HTTP in a class that is routed itself, or that derives from one that answers requests.

    `above` are the decorators and bases of the class around it.
    """
    if kind == "class":
        return kind
    answers = name in METHODS and any(ROUTED.search(text) or ANSWERS.search(text) for text in above)
    return HANDLER if answers or any(map(ROUTED.search, decorators)) else kind


class Blinder(dict[bytes, bytes]):
    """What a token becomes when names and literals are blinded: `a` for a name, `0` for a literal, else itself."""

    def __missing__(self, token: bytes) -> bytes:
        if len(self) > MOST_WORDS:
            self.clear()
        first = token[:1]
        if token in KEPT or token == b"\x02":
            blind = token
        elif first.isdigit() or token[-1:] in (b"'", b'"'):
            blind = b"0"
        elif first.isalpha() or first == b"_" or first >= b"\x80":
            blind = b"a"
        else:
            blind = token
        self[token] = blind
        return blind


BLIND = Blinder()
TRAILING_COMMAS = ((b", )", b")"), (b", ]", b"]"), (b", }", b"}"))
ANNOTATED = re.compile(rb"((?:^|\x02 )a(?: \. a)*) : [^=\x02]*(?== )")
"""A name that is given a value, and said the type of."""
GIVEN = re.compile(rb"\x02 (?:def \w++|[a-z_]\w*+(?: , [a-z_]\w*+)*+(?: : [^=\x02]*(?= =))? = (?!=))")
"""What a statement begins with and gives a value, with the type that it says of it; or the name of a function."""
LOCAL = re.compile(rb" (?<!\. )[a-z_]\w*+(?! \( | = (?!=))")
"""A name that is none of an attribute, a callee or a keyword, nor of a class: of a function's own, for the most part."""
INTERPOLATED = re.compile(rb"\{[a-z_]\w*+")
STRING_STARTS = frozenset(b"\"'rRbBuUfF")
LIMIT_BYTES = 16_384
"""A statement longer than this is a table: it is cut, and its tail does not count."""


def read(source: bytes, captures: dict[str, list[Node]], starts: list[int], names: tuple[tuple[str, str], ...]) -> FileClones:
    """The statements of a file. `starts` are the offsets of its lines, `names` the kind and qualified name of its definitions
    in the order of the source. Imports, docstrings and bare strings are left out. A shape tells neither whether it waits nor
    what a local name is annotated with: a twin that does is the same work.
    """
    spans = sorted(
        [(node.start_byte, node.end_byte, False) for node in captures.get("statement", ())]
        + [(node.start_byte, node.end_byte, True) for node in captures.get("opening", ())]
    )
    if not spans:
        return FileClones()
    source = source.replace(b"\x02", b"\x01")  # which parts statements below
    begins = [span[0] for span in spans]
    begins.append(len(source))
    kept: list[int] = []
    pieces: list[bytes] = []
    for index, (begin, end, compound) in enumerate(spans):
        if compound:
            end = min(end, begins[index + 1])
        elif source[begin] in STRING_STARTS and BARE_STRING.fullmatch(source, begin, end):
            continue
        kept.append(begin)
        pieces.append(source[begin : min(end, begin + LIMIT_BYTES)].rstrip())
    text = b"\n\x02\n".join(pieces)
    tokens = TOKEN.findall(text)
    if b"#" in text or b"\\\n" in text:  # comments, and the end of a line that goes on in the next one
        tokens = [token for token in tokens if token[0] != HASH and token != b"\\"]
    exact = _tight(b" ".join(tokens).replace(b"\n", b"\x01"))
    blind = _tight(b" ".join(map(BLIND.__getitem__, tokens)))
    while b" 0 0" in blind:
        blind = blind.replace(b" 0 0", b" 0")  # literals that Python joins by itself
    blind = ANNOTATED.sub(rb"\1 ", blind).replace(b"async ", b"").replace(b"await ", b"")
    exact_rows, blind_rows, said_rows = _unbracketed(exact), _unbracketed(blind), _unbracketed(_said(exact))
    if not len(exact_rows) == len(blind_rows) == len(said_rows) == len(kept):
        return FileClones()
    shapes = tuple(map(crc32, blind_rows))
    return FileClones(
        starts=tuple([bisect_right(starts, begin) for begin in kept]),
        ends=tuple([bisect_right(starts, begin + len(piece) - 1) for begin, piece in zip(kept, pieces, strict=True)]),
        exact=tuple(map(crc32, exact_rows)),
        blind=shapes,
        said=tuple(map(crc32, said_rows, shapes)),
        tokens=tuple([row.count(b" ") for row in blind_rows]),
        text=exact.replace(b" \x02 ", b"\n").decode("utf-8", "replace"),
        scopes=tuple(_scopes(captures.get("definition", []), kept, starts, names)),
    )


def _said(exact: bytes) -> bytes:
    """What statements say, whatever a function calls its own names: these are blinded, and quotes are of one kind."""
    plain = b"\x02 " + exact.replace(b"async ", b"").replace(b"await ", b"").replace(b"'", b'"')
    return INTERPOLATED.sub(b"{a", LOCAL.sub(b" a", GIVEN.sub(b"\x02 = ", plain)))[2:]


def _tight(text: bytes) -> bytes:
    """Tokens without the commas that Python does not need."""
    for loose, tight in TRAILING_COMMAS:
        text = text.replace(loose, tight)
    return text


def _unbracketed(text: bytes) -> list[bytes]:
    """The statements without round brackets, which two layouts of the same code may differ in; each ends with a blank."""
    return (text + b" ").replace(b"( ", b"").replace(b") ", b"").split(b"\x02 ")


def _scopes(nodes: list[Node], begins: list[int], starts: list[int], names: tuple[tuple[str, str], ...]) -> list[Scope]:
    scopes = []
    for node, (kind, name) in zip(sorted(nodes, key=lambda node: node.start_byte), names, strict=False):
        begin, end = node.start_byte, node.end_byte
        first, last = bisect_left(begins, begin), bisect_left(begins, end)
        scopes.append(Scope(name, kind, first, last, bisect_right(starts, begin), bisect_right(starts, max(end - 1, begin))))
    return scopes

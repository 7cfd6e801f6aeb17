"""One tree-sitter pass over a file: the index of what it defines, imports and remarks. It never fails on broken code."""

import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from tree_sitter import Language, Node, Parser, Query, QueryCursor, Tree

from auditor.facts import classify, suppress
from auditor.facts.imports import absolute
from auditor.facts.values import Comment, Complexity, Definition, Docstring, FileFacts, Import
from auditor.model.finding import Location

INDEX = """
(function_definition) @definition
(class_definition) @definition
(decorated_definition) @decorated
(import_statement) @import
(import_from_statement) @import
(comment) @comment
(print_statement) @legacy
(exec_statement) @legacy
(expression_statement . (string) @string)
"""
DEEPEST = 60_000
"""Levels of the tree that are looked at: past 65,535 the query's own count of them begins again, and it takes minutes."""
IN_ORDER = frozenset(
    (
        "comment string import assignment named_expression augmented_assignment return_statement yield as_pattern "
        "raise_statement try_statement with_statement for_statement while_statement comprehension if_statement"
    ).split()
)
"""What must stand in the order of the source: captures come in no order that two runs share."""
IMPORT = re.compile(r"\bimport\b")
LEFT_OUT = re.compile(r"#[^\n]*|\\\n")
FILLED_LINE = re.compile(rb"^[ \t\f]*[^\s#]", re.MULTILINE)
UNFILLED_LINE = re.compile(rb"\n[ \t\f]*+(?=[\s#]|\Z)")
"""What is no FILLED_LINE, by the line end before it: the engine jumps from one to the next."""


class Sheet(NamedTuple):
    """A screened file as rules' regions are cut from it; it stays in the process that made it."""

    source: bytes
    tree: Tree
    captures: dict[str, list[Node]]
    starts: list[int]
    facts: FileFacts

    def text(self, node: Node) -> bytes:
        """The source of a node."""
        return self.source[node.start_byte : node.end_byte]

    def around(self, node: Node) -> list[Node]:
        """The nodes that one stands in, innermost first.

        Each `node.parent` goes down from the root anew: a climb would cost the square of the depth, so one way down is taken.
        """
        way: list[Node] = []
        place: Node | None = self.tree.root_node
        while place is not None and place.id != node.id:
            way.append(place)
            place = place.child_with_descendant(node)
        way.reverse()
        return way

    def line_text(self, line: int) -> bytes:
        """A line by its number from 1, without its end."""
        start = self.starts[line - 1]
        end = self.starts[line] if line < len(self.starts) else len(self.source)
        return self.source[start:end].rstrip(b"\n")

    def location(self, node: Node) -> Location:
        """The place of a node, columns in code points from 1."""
        line, column = self.place(node.start_byte)
        end_line, end_column = self.place(node.end_byte)
        return Location(self.facts.path, line, column, end_line, end_column)

    def place(self, byte: int) -> tuple[int, int]:
        """Line and column from 1 of a byte's offset."""
        line = bisect_right(self.starts, byte)
        before = self.source[self.starts[line - 1] : byte]
        return line, (len(before) if before.isascii() else len(before.decode("utf-8", "replace"))) + 1


@cache
def language() -> Language:
    """Python's grammar."""
    import tree_sitter_python

    return Language(tree_sitter_python.language())


@cache
def _query(extra: str) -> Query:
    return Query(language(), "\n".join(dict.fromkeys((INDEX + extra).splitlines())))


def parse(source: bytes) -> Tree:
    """The syntax tree of UTF-8 source."""
    return Parser(language()).parse(source)


def screen(path: str, source: bytes, extra: str = "") -> Sheet:
    """The index of one file. `extra` holds further query patterns whose captures the caller wants, such as rules' nodes."""
    tree = parse(source)
    cursor = QueryCursor(_query(extra))
    cursor.set_max_start_depth(DEEPEST)
    captures = cursor.captures(tree.root_node)
    for name in IN_ORDER & captures.keys():
        captures[name].sort(key=_span)
    starts = _starts(source)
    module = classify.module_name(path)
    comments = _comments(captures, source, starts)
    captures["docstring"] = docstrings = _docstrings(captures.get("string", []))
    facts = FileFacts(
        path=path,
        kind=classify.classify(path, source[:2000]),
        module=module,
        lines=source.count(b"\n") + (not source.endswith(b"\n") and bool(source)),
        code_lines=_code_lines(source, docstrings),
        comment_lines=sum(comment.alone for comment in comments),
        broken=tree.root_node.has_error,
        definitions=_definitions(captures, source, starts),
        imports=_imports(captures.get("import", []), source, starts, module, path.endswith("__init__.py")),
        comments=comments,
        docstrings=tuple(Docstring(bisect_right(starts, node.start_byte), _decode(source, node)) for node in docstrings),
        ignores=suppress.read(comments, source) if b"auditor:" in source else (),
        complexity=Complexity(),
    )
    return Sheet(source, tree, captures, starts, facts)


def _starts(source: bytes) -> list[int]:
    """The offsets at which lines begin."""
    starts = [0, *accumulate(map(len, source.splitlines(keepends=True)))]
    return starts if source.endswith(b"\n") or not source else starts[:-1]


def _docstrings(strings: list[Node]) -> list[Node]:
    """Of strings that are statements, in the order of the source, those that begin a module, a class or a function.

    Asked here and not of the query: working out patterns that say so costs more than screening most files.
    """
    found, seen = [], set()
    for node in strings:
        statement = node.parent
        block = statement.parent if statement is not None else None
        if statement is None or block is None or block.id in seen:
            continue
        seen.add(block.id)
        around = block.parent
        if block.type == "module" or (around is not None and around.type in ("class_definition", "function_definition")):
            first = next((one for one in block.named_children if one.type != "comment"), None)
            if first == statement:
                found.append(node)
    return found


def _decode(source: bytes, node: Node) -> str:
    return source[node.start_byte : node.end_byte].decode("utf-8", "replace")


def _code_lines(source: bytes, docstrings: list[Node]) -> int:
    """Lines that hold more than white space and comments; docstrings do not count."""
    filled = source.count(b"\n") + 1 - len(UNFILLED_LINE.findall(b"\n" + source))
    return filled - sum(1 + len(FILLED_LINE.findall(source, node.start_byte + 1, node.end_byte)) for node in docstrings)


def _comments(captures: dict[str, list[Node]], source: bytes, starts: list[int]) -> tuple[Comment, ...]:
    comments = []
    for node in captures.get("comment", ()):
        start = node.start_byte
        line = bisect_right(starts, start)
        before = source[starts[line - 1] : start]
        column = len(before.decode("utf-8", "replace")) + 1
        comments.append(Comment(line, column, _decode(source, node), not before.strip()))
    return tuple(comments)


def _definitions(captures: dict[str, list[Node]], source: bytes, starts: list[int]) -> tuple[Definition, ...]:
    decorators = _decorators(captures.get("decorated", []), source)
    definitions: list[Definition] = []
    open_ends: list[tuple[int, int]] = []
    for node in sorted(captures.get("definition", ()), key=_start_byte):
        start, end = node.start_byte, node.end_byte
        while open_ends and open_ends[-1][0] <= start:
            open_ends.pop()
        parent = open_ends[-1][1] if open_ends else -1
        name_node = node.child_by_field_name("name")
        name = _decode(source, name_node) if name_node else ""
        line = bisect_right(starts, start)
        body = node.child_by_field_name("body")
        kind = _kind(source, start)
        definitions.append(
            Definition(
                kind=kind,
                name=name,
                qualname=f"{definitions[parent].qualname}.{name}" if parent >= 0 else name,
                line=line,
                end_line=bisect_right(starts, max((body or node).end_byte - 1, start)),
                column=start - starts[line - 1] + 1,
                parent=parent,
                decorators=decorators.get(start, ()),
                bases=_bases(node, source) if kind == "class" else (),
            )
        )
        open_ends.append((end, len(definitions) - 1))
    return tuple(definitions)


def _start_byte(node: Node) -> int:
    return node.start_byte


def _span(node: Node) -> tuple[int, int]:
    return node.start_byte, -node.end_byte


def _kind(source: bytes, start: int) -> str:
    if source.startswith(b"class", start):
        return "class"
    return "async function" if source.startswith(b"async", start) else "function"


def _bases(node: Node, source: bytes) -> tuple[str, ...]:
    """The bases as they are written; type parameters of the class's own, `class Rows[M]`, are those of `Generic[M]`."""
    arguments = node.child_by_field_name("superclasses")
    found = tuple(_decode(source, child) for child in arguments.named_children) if arguments else ()
    own = node.child_by_field_name("type_parameters")
    names = (
        [_decode(source, child).partition(":")[0].partition("=")[0].strip(" *") for child in own.named_children] if own else []
    )
    return (*found, f"typing.Generic[{', '.join(names)}]") if names else found


def _decorators(decorated: list[Node], source: bytes) -> dict[int, tuple[str, ...]]:
    """By the start of the definition: its decorators' text without the `@`, in the order of the source."""
    found = {}
    for node in decorated:
        definition = node.child_by_field_name("definition")
        if definition is not None:
            texts = [_decode(source, child)[1:].strip() for child in node.named_children if child.type == "decorator"]
            found[definition.start_byte] = tuple(texts)
    return found


def _imports(nodes: list[Node], source: bytes, starts: list[int], module: str, package: bool) -> tuple[Import, ...]:
    """The imports of a file in the order of the source, read from the statements' text."""
    found: list[Import] = []
    for node in nodes:
        text = _decode(source, node)
        if "#" in text or "\\" in text:
            text = LEFT_OUT.sub(" ", text)
        line = bisect_right(starts, node.start_byte)
        head, *rest = IMPORT.split(text, maxsplit=1)
        names = rest[0] if rest else ""
        if node.type == "import_from_statement":
            origin = head.strip().removeprefix("from").strip().replace(" ", "")
            name = origin.lstrip(".")
            origin = absolute(module, package, len(origin) - len(name), name)
            found += (Import(local, f"{origin}.{what}", line) for what, local in _pairs(names) if what != "*")
            if names.strip() == "*":
                found.append(Import("*", origin, line))
        else:
            for what, local in _pairs(names):
                renamed = local != what
                found.append(
                    Import(local if renamed else what.partition(".")[0], what if renamed else what.partition(".")[0], line)
                )
    return tuple(found)


def _pairs(names: str) -> list[tuple[str, str]]:
    """`(a as b, c)` is [(a, b), (c, c)]."""
    pairs = []
    for part in names.replace("(", " ").replace(")", " ").split(","):
        words = part.split()
        if words:
            pairs.append((words[0], words[2] if len(words) == 3 and words[1] == "as" else words[0]))
    return pairs

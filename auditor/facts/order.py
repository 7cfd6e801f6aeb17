"""libcst nodes in the order of the source, so that the n-th of a kind is the n-th of the screen's tree."""

from collections.abc import Iterator
from dataclasses import fields
from functools import cache

import libcst as cst

TREE_KINDS = {
    "Assert": "assert_statement",
    "Await": "await",
    "Call": "call",
    "ClassDef": "class_definition",
    "Del": "delete_statement",
    "ExceptHandler": "except_clause",
    "ExceptStarHandler": "except_clause",
    "Finally": "finally_clause",
    "For": "for_statement",
    "FunctionDef": "function_definition",
    "Global": "global_statement",
    "If": "if_statement",
    "Lambda": "lambda",
    "Match": "match_statement",
    "Raise": "raise_statement",
    "Return": "return_statement",
    "Try": "try_statement",
    "TryStar": "try_statement",
    "While": "while_statement",
    "With": "with_statement",
}
"""The screen's name for each libcst class that a rule may look at."""

IN_SOURCE_ORDER = {
    "FunctionDef": ("decorators", "name", "type_parameters", "params", "returns", "body"),
    "ClassDef": ("decorators", "name", "type_parameters", "bases", "keywords", "body"),
    "IfExp": ("body", "test", "orelse"),
    "Parameters": ("posonly_params", "params", "star_arg", "kwonly_params", "star_kwarg"),
}
"""Classes whose fields are declared in another order than they are written."""

BARREN = (
    "whitespace leading_lines lines_after lpar rpar comma semicolon equal header footer trailing indent operator dot "
    "lbracket rbracket lbrace rbrace colon newline encoding default_ has_trailing asynchronous star_ind first_line"
).split()


@cache
def _fruitful(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    """The fields of a class in which expressions and statements can stand."""
    if kind.__name__ in IN_SOURCE_ORDER:
        return IN_SOURCE_ORDER[kind.__name__]
    return tuple(field.name for field in fields(kind) if not field.name.startswith(tuple(BARREN)) and field.name != "ifs_")


def children(node: cst.CSTNode) -> list[cst.CSTNode]:
    """The node's parts in the order of the source, white space and punctuation left out."""
    found: list[cst.CSTNode] = []
    for name in _fruitful(type(node)):
        value = getattr(node, name, None)
        if value is None or isinstance(value, str):
            continue
        if IS_NODE[type(value)]:
            found.append(value)
        elif isinstance(value, (list, tuple)):
            found += [part for part in value if IS_NODE[type(part)]]
    return found


class _Kinds(dict[type, bool]):
    """Whether a class is one of libcst's nodes: asked once a class, as `isinstance` takes its time with an abstract one."""

    def __missing__(self, kind: type) -> bool:
        self[kind] = known = issubclass(kind, cst.CSTNode)
        return known


IS_NODE = _Kinds()


def preorder(root: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The node and all below it, without recursion."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(children(node))


def below(root: cst.CSTNode, stop: tuple[type[cst.CSTNode], ...] = ()) -> Iterator[cst.CSTNode]:
    """All below a node; what is of a type in `stop` is yielded but not entered."""
    waiting = list(reversed(children(root)))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, stop):
            waiting += reversed(children(node))

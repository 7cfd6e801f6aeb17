"""Imports that may fail: inside a `try` that catches it, or only for a type checker."""

import ast
from pathlib import Path

from auditor.facts import source

CAUGHT = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
MAX_BYTES = 2 << 20


def optional_lines(file: Path) -> frozenset[int]:
    """The lines of a file on which an import may fail without harm. A file that can not be parsed has none."""
    try:
        tree = ast.parse(source.normalise(source.read(file, MAX_BYTES)))
    except (source.Unreadable, SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    return frozenset(
        inner.lineno
        for node in ast.walk(tree)
        for part in _guarded(node)
        for inner in ast.walk(part)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    )


def _guarded(node: ast.AST) -> list[ast.stmt]:
    if isinstance(node, ast.Try) and any(_catches(handler) for handler in node.handlers):
        return [*node.body, *(inner for handler in node.handlers for inner in handler.body)]
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        return node.body
    if isinstance(node, ast.With) and any("suppress" in ast.unparse(item.context_expr) for item in node.items):
        return node.body
    return []


def _catches(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    return bool(CAUGHT & {getattr(one, "attr", getattr(one, "id", "")) for one in ast.walk(handler.type)})

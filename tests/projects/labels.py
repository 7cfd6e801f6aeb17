"""What the labels of an application say: the rule, the place, whether it is a defect, and the scenario that proves it."""

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

FOLDER = Path(__file__).parent
NAMES = tuple(sorted(file.parent.name for file in FOLDER.glob("*/labels.toml")))


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What goes wrong outside: a host that raises or answers badly, or the broker, mail server or database that is down."""

    host: str = ""
    raises: str = ""
    status: int = 0
    answers: Any = None
    down: str = ""


class Scenario(msgspec.Struct, frozen=True, kw_only=True, rename={"body": "json"}):
    """One thing that the outside world does: `GET /path`, `task NAME` or `command NAME`, so often, with a fault or none.

    In the path, `{each:&id=}` stands for the ids of all rows with `&id=` between them; in the body, `["EACH"]` for a list of
    them, and `["EACH", {...}]` for a list of that mapping with each id where it says `ID`. `setup` is SQL that runs first.
    """

    call: str
    body: Any = None
    raw: str | None = None
    headers: dict[str, str] = {}
    arguments: tuple[Any, ...] = ()
    before: tuple[str, ...] = ()
    setup: tuple[str, ...] = ()
    times: int = 1
    fault: Fault = Fault()


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """One line of an application and what a rule has to say of it.

    `at` is `path:function:part of the line` (the function may be empty, or a class); `near` are places that are as good.
    `says` are words of which a finding's message holds one, where a line can have several findings of a rule. The other
    fields are what the rule's proof looks at. `disputed` says why the auditor is known to see it otherwise.
    """

    rule: str
    at: str
    kind: str
    proof: str
    near: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    type: str = ""
    route: str = ""
    link: str = ""
    table: str = ""
    lacks: str = ""
    hidden: bool = False
    whole: bool = False
    pair: str = ""
    column: str = ""
    why: str = ""
    disputed: str = ""


class Labels(msgspec.Struct, frozen=True):
    """A labelled application: its folder, its scenarios by name, and its labels in the order of the file."""

    root: Path
    scenarios: dict[str, Scenario]
    labels: tuple[Label, ...]


class Place(msgspec.Struct, frozen=True):
    """A line of a file, and the lines of the whole statement around it (of a compound one, its head)."""

    path: str
    line: int
    first: int
    last: int
    near: tuple["Place", ...] = ()


@cache
def read(root: Path) -> Labels:
    """The labels in `labels.toml` of an application's folder; a field that is not known is an error."""
    told = tomllib.loads((root / "labels.toml").read_text(encoding="utf-8"))
    scenarios = msgspec.convert(told.get("scenarios", {}), dict[str, Scenario])
    labels = msgspec.convert(told["label"], tuple[Label, ...])
    return Labels(root, scenarios, labels)


def place_of(root: Path, label: Label) -> Place:
    """Where a label stands, with the places that are as good."""
    return msgspec.structs.replace(locate(root, label.at), near=tuple(locate(root, at) for at in label.near))


@cache
def locate(root: Path, at: str) -> Place:
    """The one line that a place names; a LookupError where it names none or several."""
    path, scope, part = at.split(":", 2)
    text = (root / path).read_text(encoding="utf-8")
    tree = ast.parse(text)
    first, last = _span(tree, scope, len(text.splitlines()), at)
    lines = [number for number, line in enumerate(text.splitlines(), 1) if first <= number <= last and part in line]
    if len(lines) != 1:
        raise LookupError(f"{at} names {len(lines)} lines")
    start, end = _statement(tree, lines[0])
    return Place(path, lines[0], start, end)


def _span(tree: ast.Module, scope: str, whole: int, at: str) -> tuple[int, int]:
    body: list[ast.stmt] = tree.body
    first, last = 1, whole
    for name in scope.split(".") if scope else ():
        named = [node for node in _definitions(body) if node.name == name]
        if not named:
            raise LookupError(f"{at}: there is no {name}")
        first, last, body = named[0].lineno, named[0].end_lineno or 0, named[0].body
    return first, last


def _definitions(body: list[ast.stmt]) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    inside = [node for statement in body for node in ast.walk(statement)]
    return [node for node in inside if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]


def _statement(tree: ast.Module, line: int) -> tuple[int, int]:
    """The innermost statement or handler that holds a line, up to where its body begins; decorators belong to it."""
    best = (line, line)
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt | ast.ExceptHandler):
            body = getattr(node, "body", None)
            end = max(body[0].lineno - 1, node.lineno) if body else node.end_lineno or node.lineno
            start = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
            if start <= line <= end and (best == (line, line) or start >= best[0]):
                best = (start, end)
    return best

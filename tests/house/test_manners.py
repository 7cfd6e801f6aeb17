"""Sizes, names and words: what the house's style asks of every file."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import CODE, python, shown, texts

LONGEST_FILE = 300
DRAWERS = {"utils", "util", "common", "helpers", "helper", "base", "misc", "tools", "shared", "lib", "core"}
HOSTS = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("yarnpkg", "com"),
            ("debian", "org"),
            ("crates", "io"),
            ("proxy", "golang", "org"),
            ("rubygems", "org"),
        )
    )
)
MACHINE = re.compile("|".join(rf"(?<![\w.~-])/{name}/" for name in ("work", "root", "Users")))
BROAD = {"Exception", "BaseException"}


@pytest.mark.parametrize("file", python(*CODE), ids=shown)
def test_a_file_is_no_giant(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("file", python(*CODE), ids=shown)
def test_a_file_begins_with_what_lives_in_it(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    is_rule = shown(file).startswith("rules/") and file.name != "__init__.py"
    assert is_rule or ast.get_docstring(tree), f"{shown(file)} has no module docstring"


@pytest.mark.parametrize("file", python(*CODE), ids=shown)
def test_there_are_no_drawers(file: Path) -> None:
    assert not DRAWERS & {file.stem, *(part for part in Path(shown(file)).parts[:-1])}


def test_only_two_places_catch_everything() -> None:
    broad = [
        f"{shown(file)}:{node.lineno}"
        for file in python("auditor", "rules", "reports")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and names(node.type) & BROAD and not raises_again(node)
    ]
    assert len(broad) <= 2, broad


def names(kind: ast.expr | None) -> set[str]:
    """The names of the types that a handler catches; a bare one catches BaseException."""
    if kind is None:
        return {"BaseException"}
    return {node.id for node in ast.walk(kind) if isinstance(node, ast.Name)}


def raises_again(handler: ast.ExceptHandler) -> bool:
    """Whether a handler ends by raising."""
    return isinstance(handler.body[-1], ast.Raise)


@pytest.mark.parametrize("file", texts(), ids=shown)
def test_no_file_names_a_registrys_host_or_a_path_of_some_machine(file: Path) -> None:
    text = file.read_text(encoding="utf-8", errors="replace")
    assert [match.group() for match in (*HOSTS.finditer(text), *MACHINE.finditer(text))] == []


@pytest.mark.parametrize("file", texts(), ids=shown)
def test_no_work_is_put_off_in_our_own_files(file: Path) -> None:
    if file.suffix == ".py" and shown(file).startswith("auditor/"):
        marks = re.findall(r"#\s*(?:TODO|FIXME|XXX|HACK)\b.*", file.read_text(encoding="utf-8"))
        assert marks == []

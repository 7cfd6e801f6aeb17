"""Every library file knows its library as code spells it: read by the engine, never imported."""

import re

import pytest

from auditor.facts.flow.read import PATTERNS, flow
from auditor.facts.screen import screen
from auditor.knowledge.load import SHIPPED, load
from auditor.paths.calls.graph import Node
from auditor.paths.names.symbols import Symbols
from tests.knowledge.examples import EXAMPLES
from tests.paths.projects import project

KNOWN = load()


def symbols(code: str) -> Symbols:
    sheet = screen("app.py", code.encode(), PATTERNS)
    return Symbols({"app.py": sheet.facts}, {"app.py": flow(sheet)}, KNOWN)


def name(names: Symbols, code: str, text: str) -> str:
    """What an expression means to the files: the dotted name of the library that it leads to."""
    plain = re.sub(r"\([^()]*\)", "()", text)
    found = names.chain("app.py", -1, plain)
    if found is None:
        return text
    if found.name == "=" or found.name.startswith("query."):
        return called(f"{code}\n{text}()\n")
    if found.kind == "external":
        return found.name
    outside = [base for base in names.members.mro(found) if base.kind == "external"]
    return outside[0].name


def called(code: str) -> str:
    """The name of what the last call of a text calls."""
    graph = project({"app.py": code}).graph
    return [edge.name for edge in graph.edges(Node("app.py", -1)) if edge.name][-1]


def test_every_library_file_has_an_example() -> None:
    assert {example.file for example in EXAMPLES} == {file.stem for file in SHIPPED.glob("*.toml")}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.file)
def test_a_library_is_known_as_code_spells_it(example: object) -> None:
    assert isinstance(example, type(EXAMPLES[0]))
    names = symbols(example.code)
    for text, look_up, word in example.means:
        answer = str(getattr(KNOWN, look_up)(name(names, example.code, text)))
        assert word in answer, f"{text} is {name(names, example.code, text)}: {answer}"

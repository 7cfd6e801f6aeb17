"""A rule that its author got wrong is refused with its file and in words, before it looks at anything."""

from pathlib import Path

import pytest

from auditor.model.errors import AuditorError
from auditor.packs.rules import in_folder, load_rules

RULE = '''
"""Assignments."""

import libcst as cst

from auditor.rule import NodeRule, Severity


class Assigned(NodeRule[cst.{node}]):
    """Because it is so."""

    title = "something is assigned"
    severity = Severity.LOW
    bad = ["x = 1  # <-"]
    good = ["x"]
'''


def test_a_node_that_the_screen_does_not_find_is_named(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "__init__.py").write_text('"""Own rules."""\n')
    (tmp_path / "own" / "assigned.py").write_text(RULE.format(node="Assign"))
    with pytest.raises(AuditorError, match=r"own/assigned\.py.*cst\.Assign.*Return"):
        load_rules(tuple(in_folder(tmp_path)))


def test_a_node_that_the_screen_finds_is_taken(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "__init__.py").write_text('"""Own rules."""\n')
    (tmp_path / "taken" / "assigned.py").write_text(RULE.format(node="Return"))
    (rule,) = load_rules(tuple(in_folder(tmp_path)))
    assert rule.id == "taken/assigned"

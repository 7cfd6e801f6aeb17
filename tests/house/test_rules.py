"""Every rule says why, shows what is bad and what is good, and is documented from that alone."""

import ast

import pytest

from auditor.packs.rules import Place, load_rules, places
from auditor.packs.shelf import shelf
from tests.house.tree import python, shown

RULES = places()


@pytest.mark.parametrize("place", RULES, ids=lambda place: place.id)
def test_a_rule_has_why_bad_and_good(place: Place) -> None:
    (rule,) = load_rules((place,))
    assert len(type(rule).why().split()) >= 10, "the docstring says why"
    assert rule.bad
    assert all("# <-" in example for example in rule.bad)
    assert rule.good
    assert not any("# <-" in example for example in rule.good)
    assert rule.title == rule.title.strip()
    assert not rule.title.endswith(".")
    assert len(rule.title) <= 60


@pytest.mark.parametrize("place", RULES, ids=lambda place: place.id)
def test_a_rules_id_is_its_place(place: Place) -> None:
    assert place.id == f"{place.file.parent.name}/{place.file.stem.replace('_', '-')}"
    assert f'"{place.id}"' not in place.file.read_text(encoding="utf-8")


@pytest.mark.parametrize("place", RULES, ids=lambda place: place.id)
def test_a_rule_holds_no_state_and_prints_nothing(place: Place) -> None:
    tree = ast.parse(place.file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.FunctionDef) and node.name == "__init__")
        assert not isinstance(node, ast.Global)
        assert not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "open"))


def test_every_pack_says_what_it_is_for() -> None:
    for pack in sorted({place.file.parent for place in RULES}):
        docstring = ast.get_docstring(ast.parse((pack / "__init__.py").read_text(encoding="utf-8")))
        assert docstring, pack
        assert [node for node in ast.parse((pack / "__init__.py").read_text()).body if not isinstance(node, ast.Expr)] == []


def test_the_engine_knows_no_rule_by_name() -> None:
    known = {place.id for place in RULES}
    allowed = {"auditor/judge/", "auditor/roadmap/", "auditor/measure/", "auditor/cli/", "auditor/run/", "auditor/rule/"}
    for file in python("auditor"):
        if not any(shown(file).startswith(folder) for folder in allowed):
            text = file.read_text(encoding="utf-8")
            assert not [rule for rule in known if f'"{rule}"' in text], shown(file)


def test_the_shelf_of_a_checkout_is_beside_the_package() -> None:
    assert shelf("rules").name == "rules"
    assert shelf("reports").name == "reports"

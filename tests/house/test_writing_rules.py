"""The page on writing rules is true: its example is taken from the page, tried, and used."""

import re
from pathlib import Path

import pytest

from tests.cli.command import auditor, fill
from tests.house.tree import PROJECT

PAGE = (PROJECT / "docs" / "writing-rules.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^`(my_rules/\S+)`.*?:\n\n```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """A project beside the folder of rules that the page makes."""
    rules = dict(BLOCK.findall(PAGE))
    assert len(rules) == 2
    return fill(tmp_path / "team", {**rules, "shop/cart.py": "def pay(cart):\n    return float(cart.total)\n"})


def test_the_pages_own_commands_do_what_it_says(team: Path) -> None:
    tried = auditor("try", "my_rules/", cwd=team)
    assert tried.returncode == 0, tried.stdout
    assert "1 rules, 4 examples, 0 wrong" in tried.stdout or "1 rule, 4 examples, 0 wrong" in tried.stdout
    explained = auditor("explain", "shop/float-money", "--rules", "my_rules/", cwd=team)
    assert "A float can not hold ten cents" in explained.stdout
    used = auditor("audit", ".", "--rules", "my_rules/", "--no-deps", cwd=team)
    assert used.returncode == 1
    assert "shop/float-money" in used.stdout


def test_an_example_that_is_not_flagged_fails_the_trial(team: Path) -> None:
    rule = team / "my_rules" / "shop" / "float_money.py"
    rule.write_text(rule.read_text().replace("total = Decimal(order.price)", "total = float(order.price)"))
    tried = auditor("try", "my_rules/", cwd=team)
    assert tried.returncode == 1
    assert "shop/float-money good 1" in tried.stdout

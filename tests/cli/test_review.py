"""The Friday page from a real history: two kept audits and a third, made by the command."""

import json
from pathlib import Path

import pytest

from tests.cli.command import CLEAN, GRAVE, LOST, auditor, fill
from tests.run.repository import begin, commit

PLAN = (
    "# Plan\n\n## Sprint 1 (2020-01-06 to 2099-01-30)\n\nGoal: sleep well\n\n- All security TODOs resolved\n\n"
    "## Success metrics\n\n- [x] All security TODOs resolved (currently 4)\n\n"
    "## Post-implementation review\n\n### After Sprint 1\n\n- Security audit results\n"
)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    root = fill(tmp_path / "shop", {"login.py": GRAVE, "pay.py": LOST, "PLAN.md": PLAN})
    assert auditor("roadmap", "import", "PLAN.md", cwd=root).returncode == 0
    assert auditor("audit", ".", "--no-deps", "--save", cwd=root).returncode in (0, 1, 3)
    (root / "pay.py").write_text(CLEAN)
    return root


def test_a_weekly_page_compares_with_the_history(shop: Path) -> None:
    done = auditor("report", "weekly", ".", "--no-deps", "--output", "week.html", cwd=shop)
    assert done.returncode == 0, done.stderr
    page = (shop / "week.html").read_text()
    assert "What changed since" in page
    assert "ticked as done and is not" in page
    assert "error handling" in page
    assert len(page.encode()) < 1_000_000


def test_the_same_page_comes_with_an_audit(shop: Path) -> None:
    words = ("--format", "weekly", "--output", "week.html", "--format", "sprint", "--output", "sprint.json")
    done = auditor("audit", ".", "--no-deps", *words, cwd=shop)
    assert done.returncode in (0, 1, 3), done.stderr
    told = json.loads((shop / "sprint.json").read_text())
    assert told["sprint"]["name"] == "Sprint 1"
    assert told["promises"][0]["state"] == "claimed but not met"
    assert told["reviews"][0]["answers"][0]["text"] == "Security audit results"
    assert "What changed since" in (shop / "week.html").read_text()


def test_a_report_is_kept_where_it_is_asked_for(shop: Path) -> None:
    done = auditor("report", "weekly", ".", "--no-deps", "--save", "--send", "file", cwd=shop)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("shop-weekly-20")
    listed = auditor("history", "list", "--format", "json", cwd=shop)
    assert len(json.loads(listed.stdout)) == 2


def test_an_address_with_a_password_is_not_repeated_on_the_page(shop: Path) -> None:
    place = "sqlite://ada:s3cret-word@/history.sqlite3"
    done = auditor("report", "weekly", ".", "--no-deps", "--output", "week.html", "--history", place, cwd=shop)
    page = (shop / "week.html").read_text() if (shop / "week.html").exists() else ""
    assert "s3cret-word" not in page + done.stdout + done.stderr


RULE = '''"""Numbers that the shop no longer uses."""

from collections.abc import Iterator

import libcst as cst

from auditor.rule import Finding, NodeRule, Region, Severity


class OldNumber(NodeRule[cst.Call]):
    """
    A number that the shop no longer uses.
    """

    title = "old number"
    severity = Severity.LOW
    bad = ["old({0})  # <-\\n"]
    good = ["old(1)\\n"]

    def check(self, node: cst.Call, region: Region) -> Iterator[Finding]:
        if node.args and getattr(node.args[0].value, 'value', '') in {numbers}:
            yield self.finding(region.location(node), "an old number")
'''


def test_rules_and_code_that_changed_at_once_are_told_apart_by_the_code_of_then(tmp_path: Path) -> None:
    shop, rules = begin(tmp_path / "shop"), tmp_path / "rules" / "shop"
    commit(shop, "2026-01-05", {"a.py": "".join(f"old({number})\n" for number in range(11, 31))})
    fill(
        rules,
        {
            "__init__.py": '"""The shop\'s own."""\n',
            "old_number.py": RULE.replace("{0}", "11").replace("{numbers}", "('11', '12')"),
        },
    )
    words = (".", "--no-deps", "--rules", rules.parent)
    assert auditor("audit", *words, "--save", cwd=shop).returncode in (0, 1, 3)
    (rules / "old_number.py").write_text(RULE.replace("{0}", "11").replace("{numbers}", "('11', '12', '13', '14', '15')"))
    commit(shop, "2026-01-12", {"a.py": "".join(f"old({number})\n" for number in range(12, 31))})
    done = auditor("report", "weekly", *words, "--output", "week.html", cwd=shop, TMPDIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    page = (shop / "week.html").read_text()
    assert "The rules or the tool changed: own rules: 3 new" in page
    assert "The code changed: own rules: 1 gone" in page
    assert "can not be told apart" not in page
    assert list(tmp_path.glob("auditor-*")) == []

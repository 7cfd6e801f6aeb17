"""The Friday page from a real history: two kept audits and a third, made by the command."""

import json
from pathlib import Path

import pytest

from tests.cli.command import CLEAN, GRAVE, LOST, auditor, fill

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

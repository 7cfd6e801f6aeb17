"""What the demo of a history is made of: weekly commits in the past, a plan that is read, figures that are recognised."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from auditor.evidence.folder import load
from auditor.roadmap import read_toml
from auditor.run.commits import Every, main_line, wanted
from tests.cli.command import CLEAN, auditor, fill
from tests.demo.history import __main__ as demo
from tests.demo.history.weeks import weeks

RELEASES = [f"1.{number}" for number in range(26)]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's repository, made of releases of a few lines each."""
    folder = tmp_path_factory.mktemp("demo")
    metadata = "Metadata-Version: 2.1\nName: page\nRequires-Dist: flask\nRequires-Dist: pytest; extra == 'test'\n"
    sources = [
        fill(folder / name, {"page/sums.py": CLEAN + "\n" * number, f"page-{name}.dist-info/METADATA": metadata})
        for number, name in enumerate(RELEASES)
    ]
    demo.made(folder / "page", weeks(RELEASES, sources, datetime.now(UTC)))
    return folder / "page"


def test_every_release_is_a_commit_of_a_week_of_its_own_and_the_last_was_yesterday(root: Path) -> None:
    line = wanted(main_line(root), Every.WEEK)
    assert len(line) == len(RELEASES) >= 26
    days = [date.fromisoformat(one.at[:10]) for one in line]
    assert days[-1] == datetime.now(UTC).date() - timedelta(days=1)
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(weeks=1)}


def test_a_release_replaces_the_one_before_and_says_what_it_needs(root: Path) -> None:
    assert (root / "requirements.txt").read_text() == "flask\n"
    assert (root / "page" / "sums.py").read_text() == CLEAN + "\n" * 25
    assert not list(root.glob("*.dist-info"))


def test_the_plan_is_bound_to_measures_and_one_goal_is_walked_back(root: Path) -> None:
    plan = read_toml((root / "roadmap.toml").read_text(), "roadmap.toml")
    assert all(target.measure != "manual" and target.sprint for target in plan.targets)
    assert len(plan.targets) == 10
    assert all(sprint.starts and sprint.ends for sprint in plan.sprints)
    assert next(target.goal for target in plan.targets if target.measure == "coverage.line_pct") == 72


def test_the_figures_of_the_last_week_are_evidence(root: Path) -> None:
    found, skipped = load(root, "evidence")
    assert skipped == ()
    measured = {one.name: one for piece in found for one in piece.measures}
    assert {"coverage.line_pct", "http.p95_ms", "incidents.count"} <= measured.keys()


def test_the_history_fills_from_it_with_the_figures_of_each_week(root: Path) -> None:
    done = auditor("history", "backfill", cwd=root)
    assert done.returncode == 0, done.stderr
    assert "26 snapshots added" in done.stdout
    rows = auditor("history", "export", "measures", cwd=root).stdout.splitlines()
    assert sum(",coverage.line_pct," in row for row in rows) == 26
    assert sum(",http.p95_ms,," in row for row in rows) == 26 - demo.figures.FIRST_LOAD_TEST

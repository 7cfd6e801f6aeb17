"""An audit tells what was softened, fails by it where that is asked for, and counts changes from the first figure kept."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import CLEAN, auditor, fill
from tests.run.test_contract import commit, git, write

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
TWINS = """def {0}(a, b):
    total = a + b
    if total > 3:
        total = total * 2
    print(total, a, b)
    return total - 1


"""


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A project on a branch, on which its target was walked back."""
    root = fill(tmp_path / "shop", {"shop/sums.py": CLEAN})
    git(root, "init", "-q")
    write(root)
    commit(root)
    git(root, "switch", "-qc", "work")
    write(root, goal=67)
    commit(root, "Cleo", "2026-01-09")
    return root


def report(root: Path, *words: str) -> tuple[int, dict[str, Any]]:
    done = auditor("audit", ".", "--no-deps", "--format", "json", *words, cwd=root)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def test_the_report_says_what_was_walked_back_by_whom_and_when(repo: Path) -> None:
    code, found = report(repo)
    (finding,) = [one for one in found["findings"] if one["rule"].startswith("contract/")]
    assert code == 0
    assert finding["rule"] == "contract/target-lowered"
    assert "walked back from ≥ 80 % to ≥ 67 %, by Cleo on 2026-01-09 in " in finding["message"]
    assert (finding["location"]["path"], finding["facts"]["who"]) == ("roadmap.toml", "Cleo")


def test_it_fails_the_run_where_the_gate_asks_for_that_and_weighs_nothing_in_the_grade(repo: Path) -> None:
    before = report(repo)[1]["grade"]["score"]
    (repo / "auditor.toml").write_text('[gate]\ncontract = true\n[rules.severity]\n"contract/target-lowered" = "low"\n')
    assert auditor("check", "shop/sums.py", cwd=repo).returncode == 0, "whose settings are the same"
    code, found = report(repo)
    assert code == 1
    assert found["verdict"]["reasons"][0].startswith("softened: “Test coverage at least 80 %” walked back")
    assert found["grade"]["score"] == before


def test_a_base_by_hand_is_taken_and_one_that_is_none_is_a_mistake(repo: Path) -> None:
    assert not [one for one in report(repo, "--base", "HEAD")[1]["findings"] if one["rule"].startswith("contract/")]
    done = auditor("audit", ".", "--no-deps", "--base", "nowhere", cwd=repo)
    assert done.returncode == 2
    assert "is no commit here" in done.stderr


def test_a_rule_of_the_contract_can_be_explained(repo: Path) -> None:
    done = auditor("explain", "contract/target-lowered", cwd=repo)
    assert done.stdout.startswith("contract/target-lowered: target lowered (medium)")
    assert "there are contract/baseline-moved" in auditor("explain", "contract/x", cwd=repo).stderr


def test_the_working_of_the_grade_ends_with_what_would_raise_it(repo: Path) -> None:
    told = auditor("explain", "grade", cwd=repo).stdout
    assert "What would raise it most, each by itself:" in told
    assert "measure coverage: not measured" in told


def test_a_rule_of_the_contract_that_is_switched_off_is_told(repo: Path) -> None:
    (repo / "auditor.toml").write_text('[rules]\nignore = ["contract"]\n')
    _, found = report(repo)
    assert not [one for one in found["findings"] if one["rule"].startswith("contract/")]
    assert any("contract/target-lowered" in cap for cap in found["grade"]["caps"])


def test_a_share_without_a_baseline_counts_from_the_first_snapshot_kept(tmp_path: Path) -> None:
    root = fill(tmp_path / "shop", {"shop/a.py": "".join(TWINS.format(name) for name in "abcd")})
    target = '[[target]]\ntext = "Duplication down 40 %"\nmeasure = "duplication.density_pct"\ncomparator = "<="\ngoal = 40\n'
    (root / "roadmap.toml").write_text(target + 'unit = "%"\nrelative = true\n')
    (only,) = report(root, "--save")[1]["targets"]
    assert only["state"] == "unknown"
    (root / "shop" / "a.py").write_text(TWINS.format("a"))
    (only,) = report(root)[1]["targets"]
    assert only["state"] == "met"
    assert only["baseline"] > 0
    status = json.loads(auditor("roadmap", "status", "--format", "json", cwd=root).stdout)
    assert status["targets"][0]["state"] == "met"


def test_the_status_says_where_a_target_is_heading_by_the_history(tmp_path: Path) -> None:
    root = fill(tmp_path / "shop", {"shop/sums.py": CLEAN})
    git(root, "init", "-q")
    today = date.today()
    for weeks_ago, todos in ((5, 10), (4, 9), (3, 8), (2, 7), (1, 6)):
        (root / "shop" / "sums.py").write_text("# TODO: tidy this up\n" * todos + CLEAN)
        commit(root, day=(today - timedelta(weeks=weeks_ago)).isoformat())
    sprint = f'[[sprint]]\nname = "S"\nstarts = {today - timedelta(weeks=5)}\nends = {today + timedelta(weeks=2)}\n\n'
    target = 'measure = "todo.count"\ncomparator = "<="\ngoal = 2\nbaseline = 10\nsprint = "S"\n'
    (root / "roadmap.toml").write_text(f'{sprint}[[target]]\ntext = "At most 2 TODOs"\n{target}')
    done = auditor("history", "backfill", "--every", "commit", cwd=root)
    assert done.returncode == 0, done.stderr
    (only,) = json.loads(auditor("roadmap", "status", "--format", "json", cwd=root).stdout)["targets"]
    assert only["forecast"]["points"] == 5
    assert only["forecast"]["slope_per_week"] == -1
    assert only["forecast"]["likely"] == (today + timedelta(weeks=3)).isoformat()
    assert only["forecast"]["in_time"] == "no"
    assert only["trajectory"]["behind"] is True
    text = auditor("roadmap", "status", cwd=root).stdout
    assert "behind its line: 6 now" in text
    assert "in time: no" in text
    (row,) = report(root)[1]["targets"]
    assert (row["behind"], row["due"] < 6) == (True, True)

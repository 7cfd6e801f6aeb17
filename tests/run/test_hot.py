"""Hot spots from a real git history: commits times complexity, tests and what leads out of the tree left out."""

import os
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from auditor.run.hot import changes, hot_spots
from tests.cli.command import fill

TODAY = date.today()
HARD = "def pay(a, b):\n    if a and b:\n        return 1\n    for x in b:\n        if x:\n            return 2\n    return 3\n"


def git(root: Path, *words: str, days_ago: int = 1) -> None:
    when = f"{(TODAY - timedelta(days=days_ago)).isoformat()}T12:00:00+0000"
    surround = {**os.environ, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_CONFIG_GLOBAL": os.devnull}
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(root), *who, *words], env=surround, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = fill(tmp_path / "shop", {"shop/pay.py": HARD, "shop/plain.py": "X = 1\n", "tests/test_pay.py": HARD, "gone.py": HARD})
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "begin", days_ago=200)
    for number in range(3):
        for path in ("shop/pay.py", "shop/plain.py", "tests/test_pay.py", "gone.py"):
            (root / path).write_text(f"{(root / path).read_text()}# {number}\n")
        git(root, "commit", "-qam", f"change {number}", days_ago=30 - number)
    git(root, "rm", "-q", "gone.py")
    git(root, "commit", "-qm", "away")
    return root


def test_what_is_changed_often_and_hard_is_hot(repository: Path) -> None:
    (spot,), note = hot_spots(repository, TODAY)
    assert (spot.path, spot.changes, spot.complexity, spot.heat) == ("shop/pay.py", 3, 5, 15)
    assert spot.hardest == "pay (5)"
    assert note == ""


def test_only_the_last_ninety_days_and_the_audited_folder_count(repository: Path) -> None:
    counts, _ = changes(repository, TODAY)
    assert counts["shop/pay.py"] == 3
    inside, _ = changes(repository / "shop", TODAY)
    assert dict(inside) == {"pay.py": 3, "plain.py": 3}


def test_without_git_it_says_so(tmp_path: Path) -> None:
    assert hot_spots(fill(tmp_path, {"a.py": HARD}), TODAY) == ((), "there is no git history")


def test_a_link_out_of_the_tree_is_not_followed(repository: Path, tmp_path: Path) -> None:
    outside = fill(tmp_path / "outside", {"secret.py": HARD}) / "secret.py"
    (repository / "link.py").symlink_to(outside)
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "a link")
    assert [spot.path for spot in hot_spots(repository, TODAY)[0]] == ["shop/pay.py"]


def test_settings_of_the_audited_tree_start_no_program(repository: Path, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    for key in ("core.pager", "diff.external", "core.fsmonitor", "log.showSignature"):
        git(repository, "config", key, f"touch {mark}" if key != "log.showSignature" else "true")
    hot_spots(repository, TODAY)
    assert not mark.exists()

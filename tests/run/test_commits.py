"""Which past commits stand for a stretch of time, in repositories made by the real git."""

from pathlib import Path

import pytest

from auditor.model.errors import AuditorError
from auditor.run.commits import Every, main_line, wanted
from tests.run.repository import begin, commit, git

DAYS = ("2026-01-05", "2026-01-06", "2026-01-11", "2026-01-12", "2026-02-02")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Five commits: three in one week, from Monday to Sunday, one on the Monday after, one in another month."""
    root = begin(tmp_path / "shop")
    for day in DAYS:
        commit(root, day, {"a.py": f"day = {day!r}\n"})
    return root


def days(root: Path, every: Every, since: str = "", until: str = "") -> list[str]:
    return [one.at[:10] for one in wanted(main_line(root), every, since, until)]


def test_the_last_commit_of_each_week_month_or_day_is_taken(root: Path) -> None:
    assert days(root, Every.WEEK) == ["2026-01-11", "2026-01-12", "2026-02-02"]
    assert days(root, Every.MONTH) == ["2026-01-12", "2026-02-02"]
    assert days(root, Every.DAY) == list(DAYS)
    assert days(root, Every.COMMIT) == list(DAYS)


def test_bounds_include_their_own_day(root: Path) -> None:
    assert days(root, Every.DAY, "2026-01-06", "2026-01-12") == ["2026-01-06", "2026-01-11", "2026-01-12"]


def test_what_was_merged_in_counts_as_the_merge_alone(root: Path) -> None:
    git(root, "switch", "--quiet", "--create", "side", "HEAD~1")
    commit(root, "2026-01-20", {"b.py": "x = 1\n"})
    git(root, "switch", "--quiet", "main")
    when = "2026-02-09T12:00:00+00:00"
    git(root, "merge", "--quiet", "--no-edit", "side", GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)
    assert days(root, Every.COMMIT) == [*DAYS, "2026-02-09"]


def test_a_commit_of_the_future_is_left_out(root: Path) -> None:
    commit(root, "2099-01-01", {"a.py": "far = True\n"})
    assert days(root, Every.COMMIT) == list(DAYS)


def test_a_folder_without_history_is_told(tmp_path: Path) -> None:
    with pytest.raises(AuditorError, match="git knows no commit"):
        main_line(tmp_path)
    with pytest.raises(AuditorError, match="git knows no commit"):
        main_line(begin(tmp_path / "empty"))

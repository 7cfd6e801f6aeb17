"""What a team softened is found in git's history with who did it, when and in which commit, in real repositories."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from auditor.model.contract import Kind
from auditor.model.errors import AuditorError
from auditor.roadmap import read_toml
from auditor.run.contract import Softened, compare, findings
from auditor.settings import read

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

PLAN = """[[sprint]]
name = "Sprint 1"
starts = 2026-01-01
ends = {ends}

[[target]]
text = "Test coverage at least {goal} %"
measure = "coverage.line_pct"
comparator = ">="
goal = {goal}
unit = "%"
sprint = "Sprint 1"
"""


def git(folder: Path, *words: str, who: str = "Ada", day: str = "2026-01-05") -> str:
    person = {"GIT_AUTHOR_NAME": who, "GIT_AUTHOR_EMAIL": "x@example.org", "GIT_AUTHOR_DATE": f"{day}T10:00:00Z",
              "GIT_COMMITTER_NAME": who, "GIT_COMMITTER_EMAIL": "x@example.org", "GIT_COMMITTER_DATE": f"{day}T10:00:00Z",
              "GIT_CONFIG_GLOBAL": os.devnull}  # fmt: skip
    command = ("git", "-c", "init.defaultBranch=main", *words)
    return subprocess.run(command, cwd=folder, env=os.environ | person, capture_output=True, check=True, text=True).stdout.strip()


def write(root: Path, goal: int = 80, ends: str = "2026-01-21", settings: str = "", name: str = "roadmap.toml") -> None:
    root.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
    root.joinpath(name).write_text(PLAN.format(goal=goal, ends=ends))
    if settings:
        (root / "pyproject.toml").write_text(settings)


def commit(root: Path, who: str = "Ada", day: str = "2026-01-05") -> str:
    git(root, "add", ".")
    git(root, "commit", "-qm", "change", "--allow-empty", who=who, day=day)
    return git(root, "rev-parse", "HEAD")


def compared(root: Path, base: str = "") -> Softened:
    settings = read(root)
    place = root / (settings.roadmap.path or "roadmap.toml")
    promised = read_toml(place.read_text(), str(place)) if place.is_file() else None
    return compare(root, settings, promised, {"errors/broad-except": "medium"}, base)


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """One commit of Ada's on main, with a promise of 80 %."""
    git(tmp_path, "init", "-q")
    write(tmp_path)
    commit(tmp_path)
    return tmp_path


def test_a_target_walked_back_is_signed_by_who_did_it(repo: Path) -> None:
    git(repo, "switch", "-qc", "work")
    write(repo, goal=75)
    commit(repo, "Bob", "2026-01-08")
    write(repo, goal=67)
    last = commit(repo, "Cleo", "2026-01-09")
    (repo / "a.py").write_text("x = 1\n")
    commit(repo, "Dan", "2026-01-10")
    (only,) = compared(repo).changes
    assert (only.kind, only.was, only.now) == (Kind.GOAL, "≥ 80 %", "≥ 67 %")
    assert (only.who, only.when, only.commit) == ("Cleo", "2026-01-09", last)
    assert (only.file, only.line) == ("roadmap.toml", 10)
    (finding,) = findings((only,), {})
    assert finding.rule == "contract/target-lowered"
    assert finding.message.endswith(f"walked back from ≥ 80 % to ≥ 67 %, by Cleo on 2026-01-09 in {last[:10]}")


def test_what_is_not_committed_yet_is_told_so(repo: Path) -> None:
    git(repo, "switch", "-qc", "work")
    commit(repo)
    write(repo, ends="2026-02-01")
    (only,) = compared(repo).changes
    assert (only.kind, only.who, only.commit, only.line) == (Kind.DATE, "", "", 4)
    assert findings((only,), {})[0].message.endswith(", not committed yet")


def test_on_the_default_branch_the_last_change_of_the_roadmap_is_looked_at(repo: Path) -> None:
    write(repo, goal=67)
    last = commit(repo, "Bob")
    (repo / "a.py").write_text("x = 1\n")
    commit(repo, "Cleo")
    (only,) = compared(repo).changes
    assert (only.who, only.commit) == ("Bob", last)


def test_a_base_may_be_named_by_hand_or_in_the_settings(repo: Path) -> None:
    write(repo, goal=75)
    commit(repo, "Bob")
    git(repo, "tag", "agreed")
    write(repo, goal=74)
    commit(repo, "Cleo")
    assert [(one.was, one.now, one.who) for one in compared(repo).changes] == [("≥ 80 %", "≥ 74 %", "Cleo")]
    (only,) = compared(repo, "agreed").changes
    assert (only.was, only.now, only.who) == ("≥ 75 %", "≥ 74 %", "Cleo")
    (repo / "auditor.toml").write_text('[roadmap]\nbase = "agreed"\n')
    assert [change.was for change in compared(repo).changes] == ["≥ 75 %"]


@pytest.mark.parametrize("name", ["nowhere", "--output=x", "HEAD:roadmap.toml", "x\ny"])
def test_a_base_that_is_no_commit_is_a_mistake(repo: Path, name: str) -> None:
    with pytest.raises(AuditorError, match="no commit here"):
        compared(repo, name)


def test_settings_that_ask_less_are_found_and_signed(repo: Path) -> None:
    git(repo, "switch", "-qc", "work")
    write(repo, settings='[tool.auditor.discover]\nexclude = ["shop/legacy/"]\n\n[tool.auditor.gate]\nhigh = 7\n')
    commit(repo, "Bob", "2026-01-08")
    found = findings(compared(repo).changes, {"contract/gate-loosened": "high"})
    assert [(one.rule, one.severity.value, one.location.path, one.location.line) for one in found] == [
        ("contract/gate-loosened", "high", "pyproject.toml", 5),
        ("contract/exclusion-widened", "medium", "pyproject.toml", 2),
    ]
    assert {one.facts["who"] for one in found} == {"Bob"}


def test_a_roadmap_that_moved_to_another_folder_is_the_same_promise(repo: Path) -> None:
    git(repo, "switch", "-qc", "work")
    (repo / "roadmap.toml").unlink()
    write(repo, name="docs/roadmap.toml")
    commit(repo)
    settings = read(repo)
    assert compare(repo, settings, read_toml((repo / "docs/roadmap.toml").read_text(), "x"), {}).changes == ()


def test_a_project_in_a_folder_of_its_repository_is_found_there(repo: Path) -> None:
    inner = repo / "services" / "shop"
    write(inner)
    commit(repo)
    git(repo, "switch", "-qc", "work")
    write(inner, goal=50)
    commit(repo, "Bob")
    assert [(change.now, change.who) for change in compared(inner).changes] == [("≥ 50 %", "Bob")]


def test_a_base_that_can_not_be_read_is_a_note_and_no_guess(repo: Path) -> None:
    (repo / "roadmap.toml").write_text("[[target]\n")
    commit(repo)
    git(repo, "switch", "-qc", "work")
    write(repo)
    commit(repo)
    answer = compared(repo)
    assert answer.changes == ()
    assert "can not be read" in answer.note


def test_without_git_nothing_is_compared_and_that_is_told(tmp_path: Path) -> None:
    write(tmp_path)
    assert "no git history" in compared(tmp_path).note


def test_a_name_of_an_author_is_text_whatever_it_holds(repo: Path) -> None:
    git(repo, "switch", "-qc", "work")
    write(repo, goal=10)
    commit(repo, "<script>\x1b[31m")
    (only,) = compared(repo).changes
    assert "script" in only.who


def test_what_was_softened_since_the_roadmap_began_stays_told_whatever_was_edited_since(repo: Path) -> None:
    began = git(repo, "rev-parse", "HEAD")
    write(repo, goal=67)
    lowered = commit(repo, who="Mallory", day="2026-01-12")
    (repo / "roadmap.toml").write_text((repo / "roadmap.toml").read_text() + "# a remark\n")
    agreed = commit(repo, day="2026-01-19")
    told = compared(repo)
    assert told.base == began
    assert [(one.who, one.when, one.commit) for one in told.changes] == [("Mallory", "2026-01-12", lowered)]
    assert compared(repo, agreed).changes == ()


def test_drafts_from_before_the_roadmap_begins_are_free(repo: Path) -> None:
    text = (repo / "roadmap.toml").read_text().replace("2026-01-01", "2026-01-15")
    (repo / "roadmap.toml").write_text(text)
    draft = commit(repo, day="2026-01-06")
    git(repo, "checkout", "-q", "--orphan", "anew")
    commit(repo, day="2026-01-06")
    git(repo, "branch", "-qM", "anew", "main")
    write(repo, goal=70)
    (repo / "roadmap.toml").write_text((repo / "roadmap.toml").read_text().replace("2026-01-01", "2026-01-15"))
    begun = commit(repo, day="2026-01-14")
    assert draft != begun
    assert [one.kind for one in compared(repo).changes] == [Kind.GOAL]
    write(repo, goal=67)
    commit(repo, day="2026-01-20")
    (change,) = (one for one in compared(repo).changes if one.kind is Kind.GOAL)
    assert (change.was, change.now) == ("≥ 70 %", "≥ 67 %")

"""Git is asked in real repositories, some of which would run a program if their settings were believed."""

import os
import shutil
import stat
import subprocess
from datetime import date
from pathlib import Path

import pytest

from auditor.facts.screen import screen
from auditor.model.finding import Confidence, Finding, Location, Severity
from auditor.run.git import Blame, aged, blame, commit, is_dirty

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

ALICE = {"GIT_AUTHOR_NAME": "Alice", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_AUTHOR_DATE": "2024-03-01T10:00:00Z"}
BOB = {"GIT_AUTHOR_NAME": "Bob", "GIT_AUTHOR_EMAIL": "b@example.org", "GIT_AUTHOR_DATE": "2025-07-09T10:00:00Z"}
COMMITTER = {"GIT_COMMITTER_NAME": "C", "GIT_COMMITTER_EMAIL": "c@example.org", "GIT_CONFIG_GLOBAL": os.devnull}


def git(folder: Path, *arguments: str, who: dict[str, str] = ALICE) -> str:
    command = ("git", "-c", "init.defaultBranch=main", *arguments)
    done = subprocess.run(command, cwd=folder, env=os.environ | COMMITTER | who, capture_output=True, check=True)
    return done.stdout.decode().strip()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Two commits: Alice wrote lines 1 and 2, Bob line 3."""
    root = tmp_path / "tree"
    root.mkdir()
    git(root, "init", "-q")
    (root / "a.py").write_text("x = 1\n# TODO: check the permission\n")
    git(root, "add", ".")
    git(root, "commit", "-qm", "one")
    with (root / "a.py").open("a") as stream:
        stream.write("# FIXME: rate limit\n")
    git(root, "commit", "-qam", "two", who=BOB)
    return root


def test_lines_are_blamed_on_who_wrote_them(tree: Path) -> None:
    assert blame(tree, {"a.py": [2, 3]}) == {
        ("a.py", 2): Blame("Alice", "2024-03-01"),
        ("a.py", 3): Blame("Bob", "2025-07-09"),
    }
    assert commit(tree) == git(tree, "rev-parse", "HEAD")


def test_lines_that_moved_since_the_commit_are_blamed_as_they_stand_now(tree: Path) -> None:
    (tree / "a.py").write_text("new = 0\n" + (tree / "a.py").read_text())
    known = blame(tree, {"a.py": [1, 3]})
    assert known["a.py", 3] == Blame("Alice", "2024-03-01")
    assert known["a.py", 1].when >= "2026"


def test_windows_line_ends_do_not_make_every_line_new(tree: Path) -> None:
    (tree / "a.py").write_bytes((tree / "a.py").read_bytes().replace(b"\n", b"\r\n"))
    assert blame(tree, {"a.py": [2]}) == {("a.py", 2): Blame("Alice", "2024-03-01")}


def test_a_folder_inside_a_repository_is_blamed_by_its_own_paths(tree: Path) -> None:
    inner = tree / "inner folder"
    inner.mkdir()
    (inner / "b.py").write_text("# TODO\n")
    git(tree, "add", ".")
    git(tree, "commit", "-qm", "three", who=BOB)
    assert blame(inner, {"b.py": [1]}) == {("b.py", 1): Blame("Bob", "2025-07-09")}


def test_names_that_look_like_options_or_patterns_are_names(tree: Path) -> None:
    names = ["--output=stolen", ":(glob)**", "-L1,1", "new\nline.py", "ä.py"]
    for name in names:
        (tree / name).write_text("# TODO\n")
    git(tree, "add", ".")
    git(tree, "commit", "-qm", "odd names", who=BOB)
    assert blame(tree, {name: [1] for name in names}) == {(name, 1): Blame("Bob", "2025-07-09") for name in names}
    assert not (tree / "stolen").exists()


def test_what_git_does_not_know_is_missing(tree: Path, tmp_path: Path) -> None:
    (tree / "untracked.py").write_text("# TODO\n")
    assert blame(tree, {"untracked.py": [1], "gone.py": [1], "a.py": [99]}) == {}
    plain = tmp_path / "plain"
    plain.mkdir()
    assert (commit(plain), is_dirty(plain), blame(plain, {"a.py": [1]})) == ("", None, {})


def test_a_repository_without_commits_has_no_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert (commit(tmp_path), is_dirty(tmp_path), blame(tmp_path, {"a.py": [1]})) == ("", None, {})


def test_dirty_is_told_from_clean(tree: Path) -> None:
    assert is_dirty(tree) is False
    (tree / "a.py").write_text("changed = True\n")
    assert is_dirty(tree) is True


def test_a_worktree_and_a_shallow_clone_are_blamed_too(tree: Path, tmp_path: Path) -> None:
    git(tree, "worktree", "add", "-q", str(tmp_path / "second"))
    assert blame(tmp_path / "second", {"a.py": [3]}) == {("a.py", 3): Blame("Bob", "2025-07-09")}
    git(tmp_path, "clone", "-q", "--depth", "1", tree.as_uri(), "shallow")
    assert blame(tmp_path / "shallow", {"a.py": [3]}) == {("a.py", 3): Blame("Bob", "2025-07-09")}


def test_a_sha256_repository_is_blamed(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--object-format=sha256")
    (tmp_path / "a.py").write_text("# TODO\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one")
    assert len(commit(tmp_path)) == 64
    assert blame(tmp_path, {"a.py": [1]}) == {("a.py", 1): Blame("Alice", "2024-03-01")}


def test_a_hostile_repository_runs_nothing(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trap, sprung = tmp_path / "trap", tmp_path / "sprung"
    trap.write_text(f'#!/bin/sh\necho "$0 $*" >> "{sprung}"\ncat\n')
    trap.chmod(trap.stat().st_mode | stat.S_IXUSR)
    (tree / ".gitattributes").write_text("*.py diff=trap filter=trap merge=trap\n")
    (tree / "inner").mkdir()
    git(tree / "inner", "init", "-q")
    (tree / ".gitmodules").write_text('[submodule "inner"]\n\tpath = inner\n\turl = ext::sh -c trap\n')
    for hooks in (tree / ".git" / "hooks", tree / "hooks"):
        hooks.mkdir(exist_ok=True)
        for name in (
            "post-index-change",
            "fsmonitor-watchman",
            "post-checkout",
            "reference-transaction",
            "pre-auto-gc",
        ):
            shutil.copy(trap, hooks / name)
    settings = tmp_path / "included"
    settings.write_text(f'[filter "trap"]\n\tclean = {trap}\n\tprocess = {trap}\n\trequired = true\n')
    for name, value in {
        "core.fsmonitor": str(trap), "core.hooksPath": str(tree / "hooks"), "core.pager": str(trap),
        "core.editor": str(trap), "core.sshCommand": str(trap), "core.askPass": str(trap), "diff.external": str(trap),
        "diff.trap.textconv": str(trap), "diff.trap.command": str(trap), "filter.trap.smudge": str(trap),
        "merge.trap.driver": str(trap), "pager.blame": str(trap), "alias.blame": f"!{trap}",
        "include.path": str(settings),
        "alias.rev-parse": f"!{trap}", "credential.helper": str(trap), "gpg.program": str(trap),
        "blame.ignoreRevsFile": "/etc/passwd", "trace2.eventTarget": str(sprung),
    }.items():  # fmt: skip
        git(tree, "config", name, value)
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH_COMMAND", "GIT_EDITOR"):
        monkeypatch.setenv(name, str(trap))
    os.utime(tree / "a.py", (1, 1))
    sprung.unlink(missing_ok=True)
    assert blame(tree, {"a.py": [2]}) == {("a.py", 2): Blame("Alice", "2024-03-01")}
    assert is_dirty(tree) is False
    assert len(commit(tree)) == 40
    assert not sprung.exists()
    subprocess.run(("git", "status"), cwd=tree, capture_output=True, check=False)
    assert sprung.exists(), "the trap is no trap"


def test_a_broken_repository_is_unknown_and_nothing_more(tree: Path) -> None:
    (tree / ".git" / "config").write_text("[core\nbroken")
    assert (commit(tree), blame(tree, {"a.py": [2]})) == ("", {})


def test_a_time_no_calendar_has_is_unknown(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "a.py").write_text("# TODO\n")
    git(tmp_path, "add", ".")
    tree_name = git(tmp_path, "write-tree")
    author = "author M <m@example.org> 99999999999999999 +0000"
    text = f"tree {tree_name}\n{author}\ncommitter M <m@example.org> 1 +0000\n\nm\n"
    (tmp_path / "commit").write_text(text)
    name = git(tmp_path, "hash-object", "-t", "commit", "-w", "--literally", "commit")
    git(tmp_path, "update-ref", "refs/heads/main", name)
    assert all(one.when < "2300" for one in blame(tmp_path, {"a.py": [1]}).values())


def test_findings_about_marks_learn_their_age_and_author(tree: Path) -> None:
    facts = screen("a.py", (tree / "a.py").read_bytes()).facts
    place = Location("a.py", 2)
    about_mark = Finding("security/todo", Severity.LOW, Confidence.LOW, place, "m", facts={"mark": "TODO"})
    other = Finding("errors/x", Severity.LOW, Confidence.LOW, place, "m")
    told, ages = aged(tree, (about_mark, other), {"a.py": facts}, date(2024, 3, 31))
    assert told[0].facts == {"mark": "TODO", "age_days": "30", "author": "Alice"}
    assert told[1] == other
    assert ages == {("a.py", 2): 30, ("a.py", 3): 0}


def test_a_git_that_hangs_is_given_up(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = shutil.which("git")
    stub = tmp_path / "bin" / "git"
    stub.parent.mkdir()
    stub.write_text(f'#!/bin/sh\ncase "$*" in *porcelain*) exec sleep 60;; esac\nexec {real} "$@"\n')
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", f"{stub.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr("auditor.run.git.FILE_LIMIT_S", 0.2)
    assert blame(tree, {"a.py": [2]}) == {}


def test_without_git_nothing_is_known(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert (commit(tree), is_dirty(tree), blame(tree, {"a.py": [2]})) == ("", None, {})


def test_a_program_called_git_in_the_audited_tree_is_not_run(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / "git").write_text("#!/bin/sh\ntouch sprung\n")
    (tree / "git").chmod(0o755)
    monkeypatch.chdir(tree)
    monkeypatch.setenv("PATH", os.pathsep)
    assert commit(tree) == ""
    assert not (tree / "sprung").exists()

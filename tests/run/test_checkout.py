"""Past commits laid down in a folder: their files as they were, nothing run, nothing outside, the work tree untouched."""

import os
from pathlib import Path

import pytest

from auditor.model.errors import AuditorError
from auditor.model.snapshot import Skipped
from auditor.run import checkout
from auditor.run import git as git_of
from auditor.run.checkout import Checkout, laid_out
from auditor.run.shadow import repository
from tests.run.repository import begin, commit, git, plant


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty repository."""
    return begin(tmp_path / "shop")


def laying(root: Path, tmp_path: Path) -> Checkout:
    """A checkout of the repository into a folder beside it."""
    found = repository(root)
    assert found is not None
    return Checkout(found, tmp_path / "past" / "shop")


def texts(folder: Path) -> dict[str, str]:
    """All files below a folder with their texts, but for git's own."""
    files = (file for file in folder.rglob("*") if file.is_file() and ".git" not in file.parts)
    return {file.relative_to(folder).as_posix(): file.read_text() for file in sorted(files)}


def test_each_commit_is_laid_down_as_it_was_whatever_lay_there_before(root: Path, tmp_path: Path) -> None:
    commits = [
        commit(root, "2026-01-05", {"a.py": "1\n", "shop/b.py": "2\n", "shop/deep/c.py": "3\n"}),
        commit(root, "2026-01-12", {"a.py": "changed\n", "shop/deep/c.py": None}),
        commit(root, "2026-01-19", {"shop/b.py": None, "shop.py": "moved\n"}),
    ]
    past = laying(root, tmp_path)
    told = []
    for one in (*commits, commits[0]):
        assert past.lay(one) == ()
        told.append(texts(past.folder))
    assert told[1] == {"a.py": "changed\n", "shop/b.py": "2\n"}
    assert told[2] == {"a.py": "changed\n", "shop.py": "moved\n"}
    assert told[0] == told[3] == {"a.py": "1\n", "shop/b.py": "2\n", "shop/deep/c.py": "3\n"}


def test_the_work_tree_and_the_repository_stay_as_they_are(root: Path, tmp_path: Path) -> None:
    first = commit(root, "2026-01-05", {"a.py": "1\n"})
    commit(root, "2026-01-12", {"a.py": "2\n"})
    (root / "a.py").write_text("being edited\n")
    (root / "new.py").write_text("untracked\n")

    def state() -> dict[str, tuple[int, int]]:
        return {str(file): (file.stat().st_mtime_ns, file.stat().st_size) for file in root.rglob("*") if file.is_file()}

    before = state()
    past = laying(root, tmp_path)
    past.lay(first)
    assert texts(past.folder) == {"a.py": "1\n"}
    assert state() == before


def test_git_answers_about_the_folder_as_of_the_commit(root: Path, tmp_path: Path) -> None:
    first = commit(root, "2026-01-05", {"shop/a.py": "# TODO: one\n", "b.py": "1\n"})
    commit(root, "2026-01-12", {"shop/a.py": "# TODO: one\n# TODO: two\n"})
    past = laying(root / "shop", tmp_path)
    past.lay(first)
    assert git_of.commit(past.folder) == first
    known = git_of.blame(past.folder, {"a.py": [1]})
    assert {place: one.when for place, one in known.items()} == {("a.py", 1): "2026-01-05"}


def test_a_project_in_a_subfolder_gets_its_own_files_and_none_where_it_was_not_there_yet(root: Path, tmp_path: Path) -> None:
    early = commit(root, "2026-01-05", {"other/x.py": "1\n"})
    late = commit(root, "2026-01-12", {"shop/a.py": "2\n", "shop/in/b.py": "3\n"})
    past = laying(root / "shop", tmp_path)
    assert past.lay(early) is None
    assert past.lay(late) == ()
    assert texts(past.folder) == {"a.py": "2\n", "in/b.py": "3\n"}


def test_no_filter_attribute_or_hook_of_the_repository_has_a_say(root: Path, tmp_path: Path) -> None:
    trap = tmp_path / "sprung"
    git(root, "config", "filter.trap.smudge", f"touch {trap}")
    git(root, "config", "core.fsmonitor", f"touch {trap}")
    git(root, "config", "core.pager", f"touch {trap}")
    git(root, "config", "core.hooksPath", str(root / "hooks"))
    hook = root / "hooks" / "post-checkout"
    hook.parent.mkdir()
    hook.write_text(f"#!/bin/sh\ntouch {trap}\n")
    hook.chmod(0o755)
    attributes = "*.py filter=trap\nhidden.py export-ignore\nstamp.py export-subst\n"
    name = commit(root, "2026-01-05", {".gitattributes": attributes, "hidden.py": "1\n", "stamp.py": "# $Format:%H$\n"})
    trap.unlink(missing_ok=True)
    past = laying(root, tmp_path)
    assert past.lay(name) == ()
    laid = texts(past.folder)
    assert (laid["hidden.py"], laid["stamp.py"]) == ("1\n", "# $Format:%H$\n")
    assert not trap.exists()


@pytest.mark.parametrize("name", ["..", ".git", ".GIT", "."])
def test_a_name_that_leads_out_of_the_folder_is_told_and_not_written(name: str, root: Path, tmp_path: Path) -> None:
    inner = git(root, "hash-object", "-w", "--stdin", stdin=b"evil\n")
    tree = git(root, "mktree", stdin=f"100644 blob {inner}\tevil.py\n".encode())
    raw = f"40000 {name}".encode() + b"\0" + bytes.fromhex(tree)
    outer = git(root, "hash-object", "-t", "tree", "-w", "--stdin", "--literally", stdin=raw)
    commit_name = git(root, "commit-tree", outer, "-m", "planted")
    git(root, "update-ref", "HEAD", commit_name)
    past = laying(root, tmp_path)
    assert past.lay(commit_name) == (Skipped(f"{name}/evil.py", "its name leads out of the folder"),)
    assert list(tmp_path.rglob("evil.py")) == []


def test_a_link_is_not_made_and_no_file_is_written_through_one(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    name = plant(
        root, [("120000", "link.py", b"/etc/passwd"), ("120000", "way", os.fsencode(outside)), ("100644", "z.py", b"z\n")]
    )
    past = laying(root, tmp_path)
    assert past.lay(name) == (Skipped("link.py", "a link, not followed in a past commit", "left out"),)
    assert texts(past.folder) == {"z.py": "z\n"}
    assert list(outside.iterdir()) == []


def test_two_entries_that_can_not_both_be_are_told(root: Path, tmp_path: Path) -> None:
    blob = git(root, "hash-object", "-w", "--stdin", stdin=b"1\n")
    inner = git(root, "mktree", stdin=f"100644 blob {blob}\tb.py\n".encode())
    raw = b"100644 a.py\0" + bytes.fromhex(blob) + b"40000 a.py\0" + bytes.fromhex(inner)
    tree = git(root, "hash-object", "-t", "tree", "-w", "--stdin", "--literally", stdin=raw)
    name = git(root, "commit-tree", tree, "-m", "planted")
    git(root, "update-ref", "HEAD", name)
    (told,) = laying(root, tmp_path).lay(name) or ()
    assert (told.path, told.kind) == ("a.py/b.py", "unread")


def test_a_file_whose_text_is_gone_is_told(root: Path, tmp_path: Path) -> None:
    name = commit(root, "2026-01-05", {"a.py": "here\n", "gone.py": "gone\n"})
    blob = git(root, "rev-parse", f"{name}:gone.py")
    (root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    past = laying(root, tmp_path)
    assert past.lay(name) == (Skipped("gone.py", "the repository does not hold this file's text"),)


def test_a_huge_file_is_a_hole_of_its_size(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkout, "MOST_BYTES", 10)
    name = commit(root, "2026-01-05", {"a.py": "x" * 5_000, "b.py": "small\n", "logo.png": "no code", "uv.lock": "#" * 99})
    past = laying(root, tmp_path)
    past.lay(name)
    assert (past.folder / "a.py").stat().st_size == 5_000
    assert (past.folder / "a.py").read_bytes() == b"\0" * 5_000
    assert not (past.folder / "logo.png").exists()
    assert (past.folder / "uv.lock").read_text() == "#" * 99


def test_only_what_is_wanted_of_a_revision_is_laid_out(root: Path, tmp_path: Path) -> None:
    commit(root, "2026-01-05", {"shop/a.py": "1\n", "shop/requirements.txt": "flask\n", "requirements.txt": "other\n"})
    folder = laid_out(root / "shop", "HEAD", lambda path: path.endswith(".txt"), tmp_path / "past")
    assert texts(folder) == {"requirements.txt": "flask\n"}
    for place, revision in ((root, "nowhere"), (tmp_path, "HEAD")):
        with pytest.raises(AuditorError):
            laid_out(place, revision, bool, tmp_path / "none")
    blob = git(root, "rev-parse", "HEAD:requirements.txt")
    (root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(AuditorError, match=r"requirements\.txt: the repository does not hold"):
        laid_out(root, "HEAD", bool, tmp_path / "torn")


def test_a_commit_of_more_files_than_one_batch_is_whole(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkout, "BATCH_FILES", 3)
    files: dict[str, str | None] = {f"n{number}.py": f"{number}\n" for number in range(10)}
    name = commit(root, "2026-01-05", files)
    past = laying(root, tmp_path)
    assert past.lay(name) == ()
    assert texts(past.folder) == files

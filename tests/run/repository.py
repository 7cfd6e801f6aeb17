"""Repositories made for tests by the real git, with commits of given days."""

import os
import subprocess
from pathlib import Path

ENVIRONMENT = {
    **{name: text for name, text in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "writer",
    "GIT_AUTHOR_EMAIL": "writer@shop.example",
    "GIT_COMMITTER_NAME": "writer",
    "GIT_COMMITTER_EMAIL": "writer@shop.example",
}


def git(root: Path, *words: str, stdin: bytes = b"", **more: str) -> str:
    """Runs git; what it printed."""
    done = subprocess.run(
        ["git", "-C", str(root), *words], env={**ENVIRONMENT, **more}, input=stdin, capture_output=True, check=True
    )
    return os.fsdecode(done.stdout).strip()


def begin(root: Path) -> Path:
    """A new repository."""
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "--quiet", "--initial-branch=main")
    return root


def commit(root: Path, day: str, files: dict[str, str | None]) -> str:
    """Writes files, or takes those away that are None, and commits all at noon of the day; the commit's name."""
    for path, text in files.items():
        place = root / path
        if text is None:
            place.unlink()
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
    when = f"{day}T12:00:00+00:00"
    git(root, "add", "--all", "--force")
    git(root, "commit", "--quiet", "--allow-empty", "--message", day, GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)
    return git(root, "rev-parse", "HEAD")


def plant(root: Path, entries: list[tuple[str, str, bytes]], day: str = "2026-01-05") -> str:
    """A commit whose tree holds these (mode, name, text), whatever the names: no porcelain looks at them."""
    lines = b""
    for mode, name, text in entries:
        blob = git(root, "hash-object", "-w", "--stdin", stdin=text)
        lines += f"{mode} {name}".encode() + b"\0" + bytes.fromhex(blob)
    tree = git(root, "hash-object", "-t", "tree", "-w", "--stdin", "--literally", stdin=lines)
    when = f"{day}T12:00:00+00:00"
    name = git(root, "commit-tree", tree, "-m", "planted", GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)
    git(root, "update-ref", "HEAD", name)
    return name

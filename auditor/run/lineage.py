"""Commits of the audited repository by name and by what they touched, and files as they stood in them."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from auditor.run.shadow import ASK_LIMIT_S, Repository, resolve, run

DEFAULTS = ("refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/remotes/origin/master", "refs/heads/main",
            "refs/heads/master")  # fmt: skip
"""Where a repository's default branch stands: as the clone was told, else by the two common names."""
MOST_BYTES = 4 << 20
NAME = re.compile(r"[0-9a-f]{40,64}\Z")


class Step(msgspec.Struct, frozen=True):
    """A commit with its author and the day on which it was written (ISO)."""

    name: str
    who: str
    when: str


class Lineage:
    """Asks about one repository. `environment` is that of its shadow: no settings, no hooks, only objects."""

    def __init__(self, found: Repository, root: Path, environment: Mapping[str, str]) -> None:
        self._found = found
        self._root = root
        self._environment = environment

    @property
    def newest(self) -> str:
        """The commit that is checked out."""
        return self._found.commit

    def named(self, name: str) -> str:
        """The commit that a branch, a tag or a short name stands for; empty where it stands for none."""
        return resolve(self._root, name)

    def fork(self) -> str:
        """Where the work left the default branch; empty on that branch itself."""
        for name in DEFAULTS:
            tip = resolve(self._root, name)
            if tip:
                found = self._answer("merge-base", tip, self._found.commit)
                return found if found != self._found.commit else ""
        return ""

    def first(self, paths: Sequence[str]) -> str:
        """The oldest commit that touched one of the paths; empty where none did."""
        found = self._answer("log", "--format=%H", self._found.commit, "--", *self._here(paths))
        return found.rpartition("\n")[2]

    def upto(self, day: str) -> str:
        """The last commit that was made up to the end of a day (ISO); empty where all were made later."""
        return self._answer("log", "-n", "1", "--format=%H", f"--before={day}T23:59:59Z", self._found.commit)

    def before_last(self, paths: Sequence[str]) -> str:
        """The commit before the last one that touched one of the paths; empty where there is none."""
        last = self._answer("log", "-n", "1", "--format=%H", self._found.commit, "--", *self._here(paths))
        parent = self._answer("log", "-n", "1", "--format=%P", last) if last else ""
        return parent.partition(" ")[0]

    def between(self, base: str, paths: Sequence[str], most: int = 60) -> tuple[Step, ...]:
        """The commits after the base that touched one of the paths, the oldest first; of very many the newest."""
        words = ("log", f"-n{most}", "--format=%H%x00%an%x00%as", f"{base}..{self._found.commit}", "--", *self._here(paths))
        text = self._answer(*words)
        rows = [line.split("\0") for line in text.split("\n") if line.count("\0") == 2]
        return tuple(Step(*row) for row in reversed(rows) if NAME.match(row[0]))

    def text(self, commit: str, path: str) -> str | None:
        """A file as it stood in a commit; None where it was not there, or is too large or no text."""
        code, out = run(("cat-file", "blob", f"{commit}:{self._found.prefix}{path}"), self._environment, ASK_LIMIT_S)
        if code or len(out) > MOST_BYTES:
            return None
        try:
            return out.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None

    def _here(self, paths: Sequence[str]) -> list[str]:
        return [self._found.prefix + path for path in paths]

    def _answer(self, *words: str) -> str:
        code, out = run(words, self._environment, ASK_LIMIT_S)
        return out.decode("utf-8", "replace").strip("\n") if code == 0 else ""

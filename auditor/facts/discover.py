"""Which Python files a tree holds, as git sees it: ignore files obeyed, links not followed, environments left out."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from auditor.model.snapshot import Skipped

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

LEFT_OUT = frozenset(
    (
        ".git .hg .svn .bzr .tox .nox .venv .eggs .mypy_cache .ruff_cache .pytest_cache .hypothesis .ipynb_checkpoints "
        "__pycache__ __pypackages__ node_modules .direnv .pytype .pyre"
    ).split()
)
SUFFIXES = (".py", ".pyw")
TEMPLATES = (".html", ".htm", ".djhtml", ".jinja", ".jinja2", ".j2")


class Discovered(msgspec.Struct, frozen=True):
    """Relative paths with `/`, sorted, and what was left out with the reason."""

    files: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    templates: tuple[str, ...] = ()
    """Templates of pages beside the code, where Python's files are looked for."""


def discover(root: Path, exclude: tuple[str, ...] = (), only: str = "", names: Callable[[str], bool] | None = None) -> Discovered:
    """Walks `root`, or its folder `only`; `exclude` holds patterns in `.gitignore`'s language, relative to the root.

    `names` says by their names which files are wanted, where it is not Python's.
    """
    skipped: list[Skipped] = []
    walk = _Walk(root, exclude, skipped, names)
    files = sorted(walk.files(only))
    return Discovered(tuple(files), tuple(sorted(skipped)), tuple(sorted(walk.templates)))


LINK_INSIDE = "link inside"
"""The kind of what is skipped for being a link to a file of the tree, its goal given as the reason: for who asks for names."""


def shown(path: str) -> str:
    """A path that can be printed and encoded: bytes that are no UTF-8 become escapes."""
    return path.encode("utf-8", "backslashreplace").decode() if not path.isascii() else path


class _Walk:
    def __init__(
        self, root: Path, exclude: tuple[str, ...], skipped: list[Skipped], names: Callable[[str], bool] | None = None
    ) -> None:
        self.root = os.fspath(root)
        self.names = names
        self.skipped = skipped
        self.templates: list[str] = []
        self.ignores: list[tuple[str, GitIgnoreSpec]] = []
        if exclude:
            self.ignores.append(("", _spec(list(exclude))))

    def files(self, only: str) -> Iterator[str]:
        """Depth first, without recursion: a hostile tree may be deeper than Python's stack."""
        self._load_ignores("", os.path.join(self.root, ".git", "info", "exclude"))
        waiting = [only.strip("/")]
        for above in _above(only):
            self._load_ignores(above, os.path.join(self.root, above, ".gitignore"))
        while waiting:
            folder = waiting.pop()
            yield from self._folder(folder, waiting)

    def _folder(self, folder: str, waiting: list[str]) -> Iterator[str]:
        place = os.path.join(self.root, folder)
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError as error:
            self.skipped.append(Skipped(shown(folder) or ".", f"folder can not be read: {error.strerror}"))
            return
        names = {entry.name for entry in entries}
        if folder and "pyvenv.cfg" in names:
            return
        if ".gitignore" in names:
            self._load_ignores(folder, os.path.join(place, ".gitignore"))
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in LEFT_OUT and not self._ignored(path + "/"):
                    waiting.append(path)
            elif self._wanted(entry) and not self._ignored(path):
                if entry.is_symlink():
                    self._note_link(path, entry)
                else:
                    yield path
            elif self._is_template(entry) and not self._ignored(path):
                self.templates.append(path)

    def _is_template(self, entry: "os.DirEntry[str]") -> bool:
        return self.names is None and entry.name.endswith(TEMPLATES) and entry.is_file(follow_symlinks=False)

    def _wanted(self, entry: "os.DirEntry[str]") -> bool:
        if self.names is not None:
            return self.names(entry.name)
        if entry.name.endswith(SUFFIXES):
            return True
        return "." not in entry.name and _is_python_script(entry)

    def _note_link(self, path: str, entry: "os.DirEntry[str]") -> None:
        """A link inside the tree is judged at its goal; one that leads out, or nowhere, is told."""
        goal = os.path.realpath(entry.path)
        top = os.path.realpath(self.root) + os.sep
        inside = goal.startswith(top)
        if self.names is not None and inside and os.path.exists(goal):
            self.skipped.append(Skipped(shown(path), goal.removeprefix(top).replace(os.sep, "/"), LINK_INSIDE))
        elif not (inside and os.path.exists(goal)):
            reason = "link out of the tree, not followed" if os.path.exists(goal) else "link that leads nowhere"
            self.skipped.append(Skipped(shown(path), reason, "left out"))

    def _load_ignores(self, folder: str, file: str) -> None:
        try:
            if not stat.S_ISREG(os.lstat(file).st_mode):
                return
            with open(file, encoding="utf-8", errors="surrogateescape") as stream:
                lines = stream.read(1 << 20).splitlines()
        except OSError:
            return
        rules = [line for line in lines if line.strip() and not line.startswith("#")]
        if rules:
            self.ignores.append((folder, _spec(rules)))

    def _ignored(self, path: str) -> bool:
        """The innermost ignore file that speaks of the path decides, as in git."""
        for folder, spec in reversed(self.ignores):
            if not folder:
                inner = path
            elif path.startswith(folder + "/"):
                inner = path[len(folder) + 1 :]
            else:
                continue
            verdict = spec.check_file(inner).include
            if verdict is not None:
                return verdict
        return False


def _above(only: str) -> list[str]:
    parts = [part for part in only.strip("/").split("/") if part]
    return ["/".join(parts[:depth]) for depth in range(len(parts))]


def _is_python_script(entry: "os.DirEntry[str]") -> bool:
    """A file without suffix that may be run and whose first line names Python."""
    try:
        status = entry.stat(follow_symlinks=False)
        if not stat.S_ISREG(status.st_mode) or not status.st_mode & 0o111:
            return False
        with open(entry.path, "rb") as stream:
            first = stream.read(80).split(b"\n", 1)[0]
    except OSError:
        return False
    return first.startswith(b"#!") and b"python" in first


def _spec(lines: list[str]) -> "GitIgnoreSpec":
    from pathspec import GitIgnoreSpec

    kept = []
    for line in lines:
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError:
            continue
        kept.append(line)
    return GitIgnoreSpec.from_lines(kept)

"""A past commit's files in a folder of their own. The work tree is not touched, and none of git's filters or hooks run.

Git only hands out bytes: which names are written where is decided here, for the names come from the repository.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from auditor.facts.discover import SUFFIXES, shown
from auditor.model.errors import AuditorError
from auditor.model.snapshot import Skipped
from auditor.run.shadow import Repository, config, repository, resolve, run, shadow
from auditor.supply.manifests.reading import MAX_BYTES as MOST_MANIFEST_BYTES
from auditor.supply.stock import is_manifest

LIMIT_S = 120.0
BATCH_BYTES = 16 << 20
BATCH_FILES = 2_000
MOST_BYTES = 2 << 20
"""Larger files are laid down as holes of their size, which nobody reads, but for manifests: locks are long."""
REGULAR, GROUP_WRITABLE, EXECUTABLE, LINK = "100644", "100664", "100755", "120000"
"""Modes as git writes them; the second only in repositories of its first years."""
DATA = frozenset(
    ".po .mo .pot .png .jpg .jpeg .gif .webp .ico .svg .woff .woff2 .ttf .eot .otf .pdf .zip .gz .bz2 .xz .whl .jar .map .css "
    ".mp3 .mp4 .webm .wav .ogg .sqlite3 .db .bin .so .dll .exe".split()
)
"""Endings of files that no rule reads."""


class Blob(msgspec.Struct, frozen=True):
    """A file of a commit: its object, its size in bytes, and whether it may be run."""

    name: str
    size: int
    executable: bool


class Checkout:
    """A folder that becomes one commit after another; from one to the next, only what differs is written.

    It is a repository of its own, whose only commit is the one that is laid down and whose objects are the real one's: what is
    asked of git about the folder is answered as of then.
    """

    def __init__(self, found: Repository, top: Path, wanted: Callable[[str], bool] | None = None) -> None:
        """`wanted` says of a path below the project whether it is to be laid down; all are unless it is given."""
        self.found = found
        self.wanted = wanted
        self.top = top
        self.folder = top / found.prefix
        self._there: dict[str, Blob] = {}
        self._begin(top / ".git")

    def _begin(self, place: Path) -> None:
        for name in ("refs", "objects/info"):
            (place / name).mkdir(parents=True)
        (place / "config").write_text(config(self.found))
        (place / "objects" / "info" / "alternates").write_bytes(os.fsencode(self.found.objects) + b"\n")
        if self.found.shallow.is_file():
            shutil.copyfile(self.found.shallow, place / "shallow")

    def lay(self, commit: str) -> tuple[Skipped, ...] | None:
        """Makes the folder hold the commit's files below the project; what could not be written, and why.

        None where the commit has no such folder.
        """
        with shadow(self.found) as environment:
            tree = f"{commit}:{self.found.prefix.rstrip('/')}"
            code, out = run(("ls-tree", "-r", "-z", "-l", "--full-tree", tree), environment, LIMIT_S)
            if code != 0:
                return None
            (self.top / ".git" / "HEAD").write_text(f"{commit}\n")
            listed, skipped = _listed(out, self.wanted)
            for path in [path for path, blob in self._there.items() if listed.get(path) != blob]:
                self._remove(path)
            fresh = {path: blob for path, blob in listed.items() if path not in self._there}
            skipped += self._write(fresh, environment)
        return tuple(sorted(skipped))

    def _remove(self, path: str) -> None:
        del self._there[path]
        place = self.folder / path
        place.unlink(missing_ok=True)
        for above in place.parents:
            if above == self.folder or any(above.iterdir()):
                break
            above.rmdir()

    def _write(self, fresh: Mapping[str, Blob], environment: Mapping[str, str]) -> list[Skipped]:
        skipped = []
        for some in _batches(fresh):
            bodies = _read(sorted({fresh[path].name for path in some if _whole(path, fresh[path])}), environment)
            for path in some:
                blob = fresh[path]
                body = bodies.get(blob.name) if _whole(path, blob) else b""
                if body is None:
                    skipped.append(Skipped(shown(path), "the repository does not hold this file's text"))
                elif reason := self._put(path, blob, body):
                    skipped.append(Skipped(shown(path), reason))
        return skipped

    def _put(self, path: str, blob: Blob, body: bytes) -> str:
        """Writes one file; why not, where it can not be."""
        place = self.folder / path
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as stream:
                stream.write(body)
                stream.truncate(blob.size)
            place.chmod(0o755 if blob.executable else 0o644)
        except (OSError, ValueError) as error:
            return f"can not be laid down: {getattr(error, 'strerror', None) or error}"
        self._there[path] = blob
        return ""


def laid_out(root: Path, revision: str, wanted: Callable[[str], bool], top: Path) -> Path:
    """The folder below `top` with the wanted files of a branch, a tag or a commit.

    Raises AuditorError where there is no repository, no such revision, or git can not hand all of them out.
    """
    found = repository(root)
    if found is None:
        raise AuditorError(f"{root}: is no git repository", "name a folder of one")
    commit = resolve(root, revision)
    if not commit:
        raise AuditorError(f"{revision}: git knows no such commit", "name a branch, a tag or a commit")
    checkout = Checkout(found, top, wanted)
    unread = [skip for skip in checkout.lay(commit) or () if skip.kind == "unread"]
    if unread:
        raise AuditorError(f"{revision}: {unread[0].path}: {unread[0].reason}", "is the clone a shallow or a partial one?")
    checkout.folder.mkdir(parents=True, exist_ok=True)
    return checkout.folder


def _listed(out: bytes, wanted: Callable[[str], bool] | None) -> tuple[dict[str, Blob], list[Skipped]]:
    """The wanted files of `git ls-tree -l -z` by path, and those whose names lead out of the folder or that are links."""
    blobs: dict[str, Blob] = {}
    skipped: list[Skipped] = []
    for line in out.split(b"\0"):
        head, tab, raw = line.partition(b"\t")
        if not tab:
            continue
        path = os.fsdecode(raw)
        if wanted is not None and not wanted(path):
            continue
        mode, _, name, size = head.decode("ascii", "replace").split()
        if not _plain(path):
            skipped.append(Skipped(shown(path), "its name leads out of the folder"))
        elif mode == LINK and path.endswith(SUFFIXES):
            skipped.append(Skipped(shown(path), "a link, not followed in a past commit", "left out"))
        elif mode in (REGULAR, EXECUTABLE, GROUP_WRITABLE) and os.path.splitext(path)[1].lower() not in DATA:
            known = int(size) if size.isdigit() else 0  # `BAD` for an object that is missing: reading it will tell
            blobs[path] = Blob(name, known, mode == EXECUTABLE)
    return blobs, skipped


def _whole(path: str, blob: Blob) -> bool:
    return blob.size <= MOST_BYTES or (blob.size <= MOST_MANIFEST_BYTES and is_manifest(path))


def _plain(path: str) -> bool:
    parts = path.split("/")
    return not any(part in ("", ".", "..") or part.lower() == ".git" for part in parts)


def _batches(fresh: Mapping[str, Blob]) -> Iterator[Sequence[str]]:
    """Paths in portions whose texts fit in memory together."""
    some: list[str] = []
    size = 0
    for path, blob in sorted(fresh.items()):
        if some and (len(some) >= BATCH_FILES or size + blob.size > BATCH_BYTES):
            yield some
            some, size = [], 0
        some.append(path)
        size += blob.size if _whole(path, blob) else 0
    if some:
        yield some


def _read(names: Sequence[str], environment: Mapping[str, str]) -> dict[str, bytes]:
    """The texts of objects by name, from `git cat-file --batch`; what git does not hold is missing."""
    if not names:
        return {}
    code, out = run(("cat-file", "--batch"), environment, LIMIT_S, "".join(f"{name}\n" for name in names).encode())
    bodies: dict[str, bytes] = {}
    place = 0
    while code == 0 and place < len(out):
        end = out.index(b"\n", place)
        words = out[place:end].decode("ascii", "replace").split()
        place = end + 1
        if len(words) == 3 and words[1] == "blob":
            bodies[words[0]] = out[place : place + int(words[2])]
            place += int(words[2]) + 1
    return bodies

"""Files of an earlier commit, as git keeps them: no filter, no hook and no setting of the repository takes part."""

import os
from collections.abc import Callable
from pathlib import Path

from auditor.model.errors import AuditorError
from auditor.run.shadow import ASK_LIMIT_S, Repository, repository, resolve, run, shadow

MOST_FILES = 2000
PLAIN = ("100644", "100755")


def lay_out(root: Path, revision: str, wanted: Callable[[str], bool], folder: Path) -> str:
    """Writes the wanted files of a revision below `folder`, by their paths relative to `root`, and returns the commit's name.

    Links are left out. Raises AuditorError where there is no repository, no such revision, or git gives no answer.
    """
    found = repository(root)
    if found is None:
        raise AuditorError(f"{root}: is no git repository", "name a folder of one")
    commit = resolve(root, revision)
    if not commit:
        raise AuditorError(f"{revision}: git knows no such commit", "name a branch, a tag or a commit")
    with shadow(found) as quiet:
        code, out = run(("ls-tree", "-r", "-z", "--full-tree", commit), quiet, ASK_LIMIT_S)
        if code:
            raise AuditorError(f"{revision}: git can not list its files", "is the clone a shallow one?")
        for path, name in _entries(out, found, wanted)[:MOST_FILES]:
            code, body = run(("cat-file", "blob", name), quiet, ASK_LIMIT_S)
            if code:
                raise AuditorError(f"{revision}: git can not read {path}", "is the clone a partial one?")
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(body)
    return commit


def _entries(out: bytes, found: Repository, wanted: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Paths below the audited root with the names of their contents."""
    entries = []
    for line in out.split(b"\0"):
        head, _, raw = line.partition(b"\t")
        path = os.fsdecode(raw)
        if head.split(b" ")[0].decode("ascii", "replace") in PLAIN and path.startswith(found.prefix):
            inside = path.removeprefix(found.prefix)
            if ".." not in inside.split("/") and wanted(inside):
                entries.append((inside, head.split(b" ")[2].decode("ascii", "replace")))
    return sorted(entries)

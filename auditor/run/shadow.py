"""Git without the audited tree's settings, which can name programs: hooks, monitors, filters, pagers.

Only `rev-parse`, which starts none, ever sees them; everything else runs in a repository made for the moment, which has
the objects and the commit of the real one and no settings.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

ASK_LIMIT_S = 8.0
SAFE = (
    "--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null",
    "-c", "core.attributesFile=/dev/null", "-c", "safe.directory=*", "-c", "gc.auto=0",
)  # fmt: skip


class Repository(msgspec.Struct, frozen=True):
    """A repository as `rev-parse` gives it. `prefix` leads from its top to the audited root: empty or ending in `/`."""

    objects: Path
    index: Path
    shallow: Path
    top: Path
    prefix: str
    object_format: str
    commit: str


def repository(root: Path) -> Repository | None:
    """The repository that a folder lies in, or None. Without a first commit, `commit` is empty."""
    asked = ("--show-toplevel", "--show-prefix", "--show-object-format", "--git-path", "objects", "--git-path", "index",
             "--git-path", "shallow", "HEAD", "HEAD:./")  # fmt: skip
    here = root.resolve()
    if not _is_sound(here):
        return None
    code, out = run(("-C", os.fspath(here), "rev-parse", *asked), environment(), ASK_LIMIT_S)
    lines = os.fsdecode(out).split("\n")
    answers = ("top", "prefix", "format", "objects", "index", "shallow", "commit", "folder")
    ended_early = lines[-2:-1] == ["HEAD"]  # what git does not know it says again, and ends there
    if len(lines) != len(answers) + (not ended_early):
        return None
    top, prefix, object_format, *inside, name = lines[:7]
    objects, index, shallow = (here / path for path in inside)
    held = code == 0 or not prefix  # else a folder that the repository around it does not hold, as one that it ignores
    known = name if held and re.fullmatch(r"[0-9a-f]{40,64}", name) else ""
    return Repository(objects, index, shallow, Path(top), prefix, object_format, known)


def _is_sound(here: Path) -> bool:
    """Whether what git reads first are files: at a pipe it would wait until its time is up, each time it is asked."""
    inside = next((folder / ".git" for folder in (here, *here.parents) if (folder / ".git").is_dir()), None)
    named = (inside / name for name in ("HEAD", "config", "index")) if inside else ()
    return all(file.is_file() for file in named if os.path.lexists(file))


def resolve(root: Path, name: str) -> str:
    """The full name of the commit that a branch, a tag or a short name stands for; empty where it stands for none."""
    if not name or name.startswith("-") or "\0" in name or len(name) > 200:
        return ""
    words = ("-C", os.fspath(root.resolve()), "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    code, out = run(words, environment(), ASK_LIMIT_S)
    text = os.fsdecode(out).strip()
    return text if code == 0 and re.fullmatch(r"[0-9a-f]{40,64}", text) else ""


def config(found: Repository) -> str:
    """The settings of a repository made for the moment: how objects are named, and nothing else."""
    version = 1 if found.object_format != "sha1" else 0
    extension = f"[extensions]\n\tobjectFormat = {found.object_format}\n" if version else ""
    return f"[core]\n\trepositoryformatversion = {version}\n\tbare = false\n{extension}"


@contextmanager
def shadow(found: Repository, worktree: Path | None = None) -> Iterator[dict[str, str]]:
    """The environment of a repository that has the objects and the commit of another, and nothing of its settings."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="auditor-git-") as name:
        folder = Path(name)
        (folder / "refs").mkdir()
        (folder / "objects").mkdir()
        (folder / "work").mkdir()
        (folder / "HEAD").write_text(found.commit + "\n")
        (folder / "config").write_text(config(found))
        for original in (found.shallow, found.index if worktree else None):
            if original is not None and original.is_file():
                shutil.copyfile(original, folder / original.name)
        yield environment() | {
            "GIT_DIR": name,
            "GIT_OBJECT_DIRECTORY": os.fspath(found.objects),
            "GIT_WORK_TREE": os.fspath(worktree or folder / "work"),
            "HOME": name,
            "XDG_CONFIG_HOME": name,
        }


def environment() -> dict[str, str]:
    """The environment without anything that steers git, and with what keeps it quiet."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("GIT_", "SSH_ASKPASS", "LC_", "PAGER"))}
    return kept | {
        "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_ATTR_NOSYSTEM": "1",
        "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_PAGER": "cat", "GIT_ALLOW_PROTOCOL": "", "GIT_ASKPASS": "", "LC_ALL": "C",
    }  # fmt: skip


def run(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    limit_s: float,
    stdin: bytes = b"",
    live: set[subprocess.Popen[bytes]] | None = None,
) -> tuple[int, bytes]:
    """Exit code and output of git, which stands in `live` while it runs; -1 where it is missing or takes too long."""
    program = _program()
    if not program:
        return -1, b""
    try:
        process = subprocess.Popen(
            (program, *SAFE, *arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(environment),
            cwd=environment.get("GIT_WORK_TREE", os.sep),
        )
    except (OSError, ValueError):
        return -1, b""
    running = set() if live is None else live
    running.add(process)
    try:
        return _answer(process, limit_s, stdin)
    finally:
        running.discard(process)


def _program() -> str:
    """Where git lies. Never in the current folder, which a careless PATH allows and the audited tree may be."""
    found = shutil.which("git") or ""
    return found if os.path.isabs(found) else ""


def _answer(process: subprocess.Popen[bytes], limit_s: float, stdin: bytes) -> tuple[int, bytes]:
    with process:
        try:
            out, _ = process.communicate(stdin, timeout=limit_s)
        except subprocess.TimeoutExpired:
            return -1, b""
        finally:
            if process.poll() is None:
                process.kill()
    return process.returncode, out

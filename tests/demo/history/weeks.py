"""A git history made of releases: each unpacked over the one before and committed, the commits a week apart."""

import email.parser
import os
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import msgspec

HOUR = time(15, tzinfo=UTC)
AUTHOR = "demo"
KEPT = frozenset((".git", "roadmap.toml", "evidence"))
"""What a release does not replace."""


class Week(msgspec.Struct, frozen=True):
    """One release, and the moment its commit is given."""

    release: str
    sources: Path
    when: datetime


def weeks(releases: Sequence[str], sources: Sequence[Path], today: datetime) -> tuple[Week, ...]:
    """Releases as weeks: the last was yesterday, each before it a week earlier."""
    last = datetime.combine(today.date() - timedelta(days=1), HOUR)
    back = range(len(releases) - 1, -1, -1)
    return tuple(
        Week(release, place, last - timedelta(weeks=number))
        for release, place, number in zip(releases, sources, back, strict=True)
    )


def begin(root: Path) -> None:
    """An empty repository in place of whatever was there."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    git(root, "init", "--quiet", "--initial-branch=main")


def unpack(root: Path, week: Week) -> None:
    """Puts a release's files in place of the last one's. What it requires goes into `requirements.txt`, as in a checkout."""
    for there in root.iterdir():
        if there.name not in KEPT:
            shutil.rmtree(there) if there.is_dir() else there.unlink()
    for entry in week.sources.iterdir():
        if entry.name.endswith(".dist-info"):
            (root / "requirements.txt").write_text("".join(f"{line}\n" for line in required(entry / "METADATA")))
        elif entry.is_dir():
            shutil.copytree(entry, root / entry.name)
        else:
            shutil.copy(entry, root / entry.name)


def required(metadata: Path) -> list[str]:
    """What a release says it needs, without its extras."""
    message = email.parser.HeaderParser().parsestr(metadata.read_text(encoding="utf-8", errors="replace"))
    return sorted(text for text in message.get_all("Requires-Dist", []) if "extra ==" not in text)


def commit(root: Path, message: str, when: datetime) -> None:
    """Commits everything in the folder under a moment."""
    stamp = when.isoformat()
    git(root, "add", "--all", "--force")
    git(root, "commit", "--quiet", "--allow-empty", "--message", message, GIT_AUTHOR_DATE=stamp, GIT_COMMITTER_DATE=stamp)


def git(root: Path, *words: str, **more: str) -> None:
    """Git with none of this machine's settings."""
    quiet = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    names = {f"GIT_{role}_{what}": text for role in ("AUTHOR", "COMMITTER")
             for what, text in (("NAME", AUTHOR), ("EMAIL", f"{AUTHOR}@invalid"))}  # fmt: skip
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(["git", "-C", str(root), *words], check=True, env={**inherited, **quiet, **names, **more})

"""The commits of a project's main line, and which of them stand for a day, a week or a month."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from auditor.model.errors import AuditorError
from auditor.run.shadow import repository, run, shadow

LIMIT_S = 120.0
DAY_S = 86_400
THURSDAY_S = 3 * DAY_S
"""The first day of 1970 was a Thursday; weeks begin on Monday."""


class Every(StrEnum):
    """How many commits are wanted: the last of each of these, or all."""

    COMMIT = "commit"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Commit(msgspec.Struct, frozen=True):
    """A commit and when it was made, in seconds since 1970."""

    name: str
    when: int

    @property
    def at(self) -> str:
        """The time as ISO in UTC."""
        return datetime.fromtimestamp(self.when, UTC).isoformat(timespec="seconds")


def main_line(root: Path) -> tuple[Commit, ...]:
    """The commits that led to the one that is checked out, first parents only, by time. Those of the future are left out.

    Raises AuditorError where the folder is in no repository, or git does not answer.
    """
    found = repository(root)
    if found is None or not found.commit:
        raise AuditorError(f"{root.as_posix()}: git knows no commit that holds this folder", "history is read from git")
    with shadow(found) as environment:
        words = ("rev-list", "--first-parent", "--format=%ct", found.commit)
        code, out = run(words, environment, LIMIT_S)
    if code != 0:
        raise AuditorError(f"{root.as_posix()}: git could not list the commits", "does `git log` work there?")
    now = int(datetime.now(UTC).timestamp())
    pairs = re.findall(r"^commit ([0-9a-f]{40,64})\n(\d{1,12})$", out.decode("ascii", "replace"), re.MULTILINE)
    commits = [Commit(name, int(when)) for name, when in pairs]
    return tuple(sorted((one for one in reversed(commits) if one.when <= now), key=lambda one: one.when))


def wanted(commits: Sequence[Commit], every: Every, since: str = "", until: str = "") -> tuple[Commit, ...]:
    """The last commit of each period, oldest first. `since` and `until` are days, both included; empty: no bound."""
    inside = [one for one in commits if (not since or one.at[:10] >= since) and (not until or one.at[:10] <= until)]
    if every is Every.COMMIT:
        return tuple(inside)
    return tuple({_period(one, every): one for one in inside}.values())


def _period(commit: Commit, every: Every) -> str | int:
    if every is Every.WEEK:
        return (commit.when + THURSDAY_S) // (7 * DAY_S)
    return commit.at[: len("2026-01" if every is Every.MONTH else "2026-01-05")]

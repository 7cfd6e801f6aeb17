"""Hot spots: files that are changed often and are hard to read, after Tornhill's *Your Code as a Crime Scene* (2015)."""

import os
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from auditor.facts import source
from auditor.facts.classify import classify
from auditor.facts.screen import screen
from auditor.measure.complexity import PATTERNS, complexity
from auditor.model.review import HotSpot
from auditor.run.shadow import repository, run, shadow

DAYS = 90
LIMIT_S = 20.0
MOST_FILES = 60
"""How many of the most changed files are looked into."""
MOST_BYTES = 2 << 20


def hot_spots(root: Path, today: date, most: int = 10) -> tuple[tuple[HotSpot, ...], str]:
    """The hottest files first: commits that touched them in the last 90 days times the complexity they have now.

    Without an answer from git the list is empty and the second value says why.
    """
    counts, note = changes(root, today)
    spots = [spot for path, number in counts.most_common(MOST_FILES) if (spot := _spot(root, path, number)) is not None]
    hot = sorted((spot for spot in spots if spot.heat), key=lambda spot: (-spot.heat, spot.path))
    return tuple(hot[:most]), note or ("" if hot else f"no Python file was changed in the last {DAYS} days")


def changes(root: Path, today: date) -> tuple[Counter[str], str]:
    """How many commits touched each Python file below `root` in the last 90 days, merges left out; and why that is not known."""
    found = repository(root)
    if found is None or not found.commit:
        return Counter(), "there is no git history"
    since = (today - timedelta(days=DAYS)).isoformat()
    words = ("log", "--no-merges", f"--since={since}T00:00:00Z", "--format=", "--name-only", "--no-renames", "-z")
    with shadow(found) as environment:
        code, out = run((*words, "HEAD", "--", *([found.prefix] if found.prefix else [])), environment, LIMIT_S)
    if code:
        return Counter(), "git did not answer in time"
    names = (os.fsdecode(name).strip("\n") for name in out.split(b"\0"))
    inside = (name[len(found.prefix) :] for name in names if name.startswith(found.prefix) and name.endswith(".py"))
    note = "the clone is shallow: its history is cut off" if found.shallow.is_file() else ""
    return Counter(inside), note


def _spot(root: Path, path: str, number: int) -> HotSpot | None:
    """None for a file that is gone, leads out of the tree, can not be read, or is not judged: tests change with everything."""
    if classify(path, b"") != "source":
        return None
    file = root / path
    try:
        if not file.resolve().is_relative_to(root.resolve()):
            return None
        sheet = screen(path, source.normalise(source.read(file, MOST_BYTES)), PATTERNS)
    except (OSError, RuntimeError, ValueError, source.Unreadable):
        return None
    functions = complexity(sheet).functions
    if not functions:
        return HotSpot(path, number, 0, "")
    worst = max(functions, key=lambda one: (one[1], -one[0]))
    name = sheet.facts.definitions[worst[0]].qualname
    return HotSpot(path, number, sum(count for _, count in functions), f"{name} ({worst[1]})")

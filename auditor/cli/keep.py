"""History beside an audit: what the audit leaves in it, and what reports are told of it."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from auditor.cli.locate import opened, project, where
from auditor.cli.recipe import Outcome
from auditor.model.history import Conditions, Entry, Past
from auditor.model.taken import Taken


def keep(outcome: Outcome, given: str | None = None) -> Entry:
    """Writes an audit's snapshot down, and begins the history where there is none."""
    from auditor.store.save import save

    settings = outcome.settings.history
    place = where(outcome.root, settings, given)
    with opened(place, create=True) as store:
        return save(store, project(outcome.root, settings), taken(outcome))


def remembered(outcome: Outcome, given: str | None = None, days: Iterable[str] = ()) -> Past:
    """The past with this audit at its end, whether or not it was kept; of this audit alone where there is no history.

    It can be compared with what stood at the ends of these days.
    """
    from auditor.judge.extend import extended
    from auditor.store.read import past

    now = taken(outcome)
    settings, place = outcome.settings.history, where(outcome.root, outcome.settings.history, given)
    if isinstance(place, Path) and not place.exists():
        return extended(Past(), now)
    name, promises = project(outcome.root, settings), outcome.roadmap.targets if outcome.roadmap else ()
    words = [one.text for one in promises if one.proof is not None]
    with opened(place) as store:
        return extended(past(store, name, days=days, known=now.findings, subjects=words), now)


def taken(outcome: Outcome) -> Taken:
    """An audit of the tree as it is now, ready to be kept."""
    from auditor.run.git import is_dirty

    snapshot = outcome.snapshot
    return Taken(snapshot, outcome.verdict, conditions(outcome), snapshot.taken_at, dirty=is_dirty(outcome.root))


def conditions(outcome: Outcome) -> Conditions:
    """What the snapshot depends on besides the code."""
    return Conditions(
        tool_version=outcome.snapshot.tool_version,
        rules={rule.id: hashlib.sha256(rule.file.read_bytes()).hexdigest()[:16] for rule in outcome.rules},
        packages={package.name: package.version for package in outcome.snapshot.packages},
        discover=outcome.settings.discover,
        choice=outcome.settings.rules,
    )

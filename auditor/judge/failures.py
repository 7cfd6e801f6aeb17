"""What of auditor itself failed, in one sentence: rules and parts of the engine, and on how much."""

from auditor.judge.scale import plural
from auditor.model.snapshot import Snapshot

NAMED = 3


def failures(snapshot: Snapshot) -> str:
    """`errors/lost-cause crashed on 2 files`; empty where nothing did. Without a path it was the whole project."""
    names = sorted({crash.rule for crash in snapshot.crashed})
    if not names:
        return ""
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    files = {crash.path for crash in snapshot.crashed}
    on = "the project" if "" in files else plural(len(files), "file")
    return f"{', '.join(names[:NAMED])}{more} crashed on {on}"

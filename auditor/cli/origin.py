"""Baselines that nobody stated: the first figure that the project's history holds stands in for each."""

from pathlib import Path

from auditor.model.errors import AuditorError
from auditor.model.history import Past
from auditor.model.roadmap import MANUAL, Roadmap
from auditor.model.snapshot import Skipped
from auditor.settings import Settings

LATE = "2999-01-01T00:00:00+00:00"
"""Later than any finding: none of them is asked for."""


def with_origins(root: Path, settings: Settings, promised: Roadmap | None) -> tuple[Roadmap | None, tuple[Skipped, ...]]:
    """The roadmap with the baselines that its history knows, and a note where that could not be read."""
    bare = {one.measure for one in promised.targets if one.baseline is None} - {MANUAL} if promised is not None else set()
    if promised is None or not bare:
        return promised, ()
    from auditor.judge.origin import rooted

    try:
        return rooted(promised, figures(root, settings, sorted(bare))), ()
    except AuditorError as error:
        note = f"the history could not be read, so baselines that nobody stated are unknown: {error.message}"
        return promised, (Skipped("history", note, "left out"),)


def figures(root: Path, settings: Settings, measures: list[str]) -> Past:
    """The past of some measures, without findings; an empty one where there is no history. Raises AuditorError where the
    history can not be read.
    """
    from auditor.cli.keep import opened, project, where

    place = where(root, settings.history)
    if isinstance(place, Path) and not place.is_file():
        return Past()
    from auditor.store.read import past

    with opened(place) as store:
        return past(store, project(root, settings.history), LATE, measures)

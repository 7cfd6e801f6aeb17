"""Baselines that nobody stated: the first figure that the project's history holds stands in for each."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.model.errors import AuditorError
from auditor.model.history import Past
from auditor.model.roadmap import MANUAL, Roadmap
from auditor.model.snapshot import Skipped
from auditor.settings import Settings

if TYPE_CHECKING:
    from auditor.store.place import Store


def with_origins(
    root: Path, settings: Settings, promised: Roadmap | None, given: str | None = None
) -> tuple[Roadmap | None, tuple[Skipped, ...]]:
    """The roadmap with the baselines that its history knows, and a note where that could not be read."""
    bare = {one.measure for one in promised.targets if one.baseline is None} - {MANUAL} if promised is not None else set()
    if promised is None or not bare:
        return promised, ()
    from auditor.judge.origin import rooted
    from auditor.store.read import origins

    try:
        return rooted(promised, asked(root, settings, lambda store, name: origins(store, name, bare), given)), ()
    except AuditorError as error:
        note = f"the history could not be read, so baselines that nobody stated are unknown: {error.message}"
        return promised, (Skipped("history", note, "left out"),)


def figures(root: Path, settings: Settings, measures: Iterable[str]) -> Past:
    """The past of some measures, without findings; an empty one where there is no history. Raises AuditorError where the
    history can not be read.
    """
    from auditor.store.read import past

    return asked(root, settings, lambda store, name: past(store, name, measures, findings=False))


def asked(root: Path, settings: Settings, question: "Callable[[Store, str], Past]", given: str | None = None) -> Past:
    """What the project's own history answers; an empty past where there is none."""
    from auditor.cli.locate import opened, project, where

    place = where(root, settings.history, given)
    if isinstance(place, Path) and not place.is_file():
        return Past()
    with opened(place) as store:
        return question(store, project(root, settings.history))

"""Where a project's history lies, and under which name its snapshots are kept there."""

import os
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.model.policy import History

if TYPE_CHECKING:
    from auditor.store.place import Store

VARIABLE = "AUDITOR_HISTORY"


def where(root: Path, settings: History, given: str | None = None) -> str | Path:
    """A URL or a file: what was given on the command line, else in the environment, else the project's own file."""
    text = given or os.environ.get(VARIABLE, "")
    if text:
        return text if "://" in text else Path(text)
    return root / settings.path


def project(root: Path, settings: History) -> str:
    """The name under which the project's snapshots are kept."""
    return settings.name or root.resolve().name


def opened(place: str | Path, create: bool = False) -> "AbstractContextManager[Store]":
    """The history there. Raises AuditorError where there is none, or it can not be opened."""
    from auditor.store.place import opened as open_store

    return open_store(place, create)

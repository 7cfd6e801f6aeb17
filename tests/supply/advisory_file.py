"""The whole file of advisories that tests hold the audit against: a dump of one ecosystem in OSV's format."""

from pathlib import Path

import pytest

from tests.house.tree import PROJECT

NAME = "osv-pypi.zip"


def advisory_file() -> Path:
    """The dump that lies beside the project; skips where there is none."""
    for folder in PROJECT.parents:
        if (folder / "shared" / "data" / NAME).is_file():
            return folder / "shared" / "data" / NAME
    pytest.skip(f"there is no ../shared/data/{NAME}")

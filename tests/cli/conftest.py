"""What the end-to-end tests share."""

from pathlib import Path

import pytest

from tests.cli.command import CLEAN, GRAVE, LOST, fill


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A small project with one low and one high finding, and a clean file."""
    return fill(tmp_path / "shop", {"shop/pay.py": LOST, "shop/login.py": GRAVE, "shop/sums.py": CLEAN})


@pytest.fixture
def tidy(tmp_path: Path) -> Path:
    """A small project without findings."""
    return fill(tmp_path / "tidy", {"tidy/sums.py": CLEAN})

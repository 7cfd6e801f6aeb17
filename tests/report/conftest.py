"""What the tests of reports share: the made-up audits, golden files, and a real browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auditor.report.view import View
from tests.report import sample

GOLDEN = Path(__file__).parent / "golden"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write the golden reports anew; read the diff")


@pytest.fixture(scope="session")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    """The whole made-up audit."""
    return sample.sample(tmp_path_factory.mktemp("shop"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with its golden file; `pytest tests/report --rewrite-golden` writes the file."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("rewrite_golden", default=False):
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8"), "differs from its golden file: see --rewrite-golden"

    return compare


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """A headless Chromium that can not reach beyond the machine. Skips without one, but never in CI.

    While it runs an event loop does, in which no other test could start its own.
    """
    if CHROMIUM is None:
        message = "no Chromium on this machine: apt-get install chromium"
        assert not os.environ.get("CI"), message
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    quiet = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
    calm = ("--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND")
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=[*quiet, *calm])
        yield chromium
        chromium.close()

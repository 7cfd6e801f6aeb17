"""What a person sees: styles and a progress bar on a terminal, neither in a pipe."""

import os
import pty
import subprocess
import sysconfig
from pathlib import Path

import pytest

from tests.cli.command import AUDITOR, auditor, surroundings

ESCAPE = "\x1b["
LIBRARY = Path(sysconfig.get_path("stdlib"))


def on_terminal(*words: str, cwd: Path, **more: str) -> str:
    """All that the command writes to a terminal of its own, standard error included."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [AUDITOR, *words], cwd=cwd, env={**surroundings(cwd.parent), **more}, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    seen = bytearray()
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    os.close(ours)
    process.wait()
    return seen.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few hundred real modules: enough to see a bar move."""
    root = tmp_path_factory.mktemp("library") / "code"
    root.mkdir()
    for file in sorted(LIBRARY.glob("*.py")):
        (root / file.name).write_bytes(file.read_bytes())
    return root


def test_a_pipe_gets_no_escape_sequences_and_no_bar(library: Path) -> None:
    done = auditor("audit", ".", "--no-deps", "--no-cache", cwd=library)
    assert ESCAPE not in done.stdout
    assert done.stderr == ""


def test_a_terminal_gets_styles_and_a_bar_that_is_gone_at_the_end(library: Path) -> None:
    seen = on_terminal("audit", ".", "--no-deps", "--no-cache", cwd=library)
    assert ESCAPE in seen
    assert "%" in seen.partition("grade")[0] or "/" in seen.partition("grade")[0]
    assert seen.rstrip().endswith("s") or "exit code" in seen[-200:]


def test_no_color_takes_the_styles_away(shop: Path) -> None:
    assert ESCAPE + "3" not in on_terminal("audit", ".", "--no-deps", cwd=shop, NO_COLOR="1")


def test_code_can_not_send_escape_sequences_to_the_terminal(shop: Path) -> None:
    evil = "# TODO: password \x1b]0;owned\x07 \x1b[2J\ndef login(user):\n    return user.token\n"
    (shop / "shop" / "login.py").write_text(evil)
    for text in (auditor("audit", ".", "--no-deps", cwd=shop).stdout, on_terminal("audit", ".", "--no-deps", cwd=shop)):
        assert "security/todo" in text
        assert "\x1b]0;" not in text
        assert "\x1b[2J" not in text


def test_names_of_files_can_not_either(shop: Path) -> None:
    (shop / "shop" / "login.py").rename(shop / "shop" / "log\x1b[2Jin.py")
    done = auditor("audit", ".", "--no-deps", cwd=shop)
    assert "\x1b" not in done.stdout
    assert "security/todo" in done.stdout


def test_a_terminal_that_knows_only_ascii_gets_ascii(shop: Path) -> None:
    done = auditor("audit", ".", "--no-deps", cwd=shop, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 1, done.stderr
    assert done.stdout.isascii()


def test_help_of_the_whole_fits_a_screen_of_24_lines_and_80_columns(tidy: Path) -> None:
    lines = on_terminal("--help", cwd=tidy, COLUMNS="80", LINES="24").splitlines()
    assert len(lines) < 24, "the prompt needs a line too"
    assert max(map(len, lines)) <= 80

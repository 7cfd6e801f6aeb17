"""The command as a user has it: its own process, its own cache, a project of a few files."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

AUDITOR = str(Path(sys.executable).with_name("auditor"))


def surroundings(home: Path) -> dict[str, str]:
    """An environment in which nothing of this machine's user shows: `home` holds the cache and git's settings."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "SYSTEMROOT", "SSL_CERT_FILE")}
    return {**kept, "HOME": str(home), "AUDITOR_CACHE": str(home / "cache"), "TERM": "xterm", "LC_ALL": "C.UTF-8"}


def auditor(*words: str | Path, cwd: Path, home: Path | None = None, **more: str) -> "subprocess.CompletedProcess[str]":
    """Runs `auditor` with these words in the folder `cwd`; `more` are further environment variables."""
    home = home or cwd.parent
    return subprocess.run(
        [AUDITOR, *map(str, words)],
        cwd=cwd,
        env={**surroundings(home), **more},
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=300,
    )


def audited(root: Path, *words: str) -> dict[str, Any]:
    """The JSON report of a folder, without its dependencies."""
    done = auditor("audit", root, "--no-deps", "--format", "json", *words, cwd=root)
    assert done.returncode in (0, 1, 3), done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def fill(root: Path, files: dict[str, str]) -> Path:
    """Writes files by their paths below `root`, folders included; returns `root`."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


CLEAN = "def total(prices: list[int]) -> int:\n    return sum(prices)\n"
LOST = "def pay(gate):\n    try:\n        gate.pay()\n    except ValueError:\n        raise KeyError('gate')\n"
"""One finding of low severity: `errors/lost-cause` on line 5."""
GRAVE = "# TODO: check the password before the token is handed out\ndef login(user):\n    return user.token\n"
"""One finding of high severity: `security/todo` on line 1."""

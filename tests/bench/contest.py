"""Who is timed: every contestant's command, said in full, and what proves that it did its work."""

import itertools
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tests.bench.clock import Run, timed
from tests.bench.ground import HERE, PLACE, PROJECT

_NUMBERS = itertools.count()
AUDITOR = Path(sys.executable).parent / "auditor"
BROAD = "broad-exception-caught,broad-exception-raised,bare-except"
HANDLERS = "errors/broad-except,errors/swallowed-exception,errors/generic-raise"
"""What semgrep is asked for: a handler that does nothing of the error is here a rule of its own."""
COPIES = f"duplication/clone,{HANDLERS}"
"""What pylint is asked for."""
FILE = "core/celery/core.py"


class Contestant(msgspec.Struct, frozen=True):
    """A command that is timed. `proof` must match what it prints, or its time counts for nothing."""

    name: str
    argv: tuple[str, ...]
    proof: str
    codes: tuple[int, ...] = (0, 1)
    rounds: int = 5
    fresh: bool = False
    """Whether every run gets an empty cache of auditor's."""
    primed: bool = False
    """Whether the command runs once before it is timed, so that its cache is of this very moment."""

    def run(self, cwd: Path = PROJECT) -> Run:
        """Runs it once. Ends the benchmark where it failed or did not do what it is timed for."""
        if self.primed:
            timed(self.argv, environment(self.fresh), cwd)
        run = timed(self.argv, environment(self.fresh), cwd)
        if run.code not in self.codes or not re.search(self.proof, run.output):
            sys.exit(f"{self.name} ended with {run.code} and did not show {self.proof!r}:\n{run.output[-2000:]}")
        return run


def environment(fresh: bool) -> dict[str, str]:
    """The surroundings of every run: auditor's cache in the benchmark's folder, semgrep kept from the network."""
    cache = PLACE / "cache" / (f"{os.getpid()}-{next(_NUMBERS)}" if fresh else "warm")
    return {
        **os.environ,
        "AUDITOR_CACHE": str(cache),
        "SEMGREP_SETTINGS_FILE": str(PLACE / "semgrep.yml"),
        "SEMGREP_SEND_METRICS": "off",
    }


def audit(name: str, tree: Path, fresh: bool, select: str = "") -> Contestant:
    """`auditor audit`, all findings printed, with every rule unless some are named; dependencies are left out, for no peer
    looks at them.
    """
    argv = (str(AUDITOR), "audit", str(tree), "--no-deps", "--format", "json", *(("--select", select) if select else ()))
    return Contestant(name, argv, r'"fingerprint"', fresh=fresh, primed=not fresh)


def contestants(peers: Path, tree: Path, empty: Path) -> tuple[Contestant, ...]:
    """All that take part on one tree. `empty` is a file with no settings, in nobody's way."""
    pylint = ("--persistent=n", "--score=n", "--disable=all", f"--enable=duplicate-code,{BROAD}", "-j", "2")
    rule = "fixit.rules.avoid_or_in_except:AvoidOrInExcept"
    rules = str(HERE / "two-rules.yml")
    quiet = ("--metrics=off", "--disable-version-check", "--no-git-ignore", "-q")
    imports = "import click, msgspec, libcst; print('imported')"
    return (
        audit("auditor, cold", tree, fresh=True),
        audit("auditor, warm", tree, fresh=False),
        audit("auditor, semgrep's rules", tree, fresh=True, select=HANDLERS),
        audit("auditor, pylint's rules", tree, fresh=True, select=COPIES),
        Contestant("auditor check, one file", (str(AUDITOR), "check", str(tree / FILE)), "", fresh=True),
        Contestant("auditor check, all files", (str(AUDITOR), "check", str(tree)), "high finding", fresh=True),
        Contestant("import click, msgspec, libcst", (sys.executable, "-c", imports), "imported"),
        Contestant("semgrep", (str(peers / "semgrep"), "scan", *quiet, "--config", rules, str(tree)), "generic-raise"),
        Contestant("bandit", (str(peers / "bandit"), "-q", "-r", str(tree)), r"Total lines of code: \d{5}"),
        Contestant(
            "pylint",
            (str(peers / "pylint"), f"--rcfile={empty}", *pylint, str(tree)),
            "duplicate-code",
            codes=tuple(range(32)),
        ),
        Contestant(
            "fixit, one rule",
            (str(peers / "fixit"), "--rules", rule, "--config-file", str(empty), "lint", str(tree)),
            r"\d{3,} files (checked|clean)",
            rounds=3,
        ),
        Contestant("fixit", (str(peers / "fixit"), "lint", str(tree)), r"\d{3,} files checked", rounds=3),
    )


def shown(argv: Sequence[str]) -> str:
    """A command as a reader may repeat it: no folder of this machine in it."""
    text = " ".join(f'"{word}"' if " " in word else word for word in argv)
    for folder, short in ((f"{PLACE / 'venv' / 'bin'}/", ""), (f"{Path(sys.executable).parent}/", ""), (f"{PROJECT}/", "")):
        text = text.replace(folder, short)
    return text

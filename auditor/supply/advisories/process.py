"""pip-audit as a process: exact versions in, its JSON out. Nothing of the audited project is installed or built."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec


class Vulnerability(msgspec.Struct, frozen=True):
    """One advisory as pip-audit tells it."""

    id: str
    fix_versions: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    description: str = ""


class Audited(msgspec.Struct, frozen=True):
    """pip-audit's answer for one package: what is known against it, or why it was skipped."""

    name: str
    version: str = ""
    vulns: tuple[Vulnerability, ...] = ()
    skip_reason: str = ""

    @property
    def skipped_for(self) -> str:
        """The reason without the package, which whoever shows it names beside it; empty where it was audited."""
        return NAMED_AGAIN.sub("", self.skip_reason)


class _Report(msgspec.Struct):
    dependencies: tuple[Audited, ...]


class Failed(Exception):
    """pip-audit gave no answer; the message is the reason for the report."""

    def __init__(self, reason: str, passing: bool = False) -> None:
        super().__init__(reason)
        self.passing = passing
        """Whether asking again may help: the other end did not answer, or refused."""


NAMED_AGAIN = re.compile(r" and could not be audited: \S+ \(\S+\)$")
TRIES = 3
PAUSE_S = 0.5
"""Before the second try; doubled before each further one."""
HOST = re.compile(r"host='([^']{1,100})'")
UNHEARD = re.compile(r"Connect|Timeout|Proxy|SSL|NameResolution|ServiceError|JSONDecodeError")


def ask(
    pins: Iterable[tuple[str, str]], service: tuple[str, ...], limit_s: float, cache: Path | None = None
) -> dict[tuple[str, str], Audited]:
    """pip-audit's answers by (name, version); what it says nothing of is missing. `service` names where it looks, as its own
    options do; `cache` is a folder for what it hears. A package in several versions takes several runs.

    Raises Failed where a run ends without an answer.
    """
    ends = time.monotonic() + limit_s
    answers: dict[tuple[str, str], Audited] = {}
    for batch in _batches(pins):
        told = {one.name: one for one in _patiently(batch, service, ends, cache)}
        answers |= {(name, version): told[name] for name, version in batch.items() if name in told}
    return answers


def _patiently(pins: dict[str, str], service: tuple[str, ...], ends: float, cache: Path | None) -> tuple[Audited, ...]:
    """A run, and further ones after a pause where the other end did not answer and there is time left."""
    for number in range(1, TRIES + 1):
        try:
            return _run(pins, service, ends - time.monotonic(), cache)
        except Failed as error:
            pause_s = PAUSE_S * 2 ** (number - 1)
            if not error.passing or number == TRIES or time.monotonic() + pause_s > ends:
                raise
            time.sleep(pause_s)
    raise Failed("pip-audit was not asked")


def _batches(pins: Iterable[tuple[str, str]]) -> Iterator[dict[str, str]]:
    """The pins in groups that hold each name once, because a requirements file can."""
    waiting = sorted(set(pins))
    while waiting:
        batch: dict[str, str] = {}
        rest = []
        for name, version in waiting:
            if name in batch:
                rest.append((name, version))
            else:
                batch[name] = version
        yield batch
        waiting = rest


def _run(pins: dict[str, str], service: tuple[str, ...], limit_s: float, cache: Path | None) -> tuple[Audited, ...]:
    if limit_s <= 0:
        raise Failed("pip-audit was not asked: the budget of time was spent (setting supply.budget_s)")
    with tempfile.TemporaryDirectory(prefix="auditor-") as folder:
        listed = Path(folder) / "requirements.txt"
        listed.write_text("".join(f"{name}=={version}\n" for name, version in pins.items()), encoding="utf-8")
        command = [sys.executable, "-P", "-m", "pip_audit", "--requirement", str(listed), "--no-deps", "--disable-pip"]
        kept = str(cache / "pip-audit" if cache else Path(folder) / "cache")
        command += ["--format", "json", "--progress-spinner", "off", "--cache-dir", kept, *service]
        environment = {name: text for name, text in os.environ.items() if not name.startswith("PIP_AUDIT_")}
        if "127.0.0.1" in " ".join(service):
            environment |= {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=limit_s, check=False, cwd=folder, env=environment, stdin=subprocess.DEVNULL
            )
        except subprocess.TimeoutExpired as error:
            raise Failed(f"pip-audit gave no answer within {limit_s:.0f} s") from error
        except OSError as error:
            raise Failed(f"pip-audit could not be started: {error.strerror}") from error
    try:
        return msgspec.json.decode(done.stdout, type=_Report).dependencies
    except msgspec.MsgspecError as error:
        raise _failure(done.stderr.decode("utf-8", "replace"), done.returncode) from error


def _failure(told: str, code: int) -> Failed:
    """What pip-audit's last words mean."""
    last = (told.strip().splitlines() or [f"exit code {code}"])[-1]
    if not UNHEARD.search(last):
        return Failed(f"pip-audit failed: {last[:200]}")
    host = HOST.search(last)
    return Failed(f"pip-audit got no answer that it could use from {host[1] if host else 'its service'}", passing=True)

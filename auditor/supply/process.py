"""pip-audit as a process: exact versions in, its JSON out. Nothing of the audited project is installed or built."""

import subprocess
import sys
import tempfile
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


class _Answer(msgspec.Struct):
    dependencies: tuple[Audited, ...]


class Failed(Exception):
    """pip-audit gave no answer; the message is the reason for the report."""


def ask(pins: dict[str, str], budget_s: float) -> dict[str, Audited]:
    """pip-audit's answers by package name. Raises Failed where it ends without one, or not in time."""
    with tempfile.TemporaryDirectory(prefix="auditor-") as folder:
        listed = Path(folder) / "requirements.txt"
        listed.write_text("".join(f"{name}=={version}\n" for name, version in sorted(pins.items())), encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(listed), "--no-deps", "--disable-pip"]
        command += ["--format", "json", "--progress-spinner", "off"]
        try:
            done = subprocess.run(command, capture_output=True, timeout=budget_s, check=False, cwd=folder)
        except subprocess.TimeoutExpired as error:
            raise Failed(f"pip-audit gave no answer within {budget_s:.0f} s") from error
        except OSError as error:
            raise Failed(f"pip-audit could not be started: {error.strerror}") from error
    try:
        answer = msgspec.json.decode(done.stdout, type=_Answer)
    except msgspec.MsgspecError as error:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise Failed(f"pip-audit failed: {last[0][:200] if last else f'exit code {done.returncode}'}") from error
    return {one.name: one for one in answer.dependencies}

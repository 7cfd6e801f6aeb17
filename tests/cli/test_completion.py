"""Shell completion, in real shells."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import AUDITOR, auditor, surroundings

BASH = """
source <(auditor completion bash)
COMP_WORDS=({words} "{last}"); COMP_CWORD={index}
$(complete -p auditor | sed 's/.*-F \\([^ ]*\\) .*/\\1/') auditor
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


def completed(*words: str, cwd: Path) -> set[str]:
    """What bash offers for the last of these words, having sourced the printed script."""
    script = BASH.format(words=" ".join(["auditor", *words[:-1]]), last=words[-1], index=len(words))
    surround = surroundings(cwd.parent)
    surround["PATH"] = f"{Path(AUDITOR).parent}:{surround['PATH']}"
    done = subprocess.run(["bash", "--norc", "-c", script], cwd=cwd, env=surround, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return set(done.stdout.split())


def test_bash_completes_commands(tidy: Path) -> None:
    assert completed("", cwd=tidy) >= {"audit", "check", "roadmap", "rules", "explain", "try", "schema", "completion"}
    assert completed("comp", cwd=tidy) == {"completion"}


def test_bash_completes_subcommands_options_and_choices(tidy: Path) -> None:
    assert completed("roadmap", "", cwd=tidy) >= {"import", "status"}
    assert completed("audit", "--no", cwd=tidy) == {"--no-deps", "--no-cache", "--no-save"}
    assert completed("completion", "", cwd=tidy) == {"bash", "zsh", "fish"}


def test_bash_completes_rules_and_packs_behind_a_comma_too(tidy: Path) -> None:
    assert completed("audit", ".", "--select", "security", cwd=tidy) == {"security", "security/expired-decision", "security/todo"}
    assert completed("check", ".", "--ignore", "errors,api/u", cwd=tidy) == {
        "errors,api/unlimited-route",
        "errors,api/unversioned-route",
    }
    assert completed("explain", "gra", cwd=tidy) == {"grade"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_has_a_script_that_names_the_command(tidy: Path, shell: str) -> None:
    done = auditor("completion", shell, cwd=tidy)
    assert done.returncode == 0
    assert "_AUDITOR_COMPLETE" in done.stdout


def test_bash_accepts_the_script(tidy: Path) -> None:
    script = auditor("completion", "bash", cwd=tidy).stdout
    bash = shutil.which("bash")
    assert bash
    assert subprocess.run([bash, "-n"], input=script, text=True, capture_output=True, check=False).stderr == ""

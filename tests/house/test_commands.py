"""Every command says what it does, begins with an example, and the example works."""

import subprocess
from pathlib import Path

import click
import pytest

from tests.cli.command import AUDITOR, CLEAN, LOST, fill, surroundings
from tests.evidence.made import k6_export, sarif
from tests.house.commands import every, help_text
from tests.house.tree import PROJECT

COMMANDS = every()
PLAN = "# Plan\n\n## Success metrics\n\n- [ ] All security TODOs resolved (currently 4)\n"
PACK = {path.name: path.read_text() for path in (PROJECT / "rules" / "errors").glob("*.py")}


@pytest.mark.parametrize(("typed", "command"), COMMANDS, ids=[typed for typed, _ in COMMANDS])
def test_help_begins_with_one_example(typed: str, command: click.Command) -> None:
    told = (command.help or "").strip().splitlines()
    assert told[0].startswith(f"Example: {typed}"), told[0]
    assert len(told) > 1, "and then says what the command does"
    assert typed == "auditor" or command.short_help


@pytest.mark.parametrize(("typed", "command"), COMMANDS, ids=[typed for typed, _ in COMMANDS])
def test_every_option_is_explained(typed: str, command: click.Command) -> None:
    bare = [p.name for p in command.params if isinstance(p, click.Option) and not p.help and p.name != "help"]
    assert bare == []
    assert max(map(len, help_text(typed, command).splitlines())) <= 100


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A folder that has whatever the examples speak of."""
    files = {"src/shop/views.py": LOST, "shop/sums.py": CLEAN, "PLAN.md": PLAN, "docs/ROADMAP.md": PLAN}
    packs = {f"{folder}/{name}": text for folder in ("rules/errors", "my_rules/errors") for name, text in PACK.items()}
    evidence = {"coverage.xml": '<coverage line-rate="0.81"/>', "k6.json": k6_export().decode(), "bandit.sarif": sarif().decode()}
    affected = '[{"package": {"ecosystem": "PyPI", "name": "jinja2"}, "versions": ["2.10"]}]'
    stock = {"requirements.txt": "jinja2==3.1.6\n", "osv/one.json": f'{{"id": "PYSEC-2019-217", "affected": {affected}}}'}
    return fill(tmp_path / "world", {**files, **packs, **evidence, **stock})


def readme() -> list[str]:
    """The commands of the README that begin with `auditor`, in its own order."""
    lines = (PROJECT / "README.md").read_text(encoding="utf-8").splitlines()
    return [line.strip().partition("  #")[0].strip() for line in lines if line.startswith("    auditor ")]


def examples() -> list[str]:
    return [(command.help or "").strip().splitlines()[0].removeprefix("Example: ") for _, command in COMMANDS]


@pytest.mark.parametrize("line", [*examples(), *readme()])
def test_an_example_works_as_it_is_written(line: str, world: Path) -> None:
    surround = surroundings(world.parent)
    surround["PATH"] = f"{Path(AUDITOR).parent}:{surround['PATH']}"
    if line.startswith("auditor roadmap status"):
        ready = ["bash", "-c", "auditor roadmap import PLAN.md"]
        subprocess.run(ready, cwd=world, env=surround, capture_output=True, check=True)
    for audits in ("auditor audit", "auditor report"):
        if line.startswith(audits) and "--no-deps" not in line:
            line = line.replace(audits, f"{audits} --no-deps", 1)
    if line.startswith("auditor deps diff"):
        ready = ["bash", "-c", "git init -qb main; git add .; git -c user.name=a -c user.email=a@b.c commit -qm begin"]
        subprocess.run(ready, cwd=world, env=surround, capture_output=True, check=True)
    if line.startswith("auditor history"):
        kept = "auditor audit --no-deps --save; auditor audit --no-deps --save"
        ready = ["bash", "-c", f"git init -q; git add .; git -c user.name=a -c user.email=a@b.c commit -qm begin; {kept}"]
        subprocess.run(ready, cwd=world, env=surround, capture_output=True, check=False)
    done = subprocess.run(["bash", "-c", line], cwd=world, env=surround, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), f"{done.returncode}: {done.stdout}{done.stderr}"
    assert "Traceback" not in done.stderr

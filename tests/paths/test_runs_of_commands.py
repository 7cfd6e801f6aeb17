"""What is caught where the project runs one of its commands says nothing of the others; a group runs all that it has."""

import pytest

from tests.paths.projects import project

COMMANDS = """
import click
import requests

@click.{kind}()
def first():
    requests.get("https://one.test", timeout=3).raise_for_status()

@{second}.command()
def second():
    requests.get("https://two.test", timeout=3).raise_for_status()

def main():
    try:
        first()
    except requests.RequestException:
        print("no answer")
"""


@pytest.mark.parametrize(("kind", "owner", "left"), [("command", "click", {"second"}), ("group", "first", set())])
def test_a_command_that_is_run_carefully_speaks_for_itself(kind: str, owner: str, left: set[str]) -> None:
    found = project({"shop/cli.py": COMMANDS.format(kind=kind, second=owner)}).unhandled
    assert {one.entry.label for one in found} == left


READS = """
from pathlib import Path
import click
import typer

app = typer.Typer()

{decorator}
def load({parameter}):
    return pdf.read_text()
"""


@pytest.mark.parametrize(
    ("decorator", "parameter", "left"),
    [
        ("@app.command()", "pdf: Path", {"load"}),
        ("@app.command()", "pdf: Path = typer.Argument(..., exists=True, readable=True)", set()),
        ('@click.command()\n@click.option("--pdf", type=click.Path(path_type=Path))', "pdf: Path", {"load"}),
        ('@click.command()\n@click.option("--pdf", type=click.Path(exists=True, path_type=Path))', "pdf: Path", set()),
        (
            '@click.command()\n@click.argument("pdf", type=Path)\n@click.option("--by", type=click.Path(exists=True))',
            "pdf: Path, by",
            {"load"},
        ),
    ],
)
def test_a_command_that_is_only_started_with_a_file_that_is_there_reads_it(
    decorator: str, parameter: str, left: set[str]
) -> None:
    code = READS.replace("{decorator}", decorator).replace("{parameter}", parameter)
    assert {one.entry.label for one in project({"shop/cli.py": code}).unhandled} == left

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

"""What whoever starts a command gives it may be no number and no JSON; what the command has checked for it is."""

import pytest

from auditor.model.finding import Confidence
from tests.paths.projects import project

CLICK = """
import csv
import json
import click

@click.command()
@click.option("--map", "mapping")
@click.argument("stream", type=click.File())
def load({parameters}):
    {body}
"""
DJANGO = """
import json
from django.core.management.base import BaseCommand

class Command(BaseCommand):
    def handle(self, *args, **options):
        {body}
"""


def _told(code: str) -> set[tuple[str, Confidence]]:
    return {(one.error, one.confidence) for one in project({"shop/management/commands/load.py": code}).unhandled}


@pytest.mark.parametrize(
    ("parameters", "body", "error"),
    [
        ("mapping, stream", "print(json.loads(mapping))", "json.JSONDecodeError"),
        ("mapping, stream", "print(int(mapping))", "ValueError"),
        ("mapping: int, stream", "print(int(mapping))", ""),
        ("mapping, stream", "print(mapping.upper())", ""),
        ("mapping, stream", 'for row in csv.DictReader(stream):\n        print(float(row["weight"]))', "ValueError"),
        ("mapping, stream", "if mapping.isdigit():\n        print(int(mapping))", ""),
        ("mapping, stream", "try:\n        print(int(mapping))\n    except ValueError:\n        print(0)", ""),
    ],
)
def test_a_command_lets_out_what_its_arguments_break(parameters: str, body: str, error: str) -> None:
    assert _told(CLICK.format(parameters=parameters, body=body)) == ({(error, Confidence.LOW)} if error else set())


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ('print(json.loads(options["map"]))', "json.JSONDecodeError"),
        ('print(int(options["verbosity"]))', ""),
        ('print(int(options.get("verbosity", 1)))', ""),
        ('print(options["map"])', ""),
    ],
)
def test_options_are_given_but_what_django_itself_takes(body: str, error: str) -> None:
    assert _told(DJANGO.format(body=body)) == ({(error, Confidence.LOW)} if error else set())

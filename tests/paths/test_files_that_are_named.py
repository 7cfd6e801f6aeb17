"""What a file holds that whoever starts a command or task has named is outside input; what the project keeps itself is none."""

import pytest

from tests.paths.projects import project

SHOP = """
import csv
import json
from pathlib import Path

import click
from celery import Celery
from flask import Flask

app = Flask(__name__)
celery = Celery()

@click.command()
@click.argument("path", type=click.Path(exists=True))
def load(path):
    {body}

@celery.task
def take(path):
    {body}

@app.get("/kept/<path>")
def kept(path):
    {body}

KEPT = Path("orders.csv")

@click.command()
def again():
    path = KEPT
    {body}
"""
ROWS = "with open(path) as file:\n        for row in csv.DictReader(file):\n            print({read})"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (ROWS.format(read="row['code']"), "`row` holds no 'code'"),
        (ROWS.format(read="int(row['weight'])"), '`row["weight"]` is no number'),
        (ROWS.format(read="int(row['weight'])").replace("open(path)", "path.open()"), '`row["weight"]` is no number'),
        ("print(json.loads(Path(path).read_text()))", "is no valid JSON"),
        ("for one in json.loads(Path(path).read_text()):\n        print(one['code'])", "`one` holds no 'code'"),
    ],
)
def test_a_file_that_is_named_may_hold_anything(body: str, says: str) -> None:
    found = project({"shop.py": SHOP.replace("{body}", body)}).unhandled
    told = {one.entry.label for one in found if says in one.sentence.replace("'weight'", '"weight"')}
    assert "load" in told
    assert not told & {"again", "GET /kept/<path>"}


def test_a_column_that_is_asked_for_is_there() -> None:
    body = ROWS.format(read="row['code'] if 'code' in row else ''")
    assert not [one for one in project({"shop.py": SHOP.replace("{body}", body)}).unhandled if "KeyError" in one.sentence]


COMMAND = """
import csv
import json
from pathlib import Path

from django.core.management.base import BaseCommand

class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)

    def handle(self, *args, **options):
        {body}
"""


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("print(json.loads(options['path'].read_text()))", "is no valid JSON"),
        ("print(json.loads(Path(options['path']).read_text()))", "is no valid JSON"),
        ("for row in csv.DictReader(open(options['path'])):\n            print(row['code'])", "`row` holds no 'code'"),
        (
            "source = open(options['path'])\n        for row in csv.DictReader(source):\n            print(row['code'])",
            "`row` holds no 'code'",
        ),
    ],
)
def test_a_file_may_be_named_by_an_option(body: str, says: str) -> None:
    found = project({"shop/management/commands/load.py": COMMAND.replace("{body}", body)}).unhandled
    assert any(says in one.sentence for one in found)

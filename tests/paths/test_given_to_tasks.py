"""What a task is given may be no number, and the file that it is told of may be gone; what the project itself sends is known."""

import pytest

from tests.paths.projects import project

JOBS = """
import json
import subprocess
from datetime import date
from pathlib import Path

from celery import shared_task

from shop.models import Invoice

class Refused(Exception):
    pass

def read(name):
    return (Path("/var/spool") / name).read_text()

@shared_task
def work({parameters}):
    {body}
"""
MODELS = """
from django.db import models

class Invoice(models.Model):
    state = models.CharField(max_length=10)
"""


def _told(parameters: str, body: str, more: str = "") -> set[tuple[str, str]]:
    code = JOBS.format(parameters=parameters, body=body) + more
    found = project({"shop/jobs.py": code, "shop/models.py": MODELS}).unhandled
    return {(one.error, str(one.confidence)) for one in found}


@pytest.mark.parametrize(
    ("parameters", "body", "told"),
    [
        ("days: str", "return int(days)", {("ValueError", "medium")}),
        ("day", "return date.fromisoformat(day)", {("ValueError", "medium")}),
        ("body", "return json.loads(body)", {("json.JSONDecodeError", "medium")}),
        ("name", "return (Path('/var/spool') / name).read_text()", {("OSError", "medium")}),
        ("name", "return read(name)", {("OSError", "low")}),
        ("name", "subprocess.run(['convert', name], check=True)", {("subprocess.CalledProcessError", "medium")}),
        ("days: int", "return int(days)", set()),
        ("", "return Path('/etc/hosts').read_text()", set()),
        ("day", "try:\n        return date.fromisoformat(day)\n    except ValueError:\n        return None", set()),
        ("kind", "if kind not in ('a', 'b'):\n        raise ValueError(kind)", set()),
    ],
)
def test_what_a_task_is_given_may_be_broken(parameters: str, body: str, told: set[tuple[str, str]]) -> None:
    assert _told(parameters, body) == told


def test_what_the_project_sends_a_task_is_known() -> None:
    sends = "\ndef plan(order):\n    work.delay(order.day.isoformat())\n"
    assert _told("day", "return date.fromisoformat(day)", sends) == set()


@pytest.mark.parametrize(
    "body",
    [
        "missing = Invoice.objects.filter(state='paid').count()\n    if missing:\n        raise Exception(missing)",
        "if Invoice.objects.filter(state='paid').count() > 10:\n        raise Exception('too many')",
    ],
)
def test_what_rows_say_makes_a_task_fail(body: str) -> None:
    assert _told("", body) == {("Exception", "low")}

"""Rules about the whole project answer the same from one process and from two."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from auditor.packs.rules import load_rules, places
from auditor.paths.project import Project
from auditor.rule.api import ProjectRule
from auditor.run import halves
from auditor.run.desk import Order
from auditor.run.gather import gather
from auditor.run.pool import records

SHOP = """
import requests

from shop.models import Order


def send_{number}(order):
    requests.post("https://pay.example/{number}", json=order.total)


def clean_{number}(order):
    order.delete()


def close_{number}():
    for order in Order.objects.all():
        order.save()
"""
MODELS = """
from django.db import models


class Order(models.Model):
    total = models.IntegerField()
"""


class Fatal(ProjectRule):
    """Ends the process that asks it, but for the one that began."""

    id = "zeal/fatal"

    def check(self, project: Project) -> Iterator[None]:  # type: ignore[override]
        import os

        if os.getpid() != BEGAN:
            os._exit(9)
        yield from ()


BEGAN = __import__("os").getpid()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with enough files to be worth a second process."""
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "__init__.py").write_text("")
    (tmp_path / "shop" / "models.py").write_text(MODELS)
    names = ["shop/__init__.py", "shop/models.py"]
    for number in range(halves.WORTH_FILES):
        names.append(f"shop/part_{number}.py")
        (tmp_path / names[-1]).write_text(SHOP.format(number=number))
    gathered = gather(records(Order(tmp_path, (), "", 1 << 20, None), names, 2))
    return Project(gathered.files, date(2026, 6, 1), gathered.clones, gathered.flows)


def rules() -> list[ProjectRule]:
    """All shipped rules about projects."""
    return [rule for rule in load_rules(places()) if isinstance(rule, ProjectRule)]


def told(project: Project, asked: list[ProjectRule], workers: int) -> list[str]:
    """The answers as text, sorted."""
    return sorted(map(str, halves.answers(asked, project, workers)))


def test_two_processes_say_what_one_says(project: Project) -> None:
    alone = told(project, rules(), 1)
    assert any("no-timeout" in one for one in alone)
    again = Project(project.files, project.today, project.clones, project.flows)
    assert told(again, rules(), 2) == alone


def test_what_kills_the_second_process_is_asked_again_here(project: Project) -> None:
    alone = told(project, rules(), 1)
    for name in ("database/n-plus-one-fatal", "database/unbounded-query-fatal"):
        fatal = Fatal()
        fatal.id = name  # type: ignore[misc]
        again = Project(project.files, project.today, project.clones, project.flows)
        assert again.graph is not None
        assert told(again, [*rules(), fatal], 2) == alone


def test_what_the_second_process_learned_is_what_is_worked_out_here(project: Project) -> None:
    again = Project(project.files, project.today, project.clones, project.flows)
    told(again, rules(), 2)
    assert "questions" not in vars(again), "the questions were worked out here too"
    assert again.repeated_queries == project.repeated_queries
    assert again.number_of_questions == project.number_of_questions > 0

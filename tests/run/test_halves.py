"""Rules about the whole project answer the same from one process and from two.

Each case runs in a process of its own: beside a thread, which a test before may have left, no second one is begun."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

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
        if os.getpid() != BEGAN:
            os._exit(9)
        yield from ()


BEGAN = os.getpid()
T = TypeVar("T")


def made(folder: Path) -> Project:
    """A project with enough files to be worth a second process."""
    (folder / "shop").mkdir()
    (folder / "shop" / "__init__.py").write_text("")
    (folder / "shop" / "models.py").write_text(MODELS)
    names = ["shop/__init__.py", "shop/models.py"]
    for number in range(halves.WORTH_FILES):
        names.append(f"shop/part_{number}.py")
        (folder / names[-1]).write_text(SHOP.format(number=number))
    gathered = gather(records(Order(folder, (), "", 1 << 20, None), names, 2))
    return Project(gathered.files, date(2026, 6, 1), gathered.clones, gathered.flows)


def rules() -> list[ProjectRule]:
    """All shipped rules about projects."""
    return [rule for rule in load_rules(places()) if isinstance(rule, ProjectRule)]


def told(project: Project, asked: list[ProjectRule], workers: int) -> list[str]:
    """The answers as text, sorted."""
    return sorted(map(str, halves.answers(asked, project, workers)))


def anew(project: Project) -> Project:
    """The same project, of which nothing is worked out yet."""
    return Project(project.files, project.today, project.clones, project.flows)


def apart(case: Callable[[Path], T], folder: Path) -> T:
    """What a case gives in a process with one thread."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(case, folder).result()


def both_ways(folder: Path) -> tuple[list[str], list[str]]:
    """The answers of one process and of two."""
    project = made(folder)
    return told(project, rules(), 1), told(anew(project), rules(), 2)


def with_a_fatal_rule(folder: Path) -> tuple[list[str], list[str], list[str]]:
    """The answers of one process, and those of two where either half has a rule that kills the second."""
    project = made(folder)
    found = [told(project, rules(), 1)]
    for name in ("database/n-plus-one-fatal", "database/unbounded-query-fatal"):
        fatal = Fatal()
        fatal.id = name  # type: ignore[misc]
        again = anew(project)
        _ = again.graph
        found.append(told(again, [*rules(), fatal], 2))
    return found[0], found[1], found[2]


def learned(folder: Path) -> tuple[bool, bool, int, int]:
    """Whether the first process worked out the questions as well, whether it knows the same, and how many each counts."""
    project = made(folder)
    again = anew(project)
    told(again, rules(), 2)
    twice = "questions" in vars(again)
    same = again.repeated_queries == project.repeated_queries
    return twice, same, again.number_of_questions, project.number_of_questions


def test_two_processes_say_what_one_says(tmp_path: Path) -> None:
    alone, two = apart(both_ways, tmp_path)
    assert any("no-timeout" in one for one in alone)
    assert two == alone


def test_what_kills_the_second_process_is_asked_again_here(tmp_path: Path) -> None:
    alone, repeated, unbounded = apart(with_a_fatal_rule, tmp_path)
    assert repeated == unbounded == alone


def test_what_the_second_process_learned_is_what_is_worked_out_here(tmp_path: Path) -> None:
    twice, same, number, here = apart(learned, tmp_path)
    assert not twice, "the questions were worked out here too"
    assert same
    assert number == here > 0

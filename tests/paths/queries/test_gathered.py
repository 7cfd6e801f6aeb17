"""Lists that are made of rows one by one, and loops through them later."""

import pytest

from tests.paths.projects import project

MODELS = """
from django.db import models

class Home(models.Model):
    name = models.TextField()

class Person(models.Model):
    home = models.ForeignKey(Home, on_delete=models.CASCADE)

def names(rows, home):
{body}
    return [one.home.name for one in found]
"""

KEPT = "    found = [person for person in {rows} if person.pk in rows]"
ADDED = "    found = []\n    for person in {rows}:\n        found.append(person)"


def asked(body: str) -> list[int]:
    return [one.location.line for one in project({"shop/models.py": MODELS.format(body=body)}).repeated_queries if one.relation]


@pytest.mark.parametrize("made", [KEPT, ADDED])
@pytest.mark.parametrize(("rows", "many"), [("Person.objects.all()", 1), ("Person.objects.select_related('home')", 0)])
def test_a_list_of_rows_comes_with_what_its_query_loads(made: str, rows: str, many: int) -> None:
    assert len(asked(made.format(rows=rows))) == many


@pytest.mark.parametrize(
    "body",
    [
        "    found = [person for person in Person.objects.all() if person.home.name]",
        "    found = []\n    for person in Person.objects.all():\n        if person.home.name:\n            found.append(person)",
    ],
)
def test_what_was_read_where_the_list_was_put_together_is_not_asked_for_again(body: str) -> None:
    (line,) = asked(body)
    assert line < len((MODELS.format(body=body)).splitlines())


@pytest.mark.parametrize("put", ["Person(home=home)", "made"])
def test_a_list_of_what_was_just_made_asks_nothing(put: str) -> None:
    assert asked(f"    found = []\n    for row in rows:\n        made = Person(home=home)\n        found.append({put})") == []

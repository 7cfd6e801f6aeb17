"""Rows that a name holds as a list: what they are is known by what the list was made of."""

from tests.paths.projects import project
from tests.paths.queries.asked import marked, repeated

MODELS = """
from django.db import models

class Tag(models.Model):
    name = models.TextField()

class Teacher(models.Model):
    name = models.TextField()

class Course(models.Model):
    teacher = models.ForeignKey(Teacher, on_delete=models.CASCADE)
    tags = models.ManyToManyField(Tag)
"""


def test_a_list_of_a_relation_holds_its_rows() -> None:
    code = MODELS + (
        "\ndef names(tag):\n    courses = list(tag.course_set.all())\n"
        "    return [course.teacher.name for course in courses]  # <-\n"
    )
    assert repeated({"shop.py": code}) == marked({"shop.py": code})


def test_what_the_query_of_the_list_loads_came_with_its_rows() -> None:
    code = MODELS + (
        '\ndef names(tag):\n    courses = list(tag.course_set.select_related("teacher"))\n'
        "    return [course.teacher.name for course in courses]\n"
        "\ndef of(teacher):\n    courses = sorted(teacher.course_set.all(), key=str)\n"
        "    return [course.teacher.name for course in courses]\n"
    )
    assert repeated({"shop.py": code}) == set()


def test_two_relations_that_are_read_on_one_line_are_two_questions() -> None:
    code = MODELS + ("\ndef lines():\n    return [(one.teacher.name, list(one.tags.all())) for one in Course.objects.all()]\n")
    found = sorted(one.relation for one in project({"shop.py": code}).repeated_queries)
    assert found == ["tags", "teacher"]


def test_a_row_of_whichever_class_is_asked_for_too() -> None:
    code = """
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

class Note(models.Model):
    kind = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    number = models.PositiveIntegerField()
    target = GenericForeignKey("kind", "number")

def shown():
    return [str(note.target) for note in Note.objects.all()]  # <-

def loaded():
    return [str(note.target) for note in Note.objects.prefetch_related("target")]
"""
    assert repeated({"shop.py": code}) == marked({"shop.py": code})

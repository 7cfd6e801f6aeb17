"""What the manager of a model loads comes with the rows of a relation to many too: Django asks the same manager."""

import pytest

from tests.paths.queries.asked import marked, repeated

SCHOOL = """
from django.db import models

class Room(models.Model):
    name = models.TextField()

class Roomed(models.Manager):
    def get_queryset(self):
        return super().get_queryset().select_related("room")

class Teacher(models.Model):
    name = models.TextField()

class Course(models.Model):
    teacher = models.ForeignKey(Teacher, related_name="courses", on_delete=models.CASCADE)
    room = models.ForeignKey(Room, on_delete=models.CASCADE)
    objects = Roomed()

class Lesson(models.Model):
    course = models.ForeignKey(Course, related_name="lessons", on_delete=models.CASCADE)
    room = models.ForeignKey(Room, related_name="lessons", on_delete=models.CASCADE)
"""


@pytest.mark.parametrize(
    "code",
    [
        "def feed(teacher: Teacher):\n    return [course.room.name for course in teacher.courses.order_by('room')[:200]]\n",
        "def feed(teacher: Teacher):\n    return [course.room.name for course in teacher.courses.all()]\n",
        "def feed(teacher: Teacher):\n    return [course.teacher.name for course in Course.objects.all()]  # <-\n",
        "def feed(course: Course):\n    return [lesson.room.name for lesson in course.lessons.order_by('room')]  # <-\n",
    ],
)
def test_the_manager_of_the_rows_says_what_comes_along(code: str) -> None:
    files = {"shop/school.py": SCHOOL + code}
    assert repeated(files) == marked(files)

"""Rows that a set of filters hands on, and serializers that a view picks or that show relations by their depth."""

from tests.paths.queries.asked import marked, repeated

MODELS = """
from django.db import models

class Teacher(models.Model):
    name = models.TextField()

class Course(models.Model):
    teacher = models.ForeignKey(Teacher, on_delete=models.CASCADE)
    title = models.TextField()
"""
VIEWS = """
import django_filters
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.views import APIView
from shop.models import Course

class CourseFilter(django_filters.FilterSet):
    class Meta:
        model = Course
        fields = ("title",)
"""
SHOWN = """
class CourseSerializer(serializers.ModelSerializer):
    teacher = serializers.SlugRelatedField(slug_field="name", read_only=True){mark}

    class Meta:
        model = Course
        fields = ("id", "teacher")
"""


def files(code: str, mark: str = "") -> dict[str, str]:
    """A project whose serializer is marked where it asks once per row."""
    return {"shop/models.py": MODELS, "shop/views.py": VIEWS + SHOWN.replace("{mark}", mark) + code}


def listed(query: str) -> str:
    """A view that shows the rows of a query which a set of filters has narrowed."""
    return f"""
def courses(filters=None):
    return CourseFilter(filters or {{}}, {query}).qs

class Courses(APIView):
    def get(self, request):
        return Response(CourseSerializer(courses(filters=request.GET), many=True).data)
"""


def test_what_fits_a_set_of_filters_is_loaded_as_the_rows_that_it_was_given() -> None:
    assert repeated(files(listed('Course.objects.select_related("teacher")'))) == set()
    bare = files(listed("Course.objects.all()"), "  # <-")
    assert repeated(bare) == marked(bare)


def test_an_action_shows_its_rows_by_the_serializer_that_the_view_picks() -> None:
    code = """
class CourseView(viewsets.ModelViewSet):
    def get_queryset(self):
        return Course.objects.select_related("teacher")

    def get_serializer_class(self):
        return CourseSerializer

    @action(detail=False)
    def old(self, request):
        rows = Course.objects.filter(title="")
        return Response(self.get_serializer(rows, many=True).data)
"""
    assert repeated(files(code, "  # <-")) == marked(files(code, "  # <-"))


def test_with_a_depth_a_relation_is_shown_as_a_row_of_its_own() -> None:
    code = """
class DeepSerializer(serializers.ModelSerializer):
    class Meta:
        model = Course
        fields = ("id", "teacher")  # <-
        depth = 1

class FlatSerializer(serializers.ModelSerializer):
    class Meta:
        model = Course
        fields = ("id", "teacher")

class Deep(viewsets.ReadOnlyModelViewSet):
    queryset = Course.objects.all()
    serializer_class = DeepSerializer

class Flat(viewsets.ReadOnlyModelViewSet):
    queryset = Course.objects.all()
    serializer_class = FlatSerializer
"""
    assert repeated(files(code)) == marked(files(code))

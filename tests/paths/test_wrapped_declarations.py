"""A function of the project that declares a route as a library's own does, and lists of routes that others are made of."""

import pytest

from tests.paths.projects import project

VIEWS = """
from django.http import HttpResponse

def rooms(request):
    return HttpResponse("rooms")

def beds(request):
    return HttpResponse("beds")
"""
URLS = """
from django.urls import include, path as django_path
from house.guards import guarded
from house import views

def path(route, view, kwargs=None, name=None):
    return {returned}

def widget(route, view, name):
    return django_path(route, guarded(view), name=name)

room_patterns = [path("rooms/", views.rooms, name="rooms")]
widget_patterns = [widget("beds/", views.beds, "beds")]
urlpatterns = {whole}
urlpatterns += [path("api/", include((room_patterns, "house")))]
"""
GUARDS = """
from functools import wraps

def guarded(view):
    @wraps(view)
    def scoped(request, *args, **kwargs):
        return view(request, *args, **kwargs)
    return scoped
"""


def told(returned: str, whole: str) -> set[tuple[str, str]]:
    files = {
        "house/__init__.py": "",
        "house/views.py": VIEWS,
        "house/guards.py": GUARDS,
        "house/urls.py": URLS.format(returned=returned, whole=whole),
        "house/settings.py": "ROOT_URLCONF = 'house.urls'\n",
    }
    return {(route.path, route.handler.rpartition(".")[2]) for route in project(files).routes}


@pytest.mark.parametrize(
    "returned",
    [
        "django_path(route, view, kwargs, name)",
        "django_path(route, guarded(view) if callable(view) else view, kwargs, name)",
        "django_path(route, guarded(view), name=name)",
    ],
)
@pytest.mark.parametrize(
    "whole",
    ["room_patterns + widget_patterns", "(list(room_patterns) + list(widget_patterns))", "[*room_patterns, *widget_patterns]"],
)
def test_a_route_that_a_function_of_the_project_declares_leads_to_what_its_caller_gives(returned: str, whole: str) -> None:
    assert told(returned, whole) == {("/rooms/", "rooms"), ("/beds/", "beds"), ("/api/rooms/", "rooms")}


def test_a_function_that_puts_a_path_of_its_own_before_declares_nothing_as_it_is_given() -> None:
    assert ("/rooms/", "rooms") not in told("django_path('house/' + route, view)", "room_patterns")

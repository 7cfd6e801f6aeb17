"""A row that somebody has got before by the same key is not missing the second time."""

from tests.paths.projects import project

MEMBERS = """
from django.db import models
from django.urls import path
from django.views.generic import DetailView, FormView, View

class Member(models.Model):
    name = models.TextField()

class Club(models.Model):
    name = models.TextField()
"""


def _told(views: str, routes: str) -> set[tuple[str, str]]:
    found = project({"shop/views.py": f"{MEMBERS}\n{views}\nurlpatterns = [{routes}]"}).unhandled
    return {(one.entry.label, one.error.rpartition(".")[2]) for one in found}


def test_a_view_of_one_row_has_found_it_before_its_hooks_get_it_again() -> None:
    views = """
class Page(DetailView):
    model = Member
    def get_context_data(self, **kwargs):
        return {"member": Member.objects.get(pk=self.kwargs["pk"])}

class OfAnother(DetailView):
    model = Club
    def get_context_data(self, **kwargs):
        return {"member": Member.objects.get(pk=self.kwargs["pk"])}

class OwnWay(DetailView):
    model = Member
    def get_object(self):
        return self.request.user.member
    def get_context_data(self, **kwargs):
        return {"member": Member.objects.get(pk=self.kwargs["pk"])}

class Written(DetailView):
    model = Member
    def post(self, request, pk):
        return Member.objects.get(pk=self.kwargs["pk"])
"""
    names = ("Page", "OfAnother", "OwnWay", "Written")
    routes = ", ".join(f"path('{name}/<int:pk>', {name}.as_view())" for name in names)
    missing = "ObjectDoesNotExist"
    assert _told(views, routes) == {
        ("GET /OfAnother/<int:pk>", missing),
        ("GET /OwnWay/<int:pk>", missing),
        ("POST /Written/<int:pk>", missing),
    }


def test_a_view_without_a_row_is_never_asked_for_one() -> None:
    views = """
class Add(FormView):
    def get_object(self):
        return Member.objects.get(pk=self.kwargs["pk"])
"""
    assert _told(views, "path('add/<int:pk>', Add.as_view())") == set()


def test_a_view_on_several_paths_is_told_of_by_the_one_that_names_the_row() -> None:
    views = """
class Profile(View):
    def get(self, request, **kwargs):
        if "name" in self.kwargs:
            return Member.objects.get(name=self.kwargs["name"])
        key = self.kwargs.get("key")
        return Club.objects.get(pk=key) if key else None
"""
    routes = "path('profile', Profile.as_view()), path('profile/<name>', Profile.as_view())"
    assert _told(views, routes) == {("GET /profile/<name>", "ObjectDoesNotExist")}


def test_what_a_helper_has_looked_up_by_the_same_key_is_there() -> None:
    views = """
def show(request, key):
    member = resolve(request, Member, {"pk": key})
    return Member.objects.get(pk=key)

def show_another(request, key):
    club = resolve(request, Club, {"pk": key})
    return Member.objects.get(pk=key)
"""
    assert _told(views, "path('a/<int:key>', show), path('b/<int:key>', show_another)") == {
        ("ANY /b/<int:key>", "ObjectDoesNotExist")
    }


def test_a_row_that_is_asked_for_and_refused_before_is_there_the_second_time() -> None:
    views = """
def send_in(request, name):
    member = Member.objects.filter(name=name).first()
    if member is None:
        raise Http404
    return Member.objects.get(name=name)

def send_in_boldly(request, name):
    club = Club.objects.filter(name=name).first()
    return Member.objects.get(name=name)
"""
    assert _told(views, "path('a/<name>', send_in), path('b/<name>', send_in_boldly)") == {
        ("ANY /b/<name>", "ObjectDoesNotExist")
    }


def test_what_leads_to_a_view_is_handed_the_parts_of_the_path() -> None:
    views = """
class Edit(View):
    def dispatch(self, request, *args, **kwargs):
        self.member = Member.objects.get(pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)
    def get(self, request, pk):
        return int(kwargs["pk"])

class Show(View):
    def get_context_data(self, **kwargs):
        return Member.objects.get(pk=kwargs["pk"])
    def get(self, request):
        return None
"""
    routes = "path('edit/<int:pk>', Edit.as_view()), path('show', Show.as_view())"
    assert _told(views, routes) == {("GET /edit/<int:pk>", "ObjectDoesNotExist")}


def test_a_row_that_is_got_by_a_key_from_a_list_of_keys_is_there() -> None:
    views = """
def renumber(request):
    for place, key in enumerate(Member.objects.filter(name=request.POST.get("name")).values_list("pk", flat=True)):
        Member.objects.get(pk=key, name=request.POST.get("name"))

def rename(request):
    for key in request.POST.getlist("key"):
        Member.objects.get(pk=key)
"""
    routes = 'path("renumber/", renumber), path("rename/", rename)'
    assert _told(views, routes) == {("ANY /rename/", "ObjectDoesNotExist"), ("ANY /rename/", "ValueError")}


def test_a_row_that_is_asked_for_by_a_part_of_what_was_sent_is_there_when_it_is_got_by_that() -> None:
    views = """
def by_part(request):
    if Member.objects.filter(name=request.POST.get("name")).exists():
        return Member.objects.get(name=request.POST.get("name"))

def by_key(request):
    if "name" in request.POST and Member.objects.filter(name=request.POST["name"]).exists():
        return Member.objects.get(name=request.POST["name"])

def by_another(request):
    if Member.objects.filter(name=request.POST.get("name")).exists():
        return Member.objects.get(name=request.POST.get("code"))
"""
    names = ("by_part", "by_key", "by_another")
    routes = ", ".join(f"path('{name}', {name})" for name in names)
    assert _told(views, routes) == {("ANY /by_another", "ObjectDoesNotExist")}


def test_a_query_of_which_a_row_was_asked_for_or_refused_has_one() -> None:
    views = """
from django.shortcuts import get_object_or_404

def refused(request, key):
    members = Member.objects.filter(name=key)
    get_object_or_404(members)
    return members.select_related("club").get()

def narrowed(request, key):
    members = Member.objects.filter(name=key)
    get_object_or_404(members)
    return members.filter(club=1).get()

def of_others(request, key):
    members = Member.objects.filter(name=key)
    get_object_or_404(Club)
    return members.get()
"""
    names = ("refused", "narrowed", "of_others")
    routes = ", ".join(f"path('{name}/<key>', {name})" for name in names)
    missing = "ObjectDoesNotExist"
    assert _told(views, routes) == {("ANY /narrowed/<key>", missing), ("ANY /of_others/<key>", missing)}

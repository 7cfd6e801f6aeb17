"""Rows that a view's class, or the view itself, has found before a hook or handler gets them by the same part of the path."""

import textwrap

from tests.paths.projects import project

MODELS = """
from django.db import models

class Shop(models.Model):
    slug = models.SlugField()

class Shelf(models.Model):
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE)
"""
VIEWS = """
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.generic import DetailView, ListView, TemplateView, UpdateView

from shop.models import Shelf, Shop

class Member:
    def dispatch(self, request, *args, **kwargs):
        slug = self.kwargs["slug"]
        try:
            Shop.objects.get(slug=slug)
        except Shop.DoesNotExist:
            raise Http404()
        return super().dispatch(request, *args, **kwargs)

class Allowed:
    def test_func(self):
        return self.found().slug != "closed"

    def found(self):
        return get_object_or_404(Shop, slug=self.kwargs["slug"])

class Named:
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["shop"] = Shop.objects.get(slug=self.kwargs["slug"])
        return context

class Listed:
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["shelf"] = Shelf.objects.get(pk=self.kwargs["number"])
        return context

"""


def _labels(views: str, **routes: str) -> list[str]:
    listed = ", ".join(f'path("{path}", views.{view}.as_view())' for view, path in routes.items())
    urls = f"from django.urls import path\n\nfrom shop import views\n\nurlpatterns = [{listed}]\n"
    files = {"shop/models.py": MODELS, "shop/views.py": VIEWS + textwrap.dedent(views), "shop/urls.py": urls}
    return sorted({one.entry.label for one in project(files).unhandled})


def test_what_dispatch_or_a_test_of_the_user_has_found_is_there_in_a_hook_and_other_rows_may_not_be() -> None:
    views = """
        class Shown(Member, Named, ListView):
            model = Shelf

        class Tried(Allowed, Named, TemplateView):
            template_name = "shop.html"

        class Bare(Named, ListView):
            model = Shelf

        class Other(Member, Listed, ListView):
            model = Shelf
    """
    told = _labels(
        views, Shown="shown/<slug:slug>", Tried="tried/<slug:slug>", Bare="bare/<slug:slug>", Other="<slug:slug>/<int:number>"
    )
    assert told == ["GET /<slug:slug>/<int:number>", "GET /bare/<slug:slug>"]


def test_a_view_has_found_its_own_row_and_what_that_leads_to_by_whatever_name_the_key_is_kept() -> None:
    views = """
        class Edited(UpdateView):
            model = Shelf

            def form_valid(self, form):
                key = self.kwargs["pk"]
                form.shop = Shop.objects.get(shelf__id=key)
                return super().form_valid(form)

        class Own(DetailView):
            model = Shop

            def get_context_data(self, **kwargs):
                key = self.kwargs["pk"]
                return {"shop": Shop.objects.get(id=key)}

        class Unlike(DetailView):
            model = Shelf

            def get_context_data(self, **kwargs):
                key = self.kwargs["pk"]
                return {"shop": Shop.objects.get(id=key)}
    """
    assert _labels(views, Edited="edited/<int:pk>", Own="own/<int:pk>", Unlike="unlike/<int:pk>") == ["GET /unlike/<int:pk>"]


def test_a_view_whose_own_get_object_answers_has_found_that_row_when_it_shows_it() -> None:
    views = """
        class ByName:
            def get_object(self):
                name = self.kwargs.get("name")
                return get_object_or_404(Shop, slug=name)

        class Shown(ByName, DetailView):
            def get_context_data(self, **kwargs):
                return {"shop": Shop.objects.get(slug=self.kwargs.get("name"))}

        class Other(ByName, DetailView):
            def get_context_data(self, **kwargs):
                return {"shelf": Shelf.objects.get(shop__slug=self.kwargs.get("name"))}
    """
    assert _labels(views, Shown="shown/<str:name>", Other="other/<str:name>") == ["GET /other/<str:name>"]


def test_a_handler_that_asks_its_base_in_the_long_form_runs_the_hooks_too() -> None:
    views = """
        class Shown(Named, ListView):
            model = Shelf

            def get(self, request, *args, **kwargs):
                return super(Shown, self).get(request)

        class Alone(Named, ListView):
            model = Shelf

            def get(self, request, *args, **kwargs):
                return HttpResponse("closed")
    """
    assert _labels(views, Shown="shown/<slug:slug>", Alone="alone/<slug:slug>") == ["GET /shown/<slug:slug>"]


def test_a_file_that_was_asked_whether_it_is_an_archive_is_one() -> None:
    views = """
        import zipfile

        class Upload(TemplateView):
            def post(self, request):
                file = request.FILES.get("file")
                if not zipfile.is_zipfile(file):
                    return None
                return zipfile.ZipFile(file).namelist()

        class Rash(TemplateView):
            def post(self, request):
                file = request.FILES.get("file")
                return zipfile.ZipFile(file).namelist()
    """
    assert _labels(views, Upload="upload", Rash="rash") == ["POST /rash"]


def test_a_row_that_a_serializer_has_looked_at_as_a_relation_is_there() -> None:
    views = """
        from rest_framework import serializers
        from rest_framework.views import APIView

        class ShelfSerializer(serializers.ModelSerializer):
            class Meta:
                model = Shelf
                fields = ["shop"]

        class Added(APIView):
            def post(self, request):
                serializer = ShelfSerializer(data=request.data)
                serializer.is_valid(raise_exception=True)
                serializer.save()
                return Shop.objects.get(id=request.data["shop"])

        class Other(APIView):
            def post(self, request):
                serializer = ShelfSerializer(data=request.data)
                serializer.is_valid(raise_exception=True)
                return Shop.objects.get(id=request.data["beside"])
    """
    assert _labels(views, Added="added", Other="other") == ["POST /other"]


def test_a_permission_has_found_what_it_asks_about() -> None:
    views = """
        from rest_framework.permissions import BasePermission
        from rest_framework.views import APIView

        class OfShop(BasePermission):
            def has_permission(self, request, view):
                return get_object_or_404(Shop, pk=view.kwargs["pk"]).slug != "closed"

        class Shown(APIView):
            permission_classes = [OfShop]

            def get(self, request, pk):
                return Shop.objects.get(pk=pk)

        class Bare(APIView):
            def get(self, request, pk):
                return Shop.objects.get(pk=pk)
    """
    assert _labels(views, Shown="shown/<int:pk>", Bare="bare/<int:pk>") == ["GET /bare/<int:pk>"]


def test_a_part_that_the_path_has_not_names_no_row_by_whatever_name_it_is_kept() -> None:
    views = """
        class Either(TemplateView):
            def get_context_data(self, **kwargs):
                number = self.kwargs["number"]
                return {"shelf": Shelf.objects.get(pk=number)}
    """
    assert _labels(views, Either="shelves/<int:number>") == ["GET /shelves/<int:number>"]
    assert _labels(views, Either="shelves/<slug:slug>") == []

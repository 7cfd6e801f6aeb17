"""Lists of paths included in every way, and REST framework's routers."""

from tests.paths.asked.application import Application

DJANGO = Application(
    "rest_framework",
    {
        "shop/__init__.py": "",
        "shop/settings.py": """
            SECRET_KEY = "x"
            ROOT_URLCONF = "shop.urls"
            INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "rest_framework"]
            DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
            MIDDLEWARE = []
            """,
        "shop/urls.py": """
            from django.urls import include, path, re_path
            from rest_framework.routers import DefaultRouter

            from shop import views
            from shop.api import OrderViewSet, ReadOnly

            router = DefaultRouter()
            router.register("orders", OrderViewSet, basename="order")
            router.register(r"reads", ReadOnly, basename="read")

            account_patterns = [
                path("login/", views.login, name="login"),
                path("form/", views.Form.as_view(), name="form"),
            ]

            urlpatterns = [
                path("api/v1/", include(router.urls)),
                path("account/", include((account_patterns, "account"))),
                path("shop/", include("shop.more")),
                re_path(r"^old/(?P<key>[0-9]+)/$", views.old),
                path("inline/", include([path("a/", views.login), path("b/", views.only_post)])),
            ]
            urlpatterns += [path("late/", views.Both.as_view())]
            """,
        "shop/more.py": """
            from django.urls import path

            from shop.views import Form

            urlpatterns = [path("more/<int:key>/", Form.as_view())]
            """,
        "shop/views.py": """
            from django.http import HttpResponse
            from django.views import View
            from django.views.decorators.http import require_GET, require_POST


            @require_GET
            def login(request):
                return HttpResponse("login")


            @require_POST
            def only_post(request):
                return HttpResponse("post")


            @require_GET
            def old(request, key):
                return HttpResponse(key)


            class Form(View):
                def get(self, request, key=None):
                    return HttpResponse("form")


            class Both(Form):
                def post(self, request):
                    return HttpResponse("both")
            """,
        "shop/api.py": """
            from rest_framework import viewsets
            from rest_framework.decorators import action
            from rest_framework.response import Response


            class ReadOnly(viewsets.ReadOnlyModelViewSet):
                lookup_field = "name"

                def list(self, request):
                    return Response([])


            class OrderViewSet(viewsets.ModelViewSet):
                http_method_names = ["get", "post", "delete"]

                @action(detail=True, methods=["post"])
                def pay(self, request, pk=None):
                    return Response({})

                @action(detail=False, url_path="summary")
                def summed(self, request):
                    return Response({})
            """,
    },
    """
import os, re
os.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings"
import django
django.setup()
from django.urls import get_resolver

def plain(pattern):
    text = str(pattern).lstrip("^")
    return re.sub(r"(\\\\Z|\\$)$", "", text)

def walk(patterns, prefix):
    for one in patterns:
        path = prefix + plain(one.pattern)
        if hasattr(one, "url_patterns"):
            walk(one.url_patterns, path)
            continue
        view = one.callback
        actions = getattr(view, "actions", None)
        if actions is not None:
            allowed = view.cls.http_method_names
            methods = [verb.upper() for verb in actions if verb in allowed]
        elif hasattr(view, "view_class"):
            methods = [verb.upper() for verb in ("get", "post") if hasattr(view.view_class, verb)]
        else:
            methods = [verb for verb in ("GET", "POST") if answers(view, verb)]
        for method in methods:
            if "format" not in path and "api-root" != one.name:
                path = re.sub(r"\\(\\?P<(\\w+)>\\[\\^/\\.\\]\\+\\)", r"{\\1}", path)
                print(method, "/" + path)

def answers(view, verb):
    from django.test import RequestFactory
    return view(getattr(RequestFactory(), verb.lower())("/"), **({"key": 1} if view.__name__ == "old" else {})).status_code == 200

walk(get_resolver().url_patterns, "")
""",
)

"""Middleware that only looks at an error, and calls that look like more than they are."""

from tests.paths.projects import project
from tests.paths.shop import app, told

VIEWS = """
from django.urls import path

def show(request):
    return request.GET["key"]

urlpatterns = [path("show", show)]
"""
LOGS = """
class Logs:
    def process_exception(self, request, error):
        log.exception("failed")
        return None
"""
ANSWERS = """
from django.http import HttpResponse

class Answers:
    def process_exception(self, request, error):
        return HttpResponse("sorry", status=500)
"""


def test_middleware_that_logs_an_error_and_hands_nothing_back_answers_nothing() -> None:
    assert [one.error for one in project({"views.py": VIEWS, "middleware.py": LOGS}).unhandled] == [
        "django.utils.datastructures.MultiValueDictKeyError"
    ]


def test_middleware_that_hands_back_an_answer_answers_every_error() -> None:
    assert list(project({"views.py": VIEWS, "middleware.py": ANSWERS}).unhandled) == []


def test_a_query_for_a_figure_always_has_a_row() -> None:
    routes = """
from sqlalchemy import func, select
from sqlalchemy.orm import Session

@app.get("/count")
def count(session: Session):
    result = session.execute(select(func.count()).where(Order.name == request.args["name"]))
    return {"count": result.scalar_one()}

@app.get("/one")
def one(session: Session):
    result = session.execute(select(Order).where(Order.name == request.args["name"]))
    return result.scalar_one()
"""
    assert [name for name in told(app(routes)) if name in ("count", "one")] == ["one"]


def test_a_package_that_is_called_by_its_name_leads_to_nobody() -> None:
    files = {"pkg/__init__.py": "", "pkg/recall/__init__.py": "", "main.py": "from pkg import recall\n\nrecall(1)\n"}
    assert project(files).graph.nodes
    assert list(project(files).questions.of(project(files).graph.nodes[0])) == []


def test_a_decorator_on_the_method_that_runs_the_handlers_answers_for_them() -> None:
    files = {
        "decorators.py": """
from django.http import JsonResponse

class answers:
    def __call__(self, function):
        def wrapped(request, *args, **kwargs):
            try:
                return function(request, *args, **kwargs)
            except Exception as error:
                return JsonResponse({"error": str(error)}, status=400)
        return wrapped
""",
        "views.py": """
from django.urls import path
from django.utils.decorators import method_decorator
from django.views import View

from decorators import answers

class Told(View):
    @method_decorator(answers())
    def dispatch(self, *args, **kwargs):
        return super().dispatch(*args, **kwargs)

    def get(self, request):
        return request.GET["key"]

class Bare(View):
    def get(self, request):
        return request.GET["key"]

urlpatterns = [path("told", Told.as_view()), path("bare", Bare.as_view())]
""",
    }
    assert [one.entry.label for one in project(files).unhandled] == ["GET /bare"]

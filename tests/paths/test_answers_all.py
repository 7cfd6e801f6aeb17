"""Handlers that a framework's settings point to, by whether they answer for every error."""

import pytest

from tests.paths.projects import project

VIEWS = """
from django.urls import path
from rest_framework.response import Response
from rest_framework.views import APIView

class Orders(APIView):
    def get(self, request):
        return Response(int(request.query_params.get("limit", 10)))

urlpatterns = [path("orders", Orders.as_view())]
"""
HANDLER = """
from rest_framework.response import Response
from rest_framework.views import exception_handler

def answer(exc, context):
{body}
"""


def errors(body: str, named: str = "shop.problems.answer") -> set[str]:
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    files = {
        "shop/urls.py": VIEWS,
        "shop/settings.py": f'REST_FRAMEWORK = {{"EXCEPTION_HANDLER": "{named}"}}',
        "shop/problems.py": HANDLER.replace("{body}", lines),
    }
    return {one.error for one in project(files).unhandled}


@pytest.mark.parametrize(
    "body",
    [
        "return Response({}, status=500)",
        "response = exception_handler(exc, context)\nif response is None:\n    return Response({}, status=500)\nreturn response",
        "response = exception_handler(exc, context)\nif response is not None:\n    return response\nreturn Response({})",
        "response = exception_handler(exc, context=context)\nreturn response or Response({})",
        "response = exception_handler(exc, context)\nif not response:\n    response = Response()\nelse:\n    0\nreturn response",
        "try:\n    response = Response(exc.body)\nexcept AttributeError:\n    response = Response({})\nreturn response",
        "for kind in KINDS:\n    if isinstance(exc, kind):\n        return Response({}, 400)\nreturn Response({}, 500)",
    ],
)
def test_a_handler_without_a_way_that_ends_without_an_answer_answers_for_all(body: str) -> None:
    assert not errors(body)


@pytest.mark.parametrize(
    "body",
    [
        "return exception_handler(exc, context)",
        "response = exception_handler(exc, context)\nif response is not None:\n    response.data = {}\nreturn response",
        "response = exception_handler(exc, context)\nif response is None and isinstance(exc, KeyError):\n"
        "    response = Response({})\nreturn response",
        "if isinstance(exc, KeyError):\n    return Response({})",
        "response = exception_handler(exc, context)\nif response is None:\n    raise exc\nreturn Response({})",
        "if DEBUG:\n    return None\nreturn Response({})",
        "response = Response({})\nif DEBUG:\n    response = None\nreturn response",
        "try:\n    response = Response(exc.body)\nexcept AttributeError:\n    pass\nreturn response",
        "while exc:\n    return Response({})",
    ],
)
def test_a_handler_that_leaves_errors_to_others_answers_for_none_of_them(body: str) -> None:
    assert errors(body) == {"ValueError"}


def test_a_handler_of_a_library_may_be_known_to_answer_for_all() -> None:
    assert not errors("return None", "drf_standardized_errors.handler.exception_handler")
    assert errors("return None", "another_library.handler.exception_handler") == {"ValueError"}

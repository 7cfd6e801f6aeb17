"""Who answers errors, where the types are not written at the registration itself."""

import pytest

from tests.paths.projects import project

FLASK = """
from flask import Flask

class Gone(Exception): ...
class Full(Exception): ...
class Late(Exception): ...

ANSWERS = {Gone: 404, Full: 409}
PAIRS = [(Gone, 404), (Full, 409)]

def answer_with(status):
    def answer(error):
        return str(error), status
    return answer

def register(app):
    LOOP

app = Flask(__name__)
register(app)

@app.get("/")
def home(): ...
"""


@pytest.mark.parametrize(
    "loop",
    [
        "for kind, status in ANSWERS.items(): app.register_error_handler(kind, answer_with(status))",
        "for kind in ANSWERS: app.register_error_handler(kind, answer_with(ANSWERS[kind]))",
        "for kind, status in PAIRS: app.register_error_handler(kind, answer_with(status))",
        "for kind in (Gone, Full): app.register_error_handler(kind, answer_with(400))",
    ],
)
def test_types_may_be_registered_in_a_loop(loop: str) -> None:
    (entry,) = project({"app.py": FLASK.replace("LOOP", loop)}).entries
    assert {"app.Gone", "app.Full"} <= entry.answered
    assert "app.Late" not in entry.answered


def test_a_handler_that_the_settings_name_may_go_through_a_table_of_types() -> None:
    files = {
        "shop/problems.py": """
            from rest_framework.response import Response

            class Taken(Exception): ...
            class Ill(Exception): ...

            ANSWERS = {Taken: 409}

            def handle(exc, context):
                for kind, code in ANSWERS.items():
                    if isinstance(exc, kind):
                        return Response({}, status=code)
                return None
            """,
        "shop/settings.py": 'REST_FRAMEWORK = {"EXCEPTION_HANDLER": "shop.problems.handle"}',
        "shop/urls.py": """
            from django.urls import path
            from rest_framework.views import APIView

            class Orders(APIView):
                def get(self, request): ...

            urlpatterns = [path("orders", Orders.as_view())]
            """,
    }
    (entry,) = project(files).entries
    assert "shop.problems.Taken" in entry.answered
    assert "shop.problems.Ill" not in entry.answered


def test_a_helper_may_register_a_handler_with_several_applications() -> None:
    text = """
from fastapi import APIRouter, FastAPI

router = APIRouter()

@router.get("/orders")
def orders(page: str): ...

def add_handlers(app: FastAPI) -> None:
    @app.exception_handler(ValueError)
    async def on_error(request, error): ...

def first():
    app = FastAPI()
    add_handlers(app)
    app.include_router(router)
    return app

def second():
    app = FastAPI()
    add_handlers(app)
    app.include_router(router, prefix="/shop")
    return app
"""
    entries = project({"app.py": text}).entries
    assert [(entry.route.path, "ValueError" in entry.answered) for entry in entries if entry.route is not None] == [
        ("/orders", True),
        ("/shop/orders", True),
    ]

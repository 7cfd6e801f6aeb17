"""Projects that lie in folders: called what no module can be, or beside others whose packages are called the same."""

from tests.paths.projects import project, table


def _shop(folder: str, view: str) -> dict[str, str]:
    return {
        f"{folder}/shop/__init__.py": "",
        f"{folder}/shop/urls.py": f"""
            from django.urls import path
            from .pages import views

            urlpatterns = [path("{view}/", views.{view})]
        """,
        f"{folder}/shop/pages/__init__.py": "",
        f"{folder}/shop/pages/views.py": f"def {view}(request):\n    return answer(request)\n",
    }


def test_below_such_a_folder_a_relative_import_leads_to_its_neighbour() -> None:
    assert table(_shop("back-end", "order")) == [("ANY", "/order/", "pages.views.order")]
    assert table(_shop("apps/2.1", "order")) == [("ANY", "/order/", "pages.views.order")]


def test_of_two_such_folders_each_has_its_own() -> None:
    assert table(_shop("back-end", "order") | _shop("front-end", "stock")) == [
        ("ANY", "/order/", "pages.views.order"),
        ("ANY", "/stock/", "pages.views.stock"),
    ]


MAIN = """
from fastapi import FastAPI
from app.routes import router

app = FastAPI()
app.include_router(router, prefix="/v1")
"""


def _service(folder: str, package: str, name: str, made: str) -> dict[str, str]:
    routes = f"""
        from fastapi import APIRouter
        from {package}store import find

        router = APIRouter()

        @router.get("/{name}")
        def {name}(key: str) -> int:
            return find(key)
    """
    inside = package.replace(".", "/")
    return {
        f"{folder}/main.py": MAIN.replace("app.routes", f"{package}routes"),
        f"{folder}/{inside}routes.py": routes,
        f"{folder}/{inside}store.py": f"def find(key):\n    return {made}\n",
    }


def test_of_two_services_whose_packages_are_called_the_same_each_imports_its_own() -> None:
    files = _service("orders", "app.", "order", "0") | _service("stock", "app.", "level", "int(key)")
    files |= {"orders/app/__init__.py": "", "stock/app/__init__.py": ""}
    assert [path for _, path, _ in table(files)] == ["/v1/level", "/v1/order"]
    assert [one.entry.label for one in project(files).unhandled] == ["GET /v1/level"]


def test_modules_that_lie_beside_each_other_in_a_folder_find_each_other() -> None:
    files = _service("my-app/back", "", "level", "int(key)")
    assert [path for _, path, _ in table(files)] == ["/v1/level"]
    assert [one.entry.label for one in project(files).unhandled] == ["GET /v1/level"]


def test_what_a_folder_calls_like_a_part_of_python_does_not_hide_it() -> None:
    files = {
        "back/app.py": """
            import json
            from flask import Flask, request

            app = Flask(__name__)

            @app.get("/a")
            def a():
                return json.loads(request.data)
        """,
        "back/json.py": "def loads(text):\n    return text\n",
    }
    assert [one.error.rpartition(".")[2] for one in project(files).unhandled] == ["JSONDecodeError"]

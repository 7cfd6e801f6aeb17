"""Projects that lie in folders called what no module can be."""

from tests.paths.projects import table


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

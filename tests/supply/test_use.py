"""How code uses its dependencies: who imports what, and what deptry says of the same tree with everything installed."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.facts.discover import discover
from auditor.facts.screen import screen
from auditor.facts.source import normalise
from auditor.knowledge.packages import purposes, silent
from auditor.model.inventory import Inventory, Use
from auditor.run.stand import inventory_of
from auditor.supply.audit import audit
from auditor.supply.options import SupplyOptions
from auditor.supply.use.imports import uses
from auditor.supply.use.inventory import inventory
from tests.house.tree import PROJECT


def seen(files: dict[str, str]) -> set[tuple[str, str]]:
    """File and outside module of every import."""
    return {(use.path, use.module) for use in uses({path: screen(path, text.encode()).facts for path, text in files.items()})}


def test_the_trees_own_modules_and_pythons_are_not_outside() -> None:
    files = {
        "manage.py": "import os, settings\nfrom shop.pay import total\nimport requests\n",
        "settings.py": "",
        "shop/__init__.py": "",
        "shop/pay.py": "from . import tax\nfrom .tax import rate\nimport shop.tax\nfrom google.cloud import storage\n",
        "shop/tax.py": "import tomllib, distutils\n",
        "backend/app/__init__.py": "import app.views\nimport lib_of_ours.x\n",
        "backend/lib_of_ours/x.py": "",
    }
    assert seen(files) == {("manage.py", "requests"), ("shop/pay.py", "google.cloud.storage")}


def test_a_module_beside_a_script_is_its_own_and_beside_a_package_module_it_is_not() -> None:
    files = {"tool/requests.py": "", "tool/run.py": "import requests\n"}
    files |= {"shop/__init__.py": "", "shop/requests.py": "", "shop/pay.py": "import requests\n"}
    assert seen(files) == {("shop/pay.py", "requests")}


LOCK = """\
version = 1
[[package]]
name = "flask"
version = "3.1.0"
dependencies = [{ name = "jinja2" }]
[[package]]
name = "jinja2"
version = "3.1.2"
dependencies = [{ name = "markupsafe" }]
[[package]]
name = "markupsafe"
version = "3.0.2"
[[package]]
name = "google-cloud-storage"
version = "2.19"
"""
TREE = {
    "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["flask", "google-cloud-storage", "idle"]\n',
    "uv.lock": LOCK,
    "shop/__init__.py": "",
    "shop/pages.py": "import flask\nimport jinja2\n",
    "shop/store.py": "import google.cloud.storage\nimport nowhere\n",
    "tests/test_pages.py": "import markupsafe\nimport other\n",
}


def test_packages_know_who_imports_them_or_what_brings_them() -> None:
    found = inventory_of(TREE)
    files = {one.name: one.imported_by for one in found.packages}
    assert files == {
        "flask": ("shop/pages.py",), "jinja2": ("shop/pages.py",), "markupsafe": ("shop/pages.py",),
        "google-cloud-storage": ("shop/store.py",), "idle": (),
    }  # fmt: skip
    assert [one.package.name for one in found.unused or ()] == ["idle"]
    assert [(one.module, one.uses[0].path) for one in found.missing or ()] == [("nowhere", "shop/store.py")]
    assert [(one.package, one.brought_by) for one in found.transitive or ()] == [("jinja2", ("flask",))]


@pytest.mark.parametrize(("reached", "told"), [(None, None), (("shop/pages.py",), True), ((), False)])
def test_a_package_is_reached_where_a_file_that_imports_it_is(
    tmp_path: Path, reached: tuple[str, ...] | None, told: bool | None
) -> None:
    (tmp_path / "requirements.txt").write_text("flask==3.1.0\n")
    supply = audit(tmp_path, SupplyOptions(offline=True))
    (flask,) = inventory(supply, tmp_path, (Use("flask", "shop/pages.py", 1),), reached=reached).packages
    assert flask.reached is told


def test_what_nobody_read_is_unknown_and_not_empty(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("flask==3.1.0\n")
    found = inventory(audit(tmp_path, SupplyOptions(offline=True)), tmp_path, None)
    assert (found.unused, found.missing, found.transitive, found.packages[0].imported_by) == (None, None, None, None)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("shop/settings.py", 'INSTALLED_APPS = ["import_export"]\n'),
        ("shop/urls.py", 'URL = "import_export+file://x"\n'),
        ("Dockerfile", "CMD import_export serve\n"),
        ("tox.ini", "[testenv]\ncommands = import_export\n"),
    ],
)
def test_a_package_that_is_named_where_it_is_started_or_set_is_used(path: str, text: str) -> None:
    files = {"requirements.txt": "django-import-export==4.0\n", "shop/a.py": "import os\n", path: text}
    assert inventory_of(files).unused == ()


def test_modules_that_the_settings_name_are_believed(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("internal-client==1.0\n")
    supply = audit(tmp_path, SupplyOptions(offline=True))
    used = (Use("acme.client.api", "shop/a.py", 1),)
    found = inventory(supply, tmp_path, used, told={"internal-client": ("acme.client",)})
    assert (found.unused, found.missing) == ((), ())


def test_the_tables_name_packages_as_the_index_compares_them() -> None:
    names = [name for purpose in purposes() for name in purpose.packages]
    assert [name for name in names if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []
    assert all(set(group) <= set(purpose.packages) for purpose in purposes() for group in purpose.goes_with)
    assert silent("gunicorn")
    assert silent("types-requests")


def ours() -> Inventory:
    """This project itself, as its own audit sees it, tests and shelves left out."""
    leave = ("tests/", "rules/", "reports/")
    files = discover(PROJECT, (*leave, ".venv/")).files
    facts = {path: screen(path, normalise((PROJECT / path).read_bytes())).facts for path in files}
    supply = audit(PROJECT, SupplyOptions(offline=True, exclude=(".venv/",)))
    return inventory(supply, PROJECT, uses(facts), leave)


def test_of_this_project_deptry_says_the_same(tmp_path: Path) -> None:
    """deptry asks the installed packages for their modules; we have only the names and a table."""
    out = tmp_path / "deptry.json"
    leave = [word for name in ("tests", "rules", "reports", ".venv") for word in ("--extend-exclude", f"^{re.escape(name)}/")]
    command = [sys.executable, "-m", "deptry", ".", "--json-output", str(out), *leave]
    subprocess.run(command, cwd=PROJECT, capture_output=True, check=False, timeout=120)
    theirs = [(row["error"]["code"], row["module"]) for row in json.loads(out.read_text())]
    found = ours()
    unused = {module for code, module in theirs if code == "DEP002"}
    assert {one.package.name for one in found.unused or ()} <= unused
    assert {module for code, module in theirs if code == "DEP001"} == {one.module for one in found.missing or ()}

"""Locks of every kind: versions, who brings whom, production or not; and what is broken is said with file and line."""

import json
from pathlib import Path

import pytest

from auditor.model.inventory import Package
from auditor.supply.packages import packages
from auditor.supply.stock import stock
from auditor.supply.ways.chains import chains
from tests.supply.test_manifests import laid

ASKS = '[project]\nname = "shop"\ndependencies = ["flask"]\n[dependency-groups]\ndev = ["pytest"]\n'
POETRY = """\
[[package]]
name = "flask"
version = "3.1.0"
groups = ["main"]
[package.dependencies]
Jinja2 = ">=3.1.2"
Werkzeug = {version = ">=3.1", markers = "python_version > '3.8'"}

[[package]]
name = "jinja2"
version = "3.1.2"
groups = ["main", "dev"]

[[package]]
name = "werkzeug"
version = "3.1.3"
groups = ["main"]

[[package]]
name = "pytest"
version = "8.3.4"
groups = ["dev"]

[metadata]
lock-version = "2.1"
"""
UV = """\
version = 1
[[package]]
name = "shop"
version = "0.1.0"
source = { virtual = "." }
dependencies = [{ name = "flask" }]
[[package]]
name = "flask"
version = "3.1.0"
source = { registry = "https://example.com/simple" }
dependencies = [{ name = "jinja2" }, { name = "werkzeug" }]
[[package]]
name = "jinja2"
version = "3.1.2"
[[package]]
name = "werkzeug"
version = "3.1.3"
[[package]]
name = "pytest"
version = "8.3.4"
"""
PDM = """\
[metadata]
lock_version = "4.5.0"
[[package]]
name = "flask"
version = "3.1.0"
groups = ["default"]
dependencies = ["Jinja2>=3.1.2", "Werkzeug>=3.1"]
[[package]]
name = "jinja2"
version = "3.1.2"
groups = ["default"]
[[package]]
name = "werkzeug"
version = "3.1.3"
groups = ["default"]
[[package]]
name = "pytest"
version = "8.3.4"
groups = ["dev"]
"""
PYLOCK = 'lock-version = "1.0"\n' + UV.partition("version = 1\n")[2].replace("[[package]]", "[[packages]]").replace(
    'source = { virtual = "." }\n', 'directory = { path = ".", editable = true }\n'
)
PIPFILE = json.dumps(
    {
        "default": {"flask": {"version": "==3.1.0"}, "jinja2": {"version": "==3.1.2"}, "werkzeug": {"version": "==3.1.3"}},
        "develop": {"pytest": {"version": "==8.3.4"}, "jinja2": {"version": "==3.1.2"}},
    },
    indent=1,
)
LOCKS = {"poetry.lock": POETRY, "uv.lock": UV, "pdm.lock": PDM, "pylock.toml": PYLOCK, "Pipfile.lock": PIPFILE}
EXPECTED = {
    ("flask", "3.1.0", True, True),
    ("jinja2", "3.1.2", False, True),
    ("werkzeug", "3.1.3", False, True),
    ("pytest", "8.3.4", True, False),
}


def read(root: Path) -> tuple[Package, ...]:
    return packages(stock(root))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_of_every_kind_says_the_same_of_the_same_project(tmp_path: Path, name: str) -> None:
    laid(tmp_path, {"pyproject.toml": ASKS, name: LOCKS[name]})
    found = read(tmp_path)
    assert {(one.name, one.version, one.direct, one.production) for one in found} == EXPECTED
    assert stock(tmp_path).skipped == ()
    if name != "Pipfile.lock":
        assert {one.name: one.brought_by for one in found if not one.direct} == {"jinja2": ("flask",), "werkzeug": ("flask",)}
        assert chains(found, "werkzeug") == (("flask", "werkzeug"),)


def test_what_each_allows_is_known_where_the_lock_says_it(tmp_path: Path) -> None:
    laid(tmp_path, {"pyproject.toml": ASKS, "poetry.lock": POETRY})
    (flask,) = (one for one in read(tmp_path) if one.name == "flask")
    assert flask.needs == (("jinja2", ">=3.1.2"), ("werkzeug", ">=3.1"))


def test_what_an_extra_for_production_brings_is_production_though_the_lock_names_another_group(tmp_path: Path) -> None:
    asks = '[project]\nname = "shop"\n[project.optional-dependencies]\npay = ["flask"]\n'
    laid(tmp_path, {"pyproject.toml": asks, "pdm.lock": PDM.replace('groups = ["default"]', 'groups = ["pay"]')})
    assert {one.name: one.production for one in read(tmp_path)} == {
        "flask": True, "jinja2": True, "werkzeug": True, "pytest": False,
    }  # fmt: skip


def test_what_comes_from_elsewhere_is_not_audited_and_says_why(tmp_path: Path) -> None:
    own = '[[package]]\nname = "acme"\nversion = "1.0"\n[package.source]\ntype = "git"\nurl = "https://example.com/a.git"\n[metadata]\n'
    laid(tmp_path, {"poetry.lock": own})
    assert [(one.name, one.note) for one in read(tmp_path)] == [
        ("acme", "it comes from version control, and advisories speak of releases")
    ]


def test_two_locks_with_two_versions_are_two_packages(tmp_path: Path) -> None:
    laid(tmp_path, {"a/uv.lock": UV, "b/uv.lock": UV.replace("3.1.2", "3.1.6")})
    assert [one.version for one in read(tmp_path) if one.name == "jinja2"] == ["3.1.2", "3.1.6"]


@pytest.mark.parametrize(
    ("name", "text", "place", "word"),
    [
        ("poetry.lock", "<<<<<<< HEAD\n", "poetry.lock:1", "TOML"),
        ("uv.lock", "version = 1\n[[package]]\nversion = '1'\n", "uv.lock:2", "without a name"),
        ("pylock.toml", "x = 1\n", "pylock.toml", "no [[packages]]"),
        ("Pipfile.lock", '{"default": {', "Pipfile.lock:1", "JSON"),
        ("Pipfile.lock", '{"default": {\n "flask": {}}}', "Pipfile.lock:2", "no version"),
        ("Pipfile.lock", "[]", "Pipfile.lock", "neither"),
    ],
)
def test_a_broken_lock_is_told_with_file_and_line_and_the_rest_is_read(
    tmp_path: Path, name: str, text: str, place: str, word: str
) -> None:
    laid(tmp_path, {name: text, "requirements.txt": "jinja2==3.1.6\n"})
    (skip,) = stock(tmp_path).skipped
    assert skip.path.startswith(place)
    assert word in skip.reason
    assert [(one.name, one.version) for one in read(tmp_path)][-1] == ("jinja2", "3.1.6")


def test_a_compiled_file_tells_what_is_there_for_the_sake_of_others(tmp_path: Path) -> None:
    text = (
        "flask==3.1.0\n    # via -r requirements.in\njinja2==3.1.2\n    # via flask\nmarkupsafe==3.0.2  # via jinja2, werkzeug\n"
        "werkzeug==3.1.3\n    # via\n    #   -r requirements.in\n    #   flask\n"
    )
    laid(tmp_path, {"requirements.txt": text, "requirements.in": "flask\nwerkzeug\n"})
    found = {one.name: (one.version, one.direct, one.brought_by) for one in read(tmp_path)}
    assert found == {
        "flask": ("3.1.0", True, ()), "jinja2": ("3.1.2", False, ("flask",)),
        "markupsafe": ("3.0.2", False, ("jinja2", "werkzeug")),
        "werkzeug": ("3.1.3", True, ()),
    }  # fmt: skip


def test_an_installed_environment_gives_versions_licences_and_modules(tmp_path: Path) -> None:
    info = "lib/python3.12/site-packages/PyYAML-6.0.2.dist-info"
    head = "Metadata-Version: 2.4\nName: PyYAML\nVersion: 6.0.2\nLicense: MIT\nRequires-Dist: extra-only; extra == 'x'\n\ntext\n"
    files = {
        "requirements.txt": "pyyaml\n",
        f"env/{info}/METADATA": head,
        f"env/{info}/RECORD": "yaml/__init__.py,,\n_yaml/__init__.py,,\n",
    }
    laid(tmp_path, files)
    found = stock(tmp_path, ("env/",), tmp_path / "env")
    assert [(one.name, one.version, one.licence) for one in packages(found)] == [("pyyaml", "6.0.2", "MIT")]
    assert [(one.modules, one.needs) for one in found.pinned] == [(("_yaml", "yaml"), ())]

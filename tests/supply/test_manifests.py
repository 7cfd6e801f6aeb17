"""Manifests of every kind: what they ask for, on which line, for production or not; and what can not be read is said."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.supply.manifests.poetry import specifier_of
from auditor.supply.packages import packages
from auditor.supply.stock import is_manifest, stock

Row = tuple[str, str, bool, str, int]


def laid(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def asked(root: Path) -> list[Row]:
    """Name, specifier, production, manifest and line of every demand."""
    return [(one.name, one.specifier, one.production, one.manifest, one.line) for one in stock(root).demands]


def told(root: Path) -> list[tuple[str, str]]:
    return [(skip.path, skip.reason) for skip in stock(root).skipped]


LINKS = "".join(f"{new}: &{new} [*{old}, *{old}]\n" for old, new in pairwise("abcdefghijklmnopqrstuv"))
BOMB = f"a: &a [x, x]\n{LINKS}dependencies: [{{pip: [*v]}}]\n"
PROJECT = """\
[project]
name = "Shop"
dependencies = [
    "Flask>=3.0",
    "shop[pay]",
]
[project.optional-dependencies]
pay = ["stripe==11.3.0"]
dev = ["ruff"]
[dependency-groups]
test = ["pytest>=8", {include-group = "lint"}]
lint = ["mypy"]
"""
POETRY = """\
[tool.poetry]
name = "shop"
[tool.poetry.dependencies]
python = "^3.11"
django = "^4.2.1"
requests = {version = "~2.31", extras = ["socks"]}
celery = {git = "https://example.com/celery.git", rev = "abc"}
[tool.poetry.group.docs.dependencies]
sphinx = "*"
"""


def test_pyproject_with_extras_and_groups(tmp_path: Path) -> None:
    laid(tmp_path, {"pyproject.toml": PROJECT})
    assert asked(tmp_path) == [
        ("flask", ">=3.0", True, "pyproject.toml", 4),
        ("mypy", "", False, "pyproject.toml", 12),
        ("pytest", ">=8", False, "pyproject.toml", 11),
        ("ruff", "", False, "pyproject.toml", 9),
        ("stripe", "==11.3.0", True, "pyproject.toml", 8),
    ]
    assert told(tmp_path) == []


def test_poetry_with_groups_and_its_short_forms(tmp_path: Path) -> None:
    laid(tmp_path, {"pyproject.toml": POETRY})
    assert asked(tmp_path) == [
        ("celery", "", True, "pyproject.toml", 7),
        ("django", "<5,>=4.2.1", True, "pyproject.toml", 5),
        ("requests", "<2.32,>=2.31", True, "pyproject.toml", 6),
        ("sphinx", "", False, "pyproject.toml", 9),
    ]


@pytest.mark.parametrize(
    ("written", "means"),
    [("^1.2.3", "<2,>=1.2.3"), ("^0.2.3", "<0.3,>=0.2.3"), ("^0.0.3", "<0.0.4,>=0.0.3"), ("^0", "<1,>=0"),
     ("~1.2.3", "<1.3,>=1.2.3"), ("~1", "<2,>=1"), ("1.*", "==1.*"),
     ("*", ""), ("1.2.3", "==1.2.3"), (">=1,<2", "<2,>=1"), ("~=1.4", "~=1.4"),
     ("^1 || ^2", "")],
)  # fmt: skip
def test_a_short_form_means_what_poetry_says(written: str, means: str) -> None:
    assert str(specifier_of(written)) == means


def test_pdm_hatch_and_uv_keep_development_in_tables_of_their_own(tmp_path: Path) -> None:
    text = '[tool.pdm.dev-dependencies]\ntest = ["pytest"]\n[tool.hatch.envs.lint]\ndependencies = ["ruff"]\n'
    laid(tmp_path, {"pyproject.toml": f'{text}[tool.uv]\ndev-dependencies = ["mypy"]\n'})
    assert [(name, production) for name, _, production, _, _ in asked(tmp_path)] == [
        ("mypy", False),
        ("pytest", False),
        ("ruff", False),
    ]


def test_requirements_with_all_that_pip_allows(tmp_path: Path) -> None:
    text = (
        "# a comment\nflask==3.1.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\nuvloop==0.21 ; sys_platform != 'win32'\n"
        "-c limits.txt\ncelery\n-r more.txt\n-e git+https://example.com/a.git@main#egg=acme\n-e .\n--index-url https://example.com/\n"
        "pay @ https://example.com/pay-1.0-py3-none-any.whl#sha256=aa\nhttps://example.com/wheels/tax-2.1-py3-none-any.whl\n./vendored/own\n"
    )
    laid(tmp_path, {"requirements.txt": text, "limits.txt": "celery==5.4.0\nnobody==1\n", "more.txt": "redis>=5\n"})
    assert [(name, version, line) for name, version, _, _, line in asked(tmp_path)] == [
        ("acme", "", 9), ("celery", "", 7), ("flask", "==3.1.0", 2), ("pay", "", 12), ("redis", ">=5", 1), ("tax", "", 13),
        ("uvloop", "==0.21", 5),
    ]  # fmt: skip
    versions = {one.name: one.version for one in packages(stock(tmp_path))}
    assert versions == {"acme": "", "celery": "5.4.0", "flask": "3.1.0", "pay": "", "redis": "", "tax": "", "uvloop": "0.21"}
    assert told(tmp_path) == []


def test_a_requirements_file_that_includes_itself_is_told_and_read_once(tmp_path: Path) -> None:
    laid(
        tmp_path,
        {
            "requirements.txt": "flask==3.1.0\n-r requirements.txt\n",
            "requirements/a.txt": "-r b.txt\nx==1\n",
            "requirements/b.txt": "-r a.txt\n",
        },
    )
    assert {name for name, *_ in asked(tmp_path)} == {"flask", "x"}
    assert ("requirements.txt:2", "includes itself") in told(tmp_path)
    assert any(path.startswith("requirements/b.txt:1") and "which includes it" in reason for path, reason in told(tmp_path))


def test_includes_do_not_lead_out_of_the_tree(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("stolen==1\n")
    root = laid(
        tmp_path / "shop", {"requirements.txt": "-r ../secret.txt\n-r /etc/passwd\n-r https://example.com/x.txt\nflask==3\n"}
    )
    assert [name for name, *_ in asked(root)] == ["flask"]
    assert [path for path, _ in told(root)] == ["requirements.txt:1", "requirements.txt:2", "requirements.txt:3"]


def test_a_link_out_of_the_tree_is_not_followed(tmp_path: Path) -> None:
    laid(tmp_path, {"outside/secret.txt": "stolen==1\n"})
    root = laid(tmp_path / "shop", {"requirements.txt": "-r link/secret.txt\nflask==3\n"})
    (root / "link").symlink_to(tmp_path / "outside")
    assert [name for name, *_ in asked(root)] == ["flask"]
    assert told(root) == [("requirements.txt:1", "includes link/secret.txt, which is not in the project")]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pyproject.toml", "a" + ".b" * 100_000 + " = 1\n"),
        ("uv.lock", "a" + ".b" * 100_000 + " = 1\n"),
        ("pyproject.toml", "[tool.poetry.dependencies]\nx = '1" + " " * 100_000 + "'\n"),
        ("environment.yml", BOMB),
        ("setup.py", "setup(install_requires=" + "[" * 5000 + "]" * 5000 + ")\n"),
        ("Pipfile.lock", '{"default":' + "[" * 100_000),
    ],
)
def test_a_file_made_to_choke_on_is_told_and_nothing_more(tmp_path: Path, path: str, text: str) -> None:
    laid(tmp_path, {path: text, "requirements.txt": "jinja2==3.1.6\n"})
    assert {skip.path.partition(":")[0] for skip in stock(tmp_path).skipped} == {path}
    assert "jinja2" in {name for name, *_ in asked(tmp_path)}


def test_setup_cfg_and_a_static_setup_py_are_read_and_never_run(tmp_path: Path) -> None:
    code = (
        "import os\nfrom setuptools import setup\nopen('ran', 'w')\nNEEDS = ['redis>=5']\n"
        "setup(name='shop', install_requires=NEEDS + ['flask'], extras_require={'dev': ['ruff'], 'pay': ['stripe==1']})\n"
    )
    laid(tmp_path, {"setup.py": code, "setup.cfg": "[options]\ninstall_requires =\n    celery>=5\n    # none\n"})
    assert [(name, production, file, line) for name, _, production, file, line in asked(tmp_path)] == [
        ("celery", True, "setup.cfg", 3), ("flask", True, "setup.py", 5), ("redis", True, "setup.py", 4),
        ("ruff", False, "setup.py", 5), ("stripe", True, "setup.py", 5),
    ]  # fmt: skip
    assert not (tmp_path / "ran").exists()


def test_what_a_setup_py_works_out_is_told_with_its_line(tmp_path: Path) -> None:
    laid(tmp_path, {"setup.py": "from setuptools import setup\nsetup(\n    install_requires=fetch(),\n)\n"})
    assert told(tmp_path) == [("setup.py:3", "install_requires is worked out when it runs, and it is not run")]


def test_conda_names_its_own_packages_and_those_of_pip(tmp_path: Path) -> None:
    text = "name: shop\ndependencies:\n  - python=3.12\n  - conda-forge::numpy=1.26.4\n  - pip:\n    - flask==3.1.0\n"
    laid(tmp_path, {"environment.yml": text})
    found = {one.name: one for one in packages(stock(tmp_path))}
    assert found["flask"].version == "3.1.0"
    assert "conda" in found["numpy"].note


@pytest.mark.parametrize(
    ("path", "text", "place", "word"),
    [
        ("pyproject.toml", "[project\nname = 1", "pyproject.toml:1", "TOML"),
        ("pyproject.toml", '[project]\ndependencies = ["flask", "=="]\n', "pyproject.toml:2", "is no requirement"),
        ("pyproject.toml", "[project]\ndependencies = [1]\n", "pyproject.toml", "holds a int"),
        ("requirements.txt", "flask==3.1.0\n???\n", "requirements.txt:2", "is no requirement"),
        ("setup.py", "def (:\n", "setup.py:1", "is not valid Python"),
        ("setup.cfg", "no section\n", "setup.cfg:1", "settings file"),
        ("environment.yml", "a: [b\nc: d\n", "environment.yml:2", "YAML"),
        ("Pipfile", "= 1\n", "Pipfile:1", "TOML"),
    ],
)
def test_what_is_broken_is_told_with_file_and_line_and_the_rest_is_read(
    tmp_path: Path, path: str, text: str, place: str, word: str
) -> None:
    laid(tmp_path, {path: text, "requirements/live.txt": "jinja2==3.1.6\n"})
    (skip,) = stock(tmp_path).skipped
    assert skip.path.startswith(place)
    assert word in skip.reason
    assert "jinja2" in {name for name, *_ in asked(tmp_path)}


@pytest.mark.parametrize(
    ("path", "own"),
    [("requirements.txt", True), ("requirements/base.txt", True), ("dev-requirements.txt", True),
     ("backend/pyproject.toml", True), ("pylock.prod.toml", True), ("docs/notes.txt", False),
     ("examples/app/requirements.txt", False),
     ("vendor/x/pyproject.toml", False), ("a/b/c/d/e/pyproject.toml", False)],
)  # fmt: skip
def test_a_manifest_is_known_by_its_path(path: str, own: bool) -> None:
    assert is_manifest(path) is own


@given(st.text(max_size=200))
def test_no_text_makes_a_reader_fail(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    root = tmp_path_factory.mktemp("any")
    names = (
        "pyproject.toml",
        "requirements.txt",
        "setup.py",
        "setup.cfg",
        "environment.yml",
        "Pipfile",
        "Pipfile.lock",
        "uv.lock",
    )
    for name in names:
        (root / name).write_text(text, encoding="utf-8", errors="replace")
    packages(stock(root))


def test_a_manifest_that_is_a_link_is_never_passed_over_in_silence(tmp_path: Path) -> None:
    root, outside = tmp_path / "shop", tmp_path / "outside.txt"
    (root / "infra").mkdir(parents=True)
    outside.write_text("flask==1.0\n")
    (root / "requirements.txt").symlink_to(outside)
    (root / "requirements-dev.txt").symlink_to("infra/pinned.lst")
    (root / "infra" / "pinned.lst").write_text("django==1.0\n")
    (root / "requirements-test.txt").symlink_to("infra/requirements.txt")
    (root / "infra" / "requirements.txt").write_text("pytest==8.0\n")
    found = stock(root)
    assert {one.path: one.reason for one in found.skipped} == {
        "requirements.txt": "link out of the tree, not followed",
        "requirements-dev.txt": "is a link to infra/pinned.lst, which is no manifest by its name: not read",
    }
    assert [one.name for one in found.demands] == ["pytest"]

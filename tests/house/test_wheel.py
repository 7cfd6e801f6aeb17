"""The wheel is whole: built, unpacked, installed and run away from the checkout."""

import ast
import importlib.metadata
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from tests.cli.command import GRAVE, fill, surroundings
from tests.house.tree import PROJECT, imports, python

NOT_IMPORTED = {"pip-audit", "psycopg", "pyarrow"}
"""Dependencies that are run, or that another library loads."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as the build back end makes it."""
    folder = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(PROJECT)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh virtual environment with the wheel; the dependencies are those of the environment that runs the tests."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(place, with_pip=False)
    python = place / "bin" / "python"
    words = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(words, check=True)
    (packages,) = (place / "lib").glob("python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return place


def run(place: Path, *words: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    """The installed command, in a folder that has nothing to do with the checkout."""
    command = [str(place / "bin" / "auditor"), *words]
    return subprocess.run(command, cwd=cwd, env=surroundings(cwd), capture_output=True, text=True, check=False)


def test_it_holds_every_file_of_the_package_the_rules_and_the_reports(wheel: Path) -> None:
    there = {
        (Path("auditor") / file.relative_to(root)).as_posix()
        for root in (PROJECT / "auditor", PROJECT)
        for file in root.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and (root != PROJECT or on_shelf(file))
    }
    held = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("auditor/")}
    assert held == there


def on_shelf(file: Path) -> bool:
    return file.relative_to(PROJECT).parts[0] in ("rules", "reports")


def test_nothing_generic_lands_in_site_packages(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not re.fullmatch(r"auditor-[^/]+\.dist-info", top)} == {"auditor"}


def test_the_installed_command_knows_its_version_and_all_rules(installed: Path, tmp_path: Path) -> None:
    assert "auditor" in run(installed, "--version", cwd=tmp_path).stdout
    told = run(installed, "rules", cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    assert len(told.stdout.splitlines()) == len([f for f in python("rules") if f.name != "__init__.py"])


def test_the_installed_command_audits_from_any_folder(installed: Path, tmp_path: Path) -> None:
    shop = fill(tmp_path / "shop", {"login.py": GRAVE})
    words = [word for name in ("html", "json", "sarif", "md") for word in ("--output", f"r.{name}")]
    done = run(installed, "audit", "shop", "--no-deps", *words, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "security/todo" in done.stdout
    assert all((tmp_path / f"r.{name}").is_file() for name in ("html", "json", "sarif", "md"))
    assert not (shop / "__pycache__").exists()


def test_what_it_imports_is_what_it_declares() -> None:
    pyproject = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    project = pyproject["project"]
    extras = (text for name, texts in project["optional-dependencies"].items() if name != "test" for text in texts)
    declared = {normal(re.split(r"[<>=!~\[; ]", text)[0]) for text in (*project["dependencies"], *extras)}
    owners = importlib.metadata.packages_distributions()
    used = {
        normal(owners[top][0])
        for file in python("auditor", "rules", "reports")
        for top in (name.partition(".")[0] for name in imports(file))
        if top not in sys.stdlib_module_names and top != "auditor"
    }
    assert used - declared == set(), "imported and not declared"
    assert declared - used - NOT_IMPORTED == set(), "declared and not imported"


def normal(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_version_is_said_once() -> None:
    (line,) = [node for node in ast.parse((PROJECT / "auditor" / "__init__.py").read_text()).body if isinstance(node, ast.Assign)]
    assert ast.unparse(line).startswith("__version__ = ")
    assert f'version = "{ast.literal_eval(line.value)}"' not in (PROJECT / "pyproject.toml").read_text()

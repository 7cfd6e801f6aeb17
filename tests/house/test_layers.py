"""Arrows point down, and what lies on the shelves sees only its own API."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import PROJECT, imports, python, shown


def test_the_import_contract_holds() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("file", python("rules"), ids=shown)
def test_a_rule_imports_its_api_and_libcst_alone(file: Path) -> None:
    allowed = {*sys.stdlib_module_names, "libcst"}
    strange = {name for name in imports(file) if name.partition(".")[0] not in allowed}
    assert {name for name in strange if name != "auditor.rule" and not name.startswith("auditor.rule.")} == set()


@pytest.mark.parametrize("file", python("reports"), ids=shown)
def test_a_report_imports_its_api_and_what_it_draws_with(file: Path) -> None:
    allowed = {*sys.stdlib_module_names, "jinja2", "rich", "msgspec", "prometheus_client"}
    strange = {name for name in imports(file) if name.partition(".")[0] not in allowed}
    assert {name for name in strange if name != "auditor.report" and not name.startswith("auditor.report.")} == set()


@pytest.mark.parametrize("file", python("auditor"), ids=shown)
def test_the_engine_imports_nothing_from_the_shelves_or_the_tests(file: Path) -> None:
    assert not {name for name in imports(file) if name.partition(".")[0] in ("rules", "reports", "tests")}


@pytest.mark.parametrize("file", [f for f in python("auditor") if "cli" not in f.parts], ids=shown)
def test_click_stays_in_the_command_line(file: Path) -> None:
    assert "click" not in imports(file)

"""Every report on the shelf keeps the house's rules: by its folder, by its imports, by its words."""

import ast
import sys
from pathlib import Path

import pytest

from auditor.packs.reports import load_report, names
from auditor.packs.shelf import shelf
from auditor.report import Report

BEYOND = {"msgspec", "prometheus_client", "rich"}
"""Libraries that a report may use besides the standard library and `auditor.report`."""


def imports(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return found | {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("name", names())
def test_a_report_is_named_for_its_folder_and_says_what_it_is_for(name: str) -> None:
    report = load_report(name)
    assert isinstance(report, Report)
    assert report.name == name
    assert report.title
    assert ast.get_docstring(ast.parse((shelf("reports") / name / "__init__.py").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", names())
def test_a_report_sees_nothing_of_the_house_but_its_api(name: str) -> None:
    seen = imports(shelf("reports") / name / "report.py")
    assert {module for module in seen if module.split(".")[0] == "auditor"} <= {"auditor.report"}
    allowed = {"auditor", *BEYOND}
    assert {module.split(".")[0] for module in seen} <= allowed | set(sys.stdlib_module_names)


def test_no_two_reports_end_their_files_alike() -> None:
    endings = [load_report(name).suffix for name in names() if load_report(name).suffix]
    assert len(endings) == len(set(endings))

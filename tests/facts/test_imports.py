"""What a file imports is read from its statements, whatever the modules are called."""

import pytest

from auditor.facts.screen import screen


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("from importlib import import_module", {("import_module", "importlib.import_module")}),
        ("from shop.importexport.api import Importer as I", {("I", "shop.importexport.api.Importer")}),
        ("import importlib.metadata", {("importlib", "importlib")}),
        (
            "from importlib import (\n    metadata,  # import\n    resources as r,\n)",
            {("metadata", "importlib.metadata"), ("r", "importlib.resources")},
        ),
        ("from .import a", {("a", "pkg.a")}),
        ("from important import *", {("*", "important")}),
    ],
)
def test_a_module_may_have_import_in_its_name(code: str, names: set[tuple[str, str]]) -> None:
    found = screen("pkg/mod.py", code.encode()).facts.imports
    assert {(one.local, one.target) for one in found} == names

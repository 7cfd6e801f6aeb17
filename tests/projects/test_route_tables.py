"""The route table from the code is the framework's own, of which every row has a label."""

import re

import pytest

from auditor.facts.discover import discover
from tests.paths.projects import project
from tests.projects.labels import NAMES
from tests.projects.stage import labels_of

PARAMETER = re.compile(r"[<{](?:\w+:)?(\w+)[>}]")


def plain(path: str) -> str:
    """A path with its parameters spelt one way."""
    return PARAMETER.sub(r"<\1>", path)


@pytest.mark.parametrize("name", NAMES)
def test_every_route_of_the_framework_is_found_in_the_code_and_no_other(name: str) -> None:
    root = labels_of(name).root
    files = {path: (root / path).read_text(encoding="utf-8") for path in discover(root).files}
    found = {(route.method, plain(route.path)) for route in project(files).routes}
    said = {label.route.partition(" ") for label in labels_of(name).labels if label.rule == "api/unlimited-route"}
    framework = {(method, plain(path)) for method, _, path in said}
    any_method = {path for method, path in found if method == "ANY"}
    assert {("ANY", path) if path in any_method else (method, path) for method, path in framework} == found

"""What has to be seen for a label of the pack `api` to be true."""

import re

from tests.projects.labels import Label, Place
from tests.projects.proofs.sight import Play
from tests.projects.stage import Stage


def unversioned_route(label: Label, place: Place, play: Play) -> None:
    """The whole path in the framework's table."""
    stage, _ = play()
    _same_handler(stage, label, place)
    versioned = bool(re.search(r"/v\d+(/|$)", label.route))
    assert versioned or label.why if label.kind == "good" else not versioned


def unlimited_route(label: Label, place: Place, play: Play) -> None:
    """Thirty-one calls in a minute, and whether the last one is refused."""
    _, seen = play(times=31, propagate=False)
    stage, _ = play()
    _same_handler(stage, label, place)
    refused = seen.status == 429
    assert refused or label.why if label.kind == "good" else not refused, seen.status


def _same_handler(stage: Stage, label: Label, place: Place) -> None:
    method, path = label.route.split(" ")
    found = [route for route in stage.routes() if (route.method, route.path) == (method, path)]
    assert found, f"the framework has no {label.route}"
    assert any(route.file == place.path and route.line <= place.line <= route.line + 4 for route in found), found

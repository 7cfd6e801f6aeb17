"""Every label is proven by running its application: queries counted, faults injected, route tables read."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.projects.labels import NAMES, Label, place_of
from tests.projects.proofs import START, proof
from tests.projects.stage import Stage, labels_of, stage
from tests.projects.watch import Seen

LABELS = [(name, label) for name in NAMES for label in labels_of(name).labels]


@pytest.mark.parametrize(("name", "label"), LABELS, ids=[f"{name}-{label.rule}-{label.at}" for name, label in LABELS])
@pytest.mark.filterwarnings("ignore")
def test_a_label_is_true_of_the_running_application(name: str, label: Label, tmp_path: Path) -> None:
    known = labels_of(name)
    place = place_of(known.root, label)
    scenario = START if label.proof == "start" else known.scenarios[label.proof]
    number = iter(range(100))

    def play(rows: int = 2, propagate: bool = True, times: int = 0, headers: dict[str, str] | None = None) -> tuple[Stage, Seen]:
        folder = tmp_path / str(next(number))
        folder.mkdir()
        played = stage(name)(rows, folder)
        played.seed()
        asked: dict[str, Any] = {"times": times or scenario.times, "headers": {**scenario.headers, **(headers or {})}}
        return played, played.play(msgspec.structs.replace(scenario, **asked), propagate)

    proof(label.rule)(label, place, play)


@pytest.mark.parametrize("name", NAMES)
def test_every_place_in_the_labels_names_one_line(name: str) -> None:
    known = labels_of(name)
    for label in known.labels:
        place_of(known.root, label)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rule", ["api/unversioned-route", "api/unlimited-route"])
def test_every_route_of_the_framework_has_a_label(name: str, rule: str, tmp_path: Path) -> None:
    played = stage(name)(2, tmp_path)
    played.seed()
    table = {f"{route.method} {route.path}" for route in played.routes()}
    assert table == {label.route for label in labels_of(name).labels if label.rule == rule}

"""The auditor reads the applications without running them, and says what running them has shown."""

import json
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

from auditor.packs.rules import places
from tests.projects.labels import FOLDER, NAMES, Label, Place, place_of
from tests.projects.stage import labels_of

KNOWN = {place.id for place in places()}
SURE = ("high", "medium")
SAID = [(name, label) for name in NAMES for label in labels_of(name).labels if label.rule in KNOWN]
CASES = [
    pytest.param(
        name,
        label,
        id=f"{name}-{label.kind}-{label.rule}-{label.at}-{label.type}",
        marks=pytest.mark.xfail(reason=label.disputed) if label.disputed else (),
    )
    for name, label in SAID
]


@cache
def findings(name: str) -> tuple[dict[str, Any], ...]:
    """What the auditor finds in an application that lies in a folder of its own."""
    words = (sys.executable, "-m", "auditor", "audit", str(FOLDER / name), "--no-deps", "--format", "json")
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    report = json.loads(done.stdout)
    assert report["crashed"] == []
    return tuple(report["findings"])


@pytest.mark.parametrize(("name", "label"), CASES)
def test_the_auditor_says_what_running_has_shown(name: str, label: Label) -> None:
    place = place_of(FOLDER / name, label)
    if label.kind == "bad":
        assert [found for found in of_rule(name, label) if any(stands(found, one) for one in (place, *place.near))]
    else:
        assert [found for found in of_rule(name, label) if stands(found, place) and found["confidence"] in SURE] == []


def of_rule(name: str, label: Label) -> list[dict[str, Any]]:
    """The findings of a label's rule that speak of what the label speaks of."""
    return [
        found
        for found in findings(name)
        if found["rule"] == label.rule and (not label.says or any(word in found["message"] for word in label.says))
    ]


def stands(found: dict[str, Any], place: Place) -> bool:
    """Whether a finding stands on a place's statement."""
    where = found["location"]
    return bool(where["path"] == place.path and place.first <= where["line"] <= place.last)

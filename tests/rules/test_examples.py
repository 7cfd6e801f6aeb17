"""Every rule's own examples: nobody writes a test file for a plain rule."""

import pytest

from auditor.packs.rules import Place, places
from auditor.run.examples import trials


@pytest.mark.parametrize("place", places(), ids=lambda place: place.id)
def test_a_rule_flags_exactly_the_marked_lines_of_its_examples(place: Place) -> None:
    outcomes = trials(place)
    assert {trial.kind for trial in outcomes} == {"bad", "good"}
    assert [trial for trial in outcomes if not trial.right] == []

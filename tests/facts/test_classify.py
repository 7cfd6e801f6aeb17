"""What sort of code a file holds, by its path."""

import pytest

from auditor.facts.classify import classify


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (".history/shop/forms_20251009153758.py", "generated"),
        ("shop/.history/forms_20251009153758.py", "generated"),
        ("shop/history/forms_20251009153758.py", "source"),
        (".history/forms.py", "source"),
    ],
)
def test_the_copies_that_an_editor_keeps_are_not_written_by_hand(path: str, kind: str) -> None:
    assert classify(path, b"") == kind

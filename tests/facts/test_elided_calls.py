"""Calls of what brackets gave, in short."""

import pytest

from auditor.facts.flow.elide import elided
from auditor.paths.written.steps import steps


@pytest.mark.parametrize(
    ("text", "short"),
    [
        (b"self.handlers[key](request)", "self.handlers[]()"),
        (b"make(a)(b).c", "make()().c"),
        (b"(await order.lines()).first", "order.lines().first"),
    ],
)
def test_brackets_behind_brackets_call_and_do_not_group(text: bytes, short: str) -> None:
    assert elided(text) == short


def test_a_class_that_a_generic_class_is_called_with_leaves_the_steps_as_they_are() -> None:
    assert [step.kind for step in steps(elided(b"Rows[Order](Order).all"))] == ["name", "element", "call", "attribute"]

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


@pytest.mark.parametrize(
    ("text", "short"),
    [
        (b"(request.get_json(silent=True) or {}).get('code')", "request.get_json().get()"),
        (b"(order.lines or []).all()", "order.lines.all()"),
        (b"(vector[0]).x", "vector[].x"),
        (b"(first or second).x", "firstorsecond.x"),
        (b'context["orders"].all()', "self.context__orders.all()"),
    ],
)
def test_nothing_that_stands_in_for_a_value_is_left_out(text: bytes, short: str) -> None:
    assert elided(text) == short

"""Marks are counted by the same definition as the rule's, and by age where git knows it."""

from auditor.facts.screen import screen
from auditor.measure.todos import todos
from auditor.model.measure import Measure

TEXT = b'''"""Docs.

TODO: say more
"""
# TODO: one
# that goes on
x = 1  # fixme two
# not a todo
y = "# TODO: a string"
'''
FILES = {
    "a.py": screen("a.py", TEXT).facts,
    "tests/test_a.py": screen("tests/test_a.py", b"# XXX here\n").facts,
    "vendor/b.py": screen("vendor/b.py", b"# TODO: theirs\n").facts,
}


def measured(ages: dict[tuple[str, int], int]) -> dict[str, Measure]:
    return {one.name: one for one in todos(FILES, ages)}


def test_marks_are_counted_by_age() -> None:
    found = measured({("a.py", 3): 29, ("a.py", 5): 180, ("a.py", 7): 181})
    assert {name: one.value for name, one in found.items()} == {
        "todo.count": 3,
        "todo.test_count": 1,
        "todo.age_under_30d": 1,
        "todo.age_30_to_180d": 1,
        "todo.age_over_180d": 1,
        "todo.age_unknown": 0,
    }


def test_a_mark_that_git_does_not_know_is_of_unknown_age() -> None:
    found = measured({("a.py", 3): 30})
    assert (found["todo.age_30_to_180d"].value, found["todo.age_unknown"].value) == (1, 2)


def test_without_git_every_age_is_unknown_and_said_so() -> None:
    found = measured({})
    assert found["todo.age_over_180d"].value is None
    assert found["todo.age_unknown"].value == 3
    assert "git" in found["todo.age_over_180d"].note


def test_code_without_marks_has_none_of_any_age() -> None:
    found = todos({"a.py": screen("a.py", b"x = 1\n").facts}, {})
    assert [one.value for one in found] == [0, 0, 0, 0, 0, 0]


def test_without_source_the_count_is_unknown() -> None:
    assert {one.value for one in todos({}, {})} == {None}

"""What counts as a mark, and what belongs to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.facts.marks import WORDS, Mark, marks
from auditor.facts.screen import screen


def found(text: str) -> tuple[Mark, ...]:
    return marks(screen("a.py", text.encode()).facts)


@pytest.mark.parametrize(
    ("comment", "word", "owner", "text"),
    [
        ("# todo: x", "TODO", "", "x"),
        ("#TODO(alice): x", "TODO", "alice", "x"),
        ("# FIXME - x", "FIXME", "", "x"),
        ("# fixme x", "FIXME", "", "x"),
        ("#: XXX x", "XXX", "", "x"),
        ("# @todo x", "TODO", "", "x"),
        ("# - TODO[SHOP-1] x", "TODO", "SHOP-1", "x"),
        ("# hack: x", "HACK", "", "x"),
        ("# BUG x", "BUG", "", "x"),
        ("# SECURITY: x", "SECURITY", "", "x"),
        ("# noqa: E501  # TODO: x", "TODO", "", "x"),
        ("# TODO", "TODO", "", ""),
    ],
)
def test_a_mark_is_read_with_its_owner_and_text(comment: str, word: str, owner: str, text: str) -> None:
    (mark,) = found(f"a = 1  {comment}\n")
    assert (mark.word, mark.owner, mark.text, mark.line, mark.docstring) == (word, owner, text, 1, False)


@pytest.mark.parametrize(
    "comment",
    [
        "# see the todo list",
        "# todos are kept elsewhere",
        "# hacky, but fine",
        "# Security headers",
        "# Security: ",
        "# bug tracker: see the README",
        "# Bug fixes only",
        "# TODO/done",
        "# xxx-large",
        "# debug this",
        '# "TODO: check the token" is what the old gate told its users',
    ],
)
def test_an_ordinary_comment_is_no_mark(comment: str) -> None:
    assert found(f"a = 1  {comment}\n") == ()


@pytest.mark.parametrize(
    ("above", "line", "number"),
    [
        ("# This rewrites the scheme. A note on", "# security: serious desks stand behind a gate.", 0),
        ("# This rewrites the scheme.", "# security: check who asks", 1),
        ("# This rewrites the scheme", "# SECURITY: check who asks", 1),
        ("# This rewrites the scheme", "# todo: check who asks", 1),
        ("# todo: rewrite the scheme", "# hack: check who asks", 2),
    ],
)
def test_a_word_that_goes_on_with_a_sentence_is_no_mark(above: str, line: str, number: int) -> None:
    assert len(found(f"{above}\n{line}\n")) == number


def test_a_mark_in_a_string_is_no_mark() -> None:
    assert found("a = '# TODO: x'\nb = f'''\n# FIXME {a}\n'''\n") == ()


def test_comment_lines_that_go_on_belong_to_the_mark_before() -> None:
    text = "# TODO: one\n#   two\n# three\n#\n# other\nx = 1  # TODO: four\n       # five\n# TODO: six\n# FIXME: seven\n"
    assert [(m.line, m.end_line, m.text) for m in found(text)] == [
        (1, 3, "one two three"),
        (6, 7, "four five"),
        (8, 8, "six"),
        (9, 9, "seven"),
    ]


def test_a_pragma_and_a_comment_elsewhere_do_not_go_on() -> None:
    assert [m.text for m in found("# TODO: one\n# pylint: disable=x\n    # two\n")] == ["one"]


DOCUMENTED = '''def f():
    """TODO: one

    A hack in prose, and
    bug by bug it went.

    .. todo:: two
       three

    Security:
        - everything is checked
    """
'''


def test_docstrings_hold_marks_at_the_beginning_of_a_line() -> None:
    assert [(m.line, m.word, m.text, m.docstring) for m in found(DOCUMENTED)] == [
        (2, "TODO", "one", True),
        (7, "TODO", "two three", True),
    ]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\r\n"), max_size=80), st.sampled_from(WORDS))
def test_any_text_behind_a_mark_is_read(text: str, word: str) -> None:
    for mark in found(f"# {word}: {text}\nx = 1\n"):
        assert mark.word in WORDS
        assert mark.line == 1
        assert "\n" not in mark.text


def test_a_note_below_a_mark_is_another_remark() -> None:
    (mark,) = found("# TODO: a\n# and b\n# NOTE(ann): c\nx = 1\n")
    assert (mark.text, mark.end_line) == ("a and b", 2)

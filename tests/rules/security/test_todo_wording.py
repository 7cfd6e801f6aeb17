"""Words by which people say that a check is missing, and the same words where they say something else."""

import pytest

from tests.rules.security.test_todo import labelled


@pytest.mark.parametrize(
    "row",
    [
        "shop/orders.py f: TODO: only superusers may do this",
        "shop/orders.py f: XXX the folder is taken as it comes, somebody could read anything",
        "shop/login.py recover_password: TODO: slow down callers who try many addresses",
    ],
)
def test_a_check_that_is_missing_is_told_by_who_may_do_what(row: str) -> None:
    assert len(labelled(row)) == 1


@pytest.mark.parametrize(
    "row",
    ["shop/lexer.py make_token: TODO: keep the column", "shop/orders.py f: TODO: write this so that somebody can follow it"],
)
def test_who_is_named_for_another_reason_is_left_alone(row: str) -> None:
    assert labelled(row) == []


@pytest.mark.parametrize(
    "row",
    [
        "shop/orders.py f: FIXME rotate this, the value leaked into the wiki in March",
        "shop/orders.py f: HACK: we trust the content type the browser sends",
    ],
)
def test_a_leak_and_trust_in_what_a_browser_says_are_told(row: str) -> None:
    assert len(labelled(row)) == 1


def test_the_token_of_a_paginator_lets_nobody_in() -> None:
    assert labelled('shop/orders.py f: TODO: the token "page" of the paginator is called "p" elsewhere, pick one') == []

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


@pytest.mark.parametrize(
    "row",
    [
        "shop/sync.py f: TODO: this should take the stream token into account",
        "shop/orders.py f: TODO: add props for user, password, etc",
        "shop/orders.py f: TODO: currently this takes only the very first cert",
        "shop/security/node.py f: TODO: factor out security, listening and services",
        "shop/auth.py render: XXX: could be told in fewer words",
    ],
)
def test_what_only_names_security_is_less_sure_or_left_alone(row: str) -> None:
    assert [finding.confidence.value for finding in labelled(row)] in ([], ["low"])


@pytest.mark.parametrize(
    "row",
    [
        "shop/orders.py f: FIXME: token never expires",
        "shop/orders.py f: TODO: only superusers may do this",
        "shop/auth.py authenticate: TODO: lock the account after five failures",
        "shop/charging.py charge: TODO: validate that cents is not negative",
        "shop/files.py f: FIXME: limit this to files of the user with rights of 644",
    ],
)
def test_what_asks_for_a_guard_is_sure_enough(row: str) -> None:
    assert [finding.confidence.value for finding in labelled(row)] in (["medium"], ["high"])


@pytest.mark.parametrize(
    "row",
    [
        "shop/orders.py f: FIXME: remove this check after a suitable amount of time",
        "shop/views.py f: TODO: should this only allow messages",
        "shop/orders.py f: TODO: validate uniqueness of the ids",
        "shop/flow.py f: TODO: a killing event that is injected",
        "shop/cli.py f: TODO: see the /security/login endpoint for what is missing",
    ],
)
def test_words_that_mean_something_else_are_left_alone(row: str) -> None:
    assert labelled(row) == []

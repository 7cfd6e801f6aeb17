"""Words by which people say that a check is missing, and the same words where they say something else."""

import pytest

from auditor.model.finding import Confidence
from tests.rules.security.test_todo import flagged, labelled


@pytest.mark.parametrize(
    "row",
    [
        "shop/orders.py f: TODO: only superusers may do this",
        "shop/orders.py f: TODO: compare the digests in constant time",
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
        "shop/pages.py f: TODO: keep the path in the row for constant time lookups?",
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


@pytest.mark.parametrize(
    "row",
    [
        "shop/orders.py f: TODO: add a token parameter",
        "shop/orders.py f: TODO(ann): remove the token parameter",
        "shop/orders.py f: TODO: this may go once roles are implemented",
        "shop/orders.py f: TODO: change the old_password variable's name, it is not old any more",
        "shop/orders.py f: TODO: check whether `client_secret` is unquoted by now",
        "shop/orders.py f: TODO: name, checksum and owner may be empty",
        "shop/orders.py f: TODO: the permission manager takes another key since version 4",
        "shop/orders.py f: TODO: get the list of types from the crypto plugins",
        "shop/orders.py f: TODO: deprecate check_role, get_role does the same",
        "shop/secrets.py Secret: TODO: do not load every column, it is slow",
        "shop/auth/views.py page: TODO: move to a class-based view",
        "shop/auth/tokens.py issue_token: TODO: make it a keyword argument",
        "shop/acls/ports.py Acl: TODO: allow for a range of ports",
        "shop/orders.py f: TODO: a brute force way of going back, something gentler would do",
        "shop/orders.py f: TODO: add env to the sanitized types",
        "shop/orders.py f: TODO: take 'insecure' and 'password' out of the example",
        "shop/caching.py CacheHasher: TODO: hash more than the names of classes",
        "shop/orders.py f: TODO: the picture requires to be asked for with a bearer token",
        "shop/orders.py f: SECURITY: reject what comes by JSON as a file: it is meant for callers who share our disk, and in"
        " the proxy the caller is far away, so that a path of theirs would be read on our side",
        "shop/sandbox.py f: TODO: integrate the sandbox's result",
        "shop/orders.py f: TODO: check for the specific patterns of token limit errors",
        "shop/orders.py f: TODO @ann make this connection error check more specific to the 401 unauthorized error",
        "shop/orders.py f: TODO: we have this as a protection, check logs for details",
        "shop/orders.py f: TODO: add a check of the affinity of PCI devices to NUMA nodes",
        "shop/orders.py f: TODO: we need to look at refactoring the check of permissions, it is complex",
        "shop/orders.py f: TODO: settings.SECURITY_GROUP_RULES may hold a backend, tell of it",
        "shop/people.py f: XXX: better password detection",
        "shop/chain.py f: FIXME: get the token contract address of the coin from the table",
        "shop/keys.py f: TODO: the cryptographic length may be None, allowing the strongest to be picked by the engine",
        "shop/errors.py f: TODO: expose this to the user by the API",
        "shop/login.py login: TODO: the version check should be done in the client",
        "shop/payments.py validate_payment: TODO: this checks the region, should be more generic",
        "shop/ldap.py authenticate: TODO: the name is hardcoded, two of them may meet",
        "shop/secure_server.py SecureServer: FIXME: is this a socket leak?",
        "shop/orders.py f: TODO: what is assigned again is not validated here, that is done by the server",
        "shop/orders.py f: TODO: allow setting up a custom certificate by the settings",
        "shop/orders.py f: TODO: also handle encrypted volumes of the second kind",
        "shop/ldap.py f: SECURITY: disable referrals so that no credential leaks to another server",
        "shop/orders.py f: XXX: the credentials come sorted by age, and so the eldest is deleted first; the one that is in use is"
        " refused by the service, which is when we stop",
    ],
)
def test_a_chore_in_an_application_about_security_is_less_sure_or_left_alone(row: str) -> None:
    assert [finding.confidence.value for finding in labelled(row)] in ([], ["low"])


@pytest.mark.parametrize(
    "row",
    [
        "shop/orders.py f: TODO: ensure that who accepts has the permission to publish",
        "shop/orders.py f: TODO(ann): use a whitelist of schemes",
        "shop/orders.py f: TODO: digest validation",
        "shop/orders.py f: TODO: review permissions when guests may enter",
        "shop/orders.py f: TODO: call the permissions framework with the inner query",
        "shop/orders.py f: TODO: prevent the enumeration flaw: nobody to change means nothing to send",
        "shop/orders.py f: FIXME: if this fails the bucket has no ACL",
        "shop/orders.py f: TODO: remove the hardcoded password",
        "shop/orders.py f: TODO: replace random with secrets",
        "shop/orders.py f: TODO: the card number ends up in the log",
        "shop/orders.py f: TODO: only the accountant should have permission to read these",
        "shop/orders.py f: FIXME: the getter may return other things. Must check authZ on them too.",
        "shop/orders.py f: TODO: audit log for what is created",
        "shop/orders.py f: TODO: this is a temporary permission filter",
        "shop/orders.py f: TODO: move away from a name and password in every request",
        "shop/orders.py f: TODO: support for verify-ca and verify-full",
        "shop/tokens.py create_access_token: TODO: check expiration",
        "shop/orders.py f: SECURITY: anyone can call this",
        "shop/orders.py f: TODO: permission check",
        "shop/orders.py f: FIXME: authorize request",
        "shop/orders.py f: TODO: add filtering by owner",
        "shop/orders.py f: FIXME: details, edit and delete URLs should be signed",
        "shop/orders.py f: TODO: find a more secure manner to do this than pickle",
        "shop/orders.py f: XXX what about local read security with those constants",
        "shop/members.py can_see_private_data: TODO: take into account the groups of who looks",
        "shop/orders.py f: TODO: the filter by permission doesn't work for users, the permission filter doesn't work at all",
        "shop/orders.py f: TODO: remove this when we have a proper CORS policy",
        "shop/auth/forms.py RegistrationForm: TODO: add a password validator for Django 1.9",
        "shop/orders.py f: TODO: improve how this is handled. Right now there is no auth checking in the store",
    ],
)
def test_a_guard_that_is_asked_for_is_sure_wherever_it_stands(row: str) -> None:
    assert [finding.confidence.value for finding in labelled(row)] in (["medium"], ["high"])


DECIDED = (
    "XXX: Not asking for permission here - who has the link may sign no matter who they are",
    "XXX: this form also changes accounts, so it must under no circumstances hold fields that a user must not set, such as roles",
)


@pytest.mark.parametrize("text", DECIDED)
def test_a_decision_with_its_reason_and_a_standing_warning_ask_for_a_record_and_no_work(text: str) -> None:
    (found,) = labelled(f"shop/orders.py check_access: {text}")
    assert found.facts["disposition"] == "document"
    (open_one,) = labelled("shop/orders.py check_access: XXX: Not asking for permission here, this should be added")
    assert open_one.facts["disposition"] == "complete"


def test_rows_that_should_not_be_deleted_are_no_reason_to_remove_the_mark() -> None:
    (found,) = labelled("shop/orders.py f: FIXME: a token of two shops should not be deleted. Should it?")
    assert found.facts["disposition"] == "complete"


def test_what_the_code_below_does_and_a_failure_that_could_come_sooner_are_less_sure() -> None:
    for remark in (
        "SECURITY: Check if detailed errors should be exposed (only in development)",
        "TODO: check credentials before the query and error sooner than the timeout",
    ):
        assert all(str(one.confidence.value) == "low" for one in labelled(f"shop/orders.py f: {remark}"))


def test_a_check_of_what_a_library_can_do_is_doubtful_in_a_place_of_security() -> None:
    (asked,) = flagged("# TODO: check if the library now supports line mode\nmode = 1\n", "auth/lines.py")
    assert asked.confidence is Confidence.LOW


def test_a_hack_that_tells_how_the_code_gets_along_is_doubtful() -> None:
    (told,) = flagged("# HACK: map names to small letters and check them in these\nnames = {}\n", "auth/properties.py")
    (lacks,) = flagged("# HACK: do not check the role of admins\nnames = {}\n", "auth/properties.py")
    assert (told.confidence, lacks.confidence) == (Confidence.LOW, Confidence.HIGH)


@pytest.mark.parametrize(
    "row",
    [
        "shop/members.py f: FIXME: check membership, answer with a friendly mail if it fails",
        "shop/panel.py f: TODO: The Verify option should be configurable.",
        "shop/rows.py f: TODO: mogrify this instead of using string construction!",
        "shop/pages.py f: TODO: remove Javascript from content",
        "shop/holds.py f: TODO: deletions are not scoped to the project",
        "shop/runner.py f: TODO do we want to log the secret data here?",
    ],
)
def test_a_guard_is_asked_for_in_many_words(row: str) -> None:
    assert len(labelled(row)) == 1


@pytest.mark.parametrize(
    "row",
    [
        "shop/pages.py f: HACK: to avoid url_for escaping of the per cent sign",
        "shop/hooks.py f: TODO: verify that the webhooks are correctly set up, or else make them",
    ],
)
def test_addresses_and_hooks_that_are_set_up_are_left_alone(row: str) -> None:
    assert labelled(row) == []


def test_security_in_small_letters_heads_an_explanation_unless_it_says_what_is_missing() -> None:
    assert flagged("# Security: needs readable logs, more memory for its index\nx = 1\n")[0].confidence is Confidence.LOW
    assert flagged("# Security: anyone can call this\nx = 1\n")[0].confidence is not Confidence.LOW

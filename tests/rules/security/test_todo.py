"""Remarks as people write them, labelled by hand: about security, or only near it."""

import pytest

from auditor.facts.screen import screen
from auditor.model.finding import Finding
from auditor.packs.rules import load_rules, places
from auditor.rule.api import FileRule

# Each line: the file or the class that it stands in, the function, the remark.
ABOUT_SECURITY = """
shop/orders.py f: TODO: add rate limiting to this endpoint
shop/orders.py f: FIXME: this should check the user's permissions
shop/orders.py f: todo: hash the password before saving
shop/orders.py f: TODO(bob): escape user-supplied HTML
shop/orders.py f: XXX: SQL injection possible here
shop/orders.py f: HACK: disable CSRF for now
shop/orders.py f: TODO: rotate the API key
shop/orders.py f: TODO: move secret to env
shop/orders.py f: FIXME token never expires
shop/orders.py f: TODO: validate input
shop/orders.py f: TODO verify signature of webhook
shop/orders.py f: TODO: use constant-time comparison
shop/orders.py f: BUG: session is not invalidated on logout
shop/orders.py f: TODO: restrict CORS origins in production
shop/orders.py f: FIXME: TLS verification is disabled
shop/orders.py f: TODO: log access to the audit log
shop/orders.py f: TODO: check file type of uploads
shop/orders.py f: TODO: sanitise filename
shop/orders.py f: TODO: make sure only admins can call this
shop/orders.py f: TODO: ownership check
shop/orders.py f: TODO: this leaks email addresses of other users
shop/orders.py f: TODO: encrypt at rest
shop/orders.py f: FIXME: hard-coded credentials
shop/orders.py f: TODO: lock account after five failed attempts
shop/orders.py f: TODO: add 2FA
shop/orders.py f: TODO: tokens should be revoked when the user is deactivated
shop/orders.py f: XXX any user can read any invoice
shop/orders.py f: TODO: replace md5 with something stronger
shop/orders.py f: TODO: don't trust the client's price
shop/orders.py f: TODO: prevent path traversal
shop/orders.py f: TODO: use parameterized query
shop/orders.py f: FIXME: eval() of user input
shop/orders.py f: TODO: limit upload size
shop/orders.py f: TODO: redact card numbers from logs
shop/orders.py f: TODO: cookie should be HttpOnly and Secure
shop/orders.py f: TODO: validate redirect URL
shop/orders.py f: SECURITY: remove debug backdoor
shop/orders.py f: TODO: who is allowed to see this?
shop/orders.py f: FIXME: remove the hardcoded admin user
shop/orders.py f: TODO: implement authorization
shop/orders.py f: TODO: enforce tenant isolation
shop/orders.py f: TODO: record who deleted it in the audit trail
shop/orders.py f: TODO: require login here
shop/orders.py f: TODO: is this safe against XSS?
shop/orders.py f: FIXME: shell=True
shop/orders.py f: TODO: check CSRF token
shop/orders.py f: TODO: drop support for SHA1 signatures
shop/orders.py f: TODO: verify the certificate chain
shop/orders.py f: TODO: use https
shop/orders.py f: TODO: throttle login attempts
shop/orders.py f: TODO: pickle from untrusted source
shop/orders.py f: TODO: replace random with secrets
shop/orders.py f: TODO: needs access control
shop/orders.py f: TODO: expire old sessions
shop/orders.py f: TODO: scan attachments for viruses
shop/orders.py f: TODO: refuse payments twice (idempotency key)
shop/orders.py f: TODO: PII in the logs
shop/orders.py f: TODO: remove the default password
shop/orders.py f: TODO: allow only whitelisted hosts
shop/orders.py f: TODO: SSRF
shop/orders.py f: TODO: the session cookie lives forever
shop/orders.py f: FIXME: the reset link can be used twice
shop/orders.py f: TODO: brute force protection
shop/orders.py f: TODO: add security headers
shop/orders.py f: TODO: check ownership before delete
shop/orders.py f: TODO: require re-authentication for this
shop/orders.py f: TODO: mask the token in logs
shop/orders.py f: FIXME: anonymous users get in
shop/orders.py f: TODO: verify email before activation
shop/orders.py f: TODO: store the key in the vault
shop/orders.py f: TODO: validate the uploaded file's MIME type
shop/orders.py f: TODO: make the nonce random
shop/orders.py f: TODO: limit number of requests per user
shop/orders.py f: TODO: quote the shell argument
shop/orders.py f: TODO: bleach the markdown output
shop/orders.py f: TODO: audit this action
shop/orders.py f: TODO: keep the private key out of the repo
shop/orders.py f: TODO: user can escalate to admin
shop/orders.py f: FIXME: unauthenticated access
shop/orders.py f: TODO: salt the hash
shop/orders.py f: TODO: verify=False must go
shop/orders.py f: TODO: guard against replay
shop/orders.py f: TODO: check permission of the caller
shop/orders.py f: TODO: deny by default
shop/orders.py f: TODO: restrict to staff
shop/orders.py f: TODO: check that the user belongs to this organisation
shop/orders.py f: TODO: input is not validated
shop/orders.py f: TODO: verify the amount with the provider before confirming
shop/orders.py f: TODO: use a proper salt per user
shop/orders.py f: TODO: allow only staff to see drafts
auth.py authenticate: TODO: handle the error
views.py login: TODO: better
views.py refund_order: FIXME: not finished
payments.py process: TODO: retry on failure
utils.py write_audit_log: TODO: include more fields
views.py save_upload: TODO: clean up on failure
views.py check_permission: HACK: always true for now
utils.py encrypt_value: TODO: implement
utils.py sanitize_html: TODO: extend the list
secrets.py rotate: TODO: do it in a transaction
utils.py hash_password: TODO: increase rounds
SessionStore get: TODO: what if it is gone?
"""

# The same words with another meaning, or a place of security with another subject.
NEAR_MISSES = """
shop/orders.py f: TODO: the parser drops the last token
shop/orders.py f: FIXME: tokenizer splits on hyphens
shop/orders.py f: TODO: next token lookahead
shop/orders.py f: TODO: make hash of the dict stable
shop/orders.py f: TODO: cache key hash collisions
shop/orders.py f: TODO: add author to the article page
shop/orders.py f: TODO: show authors in alphabetical order
shop/orders.py f: TODO: database session should be closed
shop/orders.py f: TODO: use a scoped session here
shop/orders.py f: TODO: session.commit() in one place
shop/orders.py f: TODO: rename this
shop/orders.py f: TODO: inject the logger
shop/orders.py f: TODO: dependency injection
shop/orders.py f: TODO: escape key closes the dialog
shop/orders.py f: FIXME: escape sequences in terminal output
shop/orders.py f: TODO: function signature changed
shop/orders.py f: TODO: memory leak in the worker
shop/orders.py f: TODO: translate this
shop/orders.py f: TODO: add pagination
shop/orders.py f: TODO: speed up the query
shop/orders.py f: TODO: support more currencies
shop/orders.py f: TODO: fix layout on mobile
shop/orders.py f: TODO: handle timezone
shop/orders.py f: TODO: remove after Django 5
shop/orders.py f: TODO: write docs
shop/orders.py f: TODO: type annotations
shop/orders.py f: TODO: move to utils
shop/orders.py f: TODO: use bulk_create
shop/orders.py f: TODO: refactor
shop/orders.py f: XXX: works around a bug in lxml
shop/orders.py f: TODO: retry with backoff
shop/orders.py f: TODO: primary key should be uuid
shop/orders.py f: TODO: foreign key missing index
shop/orders.py f: TODO: dictionary key order
shop/orders.py f: TODO: count tokens of the prompt
shop/orders.py f: TODO: LLM context tokens limit
shop/orders.py f: TODO: conference session titles
shop/orders.py f: TODO: check the result
shop/orders.py f: TODO: handle None
shop/orders.py f: TODO: add a test
shop/orders.py f: TODO: validate layout in the designer
shop/orders.py f: TODO: verify that the sum is right
shop/orders.py f: TODO: limit the number of columns shown
shop/orders.py f: TODO: sign of the number is wrong
shop/orders.py f: TODO: random order
shop/orders.py f: TODO: seed the random generator
shop/orders.py f: TODO: share price chart
shop/orders.py f: TODO: cookie banner text
shop/orders.py f: TODO: hide the column
shop/orders.py f: TODO: make the header sticky
shop/orders.py f: TODO: upload progress bar
shop/orders.py f: TODO: register the plugin
shop/orders.py f: TODO: role of this class is unclear
shop/orders.py f: TODO: access the attribute directly
shop/orders.py f: TODO: private method
shop/orders.py f: TODO: protected attribute
shop/orders.py f: TODO: expose as property
shop/orders.py f: TODO: quote style
shop/orders.py f: TODO: certificate of attendance template
shop/orders.py f: TODO: salt and pepper recipe
shop/orders.py f: TODO: authoritative source of the data
shop/orders.py f: TODO: secretary's name
shop/orders.py f: TODO: the event replay drops messages
shop/orders.py f: TODO: injection of fixtures
shop/orders.py f: TODO: policy for retries
shop/orders.py f: TODO: guard clause
shop/orders.py f: TODO: ssl in wsgi server config docs
shop/orders.py f: TODO: escape hatch for plugins
shop/orders.py f: TODO: secure enough margin
shop/orders.py f: TODO: align password field
shop/orders.py f: TODO: translate the login button
shop/orders.py f: TODO: nicer icon for the lock
shop/orders.py f: TODO: cache permission lookups
auth/cache.py lookup: TODO: a faster cache
payments.py total: TODO: round half even by currency
login.py render: TODO: fix the layout of the form
payments.py label: TODO: translate the label
parser.py next_token: TODO: handle strings
dicts.py hash: TODO: make it faster
db.py open_session: TODO: use the pool
database.py get_session: TODO: close it
"""


def flagged(source: str, path: str = "shop/orders.py") -> list[Finding]:
    (rule,) = load_rules(tuple(place for place in places() if place.id == "security/todo"))
    assert isinstance(rule, FileRule)
    return list(rule.check(screen(path, source.encode()).facts))


def labelled(row: str) -> list[Finding]:
    around, function, remark = row.split(" ", 2)
    name = function.removesuffix(":")
    if around.endswith(".py"):
        return flagged(f"def {name}(x):\n    # {remark}\n    pass\n", around)
    return flagged(f"class {around}:\n    def {name}(self):\n        # {remark}\n        pass\n")


@pytest.mark.parametrize("row", ABOUT_SECURITY.strip().split("\n"))
def test_a_remark_about_security_is_flagged(row: str) -> None:
    assert len(labelled(row)) == 1


@pytest.mark.parametrize("row", NEAR_MISSES.strip().split("\n"))
def test_a_remark_about_something_else_is_left_alone(row: str) -> None:
    assert labelled(row) == []


def test_several_lines_are_one_finding_at_the_marked_one() -> None:
    text = "x = 1\n# TODO: the form\n#   takes what it gets,\n# so sanitise it\n\n# TODO: a password policy\ny = 2\n"
    first, second = flagged(text)
    assert (first.location.line, first.location.end_line) == (2, 4)
    assert second.location.line == 6
    assert "the form takes what it gets, so sanitise it" in first.message


@pytest.mark.parametrize(
    ("remark", "ticket"),
    [
        ("TODO: rate limit this, SHOP-12", "SHOP-12"),
        ("TODO(SEC-7): rate limit this", "SEC-7"),
        ("TODO: rate limit this (#123)", "#123"),
        ("TODO: rate limit this, see https://bugs.example.org/1?a=b.", "https://bugs.example.org/1?a=b"),
        ("TODO: rate limit this, shop/api#45", "shop/api#45"),
    ],
)
def test_a_named_ticket_is_told(remark: str, ticket: str) -> None:
    assert flagged(f"# {remark}\n")[0].facts["ticket"] == ticket


@pytest.mark.parametrize("remark", ["TODO: use SHA-256 for the password", "TODO: encrypt with AES-128, not UTF-8"])
def test_the_name_of_a_standard_is_no_ticket(remark: str) -> None:
    assert "ticket" not in flagged(f"# {remark}\n")[0].facts


@pytest.mark.parametrize(
    ("remark", "disposition"),
    [
        ("TODO: check the permission", "complete"),
        ("TODO: remove the legacy login", "remove"),
        ("XXX the token lives as long as its user", "document"),
    ],
)
def test_what_should_become_of_it_is_told_with_the_reason(remark: str, disposition: str) -> None:
    (finding,) = flagged(f"# {remark}\n")
    assert finding.facts["disposition"] == disposition
    assert len(finding.facts["reason"]) > 20


def test_a_guard_that_is_off_weighs_more_than_one_that_could_be_better() -> None:
    (off,) = flagged("# TODO: the permission check is disabled\n")
    (better,) = flagged("# TODO: give permissions to groups, too\n")
    assert off.severity.rank < better.severity.rank


def test_the_place_alone_is_less_sure_than_the_words() -> None:
    (place,) = flagged("def login(name):\n    # TODO: better\n    pass\n")
    (words,) = flagged("# TODO: SQL injection\n")
    assert (place.confidence.value, words.confidence.value) == ("low", "high")
    assert place.facts["category"] == "authentication"
    assert "login" in place.facts["why"]


def test_a_docstring_is_less_sure_than_a_comment() -> None:
    (finding,) = flagged('def f():\n    """Does.\n\n    TODO: SQL injection\n    """\n')
    assert (finding.location.line, finding.confidence.value) == (4, "low")


def test_the_innermost_name_decides_and_the_file_comes_last() -> None:
    text = "class Order:\n    def verify_signature(self):\n        # TODO: finish\n        pass\n"
    assert flagged(text)[0].facts["category"] == "cryptography"
    assert flagged("# TODO: finish\n", "shop/auth/views.py")[0].facts["category"] == "authentication"
    assert flagged("# TODO: finish\n", "shop/catalogue/views.py") == []


def test_a_mark_above_a_function_stands_in_it() -> None:
    (finding,) = flagged("# TODO: finish\n@route('/x')\ndef reset_password(x):\n    pass\n")
    assert "reset_password" in finding.message


def test_security_as_a_heading_is_no_mark() -> None:
    assert flagged("# Security\n# Security headers come from the proxy\n# SECURITY:\n# passwords\nx = 1\n") == []
    assert flagged("# SECURITY: nothing checks who asks\nx = 1\n")[0].confidence.value == "high"

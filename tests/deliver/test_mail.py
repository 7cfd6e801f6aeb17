"""Mail to a real server: encrypted, logged in, whole, once, and silent about its secrets."""

import email
import email.policy
import smtplib
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from auditor.deliver import mail
from auditor.deliver.attempt import Passing, Refused, Unsure, persistently
from auditor.deliver.message import address, message
from auditor.deliver.secret import Secret
from auditor.model.errors import AuditorError
from auditor.report.letter import Letter
from tests.deliver.conftest import PASSWORD, USER, Mailhouse

Trust = Callable[[], ssl.SSLContext]
WHEN = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)


@pytest.fixture
def written(letter: Letter) -> EmailMessage:
    return message(letter, "Auditor <auditor@example.com>", "team@example.com", "a1b2", WHEN)


def at(house: Mailhouse, password: str = PASSWORD) -> mail.Server:
    return mail.Server(house.host, house.port, USER, Secret(password))


def test_a_mail_arrives_whole_over_tls_after_a_login(mailhouse: Mailhouse, written: EmailMessage, trust: Trust) -> None:
    mail.send(at(mailhouse), written, trust)
    assert mailhouse.post.logins == ["good"]
    (envelope,) = mailhouse.post.mails
    assert envelope.rcpt_tos == ["team@example.com"]
    got = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert got["Subject"] == "shop: week 48 <!channel> Bcc: evil@example.com"
    assert got["Bcc"] is None
    assert got["Message-ID"] == "<a1b2@auditor.invalid>"
    body = got.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "Grade B, up from C."
    page = got.get_body(("html",))
    assert page is not None
    assert 'style="color: #123456;"' in page.get_content()
    kinds = {part.get_content_type(): part for part in got.walk()}
    assert kinds["image/png"]["Content-ID"] == "<trend>"
    assert [part.get_filename() for part in got.iter_attachments()] == ["weekly.html"]


def test_no_password_is_spoken_without_tls(mailhouse: Mailhouse, written: EmailMessage) -> None:
    with pytest.raises(Refused, match="certificate"):
        mail.send(at(mailhouse), written)
    assert mailhouse.post.logins == []
    assert mailhouse.post.mails == []


def test_a_server_without_starttls_gets_nothing(written: EmailMessage) -> None:
    from aiosmtpd.controller import Controller

    from tests.deliver.conftest import Post, free_port

    controller = Controller(Post(), "127.0.0.1", free_port())
    controller.start()
    with pytest.raises(Refused, match="offers no TLS"):
        mail.send(mail.Server("localhost", controller.port, USER, Secret(PASSWORD)), written)
    controller.stop()


def test_a_refused_login_says_so_and_does_not_repeat_the_password(
    mailhouse: Mailhouse, written: EmailMessage, trust: Trust
) -> None:
    with pytest.raises(Refused) as told:
        mail.send(at(mailhouse, "wrong-horse"), written, trust)
    assert "login was refused" in str(told.value)
    assert "wrong-horse" not in str(told.value)
    assert "(hidden)" in str(told.value)


def test_later_is_tried_again_and_no_is_not(mailhouse: Mailhouse, written: EmailMessage, trust: Trust) -> None:
    pauses: list[float] = []
    mailhouse.post.answers = ["451 later", "451 later"]
    persistently(lambda: mail.send(at(mailhouse), written, trust), pauses.append)
    assert pauses == [1.0, 4.0]
    assert len(mailhouse.post.mails) == 1
    mailhouse.post.answers = ["554 no spam"]
    with pytest.raises(Refused, match="no spam"):
        persistently(lambda: mail.send(at(mailhouse), written, trust), pauses.append)
    assert pauses == [1.0, 4.0]


def test_silence_after_the_text_is_never_taken_for_a_failure(mailhouse: Mailhouse, written: EmailMessage, trust: Trust) -> None:
    mailhouse.post.answers = ["take it and fall silent"]
    with pytest.raises(Unsure):
        persistently(lambda: mail.send(at(mailhouse), written, trust), lambda _: None)
    assert len(mailhouse.post.mails) == 1


def test_nobody_listening_is_tried_and_then_told(written: EmailMessage, trust: Trust) -> None:
    pauses: list[float] = []
    with pytest.raises(Refused, match=r"no answer.*4 tries"):
        persistently(lambda: mail.send(mail.Server("127.0.0.1", 1), written, trust), pauses.append)
    assert pauses == [1.0, 4.0, 16.0]


@pytest.mark.parametrize("text", ["", "team", "a@b@c", "a b@c.example", "team@example.com\r\nBcc: x@y.example", "@", "<>"])
def test_what_is_no_address_is_told(text: str) -> None:
    with pytest.raises(AuditorError, match="no mail address"):
        address(text)


def test_a_name_may_stand_before_the_address() -> None:
    assert str(address("The team <team@example.com>")) == "The team <team@example.com>"
    assert str(address(" team@example.com ")) == "team@example.com"


def test_a_busy_server_is_a_passing_failure(mailhouse: Mailhouse, written: EmailMessage, trust: Trust) -> None:
    mailhouse.post.answers = ["421 busy"]
    with pytest.raises(Passing):
        mail.send(at(mailhouse), written, trust)
    assert issubclass(smtplib.SMTPAuthenticationError, smtplib.SMTPResponseException)

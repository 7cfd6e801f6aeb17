"""Nothing is sent twice: not by a second run, not by two at once, not after one that died."""

import threading
from pathlib import Path

import pytest

from auditor.deliver.attempt import Refused, Unsure
from auditor.deliver.post import post
from auditor.deliver.secret import Secret, scrubbed
from auditor.deliver.sent import Key, Sent, digest
from auditor.model.errors import AuditorError

KEY = Key("weekly", "shop", "2026-W48", "email", "team@example.com")
NEXT = Key("weekly", "shop", "2026-W49", "email", "team@example.com")


@pytest.fixture
def book(tmp_path: Path) -> Sent:
    return Sent(tmp_path / "state" / "sent.sqlite")


def test_what_was_sent_is_not_sent_again_until_the_next_week(book: Sent, tmp_path: Path) -> None:
    sent: list[Key] = []
    assert [one.state for one in post([KEY], sent.append, book)] == ["sent"]
    later = Sent(tmp_path / "state" / "sent.sqlite")
    assert [one.state for one in post([KEY, NEXT], sent.append, later)] == ["already sent", "sent"]
    assert sent == [KEY, NEXT]
    assert [one.state for one in post([KEY], sent.append, later, again=True)] == ["sent"]


def test_a_refusal_leaves_the_way_free_and_a_doubt_does_not(book: Sent) -> None:
    def refuse(_: Key) -> None:
        raise Refused("no")

    def vanish(_: Key) -> None:
        raise Unsure("silence")

    assert post([KEY], refuse, book)[0].why == "no"
    (doubt,) = post([KEY], vanish, book)
    assert (doubt.state, doubt.well) == ("unsure", False)
    (held,) = post([KEY], lambda _: None, book)
    assert held.state == "unsure"
    assert "--again" in held.why


def test_a_run_that_died_while_sending_is_not_repeated_by_the_next(book: Sent) -> None:
    def die(_: Key) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        post([KEY], die, book)
    sent: list[Key] = []
    assert post([KEY], sent.append, book)[0].state == "unsure"
    assert sent == []


def test_of_two_runs_at_once_one_sends(tmp_path: Path) -> None:
    sent: list[Key] = []
    gate = threading.Barrier(8)

    def run() -> None:
        gate.wait()
        post([KEY], sent.append, Sent(tmp_path / "sent.sqlite"))

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sent == [KEY]


def test_a_book_that_can_not_be_kept_stops_the_sending(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    sent: list[Key] = []
    with pytest.raises(AuditorError, match="can not be used"):
        post([KEY], sent.append, Sent(tmp_path / "file" / "sent.sqlite"))
    (tmp_path / "bad.sqlite").write_text("no database " * 100)
    with pytest.raises(AuditorError, match="can not be used"):
        post([KEY], sent.append, Sent(tmp_path / "bad.sqlite"))
    assert sent == []


def test_a_secret_is_taken_out_of_a_text_in_every_form() -> None:
    secret = Secret("pass word+1")
    text = scrubbed("pass word+1, pass%20word%2B1, cGFzcyB3b3JkKzE=", (secret, Secret("")))
    assert text == "(hidden), (hidden), (hidden)="
    assert "pass" not in repr([secret])
    assert digest("https://hook") != digest("https://hook2")

"""A chat and a push gateway behind a real web server on the loopback."""

import base64
import json

import pytest

from auditor.deliver import slack
from auditor.deliver.attempt import Passing, Refused, Unsure, persistently
from auditor.deliver.push import Gateway, push
from auditor.deliver.secret import Secret
from auditor.model.errors import AuditorError
from auditor.report.letter import Letter
from tests.deliver.conftest import Web


def hook(web: Web) -> Secret:
    return Secret(f"http://127.0.0.1:{web.server_port}/services/T0/B0/s3cretpath")


def test_a_letter_becomes_blocks_of_plain_text(web: Web, letter: Letter) -> None:
    slack.send(letter, hook(web))
    ((method, path, _, body),) = web.seen
    assert (method, path) == ("POST", "/services/T0/B0/s3cretpath")
    told = json.loads(body)
    assert [block["type"] for block in told["blocks"]] == ["header", "divider", "section", "section"]
    texts = [block["text"] for block in told["blocks"] if "text" in block]
    assert {text["type"] for text in texts} == {"plain_text"}
    assert texts[2]["text"] == "<!channel> *bold* <http://e.example|click>"
    assert "<" not in told["text"]


def test_a_pause_that_slack_asks_for_is_kept_and_a_no_is_final(web: Web, letter: Letter) -> None:
    pauses: list[float] = []
    web.answers = [(429, "slow down", {"Retry-After": "7"}), (503, "unwell", {})]
    persistently(lambda: slack.send(letter, hook(web)), pauses.append)
    assert pauses == [7.0, 4.0]
    assert len(web.seen) == 3
    web.answers = [(403, "invalid_token", {})]
    with pytest.raises(Refused, match="403: invalid_token"):
        persistently(lambda: slack.send(letter, hook(web)), pauses.append)
    assert len(web.seen) == 4


def test_no_answer_after_the_post_is_not_sent_again(web: Web, letter: Letter) -> None:
    web.answers = [(0, "", {})]
    with pytest.raises(Unsure):
        persistently(lambda: slack.send(letter, hook(web)), lambda _: None)
    assert len(web.seen) == 1


def test_the_webhooks_address_stands_in_no_error(web: Web, letter: Letter, capfd: pytest.CaptureFixture[str]) -> None:
    web.answers = [(400, f"bad: {hook(web).reveal()}", {})]
    with pytest.raises(Refused) as told:
        slack.send(letter, hook(web))
    assert "s3cretpath" not in str(told.value)
    with pytest.raises(Passing) as silent:
        slack.send(letter, Secret("http://127.0.0.1:1/services/s3cretpath"))
    assert "s3cretpath" not in str(silent.value)
    with pytest.raises(AuditorError) as wrong:
        slack.send(letter, Secret("http://hooks.example.com/s3cretpath"))
    assert "s3cretpath" not in str(wrong.value)
    assert "s3cretpath" not in "".join(capfd.readouterr())
    assert repr(hook(web)) == f"{hook(web)}" == "(hidden)"


def test_figures_replace_those_of_their_project(web: Web) -> None:
    gateway = Gateway(f"http://127.0.0.1:{web.server_port}/", "pusher", Secret("pushy-secret"))
    push(gateway, "team/shop", b"# TYPE auditor_up gauge\nauditor_up 1\n# EOF\n")
    ((method, path, headers, body),) = web.seen
    assert (method, path) == ("PUT", "/metrics/job/auditor/project@base64/dGVhbS9zaG9w")
    assert base64.b64decode(headers["Authorization"].split()[1]) == b"pusher:pushy-secret"
    assert body.endswith(b"# EOF\n")


def test_a_gateway_that_fails_is_told_without_the_login(web: Web) -> None:
    gateway = Gateway(f"http://127.0.0.1:{web.server_port}", "pusher", Secret("pushy-secret"))
    web.answers = [(400, "pushy-secret", {}), (500, "", {})]
    with pytest.raises(Refused) as told:
        push(gateway, "shop", b"")
    assert "pushy-secret" not in str(told.value)
    with pytest.raises(Passing, match="500"):
        push(gateway, "shop", b"")
    with pytest.raises(AuditorError, match="no address"):
        push(Gateway("ftp://x"), "shop", b"")

"""Prometheus and Sentry are asked as they answer; who does not answer in time, or wrongly, gives unknown and never good."""

import json
import socket
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from auditor.evidence.record import Evidence
from auditor.evidence.sources import fetch
from auditor.model.policy import EvidencePlace, Prometheus, Sentry
from tests.evidence import made
from tests.evidence.server import Reply, served

NOW = "2026-03-20T10:00:00+00:00"
QUERIES = {"cache.hit_rate_pct": "100 * sum(rate(hits[1h]))", "http.p95_ms": "histogram_quantile(0.95, x)"}


def asked(place: EvidencePlace, environment: dict[str, str] | None = None) -> Evidence:
    (only,) = fetch(place, NOW, environment or {})
    return only


def prometheus(url: str, limit_s: float = 5.0) -> EvidencePlace:
    return EvidencePlace(prometheus=Prometheus(url, QUERIES), timeout_s=limit_s)


def sentry(url: str, limit_s: float = 5.0) -> EvidencePlace:
    return EvidencePlace(sentry=Sentry("acme", "shop/1", url), timeout_s=limit_s)


def test_every_query_is_asked_and_gives_its_measure_dated_now() -> None:
    def answer(path: str) -> Reply:
        query = parse_qs(urlsplit(path).query)["query"][0]
        return Reply(made.vector(({}, "72" if "hits" in query else "0.18")))

    with served(answer) as server:
        piece = asked(prometheus(server.url))
    assert [(one.name, one.value, one.taken_at) for one in piece.measures] == [
        ("cache.hit_rate_pct", 72, NOW), ("http.p95_ms", 0.18, NOW),
    ]  # fmt: skip
    assert {urlsplit(one.path).path for one in server.asked} == {"/api/v1/query"}
    assert piece.notes == ()


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(b'{"status":"error","error":"parse error"}', 400), "answered with 400 (parse error)"),
        (Reply(b"<html>", 200), "something that is no JSON"),
        (Reply(b"[]", 200), "none of Prometheus"),
        (Reply(b"", 401), "answered with 401: the token is missing"),
        (Reply(b"", 302, (("Location", "http://127.0.0.1:1/"),)), "answered with 302"),
        (Reply(made.vector()), ""),
    ],
)
def test_a_wrong_answer_is_unknown_and_says_so(reply: Reply, says: str) -> None:
    with served(lambda _: reply) as server:
        piece = asked(prometheus(server.url))
    assert [one.value for one in piece.measures] == [None, None]
    assert all(says in note for note in piece.notes)
    assert all(one.note for one in piece.measures)


@pytest.mark.parametrize("reply", [Reply(b"{}", slow_s=30), Reply(b" " * 1000, drip_s=0.05)])
def test_who_does_not_answer_in_time_is_unknown_even_if_it_drips(reply: Reply) -> None:
    with served(lambda _: reply) as server:
        piece = asked(prometheus(server.url, 0.4))
    assert [one.value for one in piece.measures] == [None, None]
    assert all("did not answer within 0.4 s" in note for note in piece.notes)


def test_a_closed_port_and_an_address_that_is_none_are_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{taken.getsockname()[1]}"
    assert "can not be asked" in asked(prometheus(closed)).notes[0]
    assert "no address of the web" in asked(prometheus("file:///etc/passwd")).notes[0]


def test_a_token_goes_to_the_host_that_the_environment_names_alone() -> None:
    with served(lambda _: Reply(made.vector(({}, "1")))) as server:
        host = urlsplit(server.url).netloc
        kept = asked(prometheus(server.url), {"AUDITOR_PROMETHEUS_TOKEN": "s3cret"})
        assert server.asked == []
        assert all("the token is kept back" in note for note in kept.notes)
        asked(prometheus(server.url), {"AUDITOR_PROMETHEUS_TOKEN": "s3cret", "AUDITOR_PROMETHEUS_HOST": host})
    assert {one.token for one in server.asked} == {"Bearer s3cret"}
    assert "s3cret" not in repr(kept)


def test_no_secret_is_told_even_if_the_server_repeats_it() -> None:
    with served(lambda _: Reply(b'{"error": "bad token s3cret"}', 403)) as server:
        environment = {"AUDITOR_PROMETHEUS_TOKEN": "s3cret", "AUDITOR_PROMETHEUS_HOST": urlsplit(server.url).netloc}
        piece = asked(prometheus(f"{server.url}"), environment)
    assert "s3cret" not in msgspec.json.encode(piece).decode()
    assert "holds a password" in asked(prometheus("http://me:s3cret@127.0.0.1:1")).notes[0]
    assert "s3cret" not in asked(prometheus("http://me:s3cret@127.0.0.1:1")).notes[0]


def test_sentrys_pages_are_followed_to_the_last() -> None:
    def answer(path: str) -> Reply:
        page = int(parse_qs(urlsplit(path).query).get("cursor", ["0"])[0])
        more = "true" if page < 2 else "false"
        link = f'<{server.url}{urlsplit(path).path}?cursor=9>; rel="previous"; results="false"; cursor="9"'
        link += f', <{server.url}{urlsplit(path).path}?cursor={page + 1}>; rel="next"; results="{more}"; cursor="{page + 1}"'
        return Reply(json.dumps([made.issue(number=page)]).encode(), headers=(("Link", link),))

    with served(answer) as server:
        piece = asked(sentry(server.url))
    assert {one.name: one.value for one in piece.measures if not one.subject}["incidents.count"] == 3
    assert [urlsplit(one.path).path for one in server.asked] == ["/api/0/projects/acme/shop%2F1/issues/"] * 3
    assert "is%3Aunresolved" in server.asked[0].path


def test_a_next_page_on_another_host_is_not_followed() -> None:
    link = '<http://127.0.0.2:1/x>; rel="next"; results="true"; cursor="1"'
    with served(lambda _: Reply(b"[]", headers=(("Link", link),))) as server:
        asked(sentry(server.url))
    assert len(server.asked) == 1


def test_sentry_that_fails_on_a_later_page_is_unknown_and_not_fewer() -> None:
    def answer(path: str) -> Reply:
        if "cursor" in path:
            return Reply(b"", 500)
        link = f'<{server.url}/next?cursor=1>; rel="next"; results="true"; cursor="1"'
        return Reply(json.dumps([made.issue()]).encode(), headers=(("Link", link),))

    with served(answer) as server:
        piece = asked(sentry(server.url))
    assert {one.value for one in piece.measures} == {None}
    assert "answered with 500" in piece.notes[0]


def test_without_sources_nobody_is_asked() -> None:
    assert list(fetch(EvidencePlace(), NOW, {})) == []

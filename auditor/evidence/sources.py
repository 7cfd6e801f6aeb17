"""The sources that answer over HTTP: Prometheus and Sentry, each asked as the settings say, only when a person asks."""

import os
import time
from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from auditor.evidence.ask import ask, named
from auditor.evidence.forms import prometheus, sentry
from auditor.evidence.record import Evidence, Refused
from auditor.model.measure import Measure, unknown
from auditor.model.policy import EvidencePlace, Prometheus, Sentry

MOST_PAGES = 20


def fetch(place: EvidencePlace, now: str, environment: Mapping[str, str] = os.environ) -> Iterator[Evidence]:
    """What every source of the settings says now (ISO time in UTC). One that does not answer gives unknown measures."""
    if place.prometheus.url:
        yield _prometheus(place.prometheus, place.timeout_s, now, environment)
    if place.sentry.organisation:
        yield _sentry(place.sentry, place.timeout_s, now, environment)


def _prometheus(source: Prometheus, limit_s: float, now: str, environment: Mapping[str, str]) -> Evidence:
    deadline = time.monotonic() + limit_s
    found: list[Measure] = []
    notes = []
    for measure, query in sorted(source.queries.items()):
        try:
            token = _token("PROMETHEUS", source.url, environment)
            url = f"{source.url.rstrip('/')}/api/v1/query?{urlencode({'query': query})}"
            page = ask(url, token, limit_s, deadline).page
            if not isinstance(page, dict):
                raise Refused(f"{named(url)} answered with JSON that is none of Prometheus")
            found += prometheus.answer(page, "", measure).measures
        except Refused as error:
            notes.append(f"{measure}: {error}")
            found.append(unknown(measure, str(error), prometheus.unit_of(measure), source=prometheus.TOOL))
    measures = tuple(msgspec.structs.replace(one, taken_at=now) if one.known else one for one in found)
    return Evidence(
        kind="prometheus", tool=prometheus.TOOL, file=named(source.url), taken_at=now, measures=measures, notes=tuple(notes)
    )


def _sentry(source: Sentry, limit_s: float, now: str, environment: Mapping[str, str]) -> Evidence:
    path = f"/api/0/projects/{quote(source.organisation, safe='')}/{quote(source.project, safe='')}/issues/"
    url = f"{source.url.rstrip('/')}{path}?{urlencode({'query': source.query, 'statsPeriod': '14d', 'limit': 100})}"
    found: list[object] = []
    deadline = time.monotonic() + limit_s
    address, pages = url, 0
    try:
        token = _token("SENTRY", source.url, environment)
        while address and pages < MOST_PAGES:
            answer = ask(address, token, limit_s, deadline)
            if not isinstance(answer.page, list):
                raise Refused(f"{named(url)} answered with JSON that is no list of issues")
            found += answer.page
            address, pages = answer.next_url, pages + 1
    except Refused as error:
        gone = tuple(unknown(name, str(error), source=sentry.TOOL) for name in ("incidents.count", "sentry.unresolved"))
        return Evidence(kind="sentry", tool=sentry.TOOL, file=named(url), taken_at=now, measures=gone, notes=(str(error),))
    note = f"at least: there are more than {MOST_PAGES * 100:,}" if address else ""
    return sentry.issues(found, named(url), now, note)


def _token(name: str, url: str, environment: Mapping[str, str]) -> str:
    """The token for a source, from `AUDITOR_<NAME>_TOKEN`. It goes to the host in `AUDITOR_<NAME>_HOST` alone: the settings
    of an audited project may name any host, and shall not learn a token by it.
    """
    token = environment.get(f"AUDITOR_{name}_TOKEN", "")
    if not token:
        return ""
    if not (token.isascii() and token.isprintable()):
        raise Refused(f"AUDITOR_{name}_TOKEN holds signs that no token has")
    parts = urlsplit(url)
    wanted = environment.get(f"AUDITOR_{name}_HOST", "")
    if parts.netloc.lower() != wanted.lower():
        host = parts.netloc or "the host"
        raise Refused(f"the token is kept back: AUDITOR_{name}_HOST does not name {host}")
    return token

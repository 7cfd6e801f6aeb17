"""A baseline: the findings that a team starts with, by fingerprint, so that only new ones count."""

import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Annotated

import msgspec

from auditor.model.errors import AuditorError
from auditor.model.finding import Finding
from auditor.model.route import Route

VERSION = 1
MARKERS = re.compile(rb"^(<<<<<<< |>>>>>>> |=======\r?$)", re.MULTILINE)


class Entry(msgspec.Struct, frozen=True, order=True):
    """A known finding. The fingerprint decides; path and rule are for people who read the file."""

    path: str
    rule: str
    fingerprint: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{16}$")]


class Known(msgspec.Struct, frozen=True, order=True):
    """A route that clients rely on, and the file of its handler."""

    path: str
    method: str
    file: str = ""


class Baseline(msgspec.Struct, frozen=True, kw_only=True):
    """The file's content: sorted entries, none twice."""

    version: int
    findings: tuple[Entry, ...]
    routes: tuple[Known, ...] = ()

    @property
    def fingerprints(self) -> frozenset[str]:
        """The fingerprints of all known findings."""
        return frozenset(entry.fingerprint for entry in self.findings)


def take(findings: Iterable[Finding], routes: Iterable[Route] = ()) -> Baseline:
    """The baseline of all findings that are not suppressed: those are known already, with their reason in the code. Of the
    routes, those that carry a version.
    """
    entries = {Entry(one.location.path, one.rule, one.fingerprint) for one in findings if one.suppressed is None}
    known = {Known(route.path, route.method, route.location.path) for route in routes if route.version}
    return Baseline(version=VERSION, findings=tuple(sorted(entries)), routes=tuple(sorted(known)))


def merge(one: Baseline, other: Baseline) -> Baseline:
    """What either knows. The order does not matter, and merging again changes nothing."""
    findings, routes = {*one.findings, *other.findings}, {*one.routes, *other.routes}
    return Baseline(version=VERSION, findings=tuple(sorted(findings)), routes=tuple(sorted(routes)))


def new_findings(findings: Iterable[Finding], known: frozenset[str]) -> tuple[Finding, ...]:
    """The findings whose fingerprints are not `known`, in their order. Lines may have moved: fingerprints hold none."""
    return tuple(finding for finding in findings if finding.fingerprint not in known)


def write(baseline: Baseline) -> bytes:
    """The file's bytes: JSON with an entry a line in sorted order, so that version control merges it like a list."""
    routes = f',\n  "routes": {_rows(baseline.routes)}' if baseline.routes else ""
    return f'{{\n  "version": {baseline.version},\n  "findings": {_rows(baseline.findings)}{routes}\n}}\n'.encode()


def _rows(entries: Iterable[Entry | Known]) -> str:
    rows = ",\n".join("    " + msgspec.json.encode(entry).decode() for entry in entries)
    return f"[\n{rows}\n  ]" if rows else "[]"


def make(findings: Iterable[Finding], routes: Iterable[Route] = ()) -> bytes:
    """The bytes of the baseline of these findings and routes."""
    return write(take(findings, routes))


def read(data: bytes, source: PurePath) -> Baseline:
    """A baseline from its file. Raises AuditorError where it is none."""
    again = "write it anew with `auditor baseline`"
    if MARKERS.search(data):
        raise AuditorError(f"{source}: holds the marks of a merge that is not finished", f"keep both sides' entries, or {again}")
    try:
        found = msgspec.json.decode(data, type=Baseline)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise AuditorError(f"{source}: is no baseline: {error}", again) from error
    if found.version != VERSION:
        raise AuditorError(f"{source}: is a baseline of version {found.version}, this auditor reads {VERSION}", again)
    return merge(found, Baseline(version=VERSION, findings=()))

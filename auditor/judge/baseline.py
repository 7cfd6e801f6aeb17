"""A baseline: the findings that a team starts with, by fingerprint, so that only new ones count."""

import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Annotated

import msgspec

from auditor.model.errors import AuditorError
from auditor.model.finding import Finding

VERSION = 1
MARKERS = re.compile(rb"^(<<<<<<< |>>>>>>> |=======\r?$)", re.MULTILINE)


class Entry(msgspec.Struct, frozen=True, order=True):
    """A known finding. The fingerprint decides; path and rule are for people who read the file."""

    path: str
    rule: str
    fingerprint: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{16}$")]


class Baseline(msgspec.Struct, frozen=True, kw_only=True):
    """The file's content: sorted entries, none twice."""

    version: int
    findings: tuple[Entry, ...]

    @property
    def fingerprints(self) -> frozenset[str]:
        """The fingerprints of all known findings."""
        return frozenset(entry.fingerprint for entry in self.findings)


def take(findings: Iterable[Finding]) -> Baseline:
    """The baseline of all findings that are not suppressed: those are known already, with their reason in the code."""
    entries = {Entry(one.location.path, one.rule, one.fingerprint) for one in findings if one.suppressed is None}
    return Baseline(version=VERSION, findings=tuple(sorted(entries)))


def merge(one: Baseline, other: Baseline) -> Baseline:
    """What either knows. The order does not matter, and merging again changes nothing."""
    return Baseline(version=VERSION, findings=tuple(sorted({*one.findings, *other.findings})))


def new_findings(findings: Iterable[Finding], known: frozenset[str]) -> tuple[Finding, ...]:
    """The findings whose fingerprints are not `known`, in their order. Lines may have moved: fingerprints hold none."""
    return tuple(finding for finding in findings if finding.fingerprint not in known)


def write(baseline: Baseline) -> bytes:
    """The file's bytes: JSON with an entry a line in sorted order, so that version control merges it like a list."""
    rows = ",\n".join("    " + msgspec.json.encode(entry).decode() for entry in baseline.findings)
    body = f"[\n{rows}\n  ]" if rows else "[]"
    return f'{{\n  "version": {baseline.version},\n  "findings": {body}\n}}\n'.encode()


def make(findings: Iterable[Finding]) -> bytes:
    """The bytes of the baseline of these findings."""
    return write(take(findings))


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

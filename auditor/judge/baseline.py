"""A baseline: the findings that a team starts with, by fingerprint, so that only new ones count."""

from pathlib import PurePath

import msgspec

from auditor.model.errors import AuditorError
from auditor.model.finding import Finding


class Entry(msgspec.Struct, frozen=True, order=True):
    """A known finding. The fingerprint decides; path and rule are for people who read the file."""

    path: str
    rule: str
    fingerprint: str


class Baseline(msgspec.Struct, frozen=True):
    """The file's content."""

    version: int
    findings: tuple[Entry, ...]

    @property
    def fingerprints(self) -> frozenset[str]:
        """The fingerprints of all known findings."""
        return frozenset(entry.fingerprint for entry in self.findings)


def make(findings: tuple[Finding, ...]) -> bytes:
    """The baseline of all findings that are not suppressed, as JSON, a line an entry, sorted so that merges are easy."""
    entries = sorted({Entry(f.location.path, f.rule, f.fingerprint) for f in findings if f.suppressed is None})
    rows = ",\n".join("    " + msgspec.json.encode(entry).decode() for entry in entries)
    return f'{{\n  "version": 1,\n  "findings": [\n{rows}\n  ]\n}}\n'.encode()


def read(data: bytes, source: PurePath) -> Baseline:
    """A baseline from its file. Raises AuditorError where it is none."""
    try:
        return msgspec.json.decode(data, type=Baseline)
    except msgspec.MsgspecError as error:
        raise AuditorError(f"{source}: is no baseline: {error}", "write it anew with `auditor baseline`") from error

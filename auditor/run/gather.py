"""The map's records brought together, and each finding put in its final form."""

import fnmatch
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import msgspec

from auditor.clones.statements import FileClones
from auditor.facts import source
from auditor.facts.flow.events import Flow
from auditor.facts.suppress import in_force, speaks_of
from auditor.facts.values import FileFacts
from auditor.model.finding import Finding, Severity, Suppression, fingerprint
from auditor.model.snapshot import Crashed, Skipped
from auditor.run.job import Job
from auditor.run.record import DECODER


class Gathered(msgspec.Struct, frozen=True):
    """All files' answers, by path in sorted order."""

    files: dict[str, FileFacts]
    clones: dict[str, FileClones]
    flows: dict[str, Flow]
    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    crashed: tuple[Crashed, ...]
    keys: dict[str, str] = {}
    """The names of the bytes that were judged, by path."""


def gather(bodies: Iterable[bytes]) -> Gathered:
    """Encoded records in any order to one value in the order of paths."""
    records = sorted((DECODER.decode(body) for body in bodies), key=lambda record: record.path)
    return Gathered(
        files={record.path: record.facts for record in records if record.facts is not None},
        clones={record.path: record.clones for record in records if record.clones is not None},
        flows={record.path: record.flow for record in records if record.flow is not None},
        findings=tuple(finding for record in records for finding in record.findings),
        skipped=tuple(skipped for record in records for skipped in record.skipped),
        crashed=tuple(crashed for record in records for crashed in record.crashed),
        keys={record.path: record.key for record in records},
    )


def fingerprinted(findings: Iterable[Finding], job: Job) -> Iterator[Finding]:
    """Gives findings about the whole project their fingerprints, from the lines they stand on."""
    seen: Counter[tuple[str, str, str]] = Counter()

    @lru_cache(maxsize=64)
    def lines(path: str) -> list[bytes]:
        try:
            return source.normalise(source.read(job.root / path, job.max_file_kib << 10)).split(b"\n")
        except source.Unreadable:
            return []

    for finding in sorted(findings, key=lambda one: (one.location, one.rule, one.message)):
        place = finding.location
        text = lines(place.path)[place.line - 1 : place.line]
        line = " ".join(text[0].decode("utf-8", "replace").split()) if text else ""
        occurrence = seen[finding.rule, place.path, line]
        seen[finding.rule, place.path, line] += 1
        yield msgspec.structs.replace(finding, fingerprint=fingerprint(finding.rule, place.path, line, occurrence))


def settled(findings: Iterable[Finding], files: Mapping[str, FileFacts], job: Job) -> tuple[Finding, ...]:
    """Findings as the settings and the comments in the code leave them, gravest first; suppressed ones stay in."""
    severities = {rule: Severity(name) for rule, name in job.severities}
    kept = []
    for finding in findings:
        if finding.rule in severities:
            facts = {**finding.facts, "own_severity": finding.severity.value}
            finding = msgspec.structs.replace(finding, severity=severities[finding.rule], facts=facts)
        reason = _suppression(finding, files.get(finding.location.path), job) or _left_out(finding, job)
        kept.append(msgspec.structs.replace(finding, suppressed=reason) if reason else finding)
    return tuple(sorted(kept, key=lambda finding: finding.sort_key))


def _left_out(finding: Finding, job: Job) -> Suppression | None:
    for pattern, rules in job.path_ignores:
        if speaks(rules, finding.rule) and matches(finding.location.path, pattern):
            return Suppression("settings", f"{pattern} is left out in the settings")
    return None


def speaks(rules: tuple[str, ...], rule: str) -> bool:
    """Whether a list of rules and packs names the rule."""
    return rule in rules or rule.partition("/")[0] in rules


def matches(path: str, pattern: str) -> bool:
    """Whether a path is the pattern, lies below it, or fits it as a shell pattern."""
    return fnmatch.fnmatchcase(path, pattern) or path.startswith(pattern.rstrip("/") + "/")


def _suppression(finding: Finding, file: FileFacts | None, job: Job) -> Suppression | None:
    if file is None:
        return None
    if finding.rule != "security/expired-decision":
        for ignore in file.ignores:
            here = ignore.covers == finding.location.line and speaks_of(ignore, finding.rule)
            if here and in_force(ignore, job.today):
                return Suppression("comment", ignore.reason, ignore.until, ignore.line)
    if job.boundaries and finding.facts.get("boundary") == "handler":
        names = {f"{file.module}.{around.qualname}" for around in file.enclosing(finding.location.line)}
        if names & set(job.boundaries):
            return Suppression("accepted", "listed as a boundary in the settings")
    return None

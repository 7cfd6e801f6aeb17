"""Findings in the groups that reports show: by rule and by file, gravest first."""

from collections.abc import Iterable

import msgspec

from auditor.model.finding import Finding, Severity
from auditor.model.snapshot import RuleInfo


class Count(msgspec.Struct, frozen=True):
    """How many of one kind: a severity, a state."""

    name: str
    number: int


class Group(msgspec.Struct, frozen=True):
    """All findings of one rule, those that count before those that are suppressed, each gravest first."""

    rule: RuleInfo
    findings: tuple[Finding, ...]
    counts: tuple[Count, ...]
    """By severity, gravest first, without the suppressed ones and without zeros."""
    total: int
    """How many findings count."""
    suppressed: int
    files: int


def severities(findings: Iterable[Finding]) -> tuple[Count, ...]:
    """How many findings of each severity, gravest first, zeros left out."""
    found = [finding.severity for finding in findings]
    return tuple(Count(severity.value, found.count(severity)) for severity in Severity if severity in found)


def by_rule(findings: Iterable[Finding], rules: Iterable[RuleInfo]) -> tuple[Group, ...]:
    """One group a rule that found something: the gravest finding decides the order, then the number, then the id."""
    known = {rule.id: rule for rule in rules}
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.rule, []).append(finding)
    groups = [_group(known.get(rule) or _unknown(rule, members), members) for rule, members in found.items()]
    return tuple(sorted(groups, key=_order))


def _group(rule: RuleInfo, findings: list[Finding]) -> Group:
    counted = [finding for finding in findings if finding.suppressed is None]
    return Group(
        rule=rule,
        findings=tuple(sorted(findings, key=lambda finding: (finding.suppressed is not None, finding.sort_key))),
        counts=severities(counted),
        total=len(counted),
        suppressed=len(findings) - len(counted),
        files=len({finding.location.path for finding in findings}),
    )


def _unknown(rule: str, findings: list[Finding]) -> RuleInfo:
    """A rule that the snapshot does not describe is shown by its id."""
    return RuleInfo(rule, rule.rpartition("/")[2].replace("-", " "), "", findings[0].severity.value)


def _order(group: Group) -> tuple[int, int, str]:
    gravest = Severity(group.counts[0].name).rank if group.counts else len(Severity)
    return gravest, -group.total, group.rule.id


def by_file(findings: Iterable[Finding]) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
    """Findings by path: the file with the gravest finding first; inside a file gravest first."""
    found: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: finding.sort_key):
        found.setdefault(finding.location.path, []).append(finding)
    return tuple((path, tuple(members)) for path, members in found.items())

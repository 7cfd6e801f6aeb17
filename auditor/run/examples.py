"""A rule's own examples, run through the same machine as any project: what is flagged must be what is marked."""

import re
import textwrap
from datetime import date
from pathlib import Path

import msgspec

from auditor.facts.suppress import in_force, speaks_of
from auditor.model.finding import Finding
from auditor.packs.rules import Place, load_rules
from auditor.paths.project import Project
from auditor.rule.api import ProjectRule, Rule, SupplyRule
from auditor.run.desk import Desk, Order
from auditor.run.record import Record
from auditor.run.stand import trial_of_supply

MARK = re.compile(r"#\s*<-.*$")
NEXT_FILE = re.compile(r"^# file: (\S+)[ \t]*$\n?", re.MULTILINE)
BEFORE = re.compile(r"^\s*# before: ([A-Z]+) (\S+)$", re.MULTILINE)
"""A route of the baseline in an example: `# before: GET /v1/orders`."""
TODAY = date(2026, 6, 1)
"""The date on which examples are judged, so that they stay true."""


class Trial(msgspec.Struct, frozen=True):
    """One example's outcome. `expected` and `flagged` hold (path, line) pairs in order."""

    rule: str
    kind: str
    """`bad` or `good`."""
    number: int
    expected: tuple[tuple[str, int], ...]
    flagged: tuple[tuple[str, int], ...]
    crashed: str = ""

    @property
    def right(self) -> bool:
        """Whether exactly the marked lines were flagged."""
        return not self.crashed and self.expected == self.flagged


def trials(place: Place) -> tuple[Trial, ...]:
    """All examples of one rule, bad ones first, counted from 1."""
    desk = Desk(Order(Path(), (place,), "", 2 << 20, None))
    (rule,) = load_rules((place,))
    return tuple(
        _try(desk, rule, kind, number, example)
        for kind, examples in (("bad", rule.bad), ("good", rule.good))
        for number, example in enumerate(examples, 1)
    )


def _try(desk: Desk, rule: Rule, kind: str, number: int, example: str) -> Trial:
    files = _files(textwrap.dedent(example))
    expected = sorted(
        (path, number) for path, text in files.items() for number, line in enumerate(text.split("\n"), 1) if MARK.search(line)
    )
    if isinstance(rule, SupplyRule):
        return Trial(rule.id, kind, number, tuple(expected), trial_of_supply(rule, files))
    records = [desk.work(path, _unmarked(text)) for path, text in files.items()]
    crashed = [crash.traceback for record in records for crash in record.crashed]
    findings = [finding for record in records for finding in record.findings]
    if isinstance(rule, ProjectRule):
        project = Project(
            {record.path: record.facts for record in records if record.facts is not None},
            TODAY,
            {record.path: record.clones for record in records if record.clones is not None},
            {record.path: record.flow for record in records if record.flow is not None},
            before=tuple((path, method, next(iter(files))) for method, path in BEFORE.findall(example)),
        )
        findings += rule.check(project)
    flagged = sorted({(f.location.path, f.location.line) for f in findings if not _ignored(f, records)})
    return Trial(rule.id, kind, number, tuple(expected), tuple(flagged), "".join(crashed))


def _ignored(finding: Finding, records: list[Record]) -> bool:
    return finding.rule != "security/expired-decision" and any(
        ignore.covers == finding.location.line and speaks_of(ignore, finding.rule) and in_force(ignore, TODAY)
        for record in records
        if record.facts is not None and record.path == finding.location.path
        for ignore in record.facts.ignores
    )


def _files(example: str) -> dict[str, str]:
    """The files of an example: one called `example.py`, or those that `# file: PATH` lines begin."""
    parts = NEXT_FILE.split(example)
    if len(parts) == 1:
        return {"example.py": example}
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _unmarked(text: str) -> bytes:
    return "\n".join(MARK.sub("", line).rstrip() if MARK.search(line) else line for line in text.split("\n")).encode()

"""The snapshot with what others measured: their figures beside ours, their findings among ours, their gaps among the gaps."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from auditor.evidence.age import dated, judged
from auditor.evidence.echoes import merged
from auditor.evidence.place import others, renamed, rooted
from auditor.evidence.record import Evidence
from auditor.model.finding import Finding
from auditor.model.measure import Basis, Measure
from auditor.model.policy import EvidencePlace
from auditor.model.snapshot import RuleInfo, Skipped, Snapshot, Source
from auditor.run.gather import fingerprinted
from auditor.run.job import Job

PACKS = frozenset(("contract", "dependencies"))
"""Packs of ours that have no folder of rules."""


def with_evidence(
    snapshot: Snapshot, pieces: Sequence[Evidence], skipped: Iterable[Skipped], place: EvidencePlace, job: Job
) -> Snapshot:
    """The snapshot with all pieces of evidence. What the audit itself measured, or tried to, no evidence replaces; a person's
    word on one promise stands beside it.
    """
    own = frozenset(rule.id.partition("/")[0] for rule in snapshot.rules) | PACKS
    here = [rooted(piece, job.root) for piece in pieces]
    theirs = [finding for piece in here for finding in others(piece, own, dict(place.severity))]
    rules = {info.id: info for piece in here for info in _renamed(piece, own)} | {rule.id: rule for rule in snapshot.rules}
    findings = merged(snapshot.findings, _fingerprinted(theirs, job), {info.id: info.cwe for info in rules.values()})
    told = [Skipped(piece.file, note, "left out") for piece in here for note in piece.notes]
    told += [Skipped(piece.file, gap, about="evidence") for piece in here for gap in piece.gaps]
    told += _needless(here, {one.name for one in snapshot.measures})
    return msgspec.structs.replace(
        snapshot,
        measures=figures(snapshot.measures, (one for piece in here for one in dated(piece)), place, job.today),
        findings=findings,
        rules=tuple(rules[name] for name in sorted(rules)),
        skipped=tuple(sorted({*snapshot.skipped, *skipped, *told})),
        evidence=tuple(sorted(_source(piece) for piece in here if piece.measures or piece.findings)),
    )


def _needless(pieces: Iterable[Evidence], own: set[str]) -> list[Skipped]:
    """Figures of others for what the audit measures itself, or tried to: they are not used, and that is told."""
    names = {(piece.file, one.name) for piece in pieces for one in piece.measures if one.name in own and not _word(one)}
    said = "its figure of {} is not used: the audit measures that itself"
    return [Skipped(file, said.format(name), "left out") for file, name in sorted(names)]


def _word(measure: Measure) -> bool:
    """Whether it is what a person says of one promise."""
    return measure.basis is Basis.DECLARED and bool(measure.subject)


def _source(piece: Evidence) -> Source:
    figures_, found = len(piece.measures), len(piece.findings)
    taken_at = piece.taken_at or max((one.taken_at for one in piece.measures), default="")
    return Source(piece.file, piece.kind, piece.tool, taken_at, piece.dated_by, figures_, found, piece.sha256, piece.link)


def figures(own: Iterable[Measure], others_: Iterable[Measure], place: EvidencePlace, today: date) -> tuple[Measure, ...]:
    """Our measures and theirs, one a name and subject, sorted: of theirs a fresh one before a stale, then the newest."""
    mine = tuple(own)
    taken = {one.name for one in mine}
    best: dict[tuple[str, str], Measure] = {}
    for one in others_:
        if one.name in taken and not _word(one):
            continue
        new = judged(one, place, today)
        old = best.get((one.name, one.subject))
        if old is None or _worth(new) > _worth(old):
            best[one.name, one.subject] = new
    return tuple(sorted((*mine, *best.values()), key=lambda one: (one.name, one.subject)))


def _worth(measure: Measure) -> tuple[bool, bool, str]:
    return (measure.known, measure.basis is not Basis.STALE, measure.taken_at)


def _renamed(piece: Evidence, own: frozenset[str]) -> list[RuleInfo]:
    return [msgspec.structs.replace(info, id=renamed(info.id, own)) for info in piece.rules]


def _fingerprinted(findings: list[Finding], job: Job) -> tuple[Finding, ...]:
    """With our own fingerprints: a tool's own ones differ from tool to tool, and may be made up."""
    known: dict[tuple[str, str, int, str], Finding] = {}
    for one in findings:
        known.setdefault((one.rule, one.location.path, one.location.line, one.message), one)
    return tuple(fingerprinted(known.values(), job))

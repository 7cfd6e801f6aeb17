"""The dependencies' part of a snapshot: packages brought together with the code that uses them, and the rules about them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from auditor.model.finding import Finding, fingerprint
from auditor.model.measure import Measure
from auditor.model.policy import Supply as Settings
from auditor.model.snapshot import Crashed, Snapshot
from auditor.packs.described import about_supply
from auditor.packs.rules import load_rules
from auditor.rule.api import SupplyRule
from auditor.rule.ask import ask
from auditor.run.accepted import accepted, in_force, lapsed
from auditor.run.gather import settled
from auditor.run.job import Job

if TYPE_CHECKING:
    from auditor.model.inventory import Inventory
    from auditor.supply.audit import Supply

LEFT_OUT = "the dependency audit was left out"


def joined(
    snapshot: Snapshot,
    supply: "Supply | None",
    job: Job,
    settings: Settings = Settings(),  # noqa: B008  a frozen value
    source: str = "",
) -> Snapshot:
    """The code's snapshot with the dependencies' answer in it, all sorted; without one its measures are unknown, and say so.

    `source` is the file that holds the settings.
    """
    from auditor.supply.measures import measures, none_taken

    if supply is None:
        return msgspec.structs.replace(snapshot, measures=_sorted((*snapshot.measures, *none_taken(LEFT_OUT))))
    from auditor.supply.use.inventory import inventory

    uses = snapshot.uses if any(snapshot.scope.files.values()) else None
    found = inventory(supply, job.root, uses, job.exclude, settings.modules, snapshot.reached)
    answers = list(_answers(job, found))
    told = settled(fingerprinted(one for one in answers if isinstance(one, Finding)), {}, job)
    judged = accepted(told, settings.accepted, source, job.today)
    findings = (*snapshot.findings, *judged, *lapsed(settings.allow_unaudited, source, job.today))
    risks = frozenset(risk.id for risk in in_force(settings.accepted, job.today))
    allowed = frozenset(name for name, until in settings.allow_unaudited.items() if until >= job.today.isoformat())
    return msgspec.structs.replace(
        snapshot,
        findings=tuple(sorted(findings, key=lambda finding: finding.sort_key)),
        measures=_sorted((*snapshot.measures, *measures(found, supply, risks, allowed))),
        skipped=tuple(sorted({*snapshot.skipped, *supply.skipped})),
        crashed=tuple(sorted({*snapshot.crashed, *(one for one in answers if isinstance(one, Crashed))})),
        packages=found.packages,
    )


def _answers(job: Job, found: "Inventory") -> Iterator[Finding | Crashed]:
    for rule in load_rules(about_supply(job.rules)):
        if isinstance(rule, SupplyRule):
            yield from ask(rule, partial(rule.check, found), "")


def fingerprinted(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Gives findings about dependencies their fingerprints: of the package, module or advisory that they name and the file,
    so that neither an edit of the manifest nor an advisory beside theirs changes them.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in sorted(findings, key=lambda one: (one.location, one.rule, one.message)):
        about = " ".join(finding.facts.get(name, "") for name in ("package", "advisory", "module", "job")).strip()
        key = (finding.rule, finding.location.path, about)
        yield msgspec.structs.replace(finding, fingerprint=fingerprint(*key, seen[key]))
        seen[key] += 1


def _sorted(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    return tuple(sorted(measures, key=lambda measure: (measure.name, measure.subject)))

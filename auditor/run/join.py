"""The code's snapshot and the dependencies' answer as one snapshot."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from auditor.model.measure import Measure, unknown
from auditor.model.snapshot import Snapshot

if TYPE_CHECKING:
    from auditor.supply.audit import Supply

COUNTS = ("count", "critical", "high", "unknown", "not_audited")


def joined(snapshot: Snapshot, supply: "Supply | None") -> Snapshot:
    """Both together, sorted; without a dependency audit its measures are unknown, and say so."""
    if supply is None:
        note = "the dependency audit was left out"
        measures = (*snapshot.measures, *(unknown(f"dependencies.{name}", note) for name in COUNTS))
        return msgspec.structs.replace(snapshot, measures=_sorted(measures))
    return msgspec.structs.replace(
        snapshot,
        findings=tuple(sorted((*snapshot.findings, *supply.findings), key=lambda finding: finding.sort_key)),
        measures=_sorted((*snapshot.measures, *supply.measures)),
        skipped=tuple(sorted({*snapshot.skipped, *supply.skipped})),
        packages=supply.packages,
    )


def _sorted(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    return tuple(sorted(measures, key=lambda measure: (measure.name, measure.subject)))

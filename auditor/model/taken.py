"""An audit ready to be kept: the snapshot with all that makes it comparable with earlier and later ones."""

import hashlib
from collections import Counter
from collections.abc import Iterable

import msgspec

from auditor.model.finding import Finding, Severity
from auditor.model.history import Conditions, Entry
from auditor.model.measure import Basis, Measure
from auditor.model.snapshot import Snapshot
from auditor.model.verdict import Verdict


class Taken(msgspec.Struct, frozen=True):
    """What one audit leaves to history. `at` is the moment that it speaks of, ISO in UTC to the second."""

    snapshot: Snapshot
    verdict: Verdict
    conditions: Conditions
    at: str
    backfilled: bool = False
    dirty: bool | None = None

    @property
    def entry(self) -> Entry:
        """The snapshot in brief."""
        counting = Counter(one.severity for one in self.snapshot.findings if one.suppressed is None)
        unread = {skip.path for skip in self.snapshot.skipped if skip.kind == "unread"}
        return Entry(
            at=self.at,
            commit=self.snapshot.commit,
            made_at=self.snapshot.taken_at,
            grade=self.verdict.grade,
            passed=self.verdict.passed,
            severities={severity: counting[severity] for severity in Severity},
            suppressed=sum(one.suppressed is not None for one in self.snapshot.findings),
            unjudged=len(unread) + len(self.snapshot.crashed),
            scope=self.snapshot.scope,
            conditions=key_of(self.conditions),
            backfilled=self.backfilled,
            dirty=self.dirty,
        )

    @property
    def findings(self) -> dict[str, Finding]:
        """Findings by fingerprint; of several with one, that which counts, then the gravest."""
        ordered = sorted(self.snapshot.findings, key=lambda one: (one.suppressed is None, -one.severity.rank))
        return {one.fingerprint: one for one in ordered}

    @property
    def figures(self) -> dict[tuple[str, str], Measure]:
        """Measures by name and subject, one of each."""
        return chosen(self.snapshot.measures)


def key_of(conditions: Conditions) -> str:
    """Sixteen hex digits that equal conditions share."""
    ordered = msgspec.json.encode(conditions, order="deterministic")
    return hashlib.sha256(ordered).hexdigest()[:16]


def chosen(measures: Iterable[Measure]) -> dict[tuple[str, str], Measure]:
    """One measure a name and subject: a known figure before an unknown, a fresh one before a stale, else the first."""
    best: dict[tuple[str, str], Measure] = {}
    for one in measures:
        key = (one.name, one.subject)
        if key not in best or worth(one) > worth(best[key]):
            best[key] = one
    return best


def worth(measure: Measure) -> int:
    """How much a figure says: a fresh one more than a stale one, and that more than none."""
    return measure.known + (measure.known and measure.basis is not Basis.STALE)

"""The verdict: grade, gate and targets of one snapshot brought together."""

from auditor.judge.gate import gate
from auditor.judge.grade import grade
from auditor.judge.progress import progress
from auditor.judge.reviews import answered
from auditor.model.policy import Gate, Supply
from auditor.model.roadmap import Roadmap
from auditor.model.snapshot import Snapshot
from auditor.model.verdict import Verdict

CLEAN, FAILED, UNJUDGED = 0, 1, 3


def judge(
    snapshot: Snapshot,
    bounds: Gate,
    roadmap: Roadmap | None = None,
    known: frozenset[str] | None = None,
    supply: Supply = Supply(),  # noqa: B008  a frozen value
) -> Verdict:
    """The verdict on a snapshot. A broken bound fails it; without one, whatever could not be judged keeps it from green.

    `known` are the baseline's fingerprints, None where there is no baseline; `supply` says which packages may stay unaudited.
    The grade always counts all findings and all packages.
    """
    stands = progress(roadmap, snapshot.measures) if roadmap is not None else ()
    earned = grade(snapshot)
    reviews = answered(roadmap, snapshot.measures, earned) if roadmap is not None else ()
    reasons = gate(snapshot, bounds, earned, stands, known, supply)
    unjudged = reasons.unjudged
    if earned.score is None:
        unjudged = tuple(dict.fromkeys((*earned.caps, *unjudged)))
    if reasons.failed:
        return Verdict(False, FAILED, (*reasons.failed, *unjudged), earned, stands, reviews, reasons.kept)
    if unjudged:
        return Verdict(None, UNJUDGED, unjudged, earned, stands, reviews, reasons.kept)
    return Verdict(True, CLEAN, (), earned, stands, reviews, reasons.kept)

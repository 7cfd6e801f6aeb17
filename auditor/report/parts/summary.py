"""The audit in five sentences, the same in every report."""

from auditor.model.roadmap import Progress, State
from auditor.model.verdict import Grade, Verdict
from auditor.report.parts.chapter import states
from auditor.report.parts.figure import listed, number, plural
from auditor.report.parts.gap import KINDS, LEFT_OUT, Gap, counted
from auditor.report.parts.group import Count

_STATES = {
    State.MET.value: "met",
    State.ON_THE_WAY.value: "on the way",
    State.WORSE.value: "worse than at the start",
    State.UNKNOWN.value: "unknown",
    State.STALE.value: "known only from old figures",
    State.CLAIMED.value: "claimed but not met",
}


def outcome(verdict: Verdict) -> str:
    """`passed`, `failed` or `could not judge`: never green where the tool does not know."""
    return "could not judge" if verdict.passed is None else "passed" if verdict.passed else "failed"


def grade_words(grade: Grade) -> str:
    """The grade as a sentence without its caps: `Grade C+, 71.4 of 100 points by formula 2.`"""
    if grade.score is None:
        return "No grade: there was not enough to judge."
    return f"Grade {grade.letter}, {number(grade.score)} of 100 points by formula {grade.formula}."


def target_words(rows: tuple[Progress, ...]) -> str:
    """Where the targets stand, in one sentence; empty without targets."""
    parts = [f"{count.number} {'is' if count.number == 1 else 'are'} {_STATES[count.name]}" for count in states(rows)]
    return f"Of {plural(len(rows), 'target')} {listed(parts)}." if rows else ""


def finding_words(counts: tuple[Count, ...], suppressed: int) -> str:
    """How many findings, and how many of them are grave."""
    total = sum(count.number for count in counts)
    grave = [f"{count.number:,} {count.name}" for count in counts if count.name in ("critical", "high")]
    words = f"{plural(total, 'finding')} {'counts' if total == 1 else 'count'}" if total else "No finding counts"
    words += f", {listed(grave)}" if grave else ", none of them critical or high" if total else ""
    return words + (f"; {suppressed:,} more {'is' if suppressed == 1 else 'are'} suppressed." if suppressed else ".")


def gap_words(gaps: tuple[Gap, ...]) -> str:
    """How much was not judged; empty where nothing is missing."""
    kinds = [gap.kind for gap in gaps if gap.kind != LEFT_OUT]
    parts = [counted(kinds.count(kind), kind) for kind in KINDS if kind in kinds]
    return f"Not judged: {listed(parts)}." if parts else ""


def verdict_words(verdict: Verdict) -> str:
    """The gate's answer as a sentence."""
    if verdict.passed is None:
        return "The tool could not judge."
    if verdict.passed:
        return "The gate passed."
    return f"The gate failed, for {plural(len(verdict.reasons), 'reason')}." if verdict.reasons else "The gate failed."

"""The verdict on dependencies alone, for those who ask about nothing else."""

from auditor.judge.gate import unaudited
from auditor.judge.scale import FORMULA, plural
from auditor.model.policy import Gate, Supply
from auditor.model.snapshot import Snapshot
from auditor.model.verdict import Grade, Verdict

CLEAN, FAILED, UNJUDGED = 0, 1, 3


def judge_supply(snapshot: Snapshot, supply: Supply) -> Verdict:
    """A hole that nobody accepted fails it; without one, a package that nobody audited and that may not wait keeps it from
    green, and so does a manifest or lock that could not be read.
    """
    open_holes = [one for one in snapshot.findings if "advisory" in one.facts and one.suppressed is None]
    grade = Grade("-", None, FORMULA, caps=("dependencies alone earn no grade",))
    unread = [f"{one.path}: {one.reason}" for one in snapshot.skipped if one.kind == "unread"]
    waiting = (*unaudited(snapshot, Gate(), supply), *unread)
    if open_holes:
        packages = {(one.facts.get("package"), one.facts.get("version")) for one in open_holes}
        reason = f"{plural(len(open_holes), 'known hole')} in {plural(len(packages), 'package')}"
        return Verdict(False, FAILED, (reason, *waiting), grade)
    return Verdict(None, UNJUDGED, waiting, grade) if waiting else Verdict(True, CLEAN, (), grade)

"""From an audit's outcome and its history to what reports on time see: the judges' answers put together."""

from datetime import date, timedelta

from auditor.cli.recipe import Outcome
from auditor.model.change import Attribution
from auditor.model.contract import Change
from auditor.model.history import Comparison, Entry, Past
from auditor.model.review import Exemption, Review
from auditor.model.roadmap import Roadmap

WEEK_DAYS = 7


def review(outcome: Outcome, history: str | None = None, base: str = "") -> Review:
    """All of it. Without a history, the comparisons are empty; without a roadmap, the promises are."""
    from auditor.cli.keep import remembered
    from auditor.judge.burnup import burnup
    from auditor.judge.decisions import decisions
    from auditor.judge.ledger import ledger
    from auditor.judge.lever import levers
    from auditor.judge.sprint import sprint_states, standpoints
    from auditor.judge.waterfall import waterfall
    from auditor.run.hot import hot_spots

    snapshot, verdict, roadmap = outcome.snapshot, outcome.verdict, outcome.roadmap
    today = date.fromisoformat(snapshot.taken_at[:10])
    last_week, last_sprint = (today - timedelta(days=WEEK_DAYS)).isoformat(), eve(roadmap, today)
    past = remembered(outcome, history, filter(None, (last_week, last_sprint)))
    before = earlier(past, last_week)
    steps, note = waterfall(before.grade, verdict.grade) if before else ((), "")
    stands = standpoints(verdict.progress, roadmap.sprints if roadmap else (), past, today)
    states = sprint_states(roadmap, stands, today) if roadmap else ()
    held = exempted(outcome, today)
    softened = changes(outcome, base)
    before_now = compared(past, before)
    hot, why_not = hot_spots(outcome.root, today)
    return Review(
        past=past,
        before=before,
        compared=before_now,
        since_sprint=compared(past, earlier(past, last_sprint) if last_sprint else None),
        attributions=causes(outcome, past, before_now) if before_now else (),
        steps=steps,
        steps_note=note,
        standpoints=stands,
        sprints=states,
        kept=burnup(roadmap, past),
        changes=softened[0],
        changes_since=softened[1],
        levers=levers(snapshot),
        exemptions=held,
        hot_spots=hot,
        hot_note=why_not,
        decisions=decisions(verdict, stands, states, held, softened[0]),
        ledger=ledger(snapshot.routes, snapshot.measures),
    )


def earlier(past: Past, day: str) -> Entry | None:
    """The entry to compare with: the last one up to that day, else the oldest; None where there is only this audit."""
    found = past.entry(day) or (past.entries[0] if past.entries else None)
    return found if found is not None and found is not past.newest else None


def eve(roadmap: Roadmap | None, today: date) -> str:
    """The day before the running sprint began, or the last one that is over; empty where none has begun."""
    begun = [sprint for sprint in (roadmap.sprints if roadmap else ()) if sprint.starts and sprint.starts <= today.isoformat()]
    return (date.fromisoformat(begun[-1].starts) - timedelta(days=1)).isoformat() if begun else ""


def compared(past: Past, before: Entry | None) -> Comparison | None:
    """This audit beside an earlier one."""
    from auditor.judge.compare import compare

    return compare(past, before, past.newest) if before is not None and past.newest is not None else None


def causes(outcome: Outcome, past: Past, compared: Comparison) -> tuple[Attribution, ...]:
    """Why figures moved. Where rules and code changed at once, the code of then is audited by the rules of today."""
    from auditor.cli.again import halfway
    from auditor.judge.grade_causes import explained
    from auditor.judge.halfway import between, mixed

    told = explained(past, compared)
    if not mixed(past, compared, told):
        return told
    taken = halfway(outcome, compared.before)
    return told if taken is None else explained(past, compared, between(past, compared, taken))


def exempted(outcome: Outcome, today: date) -> tuple[Exemption, ...]:
    """Accepted risks and suppressions, with whose they are as git knows it."""
    from auditor.judge.exemptions import exemptions, places
    from auditor.run.git import blame

    findings = outcome.snapshot.findings
    owners = {place: known.author for place, known in blame(outcome.root, places(findings)).items()}
    return exemptions(findings, outcome.settings.supply, owners, today)


def changes(outcome: Outcome, base: str) -> tuple[tuple[Change, ...], str]:
    """What was softened in the contract since the base commit, and that commit's short name."""
    from auditor.run.contract import compare

    own = {rule.id: rule.severity for rule in outcome.snapshot.rules}
    answer = compare(outcome.root, outcome.settings, outcome.roadmap, own, base)
    return answer.changes, answer.base[:10]

"""The public JSON form of an audit. Fields are only ever added; taking one away raises `VERSION`."""

from datetime import date

import msgspec

from auditor.judge.ledger import ledger
from auditor.judge.trajectory import trajectory
from auditor.model.finding import Finding
from auditor.model.inventory import Package
from auditor.model.measure import Measure
from auditor.model.outlook import ReviewState
from auditor.model.roadmap import Progress, Sprint, State
from auditor.model.route import Entry
from auditor.model.snapshot import Crashed, RuleInfo, Scope, Skipped, Source
from auditor.model.verdict import Grade
from auditor.report.view import View

VERSION = "2"


class TargetRow(msgspec.Struct, frozen=True):
    """A target and where it stands. `goal` is as promised (a share in percent where `relative`), `goal_absolute` worked
    out from the baseline; `share` is the part of the way, 0 to 1; what is not known is null."""

    text: str
    measure: str
    comparator: str
    goal: float | None
    baseline: float | None
    unit: str
    sprint: str
    claimed: bool
    relative: bool
    category: str
    evidence: str
    state: State
    now: float | None
    goal_absolute: float | None
    share: float | None
    reason: str
    due: float | None = None
    """Where the figure should stand on the day of the audit, on the straight way to the goal; null without such a line."""
    behind: bool | None = None
    """Whether it is behind that line: a warning before the sprint is over."""
    due_on: str = ""
    """The ISO day by which the promise itself is due, where the roadmap says one; else its sprint's last day counts."""
    owner: str = ""
    part: str = ""
    """The part of the code that it is about; empty for the whole project."""


class Outcome(msgspec.Struct, frozen=True):
    """The gate's answer: `passed` is null where the tool could not judge, `exit_code` is 0, 1 or 3; `kept` are the bounds
    that hold."""

    passed: bool | None
    exit_code: int
    reasons: tuple[str, ...]
    kept: tuple[str, ...] = ()


class Head(msgspec.Struct, frozen=True):
    """What every document says first: its own form's version, and which audit it is of."""

    schema_version: str
    tool_version: str
    project: str
    commit: str
    taken_at: str


class Document(Head, frozen=True):
    """One audit. Suppressed findings are among `findings`, with their reason in `suppressed`."""

    verdict: Outcome
    grade: Grade
    targets: tuple[TargetRow, ...]
    sprints: tuple[Sprint, ...]
    findings: tuple[Finding, ...]
    measures: tuple[Measure, ...]
    packages: tuple[Package, ...]
    skipped: tuple[Skipped, ...]
    crashed: tuple[Crashed, ...]
    rules: tuple[RuleInfo, ...]
    scope: Scope
    evidence: tuple[Source, ...] = ()
    """Where figures and findings of other tools and of persons came from."""
    routes: tuple[Entry, ...] = ()
    """The ledger of routes: what the code says of each, what was measured there, and whether the two agree."""
    unplaced: tuple[Measure, ...] = ()
    """Figures of routes that no route of the code fits."""
    reviews: tuple[ReviewState, ...] = ()
    """The reviews that the roadmap promises, with what can be said to each question."""


def document(view: View) -> Document:
    """The view as its public form; findings gravest first."""
    snapshot, verdict = view.snapshot, view.verdict
    routes = ledger(snapshot.routes, snapshot.measures)
    return Document(
        schema_version=VERSION,
        tool_version=snapshot.tool_version,
        project=snapshot.project,
        commit=snapshot.commit,
        taken_at=snapshot.taken_at,
        verdict=Outcome(verdict.passed, verdict.exit_code, verdict.reasons, verdict.kept),
        grade=verdict.grade,
        targets=tuple(target_row(progress, view) for progress in verdict.progress),
        sprints=view.roadmap.sprints if view.roadmap else (),
        findings=tuple(sorted(snapshot.findings, key=lambda finding: finding.sort_key)),
        measures=snapshot.measures,
        packages=snapshot.packages,
        skipped=snapshot.skipped,
        crashed=snapshot.crashed,
        rules=snapshot.rules,
        scope=snapshot.scope,
        evidence=snapshot.evidence,
        routes=routes.entries,
        unplaced=routes.unplaced,
        reviews=verdict.reviews,
    )


def schema() -> dict[str, object]:
    """The JSON Schema (2020-12) of what the JSON report writes."""
    made = msgspec.json.schema(Document)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"auditor's JSON report, version {VERSION}",
        **made,
    }


def target_row(progress: Progress, view: View) -> TargetRow:
    """A target as documents have it."""
    target = progress.target
    sprint = next((one for one in (view.roadmap.sprints if view.roadmap else ()) if one.name == target.sprint), None)
    line = trajectory(progress, sprint, date.fromisoformat(view.snapshot.taken_at[:10]))
    return TargetRow(
        text=target.text,
        measure=target.measure,
        comparator=target.comparator,
        goal=target.goal,
        baseline=target.baseline,
        unit=target.unit,
        sprint=target.sprint,
        claimed=target.claimed,
        relative=target.relative,
        category=target.category,
        evidence=target.evidence,
        state=progress.state,
        now=progress.now,
        goal_absolute=progress.goal,
        share=progress.share,
        reason=progress.reason,
        due=line.due if line else None,
        behind=line.behind if line else None,
        due_on=target.due,
        owner=target.owner,
        part=target.part,
    )

"""The public JSON form of a sprint's review. Fields are only ever added; taking one away raises `VERSION`."""

import msgspec

from auditor.model.contract import Change
from auditor.model.history import Seen
from auditor.model.outlook import Feature, Forecast, ReviewState, SprintState, Trajectory
from auditor.model.roadmap import Sprint
from auditor.report.told.document import Head, TargetRow, target_row
from auditor.report.told.sprint_brief import PromiseRow, Retro, SprintBrief
from auditor.report.view import View

VERSION = "2"


class Promise(TargetRow, frozen=True, kw_only=True):
    """A promise of the sprint, as the JSON report has it, with what its review asks for. `fixed` and `new` are the findings
    behind the figure since the sprint began.
    """

    trend: str
    basis: str
    """How sure the figure is, how old, and who took it."""
    link: str
    trajectory: Trajectory | None
    forecast: Forecast | None
    fixed: tuple[Seen, ...]
    new: tuple[Seen, ...]


class SprintDocument(Head, frozen=True):
    """A sprint's review; `sprint` is null where the roadmap has none."""

    inputs: str
    sprint: Sprint | None
    state: SprintState | None
    since: str
    promises: tuple[Promise, ...]
    left_over: tuple[Promise, ...]
    demo: tuple[Feature, ...]
    missing: tuple[Feature, ...]
    reviews: tuple[ReviewState, ...]
    retrospective: tuple[Retro, ...]
    softened: tuple[Change, ...]


def sprint_document(view: View, told: SprintBrief | None) -> SprintDocument:
    """The view's sprint as its public form."""
    shot = view.snapshot
    return SprintDocument(
        schema_version=VERSION,
        tool_version=shot.tool_version,
        project=shot.project,
        commit=shot.commit,
        taken_at=shot.taken_at,
        inputs=shot.inputs,
        sprint=told.sprint if told else None,
        state=told.state if told else None,
        since=told.since if told else "",
        promises=tuple(_promise(view, row) for row in told.rows) if told else (),
        left_over=tuple(_promise(view, row) for row in told.earlier) if told else (),
        demo=told.demo if told else (),
        missing=told.missing if told else (),
        reviews=told.reviews if told else (),
        retrospective=told.retro if told else (),
        softened=view.review.changes,
    )


def _promise(view: View, row: PromiseRow) -> Promise:
    stands = view.review.standpoints
    stand = stands[row.number - 1] if len(stands) >= row.number else None
    return Promise(
        **msgspec.structs.asdict(target_row(view.verdict.progress[row.number - 1], view)),
        trend=row.trend,
        basis=row.evidence,
        link=row.link,
        trajectory=stand.trajectory if stand else None,
        forecast=stand.forecast if stand else None,
        fixed=row.fixed,
        new=row.new,
    )

"""The View: everything that a report may see of an audit, put in order once for all reports."""

from collections.abc import Mapping

import msgspec

from auditor.model.finding import Finding
from auditor.model.measure import Measure
from auditor.model.review import Review
from auditor.model.roadmap import Roadmap
from auditor.model.snapshot import Snapshot
from auditor.model.verdict import Verdict
from auditor.report.excerpt import Excerpt
from auditor.report.parts import summary
from auditor.report.parts.chapter import Chapter, chapters, states
from auditor.report.parts.gap import LEFT_OUT, Gap, gaps
from auditor.report.parts.group import Count, Group, by_rule, severities
from auditor.report.parts.package import PackageRow, package_rows, package_words
from auditor.report.parts.panel import Panel, panels
from auditor.report.screen import PAPER, Screen


class View(msgspec.Struct, frozen=True):
    """An audit as reports see it. All tuples are in the order in which they are shown."""

    snapshot: Snapshot
    verdict: Verdict
    roadmap: Roadmap | None
    excerpts: Mapping[tuple[str, int], Excerpt]
    """Code by path and line; what could not be read is missing."""
    took_ms: int
    command: str
    screen: Screen
    counted: tuple[Finding, ...]
    """The findings that count, gravest first."""
    suppressed: tuple[Finding, ...]
    groups: tuple[Group, ...]
    severities: tuple[Count, ...]
    """Of the findings that count."""
    chapters: tuple[Chapter, ...]
    states: tuple[Count, ...]
    panels: tuple[Panel, ...]
    packages: tuple[PackageRow, ...]
    """The dependencies, what needs a look first."""
    package_words: str
    """The dependencies in one sentence."""
    gaps: tuple[Gap, ...]
    """What was not judged and should have been."""
    left_out: tuple[Gap, ...]
    """What was left out on purpose."""
    outcome: str
    """`passed`, `failed` or `could not judge`."""
    summary: tuple[str, ...]
    """The audit in at most five sentences."""
    review: Review = Review()
    """The past, the way of the promises and what waits for a decision: for reports that come out on time."""
    ending: str = ""
    """How the file ends that a report goes to (`.html`), for reports that come in several forms."""

    @property
    def behind(self) -> tuple[Measure, ...]:
        """The figures that promises are judged by, each once, in the roadmap's order."""
        found = {(one.name, one.subject): one for row in self.verdict.progress if (one := row.by) is not None}
        return tuple(found.values())

    def excerpt(self, finding: Finding) -> Excerpt | None:
        """The code around a finding, where it could be read."""
        return self.excerpts.get((finding.location.path, finding.location.line))


def build(
    snapshot: Snapshot,
    verdict: Verdict,
    roadmap: Roadmap | None = None,
    excerpts: Mapping[tuple[str, int], Excerpt] | None = None,
    took_ms: int = 0,
    command: str = "",
    screen: Screen = PAPER,
    review: Review = Review(),  # noqa: B008  a frozen value
) -> View:
    """One View for all reports of an audit. `took_ms` and `command` are shown where a reader wants them."""
    counted = tuple(sorted((f for f in snapshot.findings if f.suppressed is None), key=lambda f: f.sort_key))
    suppressed = tuple(sorted((f for f in snapshot.findings if f.suppressed is not None), key=lambda f: f.sort_key))
    missing = gaps(snapshot)
    counts = severities(counted)
    sentences = (
        summary.verdict_words(verdict),
        summary.grade_words(verdict.grade),
        summary.target_words(verdict.progress),
        summary.finding_words(counts, len(suppressed)),
        summary.gap_words(missing),
    )
    return View(
        snapshot=snapshot,
        verdict=verdict,
        roadmap=roadmap,
        excerpts=excerpts or {},
        took_ms=took_ms,
        command=command,
        screen=screen,
        counted=counted,
        suppressed=suppressed,
        groups=by_rule(snapshot.findings, snapshot.rules),
        severities=counts,
        chapters=chapters(roadmap, verdict.progress, snapshot.taken_at),
        states=states(verdict.progress),
        panels=panels(snapshot.measures),
        packages=package_rows(snapshot.packages),
        package_words=package_words(snapshot.packages),
        gaps=tuple(gap for gap in missing if gap.kind != LEFT_OUT),
        left_out=tuple(gap for gap in missing if gap.kind == LEFT_OUT),
        outcome=summary.outcome(verdict),
        summary=tuple(sentence for sentence in sentences if sentence),
        review=review,
    )

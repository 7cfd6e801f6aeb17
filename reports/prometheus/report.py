"""The audit as OpenMetrics text: gauges alone, so that it is also the older text format that every collector reads."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from auditor.report import Measure, Report, View, extra, visible

if TYPE_CHECKING:
    from prometheus_client.core import GaugeMetricFamily as Gauge

MOST_SUBJECTS = 200
"""Places of one measure that get a series of their own, the highest first: each label's value is a series to keep."""


class Prometheus(Report):
    """What is unknown has no sample, and is named by `auditor_measure_known 0`: an absent figure is never a zero."""

    name = "prometheus"
    suffix = ".prom"
    title = "OpenMetrics text for the textfile collector or a push gateway"

    def render(self, view: View) -> bytes:
        with extra("the report prometheus"):
            from prometheus_client import CollectorRegistry
            from prometheus_client.openmetrics.exposition import generate_latest

        class Collector:
            def collect(self) -> Iterator["Gauge"]:
                yield from _gauges(view)

        registry = CollectorRegistry(auto_describe=False)
        registry.register(Collector())
        return bytes(generate_latest(registry))  # type: ignore[no-untyped-call]


def _gauges(view: View) -> Iterator["Gauge"]:
    shot, grade = view.snapshot, view.verdict.grade
    project = visible(shot.project)
    taken = datetime.fromisoformat(shot.taken_at).timestamp() if shot.taken_at else 0.0
    about = [project, visible(shot.commit), shot.tool_version, grade.letter, grade.formula]
    yield _gauge("info", "What was audited; always 1", ["project", "commit", "version", "grade", "formula"], [(about, 1)])
    yield _gauge("taken_timestamp_seconds", "When the audit was made", ["project"], [([project], taken)])
    code = view.verdict.exit_code
    yield _gauge("exit_code", "0 clean, 1 the gate failed, 3 could not judge", ["project"], [([project], code)])
    score = [] if grade.score is None else [([project], grade.score)]
    yield _gauge("grade_score", "The grade's points of 100; absent where there was nothing to judge", ["project"], score)
    yield from _findings(view, project)
    yield from _targets(view, project)
    yield from _measures(view, project)
    kinds = [gap.kind for gap in view.gaps]
    gaps = [([project, kind], kinds.count(kind)) for kind in ("unread", "crashed", "unaudited", "unknown")]
    yield _gauge("not_judged", "What could not be judged", ["project", "kind"], gaps)


def _findings(view: View, project: str) -> Iterator["Gauge"]:
    rows = [([project, g.rule.id, c.name], c.number) for g in view.groups for c in g.counts]
    zeros = [([project, rule.id, rule.severity], 0) for rule in view.snapshot.rules if not _found(view, rule.id)]
    yield _gauge("findings", "Findings that count", ["project", "rule", "severity"], sorted((*rows, *zeros)))
    off = [([project], len(view.suppressed))]
    yield _gauge("findings_suppressed", "Findings that are suppressed with a reason", ["project"], off)


def _found(view: View, rule: str) -> bool:
    return any(group.rule.id == rule and group.counts for group in view.groups)


def _targets(view: View, project: str) -> Iterator["Gauge"]:
    rows = {(visible(row.target.sprint), visible(row.target.text)): row for row in view.verdict.progress}
    labels = ["project", "sprint", "target"]
    states = [([project, *key, row.state.value], 1) for key, row in rows.items()]
    yield _gauge("target_state", "A promise and its state; always 1", [*labels, "state"], states)
    shares = [([project, *key], row.share) for key, row in rows.items() if row.share is not None]
    yield _gauge("target_share", "The part of the way from baseline to goal, 0 to 1", labels, shares)


def _measures(view: View, project: str) -> Iterator["Gauge"]:
    chosen: dict[tuple[str, str, str], Measure] = {}
    for panel in view.panels:
        for measure in (*panel.measures, *(one for ranking in panel.rankings for one in ranking.places[:MOST_SUBJECTS])):
            chosen[measure.name, visible(measure.subject), visible(measure.source)] = measure
    labels = ["project", "measure", "subject", "source"]
    known = [([project, *key], int(one.known)) for key, one in chosen.items() if not one.subject]
    yield _gauge("measure_known", "Whether a measure of the project is known", labels, known)
    stale = [([project, *key], int(one.basis == "stale")) for key, one in chosen.items() if not one.subject and one.known]
    yield _gauge("measure_stale", "Whether a measure is too old to judge by", labels, stale)
    values = [
        ([project, *key, visible(one.unit), one.basis.value], one.value) for key, one in chosen.items() if one.value is not None
    ]
    yield _gauge("measure", "A measure's value in its unit; absent where it is unknown", [*labels, "unit", "basis"], values)


def _gauge(name: str, said: str, labels: list[str], rows: Sequence[tuple[list[str], float]]) -> "Gauge":
    from prometheus_client.core import GaugeMetricFamily

    gauge = GaugeMetricFamily(f"auditor_{name}", said, labels=labels)
    for values, number in rows:
        gauge.add_metric(values, number)
    return gauge

"""All measures of the code, from every room that takes some."""

from collections import Counter
from collections.abc import Mapping

from auditor.measure.database import database
from auditor.measure.duplication import duplication
from auditor.measure.guards import guards
from auditor.measure.resolution import resolution
from auditor.measure.size import sizes
from auditor.measure.todos import todos
from auditor.model.finding import Finding
from auditor.model.measure import Measure, unknown
from auditor.paths.project import Project

COUNTED = {
    "todo.security": "security/todo",
    "errors.broad_handlers": "errors/broad-except",
    "errors.swallowed": "errors/swallowed-exception",
    "errors.lost_causes": "errors/lost-cause",
    "errors.generic_raises": "errors/generic-raise",
    "errors.lost_tasks": "errors/lost-task",
    "errors.unchecked_results": "errors/unchecked-result",
    "database.n_plus_one": "database/n-plus-one",
    "database.unpooled_engines": "database/unpooled-engine",
    "database.queries_without_timeout": "database/no-query-timeout",
}
"""Measures that are the number of a rule's findings which count: not suppressed, of high or medium confidence."""


def measures(
    project: Project,
    findings: tuple[Finding, ...],
    ages: Mapping[tuple[str, int], int],
    rules: frozenset[str],
    hot: tuple[str, ...] = (),
) -> tuple[Measure, ...]:
    """Every measure of the code, sorted by name and subject. One whose rule did not run is unknown."""
    return tuple(
        sorted(
            (
                *sizes(project.files),
                *todos(project.files, ages),
                *duplication(project),
                resolution(project),
                *database(project, findings, hot, rules),
                *guards(project),
                *_counts(project, findings, rules),
            ),
            key=lambda measure: (measure.name, measure.subject),
        )
    )


def _counts(project: Project, findings: tuple[Finding, ...], rules: frozenset[str]) -> list[Measure]:
    judged = any(file.kind == "source" for file in project.files.values())
    found = Counter(f.rule for f in findings if f.suppressed is None and f.confidence.value != "low")
    answers = []
    for name, rule in COUNTED.items():
        if rule not in rules:
            answers.append(unknown(name, f"the rule {rule} did not run"))
        elif not judged:
            answers.append(unknown(name, "no Python source was found"))
        else:
            answers.append(Measure(name, found[rule], source=rule))
    return answers

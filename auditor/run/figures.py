"""All measures of the code, from every room that takes some."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

import msgspec

from auditor.measure.database import NAMES as DATABASE
from auditor.measure.database import database
from auditor.measure.duplication import NAMES as DUPLICATION
from auditor.measure.duplication import duplication
from auditor.measure.guards import NAMES as GUARDS
from auditor.measure.guards import guards
from auditor.measure.resolution import NAMES as RESOLUTION
from auditor.measure.resolution import resolution
from auditor.measure.size import sizes
from auditor.measure.todos import todos
from auditor.model.finding import Finding
from auditor.model.measure import Measure, absent, unknown
from auditor.model.snapshot import Crashed
from auditor.paths.project import Project
from auditor.rule.ask import tried
from auditor.run.record import Needs

COUNTED = {
    "todo.security": "security/todo",
    "errors.broad_handlers": "errors/broad-except",
    "errors.swallowed": "errors/swallowed-exception",
    "errors.lost_causes": "errors/lost-cause",
    "errors.generic_raises": "errors/generic-raise",
    "errors.lost_tasks": "errors/lost-task",
    "errors.unchecked_results": "errors/unchecked-result",
    "errors.duplicate_hierarchies": "errors/duplicate-hierarchy",
    "security.expired_decisions": "security/expired-decision",
    "database.n_plus_one": "database/n-plus-one",
    "database.unbounded_queries": "database/unbounded-query",
    "database.irreversible_migrations": "database/irreversible-migration",
    "database.unpooled_engines": "database/unpooled-engine",
    "database.queries_without_timeout": "database/no-query-timeout",
}
"""Measures that are the number of a rule's findings which count: not suppressed, of high or medium confidence."""
ALSO = {"errors.broad_handlers": "errors/swallowed-exception"}
"""The rule whose findings count too where all that can go wrong is caught: a handler is a finding of one of the two rules."""

OF_COPIES = DUPLICATION
"""Measures for which copies must have been looked for, with their units."""
OF_CALLS = RESOLUTION | DATABASE | GUARDS
"""Measures for which calls must have been followed, with their units."""
OF_QUERIES = ("database.n_plus_one", "database.unbounded_queries", "database.queries_without_timeout")
"""Counts that are nought, and yet no promise kept, where nobody asks a database."""
OF_MIGRATIONS = ("database.irreversible_migrations",)
"""The same where there are no migrations."""


class Asked(msgspec.Struct, frozen=True):
    """The rules that were asked, by id, those that failed somewhere, and what the project was looked through for."""

    ran: frozenset[str]
    failed: frozenset[str] = frozenset()
    needs: Needs = Needs()

    def why_not(self, names: Mapping[str, str]) -> str:
        """Why these measures are not taken; empty where they are."""
        if names and not self.needs.copies and names.keys() <= OF_COPIES.keys():
            return "no rule that ran looks for copies"
        if names and not self.needs.calls and names.keys() <= OF_CALLS.keys():
            return "no rule that ran follows calls"
        return ""


def measures(
    project: Project, findings: tuple[Finding, ...], ages: Mapping[tuple[str, int], int], asked: Asked, hot: tuple[str, ...] = ()
) -> tuple[tuple[Measure, ...], tuple[Crashed, ...]]:
    """Every measure of the code, sorted by name and subject, and what failed. One whose rule did not run, or that could not
    be worked out, is unknown.
    """
    rules = asked.ran - asked.failed
    parts: tuple[tuple[str, Mapping[str, str], Callable[[], Iterable[Measure]]], ...] = (
        ("the sizes", {}, lambda: sizes(project.files)),
        ("the counts of marks", {}, lambda: todos(project.files, ages)),
        ("the figures of duplication", DUPLICATION, lambda: duplication(project)),
        ("the share of calls that were followed", RESOLUTION, lambda: (resolution(project),)),
        ("the figures of the database", DATABASE, lambda: database(project, findings, hot, rules)),
        ("the figures of guards", GUARDS, lambda: guards(project)),
        ("the counts of findings", {}, lambda: _counts(project, findings, asked)),
    )
    taken: list[Measure] = []
    failed: list[Crashed] = []
    for part, names, work in parts:
        if why := asked.why_not(names):
            taken += (unknown(name, why, unit) for name, unit in names.items())
            continue
        told = tried(part, lambda work=work: tuple(work()))  # type: ignore[misc]
        if isinstance(told, Crashed):
            failed.append(told)
            told = tuple(unknown(name, "it could not be worked out: auditor failed", unit) for name, unit in names.items())
        taken += told
    return tuple(sorted(taken, key=lambda measure: (measure.name, measure.subject))), tuple(failed)


def _counts(project: Project, findings: tuple[Finding, ...], asked: Asked) -> list[Measure]:
    judged = any(file.kind == "source" for file in project.files.values())
    counting = [f for f in findings if f.suppressed is None and f.confidence.value != "low"]
    found = Counter(f.rule for f in counting)
    broad = Counter(f.rule for f in counting if f.facts.get("caught") == "everything")
    answers = []
    for name, rule in COUNTED.items():
        also = ALSO.get(name, "")
        counted = (rule, also) if also else (rule,)
        missing = next((one for one in counted if one not in asked.ran), "")
        failed = next((one for one in counted if one in asked.failed), "")
        if missing:
            answers.append(unknown(name, f"the rule {missing} did not run"))
        elif failed:
            answers.append(unknown(name, f"the rule {failed} failed, so that findings may be missing"))
        elif not judged:
            answers.append(unknown(name, "no Python source was found"))
        elif name in OF_QUERIES and not found[rule] and not _asks(project):
            answers.append(absent(name, "nothing in the project asks a database"))
        elif name in OF_MIGRATIONS and not any(file.kind == "migration" for file in project.files.values()):
            answers.append(absent(name, "the project has no migrations"))
        else:
            answers.append(Measure(name, found[rule] + broad[also], source=rule))
    return answers


def _asks(project: Project) -> bool:
    """Whether the project has to do with a database, as far as anybody can tell."""
    asked = tried("what is asked of the database", lambda: bool(project.number_of_questions or project.engines))
    return isinstance(asked, Crashed) or asked

"""Suppressions and accepted risks that have run out, or never said why."""

from collections.abc import Iterator
from datetime import date

from auditor.rule import Finding, Ignore, Location, Project, ProjectRule, Severity


class ExpiredDecision(ProjectRule):
    """
    A suppression is a decision: somebody accepts a risk, for a reason, until a day. Without the reason nobody can tell
    whether it still holds; past its day it switches nothing off any more and only hides that the question is open.
    """

    title = "suppression past its date, or without a reason"
    severity = Severity.MEDIUM
    cwe = (1078,)
    judges = ("source", "migration")
    bad = [
        "pay()  # auditor: ignore[errors/broad-except] until 2026-01-31: the vendor's SDK raises anything  # <-\n",
        "pay()  # auditor: ignore[errors/broad-except]  # <-\n",
        "pay()  # auditor: ignore until 2026-13-45: no such month  # <-\n",
        "# auditor: ignore[errors] until soon: will be mended  # <-\npay()\n",
        "pay()  # auditor: ignore[errors/broad-except] until 2030-01-31:  # <-\n",
    ]
    good = [
        "pay()  # auditor: ignore[errors/broad-except] until 2030-01-31: the vendor's SDK raises anything\n",
        "pay()  # auditor: ignore[errors/broad-except]: a boundary, by decision 12\n",
        "pay()  # auditor: ignore[errors] until 2026-06-01: this is its last day\n",
        "text = '# auditor: ignore[errors] until 2020-01-01: a string'\n",
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        for path, file in sorted(project.files.items()):
            for ignore in file.ignores if file.kind in self.judges else ():
                fault = _fault(ignore, project.today)
                if fault:
                    facts = {"rules": ", ".join(ignore.rules) or "all", "until": ignore.until, "reason": ignore.reason}
                    yield self.finding(
                        Location(path, ignore.line, ignore.column),
                        f"the suppression of {', '.join(ignore.rules) or 'every rule'} {fault}",
                        facts={name: text for name, text in facts.items() if text},
                    )


def _fault(ignore: Ignore, today: date) -> str:
    """What is wrong with a suppression, or an empty string."""
    if ignore.until:
        try:
            until = date.fromisoformat(ignore.until)
        except ValueError:
            return f"ends on {ignore.until!r}, which is no date (YYYY-MM-DD)"
        if until < today:
            return f"ended on {ignore.until}, {(today - until).days} days ago"
    return "" if ignore.reason else "gives no reason, so it does not count"

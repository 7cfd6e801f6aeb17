"""Suppressions and accepted risks that have run out, or never said why."""

import re
from collections.abc import Iterator
from datetime import date

from auditor.rule import Confidence, Finding, Ignore, Location, Project, ProjectRule, Severity

DATED = re.compile(
    r"(?i)\b(?:(?:remove|delete|drop|revisit|review|reconsider|be (?:removed|deleted|dropped|reviewed))\b"
    r"[^.;\n]{0,30}?\b(?:after|by|before|on)"
    r"|(?:accept|allow|disabl|exempt|ignor|suppress|nosec|noqa|waiv|tolerat|temporar)\w*\b[^.;\n]{0,50}?\b(?:until|till))"
    r"\s+(?P<day>20\d\d-\d\d-\d\d)\b"
)
"""What somebody decided for a time, in words of their own: `remove after 2024-01-31`, `allowed until 2024-01-31`."""
OURS = "auditor:"
SHOWN = 5
RULE_LIMIT = 80
"""Characters of a name or a date that are told: what stands in the comment may have any length."""


class ExpiredDecision(ProjectRule):
    """
    A suppression is a decision: somebody accepts a risk, for a reason, until a day. Without the reason nobody can tell
    whether it still holds; past its day it switches nothing off any more and only hides that the question is open. So does
    a comment that says until when something is allowed, or after which day it should be removed.
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
        "# Old clients send no signature: remove after 2024-03-31.  # <-\npay()\n",
        "pay()  # nosec: accepted by the board until 2024-03-31  # <-\n",
    ]
    good = [
        "pay()  # auditor: ignore[errors/broad-except] until 2030-01-31: the vendor's SDK raises anything\n",
        "pay()  # auditor: ignore[errors/broad-except]: a boundary, by decision 12\n",
        "pay()  # auditor: ignore[errors] until 2026-06-01: this is its last day\n",
        "text = '# auditor: ignore[errors] until 2020-01-01: a string'\n",
        "# Old clients send no signature: remove after 2030-03-31.\npay()\n",
        "# 'tablet': removed on 2024-03-31\npay()\n",
        "# The vendor signed nothing until 2024-03-31, rows before 2024-03-31 have no sum\npay()\n",
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        yield from self._said(project)
        for path, file in sorted(project.files.items()):
            for ignore in file.ignores if file.kind in self.judges else ():
                fault = _fault(ignore, project.today)
                if fault:
                    facts = {"rules": ", ".join(ignore.rules) or "all", "until": ignore.until, "reason": ignore.reason}
                    yield self.finding(
                        Location(path, ignore.line, ignore.column),
                        f"the suppression of {_named(ignore.rules)} {fault}",
                        facts={name: text for name, text in facts.items() if text},
                    )

    def _said(self, project: Project) -> Iterator[Finding]:
        for path, file in sorted(project.files.items()):
            for comment in file.comments if file.kind in self.judges else ():
                match = DATED.search(comment.text) if "20" in comment.text and OURS not in comment.text else None
                ended = _past(match["day"], project.today) if match else None
                if ended is not None:
                    yield self.finding(
                        Location(path, comment.line, comment.column),
                        f"what this comment decides for a time ended on {ended}, {(project.today - ended).days} days ago",
                        severity=Severity.LOW,
                        confidence=Confidence.MEDIUM,
                        facts={"until": str(ended)},
                    )


def _past(day: str, today: date) -> date | None:
    """The day, where it is one and has passed."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return None
    return found if found < today else None


def _named(rules: tuple[str, ...]) -> str:
    """The rules in words; a list longer than a line is cut."""
    more = f" and {len(rules) - SHOWN:,} more" if len(rules) > SHOWN else ""
    return ", ".join(rule[:RULE_LIMIT] for rule in rules[:SHOWN]) + more if rules else "every rule"


def _fault(ignore: Ignore, today: date) -> str:
    """What is wrong with a suppression, or an empty string."""
    if ignore.until:
        try:
            until = date.fromisoformat(ignore.until)
        except ValueError:
            return f"ends on {ignore.until[:RULE_LIMIT]!r}, which is no date (YYYY-MM-DD)"
        if until < today:
            return f"ended on {ignore.until}, {(today - until).days} days ago"
    return "" if ignore.reason else "gives no reason, so it does not count"

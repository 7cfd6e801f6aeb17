"""Comments that switch a finding off: `# auditor: ignore[errors/broad-except] until 2027-01-31: the reason`."""

import re
from datetime import date

from auditor.facts.values import Comment, Ignore

SYNTAX = re.compile(
    r"#\s*auditor:\s*ignore\b\s*(?:\[(?P<rules>[^\]]*)\])?\s*(?:until\s+(?P<until>[^\s:]+))?\s*(?::\s*(?P<reason>.*))?",
    re.IGNORECASE | re.DOTALL,
)


def read(comments: tuple[Comment, ...], source: bytes) -> tuple[Ignore, ...]:
    """The suppressions among a file's comments. One that stands alone covers the next line that is not a comment."""
    lines = source.split(b"\n")
    found = []
    for comment in comments:
        match = SYNTAX.search(comment.text)
        if match is None:
            continue
        rules = tuple(part.strip() for part in (match["rules"] or "").split(",") if part.strip())
        covers = _next_code(lines, comment.line) if comment.alone else comment.line
        reason = (match["reason"] or "").strip()
        found.append(Ignore(comment.line, comment.column, covers, rules, match["until"] or "", reason))
    return tuple(found)


def _next_code(lines: list[bytes], line: int) -> int:
    """The number of the first line after `line` that is neither blank nor a comment; the next one at the file's end."""
    for number in range(line, len(lines)):
        text = lines[number].strip()
        if text and not text.startswith(b"#"):
            return number + 1
    return line + 1


def in_force(ignore: Ignore, today: date) -> bool:
    """Whether a suppression counts: it has a reason, and its date, where it has one, is valid and has not passed."""
    if not ignore.reason:
        return False
    if not ignore.until:
        return True
    try:
        return date.fromisoformat(ignore.until) >= today
    except ValueError:
        return False


def speaks_of(ignore: Ignore, rule: str) -> bool:
    """Whether a suppression names the rule, its pack, or nothing at all."""
    return not ignore.rules or rule in ignore.rules or rule.partition("/")[0] in ignore.rules

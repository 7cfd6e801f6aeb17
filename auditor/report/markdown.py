"""Text put into Markdown so that it stays text: no mark-up, link, mention or HTML of the audited tree comes through."""

import re

from markupsafe import Markup

from auditor.report.visible import visible

_MARKS = re.compile(r"[\\`*_\[\]~|$]")
_OPENERS = re.compile(r"^([-+>=#]|\d+(?=[.)](\s|$)))")
"""What makes a heading, a quote, a list or a rule of a line that begins with it."""
_REFERENCES = re.compile(r"(?i)@|#(?=\w)|:(?=//)|(?<=\bwww)(?=\.)|(?<=\bgh)(?=-\d)")


def markdown(text: str) -> Markup:
    """One line of plain text for a paragraph, a list or a table cell.

    Marks are escaped with a backslash, `<` and `&` as entities; what GitHub would link of itself (mentions, numbers of
    issues, bare addresses) is broken by an empty comment.
    """
    safe = visible(text).strip().replace("&", "&amp;").replace("<", "&lt;")
    safe = _MARKS.sub(lambda mark: "\\" + mark[0], safe)
    safe = _OPENERS.sub(_opener, safe)
    return Markup(_REFERENCES.sub(lambda found: found[0] + "<!-- -->", safe))


def _opener(found: re.Match[str]) -> str:
    return f"{found[0]}<!-- -->" if found[0].isdigit() else f"\\{found[0]}"


def span(text: str, table: bool = False, limit: int = 200) -> Markup:
    """A code span at most `limit` long, fenced by more backticks than it holds; with `table`, its pipes are escaped."""
    safe = visible(text)
    safe = safe if len(safe) <= limit else safe[: limit - 1] + "…"
    fence = "`" * (max((len(run) for run in re.findall("`+", safe)), default=0) + 1)
    edge = " " if not safe or safe[0] in "` " or safe[-1] in "` " else ""
    if table:
        safe = safe.replace("|", r"\|")
    return Markup(f"{fence}{edge}{safe}{edge}{fence}")

"""Reads what `roadmap.toml` says of reviews, and the figures that persons answer for."""

import re

from auditor.model.roadmap import PlannedReview, Proof, Question
from auditor.roadmap.toml_table import Table, Told

_REVIEW_KEYS = ("name", "sprint", "question")
_QUESTION_KEYS = ("text", "measures", "proof", "line")
_PROOF_KEYS = ("value", "date", "who", "link", "note")
_MEASURE = re.compile(r"[a-z0-9_]+(?:[.:-][a-z0-9_]+)*(?:\.?\*)?")
_LINK = re.compile(r"https?://[^\s/]+\S*|(?!/)(?!.*\.\.)[^\s:]+")


def proof(table: Table) -> Proof | None:
    """A table's `proof`: it needs a value, a date, who says so, and a link. None where there is none, or it is not whole."""
    values = table.inner("proof")
    if values is None:
        return None
    inner = Table(lambda kind, number, _, message: table.tell(kind, number, "proof", message), values, table.kind, table.number)
    inner.known(_PROOF_KEYS)
    value, day = inner.number_of("value"), inner.day("date")
    for key, hint in (
        ("value", "value = 0"),
        ("date", "date = 2026-03-20"),
        ("who", 'who = "…"'),
        ("link", 'link = "https://…"'),
    ):
        if values.get(key) in (None, ""):
            inner.wrong(key, f"a proof needs `{key}`", f"add {hint}: without it nobody can check the figure")
    who, link = inner.text("who"), inner.text("link")
    if link and not _LINK.fullmatch(link):
        inner.wrong("link", f"`{link[:40]}` is no link", "give an address that begins with https://, or a file of the project")
        return None
    whole = value is not None and day and who.strip() and link
    return Proof(value, day, who, link, inner.text("note")) if whole and value is not None else None


def reviews(tell: Told, tables: list[Table], sprints: list[str]) -> tuple[PlannedReview, ...]:
    """All `[[review]]` tables with their `[[review.question]]` tables."""
    found = []
    asked = 0
    for table in tables:
        table.known(_REVIEW_KEYS)
        sprint = table.text("sprint")
        if sprint and sprints and sprint not in sprints:
            table.wrong("sprint", f"no sprint is named `{sprint}`", f"there are: {', '.join(sprints)}")
        inner = table.values.get("question", [])
        if not isinstance(inner, list) or not all(isinstance(one, dict) for one in inner):
            table.wrong("question", "question must be a list of tables", "write each as [[review.question]]")
            inner = []
        questions = tuple(
            _question(Table(tell, one, "review.question", asked + at)) for at, one in enumerate(inner) if isinstance(one, dict)
        )
        asked += len(inner)
        found.append(PlannedReview(table.text("name", needed=True), sprint, questions))
    return tuple(found)


def _question(table: Table) -> Question:
    table.known(_QUESTION_KEYS)
    measures = table.texts("measures")
    for name in measures:
        if not _MEASURE.fullmatch(name):
            table.wrong("measures", f"`{name}` is no measure's name", 'such as "coverage.line_pct", or "findings.*"')
    return Question(table.text("text", needed=True), measures, proof(table), int(table.number_of("line") or 0))

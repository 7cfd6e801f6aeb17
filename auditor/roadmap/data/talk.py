"""A conversation written down line by line (`[11:02] nora: …`) as Markdown: a sprint that is named holds what follows."""

import re

from auditor.roadmap.calendar.labels import labels_in

_STRETCHES = ("sprint", "iteration", "phase", "milestone", "release")
_SAYS = re.compile(
    r"\s*(?:[(\[]?(?:\d{4}-\d\d-\d\d[ T])?\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?[)\]]?[\s,–-]*<?@?[\w .-]{1,24}>?\s*[:>]|"
    r"<@?[\w.-]{1,24}>)\s+(?P<text>\S.*)"
)
_DATES = re.compile(r"[(\[][^()\[\]]*\d[^()\[\]]*[)\]]")


def says(line: str) -> bool:
    """Whether somebody says something in this line, and when."""
    return _SAYS.fullmatch(line) is not None


def tell_talk(lines: list[str]) -> list[str] | None:
    """What is said, an item each, an answer with its question; None for less than three lines."""
    said = [found["text"] for line in lines if (found := _SAYS.fullmatch(line))]
    if len(said) < 3 or len(said) != len(lines):
        return None
    told: list[str] = []
    question = ""
    for text in said:
        labels = [label for label in labels_in(text) if label.kind in _STRETCHES]
        if len(labels) == 1:
            days = _DATES.search(text, labels[0].end)
            told += ["", f"###### {labels[0].name}{f' {days.group()}' if days else ''}", ""]
            text = f"{text[: labels[0].start]}{text[days.end() if days else labels[0].end :]}".lstrip(" :,–-")
        if text.endswith("?"):
            question = text
        elif text:
            told.append(f"- {question} {text}" if question else f"- {text}")
            question = ""
    return told

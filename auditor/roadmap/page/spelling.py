"""What few readers of Markdown know, rewritten as what all know before a page is parsed: definitions, footnotes, figures."""

import re

from auditor.roadmap.calendar.dates import strip_dates
from auditor.roadmap.calendar.labels import label_at_start

_SPRINT_LINE = re.compile(r"(?:sprint|phase|iteration|milestone|stage|wave)\s+\w{1,4}\s*[:(.–—/,-].{0,80}\Z", re.I)
_SPRINT_ALONE = re.compile(r"(?:sprint|phase|iteration|milestone|stage|wave)\s+#?\d{1,3}:?\s*", re.I)
"""A line of its own above the line that dates the sprint."""
_LISTED = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+\S|\s{2,}\S")


def part_sprints(text: str) -> str:
    """A sprint's line straight under another's list is no part of its last item, as Markdown has it, but a heading."""
    lines = text.split("\n")
    for index in range(1, len(lines) - 1):
        is_between = _LISTED.match(lines[index - 1]) and _LISTED.match(lines[index + 1])
        is_first = not lines[index - 1].strip() and re.match(r"\s*[\w(]", lines[index + 1])
        is_dated = is_first and _SPRINT_LINE.match(lines[index]) and not _SPRINT_LINE.match(lines[index + 1])
        is_dated = is_dated and not re.search(r"[^\W\d]{3}", _bare(lines[index]))
        if (is_between and _SPRINT_LINE.match(lines[index])) or is_dated or (is_first and _SPRINT_ALONE.fullmatch(lines[index])):
            lines[index] = f"###### {lines[index]}"
    return "\n".join(lines)


def _bare(line: str) -> str:
    """The line without the sprint's name and its dates."""
    return strip_dates(line.partition(" ")[2])


def flatten(text: str) -> str:
    """What few readers of Markdown know, in what all know; and at most eight quote marks or brackets in a row.

    A definition (`: text` under its term) becomes an item, with its term where that has no other. Marks piled up without
    end say nothing and cost time.
    """
    text = _DEFINED.sub(lambda found: found[0] if label_at_start(found["term"]) else f"\n{found['gap']}- {found['term']}: ", text)
    text = re.sub(r"(?m)^:[ \t]+(?=\S)", "- ", text)
    text = re.sub(r"(?<![\w/.-])w/(o\b|[ ]?(?=[a-z]))", lambda found: "without" if found[1] == "o" else "with ", text)
    text = re.sub(r"\[[#=*.█▓▒░■□-]{4,60}\](?!\()", " ", text)  # a bar that draws the figure beside it
    text = re.sub(r"(?m)^([ \t>]*)[\u2500-\u257f]+[ \t]*(?=\w)", r"\1", text)
    text = re.sub(r"(?<=\w)[ \t]*[\u2500-\u257f]+[ \t]*(?=[\w(])", ": ", text)
    text = re.sub(r"(?<=\w)[ \t]*(?:…{2,20}|\.{4,60}|·{3,40})[ \t]*(?=\S)", ": ", text)
    text = re.sub(r"(?m)^((?:[ \t]{0,3}>){4})(?:[ \t]*>)+", r"\1", text)
    return re.sub(r"([\[\]!(*_~`<])\1{8,}", lambda found: found[1] * 8, text)


_DEFINED = re.compile(
    r"(?m)^(?P<term>(?:\*{1,2}|\d+(?:th|st) |[^\W\d])[^\n:.;|]{1,60}?)[ \t]*\n(?P<gap>\n?):[ \t]+"
    r"(?=(?!\**[^\W\d][\w *]{1,20}:)\S[^\n]*$(?!\n:[ \t]|\n[ \t]+\S))"
)
"""A term with one definition of one line, which has no name before a colon."""


_FOOTNOTE = re.compile(r"(?m)^[ ]{0,3}\[\^(?P<name>[^\]\s]{1,20})\]:[ \t]*(?P<text>.*(?:\n(?:[ ]{2,}|\t)\S.*)*)$")
_REFERENCE = re.compile(r"\s?\[\^([^\]\s]{1,20})\]")


def take_footnotes(text: str) -> tuple[str, dict[str, str]]:
    """The page with the lines of its footnotes blanked, and what each says by its name."""
    notes = {found["name"]: " ".join(found["text"].split()) for found in _FOOTNOTE.finditer(text)}
    return _FOOTNOTE.sub(lambda found: "\n" * found.group().count("\n"), text) if notes else text, notes


def note_of(text: str, notes: dict[str, str]) -> tuple[str, str]:
    """The text without its references to footnotes, and what those footnotes say."""
    names = _REFERENCE.findall(text)
    return (_REFERENCE.sub("", text), " ".join(notes[name] for name in names if name in notes)) if names else (text, "")


_DECIMAL_COMMA = re.compile(r"(?<![\d.,])\d{1,3},\d{1,2}(?![\d,])")
_DECIMAL_POINT = re.compile(r"(?<![\d.,v])\d{1,4}\.\d{1,2}(?![\d.])\s*(?:%|ms\b|s\b|x\b)")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.,]*\d)")


def plain_thousands(text: str) -> str:
    """On a page that writes `7,5 %` a point sets thousands apart (`182.400`): there it becomes a narrow space."""
    if not _DECIMAL_COMMA.search(text) or _DECIMAL_POINT.search(text):
        return text
    return _THOUSANDS.sub(lambda found: found.group().replace(".", "\u202f"), text)


_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(20\d{2})(?![\d/])")


_MONTHS_IN_FRENCH = {
    "janvier": "January", "février": "February", "mars": "March", "avril": "April", "juin": "June", "juillet": "July",
    "août": "August", "septembre": "September", "octobre": "October", "novembre": "November", "décembre": "December",
}  # fmt: skip
_FRENCH = re.compile(rf"(?<=\d )({'|'.join(_MONTHS_IN_FRENCH)})\b", re.I)
_FROM_TO = re.compile(r"\bdu (\d{1,2}(?: \w+)?) au (\d)")


def plain_days(text: str) -> str:
    """On a page with a date such as `16/01/2026` and none such as `01/16/2026` all have their day first: then `05.01.2026`."""
    text = _FROM_TO.sub(r"\1 to \2", _FRENCH.sub(lambda month: _MONTHS_IN_FRENCH[month[1].lower()], text))
    found = _SLASHED.findall(text)
    if not any(int(one) > 12 for one, _, _ in found) or any(int(two) > 12 for _, two, _ in found):
        return text
    return _SLASHED.sub(r"\1.\2.\3", text)


_PAIR = re.compile(r"(?:[.;|·•]|\s[-–—])\s+(?=[A-Z][\w -]{1,24}:\s)")
_GOAL_PAIR = re.compile(r"(?:\A|[\s|·•])(?:target|goal|to-be|threshold|aim):\s", re.I)
_OTHER_PAIR = re.compile(r"(?:\A|[\s|·•])(?:baseline|current(?:ly)?|now|today|as-is|before|actual|due|deadline|by|when):\s", re.I)


def states_pair(lines: list[str]) -> bool:
    """Whether the lines under an item's name say how things stand and what they shall be."""
    return any(map(_GOAL_PAIR.match, lines)) and any(map(_OTHER_PAIR.match, lines))


def cut_pairs(text: str) -> list[str]:
    """`Baseline: 14 families. Target: 5. Due: Sprint 3.` as three lines; any other text as it is."""
    if not re.match(r"[A-Z][\w -]{1,24}:\s", text) or not (_GOAL_PAIR.search(text) and _OTHER_PAIR.search(text)):
        return [text]
    return [piece.strip().rstrip(".") for piece in _PAIR.split(text) if piece.strip()]

"""Abbreviations that a page explains, written out: `LC ≥ 55 %`, where `Abbreviations: LC = line coverage` stands above."""

import re

from auditor.roadmap.binding import candidates

_HEAD = re.compile(r"\b(?:abbreviations?|glossary|legend|terms|abkürzungen|legende|glossar)[ *_]{0,4}:(?P<rest>.+)$", re.I | re.M)
_MEANING = re.compile(
    r"(?<![\w-])(?P<short>[A-Z]{2,5})\s*(?:=|:|–|—|means|stands for|steht für)\s*(?P<long>[^\W\d][^=:;,.()\n]{3,40})"
)


def written_out(text: str) -> str:
    """The text with those that mean something measurable written out, line by line; without explanations the text itself."""
    heads = list(_HEAD.finditer(text))
    known = {one["short"]: one["long"].strip() for head in heads for one in _MEANING.finditer(head["rest"])}
    known = {short: meaning for short, meaning in known.items() if candidates(meaning)}
    if not known:
        return text
    lines = {text.count("\n", 0, head.start("rest")) for head in heads}
    pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, known))})(?![\w-])")
    return "\n".join(
        line if number in lines else pattern.sub(lambda found: _as_begun(known[found[1]], found), line)
        for number, line in enumerate(text.split("\n"))
    )


def _as_begun(meaning: str, found: re.Match[str]) -> str:
    """With a capital where a sentence or an item begins."""
    begins = re.search(r"(?:\A|[.!?:*-]|\d[.)])\s*\Z", found.string[: found.start()][-6:])
    return f"{meaning[0].upper()}{meaning[1:]}" if begins else meaning

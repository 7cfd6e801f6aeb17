"""Headings that are sprints because several are made alike: a word and a number with dates, or a name with dates."""

import itertools
import re
from collections.abc import Iterator

import msgspec

from auditor.roadmap.calendar.dates import Span, read_span, strip_dates
from auditor.roadmap.calendar.labels import Label, label_at_start, labels_in
from auditor.roadmap.page.blocks import Block
from auditor.roadmap.page.columns import read_columns
from auditor.roadmap.page.headings import Section, section_of

_SERIAL = re.compile(r"\W*(?P<word>[A-Z][a-z]{2,12}) (?P<number>[A-H]|\d{1,2}|I{1,3}|IV|V)\b(?=\s*(?:\Z|[:(–—,|.-]))")
_NO_STRETCH = frozenset(
    "goal objective option appendix part section risk team tier figure table issue item metric target".split()
)
_DATED = re.compile(
    r"(?P<name>[^\W\d].{2,60}?)\s*(?:[(\[](?P<in>[^()\[\]]{5,60})[)\]]|[-–—:|,]\s+(?P<after>[^()\[\]]{5,40}))\W*\Z"
)


_WHEN = re.compile(r"(?:\A|[·|•]\s*)(?:due|dates?|deadline|timeline|period|when|target date)(?: date)?:\s", re.I)


class Series(msgspec.Struct, frozen=True):
    """`words` number dated headings, whatever a team calls them (`Gate A (17 April)`); `named` are whole dated headings."""

    words: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    declared: tuple[Label, ...] = ()
    """Those that a table of sprints names without a number: `Discover`, `Repair`."""

    def label_of(self, text: str) -> Label | None:
        """The sprint that a heading, a line or an item of this text begins; None where it belongs to no series."""
        for label in self.declared:
            if found := re.match(rf"\W*(?:{label.kind}[ -])?{re.escape(label.name)}(?=\W*\Z|\s*[-–—:(|,·])", text, re.I):
                return msgspec.structs.replace(label, start=0, end=found.end())
        if text in self.named:
            return _named(text) or Label(f"stretch:{text.lower()}", text, 0, len(text))
        found = _SERIAL.match(text) if self.words else None
        if found is None or found["word"].lower() not in self.words:
            return None
        word, number = found["word"], found["number"]
        return Label(f"{word.lower()}:{number.lower()}", f"{word} {number}", found.start("word"), found.end())


def read_series(blocks: tuple[Block, ...]) -> Series:
    """The page's series: each of two or more."""
    numbers: dict[str, set[str]] = {}
    names: dict[int, list[str]] = {}
    for index, block in enumerate(blocks):
        heads_list = block.kind == "line" and index + 1 < len(blocks) and blocks[index + 1].kind == "item"
        if block.kind != "heading" and not block.bold and not block.parent and not heads_list:
            continue
        found = _SERIAL.match(block.text)
        if found and found["word"].lower() not in _NO_STRETCH and _is_dated(block.text[found.end() :], blocks[index + 1 :][:3]):
            numbers.setdefault(found["word"].lower(), set()).add(found["number"])
        elif (block.kind == "heading" or block.parent) and _is_stretch(block.text, blocks[index + 1 :][:1]):
            names.setdefault(block.level, []).append(block.text)
    words = frozenset(word for word, said in numbers.items() if len(said) > 1)
    stretches = frozenset(text for texts in names.values() if len(texts) > 1 for text in texts)
    return Series(words, stretches, tuple(label for block in blocks if block.kind == "table" for label in _declared(block)))


def _declared(table: Block) -> Iterator[Label]:
    """The sprints of a table of them that only it makes sprints: a heading `Repair` says so nowhere else."""
    columns = read_columns(table)
    if columns.lists_sprints and not columns.states_metrics:
        labels = (columns.sprint_label(row) for _, row in table.rows)
        yield from (label for label in labels if label and not label.refers and label_at_start(label.name) is None)


def _is_dated(title: str, below: tuple[Block, ...]) -> bool:
    """Whether the heading, or a line right under it such as `Owner: Rui · Due: 31 March 2026`, says when."""
    if read_span(title, 2000) != Span():
        return True
    lines = itertools.takewhile(lambda block: block.kind == "line", below)
    return any((found := _WHEN.search(line.text)) and read_span(line.text[found.end() :], 2000) != Span() for line in lines)


def _is_stretch(text: str, below: tuple[Block, ...]) -> bool:
    """Whether a heading names a stretch of time: its first and last day stand behind its name, or alone in the line below."""
    if section_of(text) is Section.ASIDE:
        return False
    dated = [block.text for block in below if block.kind == "line" and not re.search(r"[^\W\d]{4}", strip_dates(block.text))]
    spans = [read_span(line, 2000) for line in dated]
    return _named(text) is not None or (not labels_in(text) and any(span.starts and span.ends for span in spans))


def _named(text: str) -> Label | None:
    """The name before a heading's first and last day: `Harden the API (Jan–Mar 2026)`."""
    found = _DATED.fullmatch(text)
    if found is None or labels_in(found["name"]):
        return None
    span = read_span(found["in"] or found["after"], 2000)
    name = found["name"].strip(" :–—-")
    return Label(f"stretch:{name.lower()}", name, found.start("name"), found.end("name")) if span.starts and span.ends else None

"""What a page says of the present: figures that serve as baselines, of its section on it or in sentences anywhere."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from auditor.model.roadmap import MANUAL, Target
from auditor.model.units import convert, dimension
from auditor.roadmap.binding import candidates, ideas
from auditor.roadmap.gather.sentences import parts
from auditor.roadmap.page.columns import Columns
from auditor.roadmap.page.headings import Section, section_of
from auditor.roadmap.page.outline import Placed
from auditor.roadmap.promise.masking import mask_conditions
from auditor.roadmap.promise.mood import surely_stands
from auditor.roadmap.promise.quantity import Quantity, quantities
from auditor.roadmap.promise.reading import states_figure
from auditor.roadmap.promise.wording import normalise, parts_as_shares

_CLAUSE = re.compile(r",\s+(?:and|while)\s+")
"""What parts the figures of a sentence: `Coverage is at 52 %, and the p99 was 2.8 s.`"""
_READINGS = re.compile(r"\W*(?:values?|figures?|numbers?|readings?|measured|as of|status|stand|today|now|currently)\b", re.I)
"""What leads into figures of the present: `Values on 8 January: coverage 62.7 %, TODOs 205`."""
_COMMA = re.compile(r",\s+(?:and |while )?")
_COMMON = frozenset(
    "take takes need time now today currently the of to in on and is are has have at most least under below over above minutes "
    "minute seconds hours days per cent percent no not more than less fewer from by sprint all every each".split()
)


class Stood(msgspec.Struct, frozen=True):
    """A clause that says how things stand, with its one figure; `key` is its measure's name, else its own name and a colon."""

    key: str
    words: frozenset[str]
    value: float
    unit: str
    line: int
    surely: bool
    """It stands under a heading on the present, where no other reading is possible."""


def present_figures(page: Sequence[Placed]) -> tuple[Stood, ...]:
    """The clauses of the page that say how things stand with one figure (`80 %+ enforced` is none)."""
    return tuple(stood for placed in page if placed.section is not Section.ASIDE for stood in _of(placed))


def with_baseline(target: Target, present: Sequence[Stood]) -> Target:
    """A figure of the present is the baseline of a target that states none, where it tells of the same and no other does."""
    if target.baseline is not None:
        return target
    key = f"{target.text.partition(':')[0].lower()}:"
    found = [one for one in present if one.key in (target.measure, key) and one.line != target.line]
    if not found and target.measure == MANUAL:
        words = ideas(target.text) - _COMMON
        found = [
            one
            for one in present
            if one.words & words and one.line != target.line and dimension(one.unit) == dimension(target.unit) == "time"
        ]
    found = [one for one in found if one.surely] or found
    if not found or (len({(one.value, one.unit) for one in found}) > 1 and not found[-1].surely):
        return target
    stood = found[-1]
    if target.relative:
        return msgspec.structs.replace(target, baseline=stood.value)
    value = convert(stood.value, stood.unit, target.unit)
    return target if value is None else msgspec.structs.replace(target, baseline=round(value, 6))


def _of(placed: Placed) -> Iterator[Stood]:
    block = placed.block
    surely = placed.section is Section.PRESENT
    if block.kind == "table":
        for line, row in block.rows if surely else ():
            yield from _stood(" ".join(row), " | ".join(row[1:]), "", line, surely)
        return
    for clause in _clauses(block.text):
        told = (
            surely or bool(_READINGS.match(block.lead or "")) or (bool(block.lead) and section_of(block.lead) is Section.PRESENT)
        )
        if told or surely_stands(clause):
            lead = block.lead if block.lead and clause.startswith(block.lead) else ""
            yield from _stood(clause, clause, lead, block.line, told)


def _clauses(text: str) -> Iterator[str]:
    """The clauses of one figure each; a list of such parted by commas is as many."""
    for clause in (one for sentence in parts(text) for told in _CLAUSE.split(sentence) for one in _of_which(told)):
        pieces = _COMMA.split(clause)
        alone = len(pieces) > 1 and all(candidates(piece) and _figures(piece) for piece in pieces)
        mixed = len(pieces) > 2 and all(len(_figures(piece)) == 1 for piece in pieces)
        mixed = mixed or (
            len(pieces) > 1
            and len(_figures(pieces[0])) == 1
            and not re.search(r"\d", mask_conditions(clause.partition(pieces[0])[2]))
        )
        yield from pieces if alone or mixed else (clause,)


def _of_which(clause: str) -> tuple[str, ...]:
    """`143 TODO comments, of which 17 speak of security` tells of two: the second of what the first names."""
    whole, which, part = clause.partition(", of which ")
    return (whole, f"{re.sub(r'[0-9][0-9.,]*', '', whole)} {part}") if which else (clause,)


def _figures(text: str) -> tuple[Quantity, ...]:
    return quantities(mask_conditions(normalise(_without_target(text))))


def _stood(text: str, figures: str, lead: str, line: int, surely: bool) -> Iterator[Stood]:
    bound = candidates(_without_target(text))
    is_share = bool(bound) and bound[0].unit == "%"
    found = _figures(parts_as_shares(figures) if is_share else figures)
    if len(found) != 1:
        return
    one = found[0]
    words = ideas(text) - _COMMON
    if lead and not bound:
        yield Stood(f"{lead.lower()}:", words, one.value, one.unit, line, surely)
    elif bound and not one.plus and one.high is None and not any(sign in text for sign in "<>≤≥"):
        yield Stood(bound[0].name, words, one.value, one.unit or bound[0].unit, line, surely)
    elif not bound and one.unit:
        yield Stood("", words, one.value, one.unit, line, surely)


def _without_target(text: str) -> str:
    """`Coverage: 78 % (target: 85 %)` says here how things stand."""
    return re.sub(r"\(\s*(?:target|goal)\b[^()]*\)", "", text, flags=re.I)


def thousands(base: str, goal: str) -> str:
    """`1.150` beside a goal of 700 is eleven hundred and fifty: nobody goes from one to seven hundred to a thousandth."""
    wanted = re.search(r"(?<![\d.,])[1-9]\d{2}(?![\d.,])", goal)
    return re.sub(r"(?<![\d.,])(\d{1,3})\.(\d{3})(?![\d.,])", r"\1\2", base) if wanted else base


def stood_beside(columns: Columns, row: tuple[str, ...], promise: str) -> str:
    """A cell of no kind in the row that states a figure of the same measure: `p95 rose to 830 ms` before `p95 ≤ 500 ms`."""
    named = candidates(promise)
    places = {*columns.at.values(), *(index for index, _ in columns.by_sprint)}
    free = [cell for index, cell in enumerate(row) if index not in places and states_figure(cell)]
    return next((cell for cell in free if named and candidates(cell)[:1] == named[:1]), "")

"""What a page's section on the present state says: figures that serve as baselines."""

import re
from collections.abc import Iterator, Sequence

from auditor.roadmap.binding import candidates
from auditor.roadmap.page.headings import Section
from auditor.roadmap.page.outline import Placed
from auditor.roadmap.promise.masking import mask_conditions
from auditor.roadmap.promise.quantity import quantities
from auditor.roadmap.promise.wording import normalise

_CLAUSE = re.compile(r"(?<=[.;])\s+(?=[A-ZÄÖÜ])|,\s+(?:and|while)\s+|;\s+")
"""What parts the figures of a sentence: `Coverage is at 52 %, and the p99 was 2.8 s.`"""


def _without_target(text: str) -> str:
    """`Coverage: 78 % (target: 85 %)` says here how things stand."""
    return re.sub(r"\(\s*(?:target|goal)\b[^()]*\)", "", text, flags=re.I)


def present_figures(page: Sequence[Placed]) -> Iterator[tuple[str, tuple[float, str]]]:
    """Measure, else name and colon → figure, unit, for lines of the present state with one figure (`80 %+ enforced` is none)."""
    for placed in page:
        if placed.section is not Section.PRESENT:
            continue
        block = placed.block
        told = [(" ".join(row), " | ".join(row[1:])) for _, row in block.rows]
        told += [(text, text) for text in _CLAUSE.split(block.text) if block.kind != "table"]
        for text, figures in told:
            bound = candidates(_without_target(text))
            found = quantities(mask_conditions(normalise(_without_target(figures))))
            if block.lead and not bound and len(found) == 1:
                yield f"{block.lead.lower()}:", (found[0].value, found[0].unit)
            if bound and len(found) == 1 and not found[0].plus and found[0].high is None and not any(c in text for c in "<>≤≥"):
                yield bound[0].name, (found[0].value, found[0].unit or bound[0].unit)

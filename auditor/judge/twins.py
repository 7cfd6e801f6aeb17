"""Which promise of a later roadmap is which of an earlier one: texts are mended, goals stand in them, so words decide."""

import difflib
import re
from collections.abc import Iterator, Sequence

from auditor.model.roadmap import MANUAL, Target

ALIKE = 0.6
FIGURE = re.compile(r"[\d.,]+\s*%?")


def twins(before: Sequence[Target], after: Sequence[Target]) -> Iterator[tuple[Target, int | None]]:
    """Each earlier target with the place of its later one, None where it has none. No later one is given twice.

    The same text wins, then the same text but for its figures, then the same measure, then the most similar text.
    """
    left = set(range(len(after)))
    found: dict[int, int] = {}
    for same in (_text, _wording, _measure):
        for number, old in enumerate(before):
            if number not in found:
                match = next((at for at in sorted(left) if same(old, after[at])), None)
                if match is not None:
                    found[number] = match
                    left.discard(match)
    for number, old in enumerate(before):
        if number not in found and left:
            best = max(sorted(left), key=lambda at: _similar(old, after[at]))
            if _similar(old, after[best]) >= ALIKE:
                found[number] = best
                left.discard(best)
    return ((old, found.get(number)) for number, old in enumerate(before))


def _text(old: Target, new: Target) -> bool:
    return old.text == new.text


def _wording(old: Target, new: Target) -> bool:
    return _words(old) == _words(new)


def _measure(old: Target, new: Target) -> bool:
    return old.measure == new.measure != MANUAL and old.comparator[0] == new.comparator[0]


def _words(target: Target) -> str:
    return " ".join(FIGURE.sub(" ", target.text.lower()).split())


def _similar(old: Target, new: Target) -> float:
    return difflib.SequenceMatcher(None, _words(old)[:200], _words(new)[:200]).ratio()

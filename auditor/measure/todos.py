"""Marks that were left in the code, counted, and for how long they have been there."""

from collections import Counter
from collections.abc import Mapping

from auditor.facts.marks import marks
from auditor.facts.values import FileFacts
from auditor.model.measure import Measure, unknown

AGES = (("todo.age_under_30d", 30), ("todo.age_30_to_180d", 181), ("todo.age_over_180d", None))
"""Names of the stretches of time, each with the days at which the next one begins."""
UNKNOWN_AGE = "todo.age_unknown"


def todos(files: Mapping[str, FileFacts], ages: Mapping[tuple[str, int], int]) -> tuple[Measure, ...]:
    """The number of marks in the judged source (`todo.count`) and in tests (`todo.test_count`), and the source's by age.

    `ages` holds days by (path, line); a mark that is not in it is of unknown age.
    """
    names = ("todo.count", *(name for name, _ in AGES), UNKNOWN_AGE)
    if not any(file.kind == "source" for file in files.values()):
        return tuple(unknown(name, "no Python source was found") for name in names)
    places = [
        (kind, path, mark.line)
        for path, file in sorted(files.items())
        if (kind := file.kind) in ("source", "test")
        for mark in marks(file)
    ]
    source = [(path, line) for kind, path, line in places if kind == "source"]
    found = Counter(_stretch(ages.get(place)) for place in source)
    counts = [Measure("todo.count", len(source)), Measure("todo.test_count", len(places) - len(source))]
    if source and not any(place in ages for place in source):
        note = "git knows none of these lines, so their age is unknown"
        counts += (unknown(name, note) for name, _ in AGES)
        return (*counts, Measure(UNKNOWN_AGE, len(source), note=note))
    counts += (Measure(name, found[name], source="git") for name in (*(name for name, _ in AGES), UNKNOWN_AGE))
    return tuple(counts)


def _stretch(age_days: int | None) -> str:
    if age_days is None:
        return UNKNOWN_AGE
    return next(name for name, end in AGES if end is None or age_days < end)

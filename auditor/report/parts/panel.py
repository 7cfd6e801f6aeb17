"""Measures in the panels that reports show: by what they are about, the project's own before the worst places."""

from collections.abc import Iterable

import msgspec

from auditor.model.measure import Measure

MOST_PLACES = 10


class Ranking(msgspec.Struct, frozen=True):
    """The places with the highest values of one measure, highest first, and how many there are in all."""

    name: str
    places: tuple[Measure, ...]
    total: int


class Panel(msgspec.Struct, frozen=True):
    """Measures whose names begin alike (`duplication.…`)."""

    name: str
    measures: tuple[Measure, ...]
    rankings: tuple[Ranking, ...]


def panels(measures: Iterable[Measure]) -> tuple[Panel, ...]:
    """One panel for each first part of a name, sorted by it."""
    found: dict[str, list[Measure]] = {}
    for measure in measures:
        found.setdefault(measure.name.partition(".")[0], []).append(measure)
    return tuple(
        Panel(name, tuple(one for one in members if not one.subject), _rankings(members))
        for name, members in sorted(found.items())
    )


def _rankings(measures: list[Measure]) -> tuple[Ranking, ...]:
    found: dict[str, list[tuple[float, Measure]]] = {}
    for measure in measures:
        if measure.subject and measure.value is not None:
            found.setdefault(measure.name, []).append((measure.value, measure))
    return tuple(
        Ranking(
            name,
            tuple(one for _, one in sorted(members, key=lambda pair: (-pair[0], pair[1].subject))[:MOST_PLACES]),
            len(members),
        )
        for name, members in sorted(found.items())
    )

"""Who works on files: this process alone for a few, a crew of worker processes for many."""

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from auditor.run.desk import Desk, Order

if TYPE_CHECKING:
    from auditor.run.crew import Crew

ALONE = 12
"""Up to so many files are worked on without other processes: starting one takes longer than they do."""


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def records(order: Order, paths: Sequence[str], workers: int) -> list[bytes]:
    """The encoded Record of every path, in no order."""
    crew = hire(order, len(paths), workers)
    try:
        return list(crew.run(paths))
    finally:
        crew.dismiss()


def hire(order: Order, files: int, workers: int) -> "Crew | Alone":
    """Who works on so many files. The processes stand when this returns; whoever hired them dismisses them."""
    if files <= ALONE:
        return Alone(order)
    from auditor.run.crew import Crew

    return Crew(order, max(1, min(workers, files // ALONE + 1)))


class Alone:
    """This process, for a few files."""

    def __init__(self, order: Order) -> None:
        self.order = order

    def run(self, paths: Sequence[str]) -> Iterator[bytes]:
        """The encoded Record of every path."""
        desk = Desk(self.order)
        for path in paths:
            yield desk.record(path)
        desk.cache.flush()

    def search(self, bodies: Sequence[bytes]) -> None:
        """Nobody else is there to search for copies."""

    def dismiss(self) -> None:
        """Nobody is to go."""

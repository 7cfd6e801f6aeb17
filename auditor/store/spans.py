"""How spans change when a snapshot comes in, at the end of the line of time or in the middle of it. Pure: no database."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

Facet = tuple[object, ...]
"""What has to stay the same for a span to go on, such as a finding's severity; the columns' values in their order."""


class Span(msgspec.Struct, frozen=True):
    """A row of a table of spans. `id` is 0 for one that is not written yet."""

    id: int
    owner: int
    facet: Facet
    first: int
    last: int


class Edit(msgspec.Struct, frozen=True):
    """What has to be written: rows with new ends, rows to add, rows to take away by id."""

    moved: tuple[Span, ...]
    added: tuple[Span, ...]
    gone: tuple[int, ...]


class Neighbours(msgspec.Struct, frozen=True):
    """The moments of the snapshots right before and after a new one; None where it is the first or the last."""

    before: int | None
    after: int | None


def insert(now: int, around: Neighbours, there: Iterable[Span], present: Mapping[int, Facet]) -> Edit:
    """The edit for a new snapshot at `now` that holds `present`, owners with their facets.

    `there` are the spans that hold the moment before, and those that begin with the moment after.
    """
    standing = {span.owner: span for span in there if around.before is not None and span.first <= around.before <= span.last}
    starting = {span.owner: span for span in there if span.first == around.after}
    draft = _Draft(now, around)
    for owner in sorted(standing.keys() | starting.keys() | present.keys()):
        draft.owner(owner, standing.get(owner), starting.get(owner), present.get(owner))
    return Edit(tuple(draft.moved), tuple(draft.added), tuple(draft.gone))


class _Draft:
    """An edit in the making."""

    def __init__(self, now: int, around: Neighbours) -> None:
        self.now = now
        self.around = around
        self.moved: list[Span] = []
        self.added: list[Span] = []
        self.gone: list[int] = []

    def owner(self, owner: int, early: Span | None, late: Span | None, facet: Facet | None) -> None:
        """One owner: the span that held before, the one that begins after, and what holds now."""
        if early is not None and self.around.after is not None and early.last >= self.around.after:
            if early.facet == facet:
                return
            self._split(early, self.around.after)
            if facet is not None:
                self._add(owner, facet)
        elif facet is None:
            return
        elif early is not None and early.facet == facet:
            joined = late is not None and late.facet == facet
            self._move(early, last=late.last if late is not None and joined else self.now)
            if late is not None and joined:
                self.gone.append(late.id)
        elif late is not None and late.facet == facet:
            self._move(late, first=self.now)
        else:
            self._add(owner, facet)

    def _split(self, span: Span, after: int) -> None:
        assert self.around.before is not None
        self._move(span, last=self.around.before)
        self.added.append(msgspec.structs.replace(span, id=0, first=after))

    def _move(self, span: Span, first: int | None = None, last: int | None = None) -> None:
        ends = {"first": span.first if first is None else first, "last": span.last if last is None else last}
        self.moved.append(msgspec.structs.replace(span, **ends))

    def _add(self, owner: int, facet: Facet) -> None:
        self.added.append(Span(0, owner, facet, self.now, self.now))


def runs(spans: Sequence[Span], before: Mapping[int, int]) -> list[tuple[int, int]]:
    """The first and last moments of unbroken runs, whatever the facets. Spans come oldest first; `before` has, for the first
    moment of each but the first, the moment of the snapshot right before it.
    """
    found: list[tuple[int, int]] = []
    for span in spans:
        if found and before[span.first] == found[-1][1]:
            found[-1] = (found[-1][0], span.last)
        else:
            found.append((span.first, span.last))
    return found

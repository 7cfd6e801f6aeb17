"""A measure: one figure about the project, with where it comes from. Unknown is a value of its own."""

from enum import StrEnum

import msgspec


class Basis(StrEnum):
    """How a figure came to be."""

    MEASURED = "measured"
    INFERRED = "inferred"
    DECLARED = "declared"
    STALE = "stale"
    UNKNOWN = "unknown"
    ABSENT = "absent"
    """Unknown because the project has nothing that the figure could be about: the versions of no routes."""


class Measure(msgspec.Struct, frozen=True):
    """A named figure. `value` is None exactly when the figure is unknown; then `note` says why.

    `name` is dotted (`duplication.density_pct`); units stand in the name and in `unit` (`%`, `lines`, `ms`, `count`).
    `subject` is empty for the whole project, else a path, a function or a route.
    """

    name: str
    value: float | None
    unit: str = "count"
    subject: str = ""
    source: str = "auditor"
    basis: Basis = Basis.MEASURED
    note: str = ""
    taken_at: str = ""
    """ISO time of the measurement where it is not the audit's own; empty: taken by this audit."""
    link: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a value to judge."""
        return self.value is not None


def unknown(name: str, note: str, unit: str = "count", subject: str = "", source: str = "auditor") -> Measure:
    """A measure that could not be taken, and why."""
    return Measure(name, None, unit, subject, source, Basis.UNKNOWN, note)


def absent(name: str, note: str, unit: str = "count") -> Measure:
    """A measure about something that the project does not have, and why that is known."""
    return Measure(name, None, unit, basis=Basis.ABSENT, note=note)

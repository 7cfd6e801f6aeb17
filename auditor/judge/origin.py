"""Baselines that nobody stated: the first figure that was ever measured stands in for them."""

import msgspec

from auditor.model.history import Past, Series
from auditor.model.roadmap import Roadmap, Target
from auditor.model.units import convert


def rooted(roadmap: Roadmap, past: Past) -> Roadmap:
    """The roadmap with a baseline for every target that states none and whose measure has a past."""
    targets = tuple(_rooted(target, past.one(target.measure)) for target in roadmap.targets)
    return msgspec.structs.replace(roadmap, targets=targets)


def _rooted(target: Target, series: Series | None) -> Target:
    if target.baseline is not None or series is None:
        return target
    first = next((point for point in series.points if point.value is not None), None)
    unit = "" if target.relative or target.unit in ("points", "/100") else target.unit
    base = None if first is None or first.value is None else convert(first.value, series.unit, unit)
    return target if base is None or first is None else msgspec.structs.replace(target, baseline=base, since=first.at[:10])

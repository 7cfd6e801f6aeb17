"""Units of figures: which kind of thing one counts, and how to turn one into another of its kind."""

from collections.abc import Mapping
from types import MappingProxyType

_MILLISECONDS: Mapping[str, float] = MappingProxyType(
    {"ms": 1, "s": 1_000, "min": 60_000, "h": 3_600_000, "days": 86_400_000, "weeks": 604_800_000}
)
_BYTES: Mapping[str, float] = MappingProxyType(
    {"B": 1, "KB": 1e3, "MB": 1e6, "GB": 1e9, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}
)
_SHARES: Mapping[str, float] = MappingProxyType({"%": 1, "ratio": 100})


SIGNS: Mapping[str, str] = MappingProxyType({"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "="})
"""Comparators as people write them."""


def dimension(unit: str) -> str:
    """`time`, `size`, `share`, `count`, or the unit itself where it stands alone; empty for no unit."""
    for name, factors in (("time", _MILLISECONDS), ("size", _BYTES), ("share", _SHARES)):
        if unit in factors:
            return name
    return "count" if unit in _COUNTED else unit


_COUNTED = frozenset({"count", "lines", "packages", "findings", "functions", "files", "routes", "queries", "incidents"})


def convert(value: float, have: str, want: str) -> float | None:
    """The value in the wanted unit, or None where the two units measure different things.

    A missing unit on either side is taken to be the other's: teams write "p95 below 200".
    """
    if have == want or not have or not want:
        return value
    for factors in (_MILLISECONDS, _BYTES, _SHARES):
        if have in factors and want in factors:
            return value * factors[have] / factors[want]
    return value if dimension(have) == dimension(want) else None


def figure(value: float, unit: str = "") -> str:
    """A figure as people write it: `80 %`, `1,200 lines`, `12`; two places at most, no unit for plain counts."""
    text = f"{round(value, 2):,.2f}".rstrip("0").rstrip(".")
    return text if unit in ("", "count", "points") else f"{text} {unit}"

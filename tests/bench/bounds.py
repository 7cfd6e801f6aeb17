"""What was promised of auditor's speed, and whether the figures keep it."""

import itertools
from collections.abc import Mapping, Sequence

import msgspec


class Bound(msgspec.Struct, frozen=True):
    """A promise: `subject` takes at most `limit` times what `peer` takes."""

    subject: str
    peer: str
    limit: float


class Row(msgspec.Struct, frozen=True):
    """A promise beside what was measured, in the promise's own unit."""

    what: str
    measured: str
    bound: str
    met: bool


BOUNDS = (
    Bound("auditor, cold", "semgrep", 0.5),
    Bound("auditor, cold", "bandit", 0.3),
    Bound("auditor, cold", "pylint", 0.15),
    Bound("auditor, cold", "fixit", 0.04),
    Bound("auditor, cold", "fixit, one rule", 0.04),
    Bound("auditor, warm", "semgrep", 0.12),
    Bound("auditor check, one file", "import click, msgspec, libcst", 1.7),
)
ALIKE = "auditor check, all files"
"""The peers' own kind of work: each file by itself, no questions about the whole project."""
SAME_RULES = (("auditor, semgrep's rules", "semgrep"), ("auditor, pylint's rules", "pylint"))
"""An audit by the rules that the peer was asked for, and no others."""
MEMORY_MB = 400.0
GROWTH = 2.0


def kept(medians: Mapping[str, float], memory_mb: float, growth: Mapping[int, float]) -> tuple[Row, ...]:
    """One row a promise. `medians` in seconds by contestant; `growth` in seconds by the number of copies of the tree."""
    rows = []
    for bound in BOUNDS:
        ratio = medians[bound.subject] / medians[bound.peer]
        what = f"{bound.subject} / {bound.peer}"
        rows.append(Row(what, f"{ratio:.3f}", f"≤ {bound.limit:g}", ratio <= bound.limit))
    rows.append(Row("peak memory, cold", f"{memory_mb:.0f} MB", f"< {MEMORY_MB:.0f} MB", memory_mb < MEMORY_MB))
    sizes = sorted(growth)
    for small, large in itertools.pairwise(sizes):
        ratio = growth[large] / growth[small]
        rows.append(Row(f"{large}x the code / {small}x", f"{ratio:.2f}", f"≤ {GROWTH:g}", ratio <= GROWTH))
    return tuple(rows)


def alike(medians: Mapping[str, float], peers: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """What the same work takes beside the peers that took part, as ratios: figures, no promises."""
    pairs = [*SAME_RULES, *((ALIKE, peer) for peer in peers)]
    timed = [pair for pair in pairs if medians.keys() >= set(pair)]
    return tuple((f"{own} / {peer}", f"{medians[own] / medians[peer]:.3f}") for own, peer in timed)

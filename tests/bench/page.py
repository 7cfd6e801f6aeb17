"""The figures as the page docs/benchmarks.md."""

import os
import platform
import statistics
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from tests.bench.bounds import Row, alike
from tests.bench.clock import Peak
from tests.bench.contest import Contestant, shown

PEERS = ("semgrep", "bandit", "pylint", "fixit, one rule", "fixit")


class Figures(msgspec.Struct, frozen=True):
    """All that one run of the benchmark measured. Times in seconds, by contestant's name or by number of copies."""

    day: str
    lines: int
    files: int
    sources: str
    seconds: dict[str, tuple[float, ...]]
    growth: dict[int, tuple[float, ...]]
    memory: dict[str, Peak]
    versions: dict[str, str]


def page(figures: Figures, rows: Sequence[Row], contestants: Sequence[Contestant]) -> str:
    """The whole page as Markdown; a promise that is not kept says so."""
    missed = [row for row in rows if not row.met]
    said = "All bounds are met." if not missed else f"**{len(missed)} of {len(rows)} bounds are missed.**"
    parts = [
        "# How fast it is beside its peers",
        "Written by `make bench`; run it again to repeat it. Every figure is the wall time of a whole process, started "
        f"from nothing, on the Python sources of {figures.sources} ({figures.lines:,} lines in {figures.files:,} files). "
        "The contestants take turns in one run, and the median counts.",
        f"{figures.day}, {_machine()}. {said}",
        "## Against the bounds",
        _table(("what", "measured", "bound", "state"), ([r.what, r.measured, r.bound, _state(r)] for r in rows)),
        "## The same work",
        "An audit with an empty cache by the rules that a peer was asked for, and no others (`--select`), beside that peer. And "
        "`auditor check` on the whole tree: like semgrep, bandit and fixit it looks at one file at a time, with every rule about "
        "single files; it asks no question about the project, for which the cold audit above takes its time.",
        _table(("what", "measured"), alike(_medians(figures), PEERS)),
        "## Times",
        _table(("contestant", "version", "runs", "median", "fastest", "slowest"), _times(figures)),
        "*Cold* is auditor with an empty cache, *warm* with the cache of the run before and nothing changed since. Both run "
        "every rule and print every finding as JSON; `--no-deps` leaves out the dependency audit, which no peer has. "
        "`auditor check` keeps no cache. Fixit runs as it comes, with all its rules, and again with "
        "the only one that is about handlers; it takes long, so three times each. "
        "Semgrep runs two rules, pylint only duplicate-code and the broad-except checks.",
        "## Growth",
        _table(("code", "median", "runs"), _growth(figures.growth)),
        "The copies lie side by side in one tree, each file a line apart from its copies, so no cache helps, and nearly "
        "every function is a clone of others: the worst case for the search for clones.",
        "## Memory",
        _table(("contestant", "sum of resident MB", "sum of proportional MB"), _memory(figures.memory)),
        "Sampled every 20 ms over the process and all its children, in a run of its own that is not timed. The first sum "
        "counts a page once for every process that shares it, and is the one that the bound is held against.",
        "## The commands",
        "\n".join(f"    {shown(one.argv)}" for one in contestants),
    ]
    return "\n\n".join(parts) + "\n"


def _medians(figures: Figures) -> dict[str, float]:
    return {name: statistics.median(runs) for name, runs in figures.seconds.items()}


def _machine() -> str:
    cores = len(os.sched_getaffinity(0))
    models = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    model = models[0].partition(":")[2].strip() if models else platform.machine()
    return f"{cores} cores of {model}, Python {platform.python_version()}, {platform.system()}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", "|" + " --- |" * len(head)]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines)


def _state(row: Row) -> str:
    return "met" if row.met else "**missed**"


def _times(figures: Figures) -> list[list[str]]:
    return [
        [
            name,
            figures.versions.get(name.split(",")[0].split()[0], ""),
            str(len(runs)),
            f"{statistics.median(runs):.3f} s",
            f"{min(runs):.3f} s",
            f"{max(runs):.3f} s",
        ]
        for name, runs in figures.seconds.items()
    ]


def _growth(growth: Mapping[int, tuple[float, ...]]) -> list[list[str]]:
    return [[f"{size}x", f"{statistics.median(runs):.2f} s", str(len(runs))] for size, runs in sorted(growth.items())]


def _memory(memory: Mapping[str, Peak]) -> list[list[str]]:
    return [[name, f"{peak.resident_mb:.0f}", f"{peak.proportional_mb:.0f}"] for name, peak in memory.items()]

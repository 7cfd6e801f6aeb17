"""`make bench`: times everybody in turns, prints the ratios against the bounds, writes docs/benchmarks.md."""

import argparse
import shutil
import statistics
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.bench import bounds, clock, contest, ground
from tests.bench.page import Figures, page

SIZES = (1, 2, 4)


def main() -> int:
    """Runs the benchmark. Exit code 0 where every bound is met, 1 where one is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="most runs of one contestant (default 5)")
    parser.add_argument("--page", type=Path, default=ground.PROJECT / "docs" / "benchmarks.md", help="where to write")
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME", help="contestants by name; writes no page")
    chosen = parser.parse_args()
    peers, tree = ground.peers(), ground.sources()
    shutil.rmtree(ground.PLACE / "cache", ignore_errors=True)
    empty = ground.root()
    taking_part = contest.contestants(peers, tree, empty)
    if chosen.only:
        taking_part = tuple(one for one in taking_part if any(one.name.startswith(name) for name in chosen.only))
    seconds = take_turns(taking_part, chosen.rounds)
    if chosen.only:
        return 0
    figures = measured(taking_part, seconds, tree, peers, chosen.rounds)
    rows = bounds.kept(
        {name: statistics.median(runs) for name, runs in seconds.items()},
        figures.memory["auditor, cold"].resident_mb,
        {size: statistics.median(runs) for size, runs in figures.growth.items()},
    )
    for row in rows:
        print(f"{'met   ' if row.met else 'MISSED'}  {row.what}: {row.measured} (bound {row.bound})")
    chosen.page.write_text(page(figures, rows, taking_part), encoding="utf-8")
    shutil.rmtree(ground.PLACE / "cache", ignore_errors=True)
    return 0 if all(row.met for row in rows) else 1


def take_turns(taking_part: Sequence[contest.Contestant], rounds: int) -> dict[str, tuple[float, ...]]:
    """Everybody once to warm the disk's cache (the slow ones not), then round by round."""
    for one in taking_part:
        if not one.name.startswith(("pylint", "fixit")):
            one.run()
    seconds: dict[str, list[float]] = {one.name: [] for one in taking_part}
    for number in range(rounds):
        for one in taking_part:
            if number < one.rounds:
                seconds[one.name].append(one.run().seconds)
                print(f"round {number + 1}: {one.name}: {seconds[one.name][-1]:.3f} s", flush=True)
    return {name: tuple(runs) for name, runs in seconds.items()}


def measured(
    taking_part: Sequence[contest.Contestant], seconds: dict[str, tuple[float, ...]], tree: Path, peers: Path, rounds: int
) -> Figures:
    """The figures beside the times: growth, memory, versions, and how much code it was."""
    files = list(tree.rglob("*.py"))
    watched = [one for one in taking_part if one.name in ("auditor, cold", "auditor, warm", "semgrep", "bandit")]
    memory = {one.name: clock.peak(one.argv, contest.environment(one.fresh), ground.PROJECT) for one in watched}
    return Figures(
        day=datetime.now(UTC).date().isoformat(),
        lines=sum(file.read_bytes().count(b"\n") for file in files),
        files=len(files),
        sources=ground.SOURCES.replace("==", " "),
        seconds=seconds,
        growth=growth(tree, min(rounds, 3)),
        memory=memory,
        versions={"auditor": version("auditor"), **versions(peers)},
    )


def growth(tree: Path, rounds: int) -> dict[int, tuple[float, ...]]:
    """Cold audits of one, two and four copies of the tree, in turns."""
    audits = {size: contest.audit(f"{size}x", ground.copies(tree, size), fresh=True) for size in SIZES}
    runs: dict[int, list[float]] = {size: [] for size in SIZES}
    for _ in range(rounds):
        for size, one in audits.items():
            runs[size].append(one.run().seconds)
            print(f"growth: {size}x: {runs[size][-1]:.3f} s", flush=True)
    shutil.rmtree(ground.PLACE / "growth")
    return {size: tuple(times) for size, times in runs.items()}


def versions(peers: Path) -> dict[str, str]:
    """What pip says is installed for the peers, by name."""
    listed = subprocess.run([peers / "pip", "list", "--format=freeze"], capture_output=True, text=True, check=True)
    return dict(line.split("==", 1) for line in listed.stdout.splitlines() if "==" in line)


if __name__ == "__main__":
    sys.exit(main())

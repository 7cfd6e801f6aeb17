"""Who brings whom: the ways from what the project asks for to a package, by the graph that the locks tell."""

from collections import deque
from collections.abc import Iterable

from auditor.model.inventory import Package

MOST = 20
"""Ways that are told at most."""


def chains(packages: Iterable[Package], name: str) -> tuple[tuple[str, ...], ...]:
    """The shortest way to a package from each direct one that brings it, shortest first; each ends with the package."""
    by_name = {package.name: package for package in packages}
    found: list[tuple[str, ...]] = []
    seen = {name}
    waiting: deque[tuple[str, ...]] = deque([(name,)])
    while waiting and len(found) < MOST:
        way = waiting.popleft()
        package = by_name.get(way[0])
        if package is None:
            continue
        if package.direct:
            found.append(way)
        for bringer in package.brought_by:
            if bringer not in seen:
                seen.add(bringer)
                waiting.append((bringer, *way))
    return tuple(sorted(found, key=lambda way: (len(way), way)))


def roots(packages: Iterable[Package]) -> dict[str, frozenset[str]]:
    """The direct packages that bring each package, itself among them where it is direct."""
    by_name = {package.name: package for package in packages}
    found: dict[str, set[str]] = {name: set() for name in by_name}
    for name, package in by_name.items():
        if not package.direct:
            continue
        waiting = [name]
        while waiting:
            here = waiting.pop()
            if here in found and name not in found[here]:
                found[here].add(name)
                waiting += [needed for needed, _ in by_name[here].needs]
    return {name: frozenset(bringers) for name, bringers in found.items()}

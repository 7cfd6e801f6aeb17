"""What is said of dependencies line by line: why a package is there, and what differs between two times."""

from collections.abc import Iterable, Iterator

import msgspec
from packaging.version import InvalidVersion, Version

from auditor.model.inventory import Package
from auditor.supply.ways.chains import chains

MOST_FILES = 5


def why(packages: tuple[Package, ...], name: str) -> Iterator[str]:
    """All that is known of one package by its canonical name: versions, holes, who brings it, who imports it, the way out."""
    for package in (one for one in packages if one.name == name):
        yield f"{package.name} {package.version or '(no exact version)'}: {package.state}" + (
            f", {package.note}" * bool(package.note)
        )
        for advisory in package.advisories:
            fixed = f"fixed in {', '.join(advisory.fixed)}" if advisory.fixed else "no fixed version is known"
            yield f"  {advisory.id} ({advisory.severity}): {fixed}. {advisory.summary}".rstrip()
        if package.fix:
            yield f"  way out: {package.fix}"
        for demand in package.demands:
            group = f", group {demand.group}" if demand.group else ""
            kind = "production" if demand.production else "development"
            yield f"  asked for in {demand.manifest}:{demand.line}: {demand.specifier or 'any version'} ({kind}{group})"
    for way in chains(packages, name):
        if len(way) > 1:
            yield f"  brought by {' → '.join(way)}"
    files = next((one.imported_by for one in packages if one.name == name), None)
    if files is not None:
        more = f" and {len(files) - MOST_FILES:,} more" * (len(files) > MOST_FILES)
        yield f"  imported by {', '.join(files[:MOST_FILES])}{more}" if files else "  nothing imports it, or what brings it"


class Change(msgspec.Struct, frozen=True):
    """One package at two times. Versions are joined with commas where there are several, and empty where it was not there."""

    name: str
    before: str
    after: str
    direct: bool
    holes: tuple[str, ...] = ()
    """Ids of advisories that came."""
    cleared: tuple[str, ...] = ()
    """Ids of advisories that went."""
    unaudited: bool = False
    """Whether nobody audited the later version, so that holes may have come."""

    @property
    def kind(self) -> str:
        """`added`, `removed`, `upgraded`, `downgraded` or `changed`."""
        if not self.before or not self.after:
            return "removed" if self.before else "added"
        try:
            return "upgraded" if Version(self.after) > Version(self.before) else "downgraded"
        except InvalidVersion:
            return "changed"


def changes(before: Iterable[Package], after: Iterable[Package]) -> tuple[Change, ...]:
    """What differs, by name: packages that came and went, other versions, and other holes in the same version."""
    old, new = _by_name(before), _by_name(after)
    found = []
    for name in sorted({*old, *new}):
        was, now = old.get(name, []), new.get(name, [])
        change = Change(
            name=name,
            before=_versions(was),
            after=_versions(now),
            direct=any(one.direct for one in now or was),
            holes=tuple(sorted(_holes(now) - _holes(was))),
            cleared=tuple(sorted(_holes(was) - _holes(now))),
            unaudited=any(one.state == "not audited" for one in now),
        )
        if change.before != change.after or bool(was) != bool(now) or change.holes or change.cleared:
            found.append(change)
    return tuple(found)


def _by_name(packages: Iterable[Package]) -> dict[str, list[Package]]:
    found: dict[str, list[Package]] = {}
    for package in packages:
        found.setdefault(package.name, []).append(package)
    return found


def _versions(packages: list[Package]) -> str:
    return ", ".join(one.version or "any version" for one in packages)


def _holes(packages: list[Package]) -> set[str]:
    return {advisory.id for package in packages for advisory in package.advisories}


def told(found: tuple[Change, ...]) -> Iterator[str]:
    """The changes as lines, and their number."""
    for change in found:
        versions = f"{change.before} → {change.after}" if change.before and change.after else change.after or change.before
        notes = [
            f"{change.kind:<10}  {change.name} {versions}",
            "" if change.direct else "transitive",
            f"brings {', '.join(change.holes)}" if change.holes else "",
            f"clears {', '.join(change.cleared)}" if change.cleared else "",
            "not audited" if change.unaudited else "",
        ]
        yield "; ".join(note for note in notes if note)
    counts = {kind: sum(one.kind == kind for one in found) for kind in ("added", "removed", "upgraded", "downgraded", "changed")}
    yield ", ".join(f"{number:,} {kind}" for kind, number in counts.items() if number) or "no package changed"

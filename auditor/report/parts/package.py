"""Dependencies as rows of a table: one wording of each cell for all reports, what needs a look first."""

from collections.abc import Iterator

import msgspec

from auditor.model.inventory import GRAVEST, Package
from auditor.report.parts.figure import listed, plural

MOST_IDS = 4
"""Advisories that a cell names; the findings tell them all."""
ORDER = ("vulnerable", "not audited", "clean")


class PackageRow(msgspec.Struct, frozen=True):
    """One package in words. Cells of which nothing is known are empty."""

    name: str
    version: str
    state: str
    severity: str
    known: str
    """Advisories with their severities, or why nobody looked."""
    fix: str
    wanted: str
    """Who asks for it."""
    used: str
    """Who imports it."""
    behind: str
    licence: str


def package_rows(packages: tuple[Package, ...]) -> tuple[PackageRow, ...]:
    """The rows: vulnerable ones by severity, then those that nobody audited, then the rest, each by name."""
    return tuple(_row(package) for package in sorted(packages, key=_weight))


def package_words(packages: tuple[Package, ...]) -> str:
    """All packages in one sentence."""
    direct = len({one.name for one in packages if one.direct and one.production})
    holed = [one for one in packages if one.state == "vulnerable"]
    waiting = sum(one.state == "not audited" for one in packages)
    severities = [one.severity for one in holed]
    parts = [f"{severities.count(name):,} {name}" for name in GRAVEST if name in severities]
    told = f"{len(holed):,} with a known vulnerability" + (f" ({', '.join(parts)})" if parts else "")
    rest = len(packages) - len(holed) - waiting
    return (
        f"{plural(len(packages), 'package')}, {direct:,} of them direct and for production: "
        f"{told}, {waiting:,} not audited, {rest:,} without a known vulnerability"
    )


def package_lines(packages: tuple[Package, ...], everything: bool) -> Iterator[str]:
    """The table as plain lines, and the sentence below it: what needs a look, then direct packages for production, or all."""
    shown = [one for one in packages if everything or one.state != "clean" or (one.direct and one.production)]
    rows = package_rows(tuple(shown))
    names = [f"{row.name} {row.version}".rstrip() for row in rows]
    wide = max(map(len, names), default=0)
    for row, name in zip(rows, names, strict=True):
        state = f"{row.state}, {row.severity}" if row.severity else row.state
        notes = [one for one in (row.known, row.fix, row.behind, row.licence, row.wanted) if one]
        yield f"{name:<{wide}}  {state:<20}  {'; '.join(notes)}".rstrip()
    if len(shown) < len(packages):
        rest = plural(len(packages) - len(shown), "transitive or development package")
        yield f"and {rest} without a known vulnerability (--all)"
    yield package_words(packages)


def _weight(package: Package) -> tuple[int, int, str, str]:
    state = ORDER.index(package.state) if package.state in ORDER else 1
    return state, GRAVEST.index(package.severity) if package.severity else 0, package.name, package.version


def _row(package: Package) -> PackageRow:
    gravest = sorted(package.advisories, key=lambda one: (GRAVEST.index(one.severity), one.id))
    ids = ", ".join(f"{one.id} ({one.severity})" for one in gravest[:MOST_IDS])
    ids += f" and {len(gravest) - MOST_IDS:,} more" if len(gravest) > MOST_IDS else ""
    return PackageRow(
        name=package.name,
        version=package.version,
        state=package.state,
        severity=package.severity,
        known=ids + (": " if ids and package.note else "") + package.note,
        fix=package.fix,
        wanted=_wanted(package),
        used=_used(package),
        behind=_behind(package),
        licence=package.licence,
    )


def _wanted(package: Package) -> str:
    place = f"{package.manifest}:{package.line}" if package.manifest and package.line > 1 else package.manifest
    way = (place or "the project") if package.direct else f"through {listed(list(package.brought_by)) or 'another package'}"
    return way + ("" if package.production else " (development)")


def _used(package: Package) -> str:
    files = package.imported_by
    if files is None:
        return ""
    if not files:
        return "nothing imports it"
    reach = {True: ", on a path from an entry point", False: ", on no path from an entry point", None: ""}[package.reached]
    return f"imported by {plural(len(files), 'file')}{reach}"


def _behind(package: Package) -> str:
    if not package.behind_releases:
        return ""
    days = f", {plural(package.behind_days, 'day')}" if package.behind_days is not None else ""
    return f"{plural(package.behind_releases, 'release')}{days} behind {package.latest}"

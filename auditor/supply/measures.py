"""The figures of the dependencies. While a package that nobody allowed to wait is not audited, no count of holes is known."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from auditor.model.inventory import GRAVEST, Inventory, Package
from auditor.model.measure import Measure, unknown

if TYPE_CHECKING:
    from auditor.supply.audit import Supply

HOLES = ("critical", "high", "medium", "low", "unknown", "critical_or_high", "vulnerable")
ALL = ("count", "total", "not_audited", *HOLES, "unused", "missing", "transitive", "outdated", "unpinned", "licence_faults")
NO_CODE = "no Python source was found, so nobody could see what is imported"


def none_taken(note: str) -> tuple[Measure, ...]:
    """All measures as unknown, for one reason."""
    return tuple(unknown(f"dependencies.{name}", note) for name in sorted(ALL))


def measures(
    found: Inventory, supply: "Supply", accepted: Collection[str] = (), allowed: Collection[str] = ()
) -> tuple[Measure, ...]:
    """The measures, sorted by name. `accepted` are ids of advisories that the team lives with today, `allowed` names of
    packages that may stay unaudited today.
    """
    if not supply.files and not supply.packages:
        return none_taken("no manifest was found")
    counts = [
        Measure(
            "dependencies.count",
            len({p.name for p in found.packages if p.direct and p.production}),
            note="direct, for production",
        ),
        Measure("dependencies.total", len(found.packages), note="with transitive and development ones"),
        Measure("dependencies.not_audited", sum(p.state == "not audited" for p in found.packages)),
        Measure("dependencies.unpinned", len({p.name for p in found.packages if p.direct and not p.version})),
        Measure("dependencies.licence_faults", sum(bool(p.licence_fault) for p in found.packages)),
        _used("unused", found.unused),
        _used("missing", found.missing),
        _used("transitive", found.transitive),
        _outdated(found.packages, supply.releases_note),
        *_holes(found.packages, supply.severity_note, accepted, allowed),
    ]
    return tuple(sorted(counts, key=lambda measure: measure.name))


def open_severity(package: Package, accepted: Collection[str]) -> str:
    """The gravest severity of those of its advisories that nobody accepted; empty where there are none."""
    names = frozenset(accepted)
    return min((one.severity for one in package.advisories if not one.names & names), key=GRAVEST.index, default="")


def _holes(
    packages: tuple[Package, ...], severity_note: str, accepted: Collection[str], allowed: Collection[str]
) -> Iterable[Measure]:
    severities = [open_severity(package, accepted) for package in packages]
    counts = {name: float(severities.count(name)) for name in GRAVEST}
    counts["critical_or_high"] = counts["critical"] + counts["high"]
    counts["vulnerable"] = float(sum(bool(one) for one in severities))
    waiting = [package for package in packages if package.state == "not audited" and package.name not in allowed]
    for name in HOLES:
        if waiting:
            least = f"at least {counts[name]:,.0f}: " if counts[name] else ""
            note = f"{least}{len(waiting):,} of {len(packages):,} packages were not audited: {waiting[0].note}"
            yield unknown(f"dependencies.{name}", note)
        elif counts["unknown"] and severity_note and name not in ("vulnerable", "unknown"):
            yield unknown(f"dependencies.{name}", severity_note)
        else:
            note = "vulnerable packages of unknown severity" if name == "unknown" else ""
            yield Measure(f"dependencies.{name}", counts[name], note=note)


def _used(name: str, found: tuple[object, ...] | None) -> Measure:
    return unknown(f"dependencies.{name}", NO_CODE) if found is None else Measure(f"dependencies.{name}", len(found))


def _outdated(packages: tuple[Package, ...], note: str) -> Measure:
    """Direct packages with a newer release; unknown where the index did not speak of all of them."""
    direct = [package for package in packages if package.direct and package.version and not package.elsewhere]
    silent = [package for package in direct if package.behind_releases is None]
    if silent:
        return unknown("dependencies.outdated", note or f"the index says nothing of {silent[0].name} {silent[0].version}")
    return Measure("dependencies.outdated", len({package.name for package in direct if package.behind_releases}))

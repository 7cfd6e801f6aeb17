"""From what manifests and locks say to packages: in which versions, who asks for them, who brings whom, for production or not."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from packaging.utils import InvalidName, canonicalize_name, canonicalize_version
from packaging.version import InvalidVersion, Version

from auditor.model.inventory import Demand, Package
from auditor.supply.locks.pinned import Pinned
from auditor.supply.manifests.reading import folder
from auditor.supply.stock import Stock

Row = TypeVar("Row", Demand, Pinned)
WAITING = "not audited"
ORIGINS = {
    "vcs": "it comes from version control, and advisories speak of releases",
    "path": "it comes from a folder or a file, and advisories speak of releases of the index",
    "url": "it comes from an address of its own, and advisories speak of releases of the index",
    "conda": "it comes from conda, and advisories speak of releases of the Python index",
}


def strange(name: str, version: str) -> str:
    """Why no index can know the release, or empty. What a lock says goes on to pip-audit as a line and to the index as an
    address: a name or a version with a line end or a slash in it would say something else there.
    """
    try:
        canonicalize_name(name, validate=True)
    except InvalidName:
        return "its name is none that a package of the index can have"
    try:
        Version(version)
    except InvalidVersion:
        return "its version is none that a release of the index can have"
    return ""


def packages(stock: Stock) -> tuple[Package, ...]:
    """All packages of a tree, sorted by name and version. None is audited yet; `note` says why one can not be, or is empty."""
    return tuple(_Merge(stock).packages())


class _Merge:
    def __init__(self, stock: Stock) -> None:
        self.stock = stock
        self.demands = _by_name(stock.demands)
        self.pins = _by_name(stock.pinned)
        self.compiled = _by_name(demand for demand, _ in stock.compiled)
        self.locked = {folder(lock) for lock in stock.locks}
        self.needs = self._needs()
        self.bringers = self._bringers()
        self.live = self._live()

    def packages(self) -> Iterable[Package]:
        for name in sorted({*self.demands, *self.pins, *self.compiled}):
            for version in sorted(self._versions(name)):
                yield self._package(name, version)

    def _package(self, name: str, version: str) -> Package:
        demands = tuple(sorted(self.demands.get(name, ()), key=lambda one: (not one.production, one)))
        pins = [pin for pin in self.pins.get(name, ()) if _same(pin.version, version)]
        place: Demand | Pinned = (*demands, *pins, *self.compiled.get(name, ()))[0]
        return Package(
            name=name,
            version=version,
            direct=bool(demands),
            production=self._production(name, demands),
            state=WAITING,
            note=self._hindrance(version, demands, pins) or strange(name, version),
            manifest=place.manifest if isinstance(place, Demand) else place.lock,
            line=place.line,
            brought_by=tuple(sorted(self.bringers.get(name, ()))),
            demands=demands,
            needs=tuple(sorted({need for pin in pins for need in pin.needs} or self.needs.get(name, set()))),
            licence=next((pin.licence for pin in pins if pin.licence), ""),
        )

    def _versions(self, name: str) -> set[str]:
        """What a lock pins; beside it what a manifest pins that no lock of its folder speaks for; else constraints."""
        pinned = {pin.version for pin in self.pins.get(name, ())}
        asked = [*self.demands.get(name, ()), *self.compiled.get(name, ())]
        exact = {one.version for one in asked if one.version and (not pinned or folder(one.manifest) not in self.locked)}
        found = _once(pinned | exact)
        if not found - {""}:
            constraints = self.stock.constraints
            found = {constraints[folder(one.manifest), name] for one in asked if (folder(one.manifest), name) in constraints}
        return (found - {""}) or {""}

    def _hindrance(self, version: str, demands: tuple[Demand, ...], pins: list[Pinned]) -> str:
        origins = {pin.origin for pin in pins} if pins else {one.origin for one in demands}
        if origins and "" not in origins:
            return ORIGINS[min(origins)]
        if version:
            return ""
        asked = next((one.specifier for one in demands if one.specifier), "any version")
        return f"no exact version is known: {asked} and no lock"

    def _production(self, name: str, demands: tuple[Demand, ...]) -> bool:
        if any(one.production for one in demands):
            return True
        told = {pin.production for pin in self.pins.get(name, ())} - {None}
        if told:
            return True in told or name in self.live
        return name in self.live if self.live and (demands or self.bringers.get(name)) else not demands

    def _needs(self) -> dict[str, set[tuple[str, str]]]:
        found: dict[str, set[tuple[str, str]]] = {}
        for pin in self.stock.pinned:
            found.setdefault(pin.name, set()).update(pin.needs)
        for demand, bringers in self.stock.compiled:
            for bringer in bringers:
                found.setdefault(bringer, set()).add((demand.name, ""))
        return found

    def _bringers(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name, needs in self.needs.items():
            for needed, _ in needs:
                if needed != name:
                    found.setdefault(needed, set()).add(name)
        return found

    def _live(self) -> set[str]:
        """What production asks for, and all that it brings."""
        waiting = [one.name for one in self.stock.demands if one.production]
        seen = set(waiting)
        while waiting:
            new = {needed for needed, _ in self.needs.get(waiting.pop(), ())} - seen
            seen |= new
            waiting += new
        return seen


def _by_name(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.name, []).append(row)
    return found


def _once(versions: Iterable[str]) -> set[str]:
    """Versions without other spellings of the same."""
    return set({canonicalize_version(one): one for one in sorted(versions)}.values())


def _same(one: str, other: str) -> bool:
    return canonicalize_version(one) == canonicalize_version(other)

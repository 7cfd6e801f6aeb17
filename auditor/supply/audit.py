"""The audit of dependencies: every package is clean, vulnerable, or not audited with the reason."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from auditor.model.inventory import Package
from auditor.model.snapshot import Skipped
from auditor.supply.advisories.answers import Answers, at_hand, over_network, unasked
from auditor.supply.licence import expression, fault
from auditor.supply.network.index import Release, address, releases
from auditor.supply.network.line import Budget
from auditor.supply.options import SupplyOptions
from auditor.supply.packages import WAITING, packages, strange
from auditor.supply.stock import Stock, stock
from auditor.supply.ways.fix import target, way

DEFAULT = SupplyOptions()
OFFLINE = "the network is not to be used (offline), and no advisories were given (--advisories)"


class Supply(msgspec.Struct, frozen=True):
    """The answer before anybody knows how the code uses the packages. `modules` holds what packages are known to install."""

    packages: tuple[Package, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    files: tuple[str, ...] = ()
    """The manifests and locks that were read."""
    locks: tuple[str, ...] = ()
    modules: Mapping[str, tuple[str, ...]] = {}
    own: tuple[str, ...] = ()
    """Names of the distributions that the tree makes itself."""
    severity_note: str = ""
    """Why severities are missing, or empty."""
    releases_note: str = ""
    """Why it is not known how far packages are behind, or empty."""


def audit(root: Path, options: SupplyOptions = DEFAULT) -> Supply:
    """Reads manifests and locks of the project and has every exact version audited by pip-audit.

    Raises AuditorError where the advisories or the environment that the options name are not there.
    """
    budget = Budget(options.budget_s)
    found = stock(root, options.exclude, options.environment)
    listed = packages(found)
    answers = _answers(listed, options, budget)
    audited = tuple(_told(package, answers) for package in listed)
    by_name = {package.name: package for package in audited}
    mended = [_mended(package, by_name, answers) for package in audited]
    known, note = _releases(mended, options, budget)
    return Supply(
        packages=tuple(_finished(package, known, options) for package in mended),
        skipped=tuple(sorted({*found.skipped, *answers.skipped})),
        files=found.files,
        locks=found.locks,
        modules=_modules(found),
        own=found.own,
        severity_note=answers.note,
        releases_note=note,
    )


def _answers(listed: tuple[Package, ...], options: SupplyOptions, budget: Budget) -> Answers:
    pins = tuple((package.name, package.version) for package in listed if not package.note)
    if options.advisories is not None:
        return at_hand(pins, options.advisories, budget)
    if options.offline:
        return unasked(pins, OFFLINE)
    return over_network(pins, options.service, budget, options.cache)


def _told(package: Package, answers: Answers) -> Package:
    if package.note:
        return package
    told = answers.told[package.name, package.version]
    return msgspec.structs.replace(package, state=told.state, note=told.note, advisories=told.advisories)


def _mended(package: Package, by_name: Mapping[str, Package], answers: Answers) -> Package:
    if not package.advisories:
        return package
    return msgspec.structs.replace(package, fix=way(package, target(package, answers.clears), by_name))


def _releases(audited: list[Package], options: SupplyOptions, budget: Budget) -> tuple[Mapping[tuple[str, str], Release], str]:
    if not options.asks_index:
        return {}, "the index was not asked for releases"
    licences = options.licences.given
    wanted = [
        (package.name, package.version)
        for package in audited
        if package.version
        and not package.elsewhere
        and (package.direct or licences)
        and not strange(package.name, package.version)
    ]
    if wanted and all(package.state == WAITING for package in audited):
        return {}, f"the index was not asked for releases, because nothing could be audited: {audited[0].note}"
    return releases(wanted, options.index_url or address(), budget, options.cache, licences) if wanted else ({}, "")


def _finished(package: Package, known: Mapping[tuple[str, str], Release], options: SupplyOptions) -> Package:
    """With releases and licence, where somebody looked."""
    release = known.get((package.name, package.version), Release())
    words = package.licence or release.licence
    return msgspec.structs.replace(
        package,
        latest=release.latest,
        behind_releases=release.behind_releases,
        behind_days=release.behind_days,
        licence=expression(words) if words else "",
        licence_fault=fault(package.name, words, options.licences),
    )


def _modules(found: Stock) -> dict[str, tuple[str, ...]]:
    return {pin.name: pin.modules for pin in found.pinned if pin.modules}

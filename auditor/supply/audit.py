"""The audit of dependencies: every package is clean, vulnerable, or not audited with the reason."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from auditor.model.finding import Confidence, Finding, Location, Severity, fingerprint
from auditor.model.measure import Measure, unknown
from auditor.model.snapshot import Package, Skipped
from auditor.supply.declared import Declared, manifests
from auditor.supply.locks import Pinned, locks
from auditor.supply.process import Audited, Failed, ask

RULE = "dependencies/vulnerable"


class SupplyOptions(msgspec.Struct, frozen=True):
    """What the settings and the command line say about the audit."""

    offline: bool = False
    budget_s: float = 60.0


class Supply(msgspec.Struct, frozen=True):
    """The answer, each list sorted."""

    packages: tuple[Package, ...] = ()
    findings: tuple[Finding, ...] = ()
    measures: tuple[Measure, ...] = ()
    skipped: tuple[Skipped, ...] = ()


DEFAULT = SupplyOptions()


def audit(root: Path, options: SupplyOptions = DEFAULT) -> Supply:
    """Reads manifests and locks of the project and has every exact version audited by pip-audit."""
    stated = manifests(root)
    pinned, broken = locks(root)
    skipped = tuple(sorted({*stated.skipped, *broken}))
    if not stated.read and not pinned:
        names = ("count", "total", "critical", "high", "unknown", "not_audited")
        note = "no manifest was found"
        return Supply(measures=tuple(unknown(f"dependencies.{name}", note) for name in names), skipped=skipped)
    versions = _versions(stated.declared, pinned)
    answers, failure = _ask(versions, options)
    packages = tuple(_packages(stated.declared, pinned, versions, answers, failure))
    findings = tuple(sorted(_findings(packages, answers), key=lambda finding: finding.sort_key))
    return Supply(packages, findings, _measures(packages, findings), skipped)


def _versions(declared: tuple[Declared, ...], pinned: tuple[Pinned, ...]) -> dict[str, str]:
    """The exact version of every package that has one; a lock's wins over a manifest's."""
    return {one.name: one.version for one in declared if one.version} | {one.name: one.version for one in pinned}


def _ask(versions: Mapping[str, str], options: SupplyOptions) -> tuple[dict[str, Audited], str]:
    if not versions:
        return {}, ""
    if options.offline:
        return {}, "the settings forbid the network"
    try:
        return ask(dict(versions), options.budget_s), ""
    except Failed as error:
        return {}, str(error)


def _packages(
    declared: tuple[Declared, ...],
    pinned: tuple[Pinned, ...],
    versions: Mapping[str, str],
    answers: Mapping[str, Audited],
    failure: str,
) -> list[Package]:
    by_name = {one.name: one for one in sorted(declared, key=lambda one: one.production)}
    bringers = {one.name: one for one in pinned}
    packages = []
    for name in sorted({*by_name, *bringers}):
        stated, lock = by_name.get(name), bringers.get(name)
        state, note = _state(name, versions, answers, failure, stated.specifier if stated else "")
        packages.append(
            Package(
                name=name,
                version=versions.get(name, ""),
                direct=stated is not None,
                production=stated.production if stated else True,
                state=state,
                note=note,
                manifest=stated.manifest if stated else lock.lock if lock else "",
                advisories=tuple(sorted(one.id for one in answers[name].vulns)) if name in answers else (),
                brought_by=lock.brought_by if lock else (),
            )
        )
    return packages


def _state(
    name: str, versions: Mapping[str, str], answers: Mapping[str, Audited], failure: str, specifier: str
) -> tuple[str, str]:
    """The state of a package, and why where it was not audited. Silence is never clean."""
    if name not in versions:
        return "not audited", f"no exact version is known: {specifier or 'any version'} and no lock"
    if failure:
        return "not audited", failure
    answer = answers.get(name)
    if answer is None:
        return "not audited", "pip-audit said nothing of it"
    if answer.skip_reason:
        return "not audited", answer.skip_reason
    return ("vulnerable", "") if answer.vulns else ("clean", "")


def _findings(packages: tuple[Package, ...], answers: Mapping[str, Audited]) -> list[Finding]:
    found = []
    for package in packages:
        for one in answers[package.name].vulns if package.state == "vulnerable" else ():
            fixed = f"fixed in {', '.join(one.fix_versions)}" if one.fix_versions else "no fixed version is known"
            found.append(
                Finding(
                    rule=RULE,
                    severity=Severity.HIGH if package.production else Severity.MEDIUM,
                    confidence=Confidence.HIGH,
                    location=Location(package.manifest, 1),
                    message=f"{package.name} {package.version} has {one.id}: {fixed}",
                    fingerprint=fingerprint(RULE, package.manifest, f"{package.name} {one.id}", 0),
                    facts={
                        "package": package.name,
                        "advisory": one.id,
                        "aliases": ", ".join(one.aliases),
                        "fixed": ", ".join(one.fix_versions),
                        "severity": "unknown",
                    },
                )
            )
    return found


def _measures(packages: tuple[Package, ...], findings: tuple[Finding, ...]) -> tuple[Measure, ...]:
    direct = sum(package.direct and package.production for package in packages)
    waiting = [package for package in packages if package.state == "not audited"]
    counts = [
        Measure("dependencies.count", direct, note="direct, for production"),
        Measure("dependencies.total", len(packages), note="with transitive and development ones"),
        Measure("dependencies.not_audited", len(waiting)),
    ]
    vulnerable = {package.name for package in packages if package.state == "vulnerable"}
    if waiting and not vulnerable:
        note = f"{len(waiting)} of {len(packages)} packages were not audited: {waiting[0].note}"
        names = ("critical", "high", "unknown", "critical_or_high")
        return tuple(sorted([*counts, *(unknown(f"dependencies.{name}", note) for name in names)], key=lambda m: m.name))
    note = "advisories from the index carry no severity"
    counts += [
        Measure("dependencies.vulnerable", len(vulnerable)),
        Measure("dependencies.unknown", len(vulnerable), note="vulnerable packages of unknown severity"),
        *(unknown(f"dependencies.{name}", note) for name in ("critical", "high", "critical_or_high") if vulnerable),
        *(Measure(f"dependencies.{name}", 0) for name in ("critical", "high", "critical_or_high") if not vulnerable),
    ]
    return tuple(sorted(counts, key=lambda measure: measure.name))

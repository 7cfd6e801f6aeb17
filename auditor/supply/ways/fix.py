"""The shortest way out of advisories: the lowest version that none of them holds for, and what stands in its way."""

from collections.abc import Callable, Iterable, Mapping

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from auditor.model.inventory import Advisory, Package

Clears = Callable[[str, str], bool]
"""Whether nothing is known against a version of a package, by its canonical name."""


def target(package: Package, clears: Clears | None = None) -> str:
    """The lowest version above the package's own that clears it of all its advisories; empty where none is known.

    Without `clears` it is the highest of what each advisory asks for at least.
    """
    try:
        now = Version(package.version)
    except InvalidVersion:
        return ""
    least = [_least(advisory, now) for advisory in package.advisories]
    if None in least or not least:
        return ""
    lowest = max(one for one in least if one is not None)
    if clears is None:
        return str(lowest)
    candidates = sorted({one for advisory in package.advisories for one in _parsed(advisory.fixed) if one > now})
    return next((str(one) for one in candidates if clears(package.name, str(one))), "")


def _least(advisory: Advisory, now: Version) -> Version | None:
    return min((one for one in _parsed(advisory.fixed) if one > now), default=None)


def _parsed(texts: Iterable[str]) -> list[Version]:
    return [Version(text) for text in texts]


def way(package: Package, version: str, by_name: Mapping[str, Package]) -> str:
    """What to do to get a package to a version, as a sentence."""
    if not version:
        return "no version without the advisories is known: take another package, or accept the risk until a day"
    if package.direct:
        return _direct(package, version)
    against = [
        (bringer, asked)
        for bringer in package.brought_by
        for asked in [_asked(by_name.get(bringer), package.name)]
        if not _allows(asked, version)
    ]
    if not against:
        if not package.brought_by:
            return f"lock {package.name} {version}"
        allow = f"{_listed(package.brought_by)} allow{'s' * (len(package.brought_by) == 1)}"
        return f"lock {package.name} {version}, " + (f"which {allow}" if _known(package, by_name) else f"if {allow} it")
    bringer, asked = against[0]
    return f"upgrade {bringer} to a version that allows {package.name} {version}: the one in use wants {asked}"


def _direct(package: Package, version: str) -> str:
    hindering = [one for one in package.demands if not _allows(one.specifier, version)]
    if not hindering:
        return f"lock {package.name} {version}, which the manifest allows"
    first = hindering[0]
    pinned = f"raise {package.name} to {version} in {first.manifest}:{first.line}"
    return pinned if first.version else f"{pinned}, which allows {first.specifier}"


def _asked(bringer: Package | None, name: str) -> str:
    return next((asked for needed, asked in bringer.needs if needed == name), "") if bringer is not None else ""


def _known(package: Package, by_name: Mapping[str, Package]) -> bool:
    return bool(package.brought_by) and all(_asked(by_name.get(one), package.name) for one in package.brought_by)


def _allows(specifier: str, version: str) -> bool:
    try:
        return SpecifierSet(specifier).contains(version, prereleases=True)
    except InvalidSpecifier:
        return True


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]

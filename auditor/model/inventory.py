"""What is known of a project's dependencies, as rules and reports see it: frozen values, collected by `supply`."""

import msgspec

from auditor.model.finding import Location

UNKNOWN = "unknown"
"""A severity that no advisory gives: a level of its own, never "none"."""
GRAVEST = ("critical", "high", UNKNOWN, "medium", "low", "none")
"""Severities of advisories, the gravest first; what is unknown stands where it may turn out to be."""


class Advisory(msgspec.Struct, frozen=True, order=True):
    """One advisory that holds for a package's version. `severity` is one of GRAVEST."""

    id: str
    aliases: tuple[str, ...] = ()
    summary: str = ""
    severity: str = UNKNOWN
    score: float | None = None
    vector: str = ""
    fixed: tuple[str, ...] = ()
    """The versions that the advisory names as fixed, oldest first."""

    @property
    def names(self) -> frozenset[str]:
        """Its id and its aliases."""
        return frozenset((self.id, *self.aliases))


class Demand(msgspec.Struct, frozen=True, order=True):
    """One line of a manifest that asks for a package. `group` is the extra or the group it stands in, if any."""

    name: str
    specifier: str = ""
    version: str = ""
    """The one version that the specifier allows, or empty."""
    production: bool = True
    manifest: str = ""
    line: int = 1
    group: str = ""
    origin: str = ""
    """Where it comes from, if not from an index: `url`, `path`, `vcs`, `conda`."""
    fixed: bool = False
    """For an address: whether it names one commit, or carries a hash."""
    marker: str = ""
    published: bool = False
    """Whether the manifest is that of a distribution, whose users choose the versions."""

    @property
    def location(self) -> Location:
        """The line to act on."""
        return Location(self.manifest, self.line)


class Package(msgspec.Struct, frozen=True):
    """A dependency in one version, with all that was found out about it."""

    name: str
    version: str
    direct: bool
    production: bool
    state: str
    """`clean`, `vulnerable` or `not audited`; then `note` says why."""
    note: str = ""
    manifest: str = ""
    """The file that asks for it, or the lock that pins it."""
    advisories: tuple[Advisory, ...] = ()
    brought_by: tuple[str, ...] = ()
    line: int = 1
    demands: tuple[Demand, ...] = ()
    needs: tuple[tuple[str, str], ...] = ()
    """Names of the packages that it brings, each with the versions that it allows, as far as the lock says."""
    fix: str = ""
    """The shortest way to a version without the advisories, as a sentence; empty where there is nothing to fix."""
    licence: str = ""
    """An SPDX expression; empty where it is not known."""
    licence_fault: str = ""
    """What the team's policy has against the licence; empty where it has nothing, or there is no policy."""
    latest: str = ""
    """The newest final release; empty where nobody looked."""
    behind_releases: int | None = None
    behind_days: int | None = None
    """Days between the version's release and the newest one's."""
    imported_by: tuple[str, ...] | None = None
    """Files of ours that import it, or the direct package that brings it; tests excepted. None where nobody looked."""
    reached: bool | None = None
    """Whether one of those files stands on a path from an entry point; None where nobody looked."""

    @property
    def location(self) -> Location:
        """The line to act on."""
        return Location(self.manifest, self.line)

    @property
    def elsewhere(self) -> bool:
        """Whether it is asked for from somewhere else than an index."""
        return any(demand.origin for demand in self.demands)

    @property
    def severity(self) -> str:
        """The gravest severity of its advisories; empty where there are none."""
        return min((one.severity for one in self.advisories), key=GRAVEST.index, default="")


class Use(msgspec.Struct, frozen=True, order=True, array_like=True):
    """The first import of an outside module in a file. `kind` is the file's kind: `source`, `test` …"""

    module: str
    path: str
    line: int
    kind: str = "source"


class Missing(msgspec.Struct, frozen=True, order=True):
    """A module that the code imports and no manifest asks for. `brought_by` names who brings it all the same."""

    module: str
    package: str
    uses: tuple[Use, ...]
    brought_by: tuple[str, ...] = ()


class Unused(msgspec.Struct, frozen=True):
    """A direct package for production that nothing imports or names. `modules` is what was looked for."""

    package: Package
    modules: tuple[str, ...]
    sure: bool
    """Whether the modules are known, not guessed from the package's name."""


class Purpose(msgspec.Struct, frozen=True):
    """Several direct packages that do one job."""

    job: str
    packages: tuple[Package, ...]


class Inventory(msgspec.Struct, frozen=True):
    """All dependencies, sorted by name and version, and how the code uses them. None where nobody could look."""

    packages: tuple[Package, ...] = ()
    unused: tuple[Unused, ...] | None = None
    missing: tuple[Missing, ...] | None = None
    transitive: tuple[Missing, ...] | None = None
    purposes: tuple[Purpose, ...] = ()
    graph: bool = False
    """Whether it is known who brings whom: a lock or the notes of pip-compile tell it."""

    def find(self, name: str) -> Package | None:
        """A dependency by its canonical name."""
        return next((one for one in self.packages if one.name == name), None)

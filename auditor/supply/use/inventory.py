"""The packages brought together with the code's imports: who uses what, what nobody uses, and what nobody asked for."""

from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec

from auditor.knowledge.packages import purposes, silent
from auditor.model.inventory import Inventory, Missing, Package, Purpose, Unused, Use
from auditor.supply.audit import Supply
from auditor.supply.use.mentions import mentioned
from auditor.supply.use.optional import optional_lines
from auditor.supply.use.providers import Providers
from auditor.supply.ways.chains import roots


def inventory(
    supply: Supply,
    root: Path,
    uses: tuple[Use, ...] | None,
    exclude: tuple[str, ...] = (),
    told: Mapping[str, tuple[str, ...]] | None = None,
    reached: Collection[str] | None = None,
) -> Inventory:
    """All that is known of the dependencies. `uses` is None where nobody read the code; `told` holds modules by package as the
    settings name them; `reached` the files on a path from an entry point, None where nobody looked.
    """
    graph = any(package.needs for package in supply.packages)
    asked = Inventory(packages=supply.packages, purposes=_purposes(supply.packages), graph=graph)
    if uses is None or not supply.files:
        return asked
    match = _Match(supply, uses, {**supply.modules, **(told or {})})
    packages = tuple(match.used(package, reached) for package in supply.packages)
    return msgspec.structs.replace(
        asked,
        packages=packages,
        purposes=_purposes(packages),
        unused=match.unused(packages, root, exclude),
        missing=tuple(match.unasked(root, brought=False)),
        transitive=tuple(match.unasked(root, brought=True)),
    )


class _Match:
    """Imports against packages."""

    def __init__(self, supply: Supply, uses: tuple[Use, ...], told: Mapping[str, tuple[str, ...]]) -> None:
        self.uses = uses
        self.own = supply.own
        self.by_name = {package.name: package for package in supply.packages}
        self.direct = Providers((name for name, one in self.by_name.items() if one.direct), told)
        self.brought = Providers((name for name, one in self.by_name.items() if not one.direct), told)
        self.roots = roots(supply.packages)
        self.graph = any(package.needs for package in supply.packages)
        """Whether it is known who brings whom. Where it is not, a package that nothing imports may serve one that is imported."""
        self.files: dict[str, set[str]] = {}
        self.tested: set[str] = set()
        self._lines: dict[str, frozenset[int]] = {}
        for use in uses:
            for name in self.direct.of(use.module) or self.brought.of(use.module):
                if use.kind == "test":
                    self.tested.add(name)
                else:
                    self.files.setdefault(name, set()).add(use.path)

    def used(self, package: Package, reached: Collection[str] | None) -> Package:
        """The package with the files that import it or what brings it, and whether an entry point leads there."""
        names = {package.name} | self.roots.get(package.name, frozenset())
        files = tuple(sorted({path for name in names for path in self.files.get(name, ())}))
        if not files and not self.graph:
            return package
        on_path = None if reached is None else any(path in reached for path in files)
        return msgspec.structs.replace(package, imported_by=files, reached=on_path)

    def unused(self, packages: tuple[Package, ...], root: Path, exclude: tuple[str, ...]) -> tuple[Unused, ...]:
        """Direct packages for production that no file imports and none names."""
        waiting = {
            package.name: package
            for package in packages
            if package.direct and package.production and not silent(package.name)
            and package.name not in self.files and package.name not in self.tested
        }  # fmt: skip
        named = mentioned(root, exclude, {name: (*self.direct.modules[name], name) for name in waiting})
        return tuple(
            Unused(package, self.direct.modules[name], name in self.direct.sure)
            for name, package in sorted(waiting.items())
            if name not in named
        )

    def unasked(self, root: Path, brought: bool) -> list[Missing]:
        """Imports of production code that no manifest asks for: those that another package brings, or those that none does."""
        found: dict[str, list[Use]] = {}
        for use in self.uses:
            bringers = self.brought.of(use.module)
            if use.kind == "source" and bool(bringers) is brought and not self.direct.of(use.module):
                found.setdefault(min(bringers, default=use.module.partition(".")[0]), []).append(use)
        return [missing for _, uses in sorted(found.items()) if (missing := self._missing(root, uses)) is not None]

    def _missing(self, root: Path, uses: list[Use]) -> Missing | None:
        """None where every import of it may fail, or the project itself is what is imported."""
        firm = tuple(sorted((use for use in uses if use.line not in self._optional(root, use.path)), key=lambda use: use.path))
        module = firm[0].module.partition(".")[0] if firm else ""
        if not module or module.lower().replace("_", "-") in self.own:
            return None
        package = min(self.brought.of(firm[0].module), default="")
        return Missing(module, package, firm, self.by_name[package].brought_by if package else ())

    def _optional(self, root: Path, path: str) -> frozenset[int]:
        if path not in self._lines:
            self._lines[path] = optional_lines(root / path)
        return self._lines[path]


def _purposes(packages: tuple[Package, ...]) -> tuple[Purpose, ...]:
    """Jobs for which several packages are asked for directly, for production."""
    direct = {package.name: package for package in packages if package.direct and package.production}
    found = []
    for purpose in purposes():
        names = [name for name in purpose.packages if name in direct]
        counted = {_choice(name, names, purpose.goes_with) for name in names}
        if len(counted) > 1:
            found.append(Purpose(purpose.job, tuple(direct[name] for name in sorted(names))))
    return tuple(found)


def _choice(name: str, names: list[str], together: tuple[tuple[str, ...], ...]) -> str:
    """The name that stands for a package: the first of those that are one choice with it."""
    kin = [one for group in together if name in group for one in group if one in names]
    return min(kin, default=name)

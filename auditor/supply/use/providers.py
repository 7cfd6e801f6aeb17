"""Which package a module comes from: by the settings, an installed environment, the table of known names, or the name itself."""

from collections.abc import Iterable, Mapping

from auditor.knowledge.packages import guessed, modules_of

NAMESPACES = ("azure", "backports", "google", "jaraco", "opentelemetry", "ruamel", "sphinxcontrib", "zope")
"""Modules that many packages share: which of them a part comes from can not always be told from the names."""


class Providers:
    """The modules of some packages. Module names are compared without regard to case: guesses do not know it."""

    def __init__(self, names: Iterable[str], told: Mapping[str, tuple[str, ...]]) -> None:
        self.modules: dict[str, tuple[str, ...]] = {}
        self.sure: set[str] = set()
        self._by_module: dict[str, set[str]] = {}
        for name in names:
            known = told.get(name) or modules_of(name)
            if known is not None:
                self.sure.add(name)
            self.modules[name] = known if known is not None else guessed(name)
            for module in self.modules[name]:
                for part in _prefixes(module.lower()):
                    self._by_module.setdefault(part if part == module.lower() else f"{part}.*", set()).add(name)

    def of(self, module: str) -> frozenset[str]:
        """The packages that may provide a dotted module. One name for a whole namespace (`google`) may be any of its packages."""
        wanted = module.lower()
        for part in reversed(list(_prefixes(wanted))):
            if part in self._by_module:
                return frozenset(self._by_module[part])
        top = wanted.partition(".")[0]
        return frozenset(self._by_module.get(f"{top if top in NAMESPACES else wanted}.*", ()))


def _prefixes(module: str) -> Iterable[str]:
    parts = module.split(".")
    return (".".join(parts[:number]) for number in range(1, len(parts) + 1))

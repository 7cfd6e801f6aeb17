"""Imports of outside modules: what is neither Python's own nor the tree's."""

import sys
from collections.abc import Iterable, Mapping

from auditor.facts.values import FileFacts
from auditor.model.inventory import Use

GONE = frozenset({"asynchat", "asyncore", "cgi", "cgitb", "crypt", "distutils", "imp", "smtpd", "telnetlib", "tomllib", "pipes"})
"""Modules that some Python has and the running one may not."""
OWN = frozenset(sys.stdlib_module_names) | GONE
DEPTH = 4
"""Parts of a dotted name that are kept: enough for packages inside a namespace."""


def uses(files: Mapping[str, FileFacts]) -> tuple[Use, ...]:
    """The first import of every outside module in every file, sorted."""
    tree = _Tree(files)
    return tuple(sorted(use for path, file in files.items() if file.kind != "vendored" for use in _file(path, file, tree)))


def _file(path: str, file: FileFacts, tree: "_Tree") -> Iterable[Use]:
    first: dict[str, int] = {}
    for one in file.imports:
        module = ".".join(one.target.split(".")[:DEPTH])
        top = module.partition(".")[0]
        if top and top not in OWN and not tree.owns(path, top):
            first[module] = min(first.get(module, one.line), one.line)
    return (Use(module, path, line, file.kind) for module, line in first.items())


class _Tree:
    """The modules that the tree itself holds. A folder without an `__init__.py` may stand on Python's path."""

    def __init__(self, files: Iterable[str]) -> None:
        paths = set(files)
        self.modules = {path.removesuffix(".pyi").removesuffix(".py") for path in paths}
        self.folders = {folder for path in paths for folder in _above(path)}
        self.packages = {_parent(path) for path in paths if path.endswith("__init__.py")}
        self.roots = {_parent(path) for path in paths if path.endswith("manage.py")}
        """Folders that stand on Python's path though they may be packages: that of Django's `manage.py`."""
        self.tops = {self._top(package) for package in self.packages} - {""}
        self._known: dict[tuple[str, str], bool] = {}

    def owns(self, path: str, top: str) -> bool:
        """Whether a file that imports the top-level name `top` gets it from the tree."""
        if top in self.tops:
            return True
        key = (_parent(path), top)
        if key not in self._known:
            self._known[key] = any(
                self._holds(folder, top) for folder in _above(path) if folder not in self.packages or folder in self.roots
            )
        return self._known[key]

    def _holds(self, folder: str, top: str) -> bool:
        inside = f"{folder}/{top}" if folder else top
        return inside in self.modules or inside in self.folders

    def _top(self, package: str) -> str:
        """The name of the outermost package around a package."""
        while _parent(package) in self.packages and _parent(package):
            package = _parent(package)
        return package.rpartition("/")[2]


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def _above(path: str) -> Iterable[str]:
    """The folders around a path, the root as an empty text last."""
    while path:
        path = _parent(path)
        yield path

"""Which file of the project a dotted module name leads to, as Python's import system would find it."""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from auditor.facts.values import FileFacts

BUILT = ("_pb2", "_pb2_grpc")
"""How modules end that are made when a project is built: where none lies in the tree, they count as a library's."""


class Modules:
    """The project's modules. A file's name begins at the outermost folder that is a package, wherever that folder lies; a
    package without a file of its own is found by the folders above it.

    Where the audited root is a package itself, its name is not in any path: the imports tell it.
    """

    def __init__(self, files: Mapping[str, FileFacts], paths: Iterable[str]) -> None:
        self.files = files
        self.paths = frozenset(paths)
        packages = {path.rpartition("/")[0] for path in self.paths if path.endswith("__init__.py")}
        self._packages = frozenset(packages)
        self._beside = frozenset(_stems(self.paths))
        self.root = _root(files, self.paths) if "" in packages else ""
        self.name_of: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        self._by_last: dict[str, dict[str, str]] = defaultdict(dict)
        self._starred: dict[str, tuple[str, ...]] = {}
        for path in sorted(self.paths):
            name = _name(path, packages, self.root)
            self.name_of[path] = name
            self._by_name.setdefault(name, path)
            whole = name if "" in packages else _name(path, set(), "")
            self._by_last[name.rpartition(".")[2]].setdefault(whole, path)

    def find(self, dotted: str) -> str | None:
        """The path of a module, by its own name or, below a folder that is no package or put on the path by hand, by the
        folders that its path ends with, where they are of one module alone.
        """
        path = self._by_name.get(dotted)
        if path is None and self.root:
            path = self._by_name.get(f"{self.root}.{dotted}")
        if path is not None or "." not in dotted:
            return path
        found = self._by_last.get(dotted.rpartition(".")[2], {})
        if dotted in found:
            return found[dotted]
        ends = [path for name, path in found.items() if f".{name}".endswith(f".{dotted}")]
        return ends[0] if len(ends) == 1 else None

    def starred(self, path: str) -> tuple[str, ...]:
        """The files whose names a file has too, by `from origin import *`, there or in a file that it has so, nearest first."""
        known = self._starred.get(path)
        if known is None:
            found: dict[str, None] = {}
            waiting = [path]
            while waiting:
                one = waiting.pop()
                if one not in found:
                    found[one] = None
                    origins = [self.find(self.near(one, entry.target)) for entry in self.files[one].imports if entry.local == "*"]
                    waiting += [origin for origin in reversed(origins) if origin is not None]
            known = self._starred[path] = tuple(found)[1:]
        return known

    def near(self, path: str, target: str) -> str:
        """What an import of a file means where the module stands beside it or above it, `from db import find` in
        `backend/orders.py` or `from app.db import find` in one of several services that are all called `app`: its name from
        the audited root on. The target itself where it leads there anyway, or to nothing near.
        """
        top = target.partition(".")[0]
        folder = path.rpartition("/")[0] if top not in sys.stdlib_module_names else ""
        while folder and (folder in self._packages or f"{folder}/{top}" not in self._beside):
            folder = folder.rpartition("/")[0]
        if not folder:
            return target
        whole = f"{folder.replace('/', '.')}.{target}"
        for shorter in (whole, whole.rpartition(".")[0]):
            found = self.find(shorter)
            if found is not None and found.startswith(f"{folder}/{top}"):
                known = self.find(shorter[len(folder) + 1 :])
                return target if known == found else whole
        return target


def _stems(paths: Iterable[str]) -> Iterator[str]:
    """The paths of modules and folders without their ending."""
    for path in paths:
        stem = path.rsplit(".", 1)[0]
        while stem:
            yield stem
            stem = stem.rpartition("/")[0]


def _root(files: Mapping[str, FileFacts], paths: frozenset[str]) -> str:
    """The name that the project's files import their own root package by; empty where they never do."""
    inside = {path.partition("/")[0].removesuffix(".py") for path in paths}
    found: Counter[str] = Counter()
    for file in files.values():
        for entry in file.imports:
            head, _, rest = entry.target.partition(".")
            if head not in inside and rest.partition(".")[0] in inside:
                found[head] += 1
    return found.most_common(1)[0][0] if found else ""


def _name(path: str, packages: set[str], root: str) -> str:
    folder, _, file = path.rpartition("/")
    own = [] if file == "__init__.py" else [file.rsplit(".", 1)[0]]
    inner: list[str] = []
    if folder not in packages or "" in packages:
        return ".".join([*([root] if root else []), *filter(None, folder.split("/")), *own])
    while folder and folder in packages:
        folder, _, part = folder.rpartition("/")
        inner.insert(0, part)
    return ".".join([*inner, *own])

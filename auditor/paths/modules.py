"""Which file of the project a dotted module name leads to, as Python's import system would find it."""

from collections import defaultdict
from collections.abc import Iterable


class Modules:
    """The project's modules. A file's name begins at the outermost folder that is a package, wherever that folder lies."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = frozenset(paths)
        packages = {path.rpartition("/")[0] for path in self.paths if path.endswith("__init__.py")}
        self.name_of: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        self._by_last: dict[str, list[str]] = defaultdict(list)
        for path in sorted(self.paths):
            name = _name(path, packages)
            self.name_of[path] = name
            self._by_name.setdefault(name, path)
            self._by_last[name.rpartition(".")[2]].append(name)

    def find(self, dotted: str) -> str | None:
        """The path of a module, by its own name or, below a folder that is put on the path by hand, by its unique end."""
        path = self._by_name.get(dotted)
        if path is not None:
            return path
        ends = [name for name in self._by_last.get(dotted.rpartition(".")[2], ()) if name.endswith("." + dotted)]
        starts = [name for name in self._by_last.get(dotted.rpartition(".")[2], ()) if dotted.endswith("." + name)]
        fits = ends if len(ends) == 1 else [name for name in starts if "." in name]
        return self._by_name[fits[0]] if len(fits) == 1 else None

    def is_package(self, path: str) -> bool:
        """Whether a path is that of a package's own file."""
        return path.endswith("__init__.py")


def _name(path: str, packages: set[str]) -> str:
    folder, _, file = path.rpartition("/")
    own = [] if file == "__init__.py" else [file.rsplit(".", 1)[0]]
    if folder not in packages:
        return ".".join([*filter(None, folder.split("/")), *own])
    inner: list[str] = []
    while folder and folder in packages:
        folder, _, part = folder.rpartition("/")
        inner.insert(0, part)
    return ".".join([*inner, *own])

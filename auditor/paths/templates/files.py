"""The project's templates, found by the names that code gives them and read when asked for."""

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property

import msgspec

from auditor.paths.templates.parse import parse
from auditor.paths.templates.parts import Parts


class TemplateFiles(msgspec.Struct, frozen=True, dict=True):
    """`paths` are those of the tree, relative to it; `read` gives the text of one, empty where it can not be read."""

    paths: tuple[str, ...] = ()
    read: Callable[[str], str] = lambda _: ""

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for path in self.paths:
            found[path.rpartition("/")[2]].append(path)
        return found

    @cached_property
    def _parsed(self) -> dict[str, Parts]:
        return {}

    def find(self, name: str, near: str) -> str:
        """The template that a name means for a file of code: of several the one whose path is most like that file's."""
        name = name.rpartition(":")[2].lstrip("/")
        fits = [path for path in self._by_name.get(name.rpartition("/")[2], ()) if f"/{path}".endswith(f"/{name}")]
        return max(fits, key=lambda path: (_shared(path, near), -len(path), path), default="")

    def parts(self, path: str) -> Parts:
        """What a template holds."""
        known = self._parsed.get(path)
        if known is None:
            known = self._parsed[path] = parse(self.read(path))
        return known


def _shared(path: str, near: str) -> int:
    """How many folders two paths have in common from the root on."""
    pairs = zip(path.split("/")[:-1], near.split("/")[:-1], strict=False)
    return next((number for number, (one, other) in enumerate(pairs) if one != other), min(path.count("/"), near.count("/")))

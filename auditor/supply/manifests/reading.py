"""The desk on which manifests are read: demands found so far, and what could not be read with file and line."""

import os
import re
import tomllib
from pathlib import Path, PurePosixPath
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from auditor.facts import source
from auditor.model.inventory import Demand
from auditor.model.snapshot import Skipped

MAX_BYTES = 32 << 20
MOST_DOTS = 4000
DEVELOPMENT = re.compile(
    r"(?:^|[-_./])(dev|devel|development|develop|tests?|testing|docs?|documentation|lint|linting|typing|types|mypy|ci|"
    r"bench|benchmarks?|qa|quality|pre-?commit|debug|release|packaging|style|format|coverage|tox|nox|build)(?:$|[-_./])",
    re.IGNORECASE,
)


class Reading:
    """Collects demands while the manifests of one tree are read. Paths are relative to `root`, with `/`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.demands: list[Demand] = []
        self.constraints: dict[tuple[str, str], str] = {}
        """Exact versions that constraint files give, by (folder, name)."""
        self.compiled: list[tuple[Demand, tuple[str, ...]]] = []
        """Lines that a tool wrote into a requirements file for the sake of others, with the packages that bring them."""
        self.skipped: set[Skipped] = set()
        self.read: set[str] = set()
        self.covered: set[str] = set()
        """Files that other manifests include."""
        self.own: set[str] = set()
        """Canonical names of the tree's own distributions, which are no dependencies."""

    def text(self, path: str) -> str:
        """A file's text. Raises Unreadable and UnicodeDecodeError."""
        raw = source.read(self.root / path, MAX_BYTES)
        self.read.add(path)
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            return raw.decode("utf-16")
        return raw.decode("utf-8-sig")

    def holds(self, path: str) -> bool:
        """Whether a relative path leads to a file of the tree, once links are followed."""
        real, top = os.path.realpath(self.root / path), os.path.realpath(self.root)
        return real.startswith(top.rstrip(os.sep) + os.sep) and os.path.isfile(real)

    def owns(self, name: object) -> None:
        """Notes the name of a distribution that the tree makes itself."""
        if isinstance(name, str) and name:
            self.own.add(str(canonicalize_name(name)))

    def skip(self, path: str, reason: str, line: int = 0) -> None:
        """Says that something could not be read, and where."""
        self.skipped.add(Skipped(f"{path}:{line}" if line else path, reason, about="manifest"))

    def add(
        self, entry: object, manifest: str, line: int, production: bool = True, group: str = "", published: bool = False
    ) -> None:
        """One requirement in the form of PEP 508."""
        if (demand := self.demand(entry, manifest, line, production, group, published)) is not None:
            self.demands.append(demand)

    def demand(
        self, entry: object, manifest: str, line: int, production: bool = True, group: str = "", published: bool = False
    ) -> Demand | None:
        """The demand that a requirement makes, or None where it is none; then that is said."""
        if not isinstance(entry, str):
            self.skip(manifest, f"holds a {type(entry).__name__} where a requirement belongs", line)
            return None
        try:
            parsed = Requirement(entry)
        except (InvalidRequirement, RecursionError) as error:
            self.skip(manifest, f"is no requirement: {entry[:80]!r} ({str(error).splitlines()[0]})", line)
            return None
        return Demand(
            name=str(canonicalize_name(parsed.name)),
            specifier=str(parsed.specifier),
            version=exact(parsed.specifier),
            production=production,
            manifest=manifest,
            line=max(line, 1),
            group=group,
            origin=origin(parsed.url or ""),
            fixed=fixed(parsed.url or ""),
            marker=str(parsed.marker or ""),
            published=published,
        )


def exact(specifier: SpecifierSet) -> str:
    """The one version that a specifier allows, or an empty string."""
    pins = {one.version for one in specifier if one.operator in ("==", "===") and not one.version.endswith("*")}
    return pins.pop() if len(pins) == 1 else ""


def origin(url: str) -> str:
    """What kind of place a requirement's address is: `vcs`, `path`, `url`, or empty for none."""
    if not url:
        return ""
    if re.match(r"(git|hg|svn|bzr)\+", url):
        return "vcs"
    return "path" if url.startswith(("file:", ".", "/")) else "url"


def fixed(url: str) -> bool:
    """Whether an address can give one thing only: it names a whole commit, or carries a hash."""
    return bool(re.search(r"@[0-9a-f]{40}(?:$|[#?])|[#&](?:sha256|sha384|sha512|sha1)=", url))


def folder(path: str) -> str:
    """The folder of a relative path; empty for the root."""
    parent = str(PurePosixPath(path).parent)
    return "" if parent == "." else parent


def line_of(text: str, *words: str) -> int:
    """The line, from 1, on which the first of the words that occurs stands; 1 where none does."""
    for word in words:
        at = text.find(word) if word else -1
        if at >= 0:
            return text.count("\n", 0, at) + 1
    return 1


def parsed(text: str) -> dict[str, Any]:
    """Text as TOML. Raises ValueError, of which TOMLDecodeError is one, and RecursionError.

    A key of very many parts would take all memory, by the square of their number.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_DOTS:
            raise ValueError(f"line {number} holds more than {MOST_DOTS:,} dots")
    return tomllib.loads(text)


def rows(value: object) -> list[Any]:
    """The value if it is a list, else an empty one: manifests are written by hand."""
    return value if isinstance(value, list) else []


def table(value: object) -> dict[str, Any]:
    """The value if it is a table, else an empty one."""
    return value if isinstance(value, dict) else {}

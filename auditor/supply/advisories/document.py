"""An advisory in OSV's format, as far as an audit needs it, and what makes one impossible to judge by."""

from collections.abc import Iterable
from typing import Any

import msgspec
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ECOSYSTEM = "PyPI"


class Vector(msgspec.Struct, frozen=True):
    """A CVSS vector, or another scheme's score."""

    type: str = ""
    score: str = ""


class Subject(msgspec.Struct, frozen=True):
    """The package that a part of an advisory is about."""

    name: str = ""
    ecosystem: str = ""


class Range(msgspec.Struct, frozen=True):
    """Events on a line of versions, each one of introduced, fixed, last_affected and limit."""

    type: str = ""
    events: tuple[dict[str, str], ...] = ()


class Affected(msgspec.Struct, frozen=True):
    """The versions of one package that are affected."""

    package: Subject = Subject()
    ranges: tuple[Range, ...] = ()
    versions: tuple[str, ...] = ()
    severity: tuple[Vector, ...] = ()
    ecosystem_specific: dict[str, Any] | None = None
    database_specific: dict[str, Any] | None = None


class Document(msgspec.Struct, frozen=True):
    """One advisory."""

    id: str
    aliases: tuple[str, ...] = ()
    summary: str = ""
    details: str = ""
    severity: tuple[Vector, ...] = ()
    affected: tuple[Affected, ...] = ()
    withdrawn: str | None = None
    schema_version: str = "1.0.0"
    database_specific: dict[str, Any] | None = None

    @property
    def names(self) -> frozenset[str]:
        """The canonical names of the packages that it is about, in the Python ecosystem."""
        return frozenset(name_of(part) for part in self.affected if is_python(part))

    @property
    def vectors(self) -> tuple[Vector, ...]:
        """All its vectors, those of single packages among them."""
        return (*self.severity, *(vector for part in self.affected for vector in part.severity))

    def about(self, name: str) -> tuple[Affected, ...]:
        """The parts about a package, by its canonical name."""
        return tuple(part for part in self.affected if is_python(part) and name_of(part) == name)

    def fixed(self, name: str) -> tuple[str, ...]:
        """The versions of a package that it names as fixed, oldest first; those that are no versions are left out."""
        texts = (
            event["fixed"]
            for part in self.about(name)
            for one in part.ranges
            for event in one.events
            if one.type != "GIT" and "fixed" in event
        )
        return tuple(str(version) for version in sorted(set(versions(texts))))


def versions(texts: Iterable[str]) -> Iterable[Version]:
    """Those of the texts that are versions."""
    for text in texts:
        try:
            yield Version(text)
        except InvalidVersion:
            continue


def is_python(part: Affected) -> bool:
    """Whether a part speaks of the Python package index."""
    return part.package.ecosystem.partition(":")[0] == ECOSYSTEM


def name_of(part: Affected) -> str:
    """The canonical name of the package that a part is about."""
    return str(canonicalize_name(part.package.name))


class Broken(Exception):
    """An advisory that can not be read; the message says what is wrong, `names` what it was about as far as it tells."""

    def __init__(self, reason: str, names: frozenset[str] = frozenset()) -> None:
        super().__init__(reason)
        self.names = names


DECODER = msgspec.json.Decoder(Document)


def decode(raw: bytes) -> Document:
    """A document from its bytes. Raises Broken."""
    try:
        document = DECODER.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Broken(f"is no advisory in OSV's format: {error}", _names(raw)) from error
    if not document.schema_version.startswith("1."):
        raise Broken(f"has the schema version {document.schema_version[:20]}, which is not known", document.names)
    return document


def _names(raw: bytes) -> frozenset[str]:
    """The packages that a document which is JSON, and no more, seems to be about."""
    try:
        whole = msgspec.json.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return frozenset()
    parts = whole.get("affected") if isinstance(whole, dict) else None
    packages = [part.get("package") for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    names = [package.get("name") for package in packages if isinstance(package, dict)]
    return frozenset(str(canonicalize_name(name)) for name in names if isinstance(name, str))

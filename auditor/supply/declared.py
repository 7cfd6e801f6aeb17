"""What a project's manifests declare. Files are read, never run; what can not be read is said."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

import msgspec
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from auditor.model.snapshot import Skipped

LIMIT_BYTES = 4 << 20
DEVELOPMENT = re.compile(r"(dev|test|doc|lint|typing|ci|bench|qa)", re.IGNORECASE)


class Declared(msgspec.Struct, frozen=True, order=True):
    """One declared dependency. `version` is the exact one where the manifest pins it, else empty."""

    name: str
    specifier: str
    version: str
    production: bool
    manifest: str
    line: int = 0


class Manifests(msgspec.Struct, frozen=True):
    """All that the manifests say, sorted; `read` names the files."""

    declared: tuple[Declared, ...]
    read: tuple[str, ...]
    skipped: tuple[Skipped, ...]


def manifests(root: Path) -> Manifests:
    """The manifests in the project's folder: pyproject.toml, requirements files, and a distribution's own METADATA."""
    found: list[Declared] = []
    skipped: list[Skipped] = []
    names: list[str] = []
    for file in _files(root):
        name = file.relative_to(root).as_posix()
        try:
            found += _read(root, file, skipped)
            names.append(name)
        except (OSError, UnicodeDecodeError) as error:
            skipped.append(Skipped(name, f"can not be read: {error}"))
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            skipped.append(Skipped(name, f"is not valid TOML: {error}"))
    return Manifests(tuple(sorted(set(found))), tuple(names), tuple(sorted(set(skipped))))


def _files(root: Path) -> Iterator[Path]:
    for pattern in ("pyproject.toml", "requirements*.txt", "requirements/*.txt", "*.dist-info/METADATA"):
        yield from (file for file in sorted(root.glob(pattern)) if file.is_file() and not file.is_symlink())


def _read(root: Path, file: Path, skipped: list[Skipped]) -> Iterable[Declared]:
    if file.name == "pyproject.toml":
        return _pyproject(root, file, skipped)
    if file.name == "METADATA":
        return _metadata(root, file, skipped)
    return _requirements(root, file, skipped, frozenset())


def text(file: Path) -> str:
    """A file's text, at most four MiB. Raises OSError and UnicodeDecodeError."""
    with file.open("rb") as stream:
        return stream.read(LIMIT_BYTES).decode("utf-8-sig")


def _pyproject(root: Path, file: Path, skipped: list[Skipped]) -> list[Declared]:
    table: Any = tomllib.loads(text(file))
    name = file.relative_to(root).as_posix()
    project = table.get("project", {})
    project = project if isinstance(project, dict) else {}
    rows = [(entry, True) for entry in _list(project.get("dependencies"))]
    for extra, entries in _dict(project.get("optional-dependencies")).items():
        rows += [(entry, not DEVELOPMENT.search(extra)) for entry in _list(entries)]
    for entries in _dict(table.get("dependency-groups")).values():
        rows += [(entry, False) for entry in _list(entries)]
    found = [one for entry, production in rows if (one := _one(entry, production, name, 0, skipped))]
    return found + _poetry(_dict(_dict(table.get("tool")).get("poetry")), name)


def _poetry(table: dict[str, Any], manifest: str) -> list[Declared]:
    found = _poetry_rows(_dict(table.get("dependencies")), True, manifest)
    found += _poetry_rows(_dict(table.get("dev-dependencies")), False, manifest)
    for group in _dict(table.get("group")).values():
        found += _poetry_rows(_dict(_dict(group).get("dependencies")), False, manifest)
    return found


def _poetry_rows(rows: dict[str, Any], production: bool, manifest: str) -> list[Declared]:
    found = []
    for name, value in rows.items():
        specifier = value if isinstance(value, str) else str(_dict(value).get("version", ""))
        exact = re.fullmatch(r"={0,2}\s*(\d[\w.!+]*)", specifier)
        if name != "python":
            version = exact.group(1) if exact else ""
            found.append(Declared(canonicalize_name(name), specifier, version, production, manifest))
    return found


def _metadata(root: Path, file: Path, skipped: list[Skipped]) -> list[Declared]:
    name = file.relative_to(root).as_posix()
    head = HeaderParser().parsestr(text(file))
    rows = []
    for entry in head.get_all("Requires-Dist") or ():
        extra = re.search(r"extra\s*==\s*['\"]([^'\"]+)", str(entry))
        rows.append(_one(str(entry), not (extra and DEVELOPMENT.search(extra.group(1))), name, 0, skipped))
    return [one for one in rows if one]


def _requirements(root: Path, file: Path, skipped: list[Skipped], seen: frozenset[Path]) -> list[Declared]:
    """A requirements file with those that it includes; one that includes itself is read once."""
    name = file.relative_to(root).as_posix()
    production = not DEVELOPMENT.search(file.stem)
    found = []
    for number, line in enumerate(re.sub(r"\\\n", " ", text(file)).splitlines(), 1):
        entry = re.sub(r"(^|\s)#.*", "", line).partition(" --hash")[0].strip()
        included = re.match(r"(?:-r|--requirement)[\s=]+(\S+)", entry)
        if included:
            other = (file.parent / included.group(1)).resolve()
            if other == file.resolve() or other in seen:
                skipped.append(Skipped(f"{name}:{number}", "includes itself"))
            elif other.is_relative_to(root.resolve()) and other.is_file():
                found += _requirements(root.resolve(), other, skipped, seen | {file.resolve()})
            else:
                skipped.append(Skipped(f"{name}:{number}", f"includes {included.group(1)}, which is not in the project"))
        elif entry and not entry.startswith("-"):
            one = _one(entry, production, name, number, skipped)
            found += [one] if one else []
    return found


def _one(entry: object, production: bool, manifest: str, line: int, skipped: list[Skipped]) -> Declared | None:
    """One requirement in PEP 508's form; a table of a dependency group is no requirement."""
    if not isinstance(entry, str):
        return None
    try:
        parsed = Requirement(entry)
    except (InvalidRequirement, RecursionError) as error:
        place = f"{manifest}:{line}" if line else manifest
        skipped.append(Skipped(place, f"is no requirement: {entry[:80]} ({str(error).splitlines()[0]})"))
        return None
    pins = [one for one in parsed.specifier if one.operator in ("==", "===") and not one.version.endswith("*")]
    version = pins[0].version if len(pins) == 1 else ""
    return Declared(canonicalize_name(parsed.name), str(parsed.specifier), version, production, manifest, line)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}

"""`poetry.lock`, `uv.lock`, `pdm.lock` and `pylock.toml` (PEP 751): tables of packages in TOML."""

from collections.abc import Iterator
from typing import Any

from packaging.utils import canonicalize_name

from auditor.supply.locks.pinned import NoLock, Pinned, lines, need
from auditor.supply.manifests.poetry import specifier_of
from auditor.supply.manifests.reading import Reading, parsed, rows, table

OWN = ("editable", "virtual")
"""Sources of the project itself and of its workspace's members in `uv.lock`."""
MAIN = ("main", "default")


def toml_lock(reading: Reading, path: str) -> list[Pinned]:
    """The packages of one lock. Raises NoLock, TOMLDecodeError, RecursionError, Unreadable and UnicodeDecodeError."""
    text = reading.text(path)
    key = "packages" if path.rpartition("/")[2].startswith("pylock.") else "package"
    whole = parsed(text)
    packages = whole.get(key, [])
    if not isinstance(packages, list) or (key not in whole and not {"version", "lock-version", "metadata"} & set(whole)):
        raise NoLock(f"holds no [[{key}]]")
    starts = [line for _, line in lines(text, rf"^(\[\[{key}\]\])[ \t]*(?:#.*)?$")]
    found = []
    for number, package in enumerate(packages):
        line = starts[number] if len(starts) == len(packages) else 1
        one = _package(table(package), path, line)
        if one is None:
            reading.skip(path, "a package without a name, or without a version", line)
        elif one.name:
            found.append(one)
        else:
            reading.owns(table(package).get("name"))
    return found


def _package(package: dict[str, Any], path: str, line: int) -> Pinned | None:
    """One table; with an empty name for the project itself, None where it can not be read."""
    source = package.get("source")
    source = table(source)
    name, version = package.get("name"), package.get("version")
    if set(OWN) & set(source) or ("directory" in package and table(package["directory"]).get("editable")):
        return Pinned("", "", path)
    origin = _origin(package, source)
    if not isinstance(name, str) or not (isinstance(version, str) or origin):
        return None
    return Pinned(
        name=str(canonicalize_name(name)),
        version=version if isinstance(version, str) else "",
        lock=path,
        line=line,
        needs=tuple(sorted({one for one in _needs(package) if one[0]})),
        production=_production(package),
        origin=origin,
    )


def _origin(package: dict[str, Any], source: dict[str, Any]) -> str:
    kind = str(source.get("type", ""))
    if kind == "git" or "git" in source or "vcs" in package or "git" in package:
        return "vcs"
    if kind in ("directory", "file") or {"path", "directory"} & (set(source) | set(package)):
        return "path"
    return "url" if kind == "url" or ("url" in source and "registry" not in source and "type" not in source) else ""


def _production(package: dict[str, Any]) -> bool | None:
    """What the lock says by category (poetry 1) or by groups (poetry 2, pdm)."""
    if isinstance(package.get("category"), str):
        return bool(package["category"] == "main")
    groups = [str(group) for group in rows(package.get("groups"))]
    return any(group in MAIN for group in groups) if groups else None


def _needs(package: dict[str, Any]) -> Iterator[tuple[str, str]]:
    needs = package.get("dependencies")
    for name, wanted in table(needs).items():
        yield str(canonicalize_name(name)), _specifier(wanted)
    optional = [one for entries in table(package.get("optional-dependencies")).values() for one in rows(entries)]
    for entry in [*rows(needs), *optional]:
        yield need(entry) if isinstance(entry, str) else (str(canonicalize_name(str(table(entry).get("name", "")))), "")


def _specifier(wanted: object) -> str:
    """poetry's: a version, a table with one, or several of them for several systems (then any)."""
    if isinstance(wanted, list):
        return ""
    specifier = specifier_of(wanted if isinstance(wanted, str) else str(table(wanted).get("version", "*")))
    return str(specifier) if specifier is not None else ""

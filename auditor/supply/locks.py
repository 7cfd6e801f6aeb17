"""The exact versions that a project's lock files pin, transitive ones included."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from packaging.utils import canonicalize_name

from auditor.model.snapshot import Skipped
from auditor.supply.declared import text

TOML_LOCKS = {"poetry.lock": "package", "uv.lock": "package", "pdm.lock": "package", "pylock.toml": "packages"}


class Pinned(msgspec.Struct, frozen=True, order=True):
    """One package of a lock, with the lock's name and the packages that bring it."""

    name: str
    version: str
    lock: str
    brought_by: tuple[str, ...] = ()


def locks(root: Path) -> tuple[tuple[Pinned, ...], tuple[Skipped, ...]]:
    """The packages of all locks in the project's folder, sorted, and the locks that could not be read."""
    found: list[Pinned] = []
    skipped: list[Skipped] = []
    for name in (*TOML_LOCKS, "Pipfile.lock"):
        file = root / name
        if not file.is_file() or file.is_symlink():
            continue
        try:
            found += _pipfile(text(file)) if name == "Pipfile.lock" else _toml(text(file), name)
        except (OSError, ValueError, RecursionError, AttributeError, TypeError) as error:
            skipped.append(Skipped(name, f"is no lock file that can be read: {error}"))
    return tuple(sorted(set(found))), tuple(skipped)


def _toml(data: str, name: str) -> list[Pinned]:
    packages: list[dict[str, Any]] = tomllib.loads(data).get(TOML_LOCKS[name], [])
    bringers: dict[str, set[str]] = {}
    for package in packages:
        for needed in _needs(package):
            bringers.setdefault(needed, set()).add(canonicalize_name(str(package.get("name", ""))))
    return [
        Pinned(own, str(package["version"]), name, tuple(sorted(bringers.get(own, ()))))
        for package in packages
        if package.get("version")
        and (own := canonicalize_name(str(package.get("name", ""))))
        and not ({"editable", "virtual"} & set(package.get("source") or {}))
    ]


def _needs(package: dict[str, Any]) -> Iterator[str]:
    needs = package.get("dependencies") or ()
    for entry in needs:
        name = entry.get("name", "") if isinstance(entry, dict) else str(entry).split()[0].split("[")[0]
        yield canonicalize_name(str(name).partition("=")[0].partition(">")[0].partition("<")[0])


def _pipfile(data: str) -> list[Pinned]:
    table = json.loads(data)
    return [
        Pinned(canonicalize_name(name), str(entry["version"]).lstrip("="), "Pipfile.lock")
        for section in ("default", "develop")
        for name, entry in table.get(section, {}).items()
        if isinstance(entry, dict) and entry.get("version")
    ]

"""Requirements files of pip: includes, constraints, hashes, markers, addresses, editables, and what pip-compile notes."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from packaging.utils import canonicalize_name

from auditor.facts.source import Unreadable
from auditor.model.inventory import Demand
from auditor.supply.manifests.reading import DEVELOPMENT, Reading, fixed, folder, origin

OPTION = re.compile(r"(-r|-c|-e|--requirement|--constraint|--editable)(?:[\s=]+|(?<=^-[rce]))(\S.*)")
PER_LINE = re.compile(r"\s--?(?:hash|config-settings?|global-option|install-option)[\s=].*")
EGG = re.compile(r"#egg=([\w.-]+)")
VIA = re.compile(r"^\s*#\s*via(?:\s+(?P<name>\S.*))?$")
MORE = re.compile(r"^\s*#\s{2,}(?P<name>\S.*)$")
DEPTH = 20
"""How many files deep an include is followed."""


def requirements(reading: Reading, path: str, above: tuple[str, ...] = (), production: bool | None = None) -> None:
    """Reads a file and what it includes. Raises Unreadable and UnicodeDecodeError."""
    lives = (
        not DEVELOPMENT.search(PurePosixPath(path).stem) and not DEVELOPMENT.search(folder(path))
        if production is None
        else production
    )
    for number, entry, via in _lines(reading.text(path)):
        option = OPTION.match(entry)
        if option is None:
            _requirement(reading, path, number, entry, via, lives)
        elif option[1] in ("-r", "--requirement"):
            _include(reading, path, number, option[2].strip(), (*above, path), lives)
        elif option[1] in ("-c", "--constraint"):
            _constrain(reading, path, number, option[2].strip())
        else:
            _editable(reading, path, number, option[2].strip(), lives)


def _lines(text: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Logical lines with their number, and the packages that a comment of pip-compile or uv says they are there for."""
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        first, entry = number + 1, lines[number]
        while entry.endswith("\\") and number + 1 < len(lines):
            number += 1
            entry = entry[:-1] + " " + lines[number].lstrip()
        number += 1
        bare = re.sub(r"(^|\s)#.*", "", entry).strip()
        if bare:
            yield first, bare, tuple(_via(entry, lines, number))


def _via(entry: str, lines: list[str], after: int) -> Iterator[str]:
    inline = re.search(r"\s#\s*via\s+(\S.*)", entry)
    if inline:
        yield from re.split(r"[,\s]+(?!-)", inline[1])
        return
    begun = False
    for line in lines[after:]:
        found = MORE.match(line) if begun else VIA.match(line)
        if found is None:
            return
        begun = True
        if found["name"]:
            yield found["name"].strip()


def _requirement(reading: Reading, path: str, number: int, entry: str, via: tuple[str, ...], production: bool) -> None:
    if entry.startswith("-"):
        return
    bare = PER_LINE.sub("", f"{entry} ").strip()
    if re.match(r"(git|hg|svn|bzr)\+|https?:|file:|\.{0,2}/", bare):
        _editable(reading, path, number, bare, production)
        return
    demand = reading.demand(bare, path, number, production)
    if demand is None:
        return
    brought_by = tuple(
        sorted(str(canonicalize_name(one.split("[")[0])) for one in via if not one.startswith("-") and "(" not in one)
    )
    if via and len(brought_by) == len(via):
        reading.compiled.append((demand, brought_by))
    else:
        reading.demands.append(demand)


def _editable(reading: Reading, path: str, number: int, address: str, production: bool) -> None:
    """An address instead of a name. The project itself (`-e .`) is no dependency."""
    named = (
        EGG.search(address)
        or re.match(r"([\w.-]+)\s*@", address)
        or re.search(r"/([\w.]+(?:-[\w.]+)*?)(?:\.git)?(?:@[^/]*)?$", address)
    )
    if re.match(r"(file:)?\.{0,2}/?(\[.*\])?$", address) or (
        address[0] not in "/" and "://" not in address and "#" not in address
    ):
        return
    if named is None:
        reading.skip(path, f"names an address without a package: {address[:80]}", number)
        return
    wheel = re.match(r"(.+?)-(\d[^-]*)-.*\.whl$", address.rpartition("/")[2])
    name = wheel[1] if wheel else named[1]
    reading.demands.append(
        Demand(
            name=str(canonicalize_name(name)),
            production=production,
            manifest=path,
            line=number,
            origin=origin(address) or "url",
            fixed=fixed(address) or "--hash" in address,
        )
    )


def _target(reading: Reading, path: str, number: int, named: str) -> str | None:
    """The relative path of an included file, None where it is not in the tree; then that is said."""
    parts: list[str] = []
    for part in (PurePosixPath(folder(path)) / named.strip("\"'")).parts:
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    target = "/".join(parts)
    if "://" in named or named.startswith("/") or ".." in parts or not reading.holds(target):
        reading.skip(path, f"includes {named[:80]}, which is not in the project", number)
        return None
    return target


def _include(reading: Reading, path: str, number: int, named: str, above: tuple[str, ...], production: bool) -> None:
    target = _target(reading, path, number, named)
    if target is None:
        return
    if target in above or len(above) > DEPTH:
        reading.skip(path, "includes itself" if target == path else f"includes {target}, which includes it", number)
        return
    reading.covered.add(target)
    try:
        requirements(reading, target, above, production and None)
    except (Unreadable, UnicodeDecodeError) as error:
        reading.skip(target, f"can not be read: {error}")


def _constrain(reading: Reading, path: str, number: int, named: str) -> None:
    """A constraints file gives versions to what others ask for, and asks for nothing itself."""
    target = _target(reading, path, number, named)
    if target is None:
        return
    reading.covered.add(target)
    try:
        lines = list(_lines(reading.text(target)))
    except (Unreadable, UnicodeDecodeError) as error:
        reading.skip(target, f"can not be read: {error}")
        return
    for line, entry, _ in lines:
        demand = None if entry.startswith("-") else reading.demand(PER_LINE.sub("", f"{entry} ").strip(), target, line)
        if demand is not None and demand.version:
            reading.constraints[folder(path), demand.name] = demand.version

"""Reading library files strictly: every mistake of every file is told at once, with file, line and a hint."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from auditor.knowledge.names import NAME, spellings, spelt
from auditor.knowledge.values import Library
from auditor.model.errors import AuditorError
from auditor.settings.check import Checker
from auditor.settings.mistake import Mistake, quoted, rows, shown

MOST_KIB = 256
MOST_SPELLINGS = 2_000
NAMES = frozenset("calls names classes decorators bases models queries sessions statements raises types".split())
"""Fields that hold dotted names."""
ARGUMENT = re.compile(r"\w*(@\d+)?\Z")
ARGUMENTS = frozenset("timeout client prefix fallback parent instead routes path handler child detail key name".split())
"""Fields that hold an argument: `keyword@position`."""


def read(files: Iterable[Path]) -> tuple[tuple[Library, ...], str]:
    """One library a file, and a digest of all. Raises AuditorError with all that is wrong."""
    told: list[str] = []
    found: list[Library] = []
    digest = hashlib.sha256()
    for file in files:
        try:
            text = _text(file)
        except ValueError as error:
            told.append(f"{shown(str(file), 400)}: {error}")
            continue
        digest.update(text.encode())
        found += _library(file, text, told)
    if told:
        raise AuditorError("\n".join(told), "docs/knowledge.md gives the form of these files")
    return tuple(found), digest.hexdigest()[:16]


def _text(file: Path) -> str:
    """Raises ValueError with what is wrong."""
    try:
        with file.open("rb") as stream:
            raw = stream.read((MOST_KIB << 10) + 1)
    except OSError as error:
        raise ValueError(f"can not be read: {error.strerror}") from error
    if len(raw) > MOST_KIB << 10:
        raise ValueError(f"is larger than {MOST_KIB} KiB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("is not UTF-8 text") from error


def _library(file: Path, text: str, told: list[str]) -> Iterator[Library]:
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        told.append(f"{shown(str(file), 400)}: is not valid TOML: {shown(str(error), 200)}")
        return
    checker = Checker("is nothing that a library's file says", inner=())
    mistakes = checker.mistakes
    try:
        library = msgspec.convert(table, Library)
    except msgspec.ValidationError:
        checker.struct(table, Library)
    else:
        mistakes += _senseless(library)
    if mistakes:
        told.extend(rows(file, text, (), mistakes))
    else:
        yield library


def _senseless(library: Library) -> Iterator[Mistake]:
    """What types do not say: names that can be none, and arguments that are not of their form."""
    if not library.imports:
        yield Mistake(("imports",), "is empty", "name the packages that the library is imported by")
    for kind in ("aliases", "gives", "classes", "exceptions", "statuses"):
        for key in getattr(library, kind):
            yield from _names((kind, key), (key,))
    for kind in ("quiet", "pages"):
        yield from _names((kind,), (text for text in getattr(library, kind) if spellings(text) > MOST_SPELLINGS))
    for kind in library.__struct_fields__:
        for number, row in enumerate(value if isinstance(value := getattr(library, kind), tuple) else ()):
            if isinstance(row, msgspec.Struct):
                yield from _row((kind, number), row)


def _row(place: tuple[str | int, ...], row: msgspec.Struct) -> Iterator[Mistake]:
    for field in row.__struct_fields__:
        value = getattr(row, field)
        if field in NAMES and isinstance(value, tuple):
            yield from _names((*place, field), value)
        elif field in ARGUMENTS and isinstance(value, str) and not ARGUMENT.match(value):
            yield Mistake((*place, field), f"{quoted(value)} is no argument", "write keyword@position: timeout@1", value)


def _names(place: tuple[str | int, ...], texts: Iterable[str]) -> Iterator[Mistake]:
    for text in texts:
        if spellings(text) > MOST_SPELLINGS:
            told = f"spells out {spellings(text):,} names, at most {MOST_SPELLINGS:,} are read"
            yield Mistake(place, told, "write fewer names in one pair of braces", text)
        elif not all(NAME.match(name) for name in spelt(text)):
            yield Mistake(place, f"{quoted(text)} is no dotted name", "write it like requests.Session.get", text)

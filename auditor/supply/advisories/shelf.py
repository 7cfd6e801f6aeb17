"""Advisories at hand: a folder or a zip of OSV documents, such as the dump of a whole ecosystem."""

import os
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from auditor.facts import source
from auditor.model.errors import AuditorError
from auditor.model.snapshot import Skipped
from auditor.supply.advisories.document import Broken, Document, decode
from auditor.supply.advisories.ranges import Undecided, holds

MAX_BYTES = 8 << 20
"""The largest document that is read."""
MAX_DOCUMENTS = 1_000_000


class Answer(msgspec.Struct, frozen=True):
    """What is known against one version: documents that hold, sorted by id, and why more may hold, or empty."""

    documents: tuple[Document, ...] = ()
    problem: str = ""

    @property
    def dubious(self) -> bool:
        """Whether something is known against the version, or may be."""
        return bool(self.documents or self.problem)


class Shelf:
    """Documents by package. Those that can not be read are in `skipped`, and what they are about counts as not audited."""

    def __init__(
        self, documents: dict[str, Document], texts: dict[str, str], broken: dict[str, str], skipped: list[Skipped]
    ) -> None:
        self._by_name: dict[str, list[str]] = {}
        self._documents = documents
        self._texts = texts
        self._broken = broken
        self.skipped = skipped
        self._kin: dict[str, set[str]] = {}
        for key, document in documents.items():
            for name in document.names:
                self._by_name.setdefault(name, []).append(key)
            for alias in (document.id, *document.aliases):
                self._kin.setdefault(alias, set()).add(key)

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents that could be read, in the order of their files."""
        return tuple(self._documents.values())

    def answer(self, name: str, version: str) -> Answer:
        """The documents that hold for a version of a package, by its canonical name."""
        found, problem = [], self._broken.get(name, "")
        for key in self._by_name.get(name, ()):
            document = self._documents[key]
            try:
                if holds(document, name, version):
                    found.append(document)
            except Undecided as error:
                problem = f"the advisory {document.id} {error}"
                self.skipped.append(Skipped(self._place(key, error.word), f"the advisory on {name} {error}"))
        return Answer(tuple(sorted(found, key=lambda one: one.id)), problem)

    def named(self, names: frozenset[str]) -> tuple[Document, ...]:
        """All documents about the hole that has these names, by aliases followed in both directions."""
        seen: set[str] = set()
        waiting = sorted(names)
        asked = set(waiting)
        while waiting:
            for key in self._kin.get(waiting.pop(), ()):
                if key not in seen:
                    seen.add(key)
                    other = self._documents[key]
                    new = {other.id, *other.aliases} - asked
                    asked |= new
                    waiting += sorted(new)
        return tuple(self._documents[key] for key in sorted(seen))

    def _place(self, key: str, word: str) -> str:
        """The file, with the line at which the word stands, where its text was kept."""
        text = self._texts.get(key, "")
        at = text.find(word) if word else -1
        return f"{key}:{text.count(chr(10), 0, at) + 1}" if at >= 0 else key


def shelf(place: Path) -> Shelf:
    """Reads a folder or a zip. Raises AuditorError where it is neither, or holds no document at all."""
    documents: dict[str, Document] = {}
    texts: dict[str, str] = {}
    broken: dict[str, str] = {}
    skipped: list[Skipped] = []
    for name, raw in _files(place, skipped):
        try:
            documents[name] = decode(raw)
            if b"\n" in raw.strip() or len(raw) < 65536:
                texts[name] = raw.decode("utf-8", "replace")
        except Broken as error:
            skipped.append(Skipped(name, str(error)))
            broken |= dict.fromkeys(error.names, f"the advisory {name} {error}")
    if not documents and not broken:
        raise AuditorError(f"{place}: holds no advisories", "give a folder or a zip of JSON documents in OSV's format")
    if not broken and not any(document.names for document in documents.values()):
        hint = "give those of the ecosystem PyPI: others say nothing about the project's packages"
        raise AuditorError(f"{place}: holds no advisory about a Python package", hint)
    return Shelf(documents, texts, broken, skipped)


def _files(place: Path, skipped: list[Skipped]) -> Iterator[tuple[str, bytes]]:
    if place.is_dir():
        yield from _folder(place, skipped)
    elif place.is_file():
        yield from _zip(place, skipped)
    else:
        raise AuditorError(f"{place}: no such folder or zip of advisories", "download one, or leave --advisories out")


def _folder(place: Path, skipped: list[Skipped]) -> Iterator[tuple[str, bytes]]:
    for folder, folders, names in os.walk(place):
        folders.sort()
        for name in sorted(names):
            if name.endswith(".json"):
                file = Path(folder, name)
                shown = f"{place.name}/{file.relative_to(place).as_posix()}"
                try:
                    yield shown, source.read(file, MAX_BYTES)
                except source.Unreadable as error:
                    skipped.append(Skipped(shown, f"the advisory {error}"))


def _zip(place: Path, skipped: list[Skipped]) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(place) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename.endswith(".json")][:MAX_DOCUMENTS]
            for entry in sorted(entries, key=lambda entry: entry.filename):
                shown = f"{place.name}/{entry.filename}"
                try:
                    with archive.open(entry) as stream:
                        raw = stream.read(MAX_BYTES + 1)
                except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
                    skipped.append(Skipped(shown, f"can not be unpacked: {error}"))
                    continue
                if len(raw) > MAX_BYTES:
                    skipped.append(Skipped(shown, f"is larger than {MAX_BYTES >> 20} MiB"))
                else:
                    yield shown, raw
    except (zipfile.BadZipFile, OSError) as error:
        raise AuditorError(f"{place}: is no zip of advisories: {error}", "give a folder or a zip of JSON documents") from error

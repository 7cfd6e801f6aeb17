"""The folder of a project that holds its evidence: a small record a file, so that a repository can keep them."""

import hashlib
import os
import re
from pathlib import Path

import msgspec

from auditor.evidence.recognise import MOST_BYTES, recognise, unpacked
from auditor.evidence.record import Evidence, Refused
from auditor.facts import source
from auditor.facts.discover import shown
from auditor.model.errors import AuditorError
from auditor.model.snapshot import Skipped

SUFFIX = ".evidence.json"
MOST_FILES = 500
IDLE = re.compile(r"\.|readme\b|licen[cs]e\b", re.IGNORECASE)
FORMS = (".json", ".xml", ".sarif", ".info", ".lcov", ".txt", ".gz", ".ndjson", ".jsonl", "")
"""How files of evidence end. Others, and a folder that is a Python package by chance, are nobody's evidence."""


def load(root: Path, folder: str) -> tuple[tuple[Evidence, ...], tuple[Skipped, ...]]:
    """All evidence in the project's folder, by name, and what could not be read there; nothing where there is no folder.

    Files of other tools may lie there as they are; links are not followed. A raw file that does not say when it was made
    has no date: a checkout gives every file a new one.
    """
    place = root / folder
    if not folder or place.is_symlink() or not place.is_dir():
        return (), ()
    found: list[Evidence] = []
    skipped: list[Skipped] = []
    try:
        entries = _files(place)
    except OSError as error:
        return (), (Skipped(shown(folder), f"the folder of evidence can not be read: {error.strerror}", about="evidence"),)
    for number, entry in enumerate(entries):
        name = shown(f"{folder}/{entry.name}")
        if number >= MOST_FILES:
            skipped.append(Skipped(shown(folder), f"only the first {MOST_FILES} files of evidence are read", about="evidence"))
            break
        try:
            data = source.read(Path(entry.path), MOST_BYTES)
            piece = recognise(unpacked(data), name)
            found.append(msgspec.structs.replace(piece, sha256=piece.sha256 or hashlib.sha256(data).hexdigest()))
        except (Refused, source.Unreadable) as error:
            skipped.append(Skipped(name, f"is no evidence that can be read: {error}", about="evidence"))
    return tuple(found), tuple(skipped)


def _files(place: Path) -> list[os.DirEntry[str]]:
    """What may be evidence, by name; in the folder of a package only our own records."""
    entries = sorted(os.scandir(place), key=lambda one: one.name)
    package = any(one.name.endswith(".py") for one in entries)
    return [
        one
        for one in entries
        if not IDLE.match(one.name)
        and not one.is_dir(follow_symlinks=False)
        and (one.name.endswith(SUFFIX) if package else os.path.splitext(one.name)[1].lower() in FORMS)
    ]


def save(root: Path, folder: str, evidence: Evidence) -> Path:
    """Writes the record, in the place of an older one of the same kind and file. Raises AuditorError where it can not, or
    where a link leads out of the project: the tree is somebody else's.
    """
    target = root / folder / record_name(evidence)
    beside = target.with_name(f".{target.name}.part")
    if not target.parent.resolve().is_relative_to(root.resolve()):
        raise AuditorError(f"{target.parent} leads out of the project", "take the link away")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        with beside.open("xb") as stream:
            stream.write(msgspec.json.format(msgspec.json.encode(evidence), indent=1) + b"\n")
        beside.replace(target)
    except OSError as error:
        raise AuditorError(f"{target} can not be written: {error.strerror}", "check the folder and its permissions") from None
    return target


def record_name(evidence: Evidence) -> str:
    """`coverage-coverage.xml.evidence.json`: the kind and the file, in letters that every file system takes."""
    return f"{evidence.kind}-{re.sub(r'[^A-Za-z0-9._-]+', '-', Path(evidence.file).name).strip('.-')[:80] or 'file'}{SUFFIX}"

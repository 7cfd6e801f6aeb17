"""An installed environment as a lock: the distributions in its `site-packages`, read and never imported."""

import csv
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path

from packaging.utils import canonicalize_name

from auditor.facts import source
from auditor.supply.locks.pinned import Pinned, need
from auditor.supply.manifests.reading import MAX_BYTES, Reading

LICENCE = re.compile(r"License :: (?:OSI Approved :: )?(.+)")


def installed(reading: Reading, environment: Path, shown: str) -> list[Pinned]:
    """The distributions of an environment, or of a folder of distributions. `shown` names it in reports."""
    found = []
    for folder in _site_packages(environment):
        for entry in sorted((*folder.glob("*.dist-info"), *folder.glob("*.egg-info"))):
            file = entry / ("METADATA" if entry.suffix == ".dist-info" else "PKG-INFO") if entry.is_dir() else entry
            try:
                head = HeaderParser().parsestr(source.read(file, MAX_BYTES).decode("utf-8", "replace"))
            except source.Unreadable as error:
                reading.skip(f"{shown}/{entry.name}", str(error))
                continue
            name, version = str(head.get("Name", "")), str(head.get("Version", ""))
            if name and version:
                found.append(_pinned(head, name, version, shown, entry))
    return found


def _site_packages(environment: Path) -> list[Path]:
    inside = sorted((*environment.glob("lib/python*/site-packages"), *environment.glob("Lib/site-packages")))
    return [folder for folder in inside if folder.is_dir()] or [environment]


def _pinned(head: Message, name: str, version: str, shown: str, entry: Path) -> Pinned:
    needs = {
        need(str(one))
        for one in head.get_all("Requires-Dist") or ()
        if "extra ==" not in str(one).replace("==", " ==").replace("  ", " ")
    }
    return Pinned(
        name=str(canonicalize_name(name)),
        version=version,
        lock=shown,
        needs=tuple(sorted(one for one in needs if one[0])),
        licence=licence_words(head),
        modules=tuple(sorted(set(_modules(entry)))),
    )


def licence_words(head: Message) -> str:
    """What metadata says of the licence: the expression, else the classifiers, else the free text's first line."""
    expression = str(head.get("License-Expression", "")).strip()
    if expression:
        return expression
    classifiers = [found[1] for one in head.get_all("Classifier") or () if (found := LICENCE.match(str(one)))]
    return "; ".join(classifiers) or str(head.get("License", "")).strip().partition("\n")[0][:100]


def _modules(entry: Path) -> Iterator[str]:
    """The modules that a distribution installs, from its list of files."""
    record = entry / "RECORD"
    try:
        text = source.read(record, MAX_BYTES).decode("utf-8", "replace")
    except source.Unreadable:
        return
    for row in csv.reader(text.splitlines()):
        first, _, rest = row[0].partition("/") if row else ("", "", "")
        name = first if rest and "." not in first else re.sub(r"\.(py|pyd|(?:[\w-]+\.)*so)$", "", first)
        if name.isidentifier() and (rest.endswith((".py", ".so", ".pyd")) or not rest):
            yield name

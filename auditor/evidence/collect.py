"""All evidence of one audit: what the project keeps, what the command line names, and what was asked for just now."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from auditor.evidence import folder
from auditor.evidence.recognise import read
from auditor.evidence.record import Evidence, Refused, from_iso, iso
from auditor.model.errors import AuditorError
from auditor.model.policy import EvidencePlace
from auditor.model.snapshot import Skipped


def collect(
    root: Path, place: EvidencePlace, named: Sequence[Path] = (), ask: bool = False
) -> tuple[tuple[Evidence, ...], tuple[Skipped, ...]]:
    """The pieces and what could not be read. A file that was named has to be evidence: else AuditorError."""
    kept, skipped = folder.load(root, place.folder)
    pieces = [*kept, *(piece_of(file) for file in named)]
    if ask:
        from auditor.evidence.sources import fetch

        pieces += fetch(place, now())
    return tuple(pieces), skipped


def piece_of(file: Path, measure: str = "", unit: str = "", taken_at: str = "", link: str = "") -> Evidence:
    """The evidence in a file that a person named. Its time is the given one, else the one it tells, else the file's own."""
    try:
        found = read(file, measure, unit)
        if taken_at:
            when = from_iso(taken_at)
            if not when:
                raise AuditorError(f"{taken_at!r} is no time", "write it like 2026-03-20 or 2026-03-20T14:00:00+01:00")
            found = msgspec.structs.replace(found, taken_at=when, dated_by="user")
        elif not found.taken_at:
            when = iso(datetime.fromtimestamp(file.stat().st_mtime, UTC))
            found = msgspec.structs.replace(found, taken_at=when, dated_by="file")
    except Refused as error:
        raise AuditorError(f"{file}: {error}", "`auditor evidence add --help` tells what is known") from None
    except OSError as error:
        raise AuditorError(f"{file} can not be read: {error.strerror}", "check the path and its permissions") from None
    return msgspec.structs.replace(found, link=link or found.link)


def now() -> str:
    """This moment."""
    return iso(datetime.now(UTC))

"""One piece of evidence: what was measured, by which tool, when, and out of which file."""

from datetime import UTC, datetime

import msgspec

from auditor.model.finding import Finding
from auditor.model.measure import Measure
from auditor.model.snapshot import RuleInfo

FORMAT = 1
MOST_MEASURES = 5000
MOST_FINDINGS = 10_000


class Refused(ValueError):
    """The file is no evidence that can be used; the message says why in a sentence."""


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What one file says. `taken_at` is ISO time in UTC; `dated_by` says who gave it: `content`, `file` or `user`."""

    auditor_evidence: int = FORMAT
    kind: str
    tool: str
    file: str
    taken_at: str
    dated_by: str = "content"
    measures: tuple[Measure, ...] = ()
    findings: tuple[Finding, ...] = ()
    rules: tuple[RuleInfo, ...] = ()
    notes: tuple[str, ...] = ()
    """What a reader should know: entries that were left out on purpose, and why."""
    gaps: tuple[str, ...] = ()
    """What should have been read and was not: it keeps a run from ending green."""
    link: str = ""
    sha256: str = ""

    @property
    def known(self) -> bool:
        """Whether it says anything."""
        return bool(self.findings) or any(one.known for one in self.measures)


def iso(moment: datetime) -> str:
    """ISO text in UTC to the second; a time without a zone is taken to be UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds")


def from_epoch(text: str) -> str:
    """ISO time of seconds or milliseconds since 1970 written as text, or of ISO text; empty where it is neither."""
    try:
        number = float(text)
        if number <= 0:
            return ""
        return iso(datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC))
    except (ValueError, OverflowError, OSError):
        return from_iso(text)


def from_iso(text: str) -> str:
    """The same time in UTC to the second, or an empty string where it is none. Fractions beyond microseconds are cut."""
    try:
        return iso(datetime.fromisoformat(_cut(text.strip())))
    except (ValueError, OverflowError):
        return ""


def _cut(text: str) -> str:
    head, dot, tail = text.partition(".")
    digits = len(tail) - len(tail.lstrip("0123456789"))
    return f"{head}.{tail[: min(digits, 6)].ljust(6, '0')}{tail[digits:]}" if dot and digits else text

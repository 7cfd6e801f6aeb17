"""How old a figure may be: past its limit it is stale, and a date that nobody knows or that lies ahead is no date."""

from datetime import UTC, date, datetime, timedelta

import msgspec

from auditor.evidence.record import Evidence
from auditor.model.measure import Basis, Measure
from auditor.model.policy import EvidencePlace

AHEAD = timedelta(days=1)
"""How far ahead a date may lie: clocks differ, and days begin at different hours."""


def dated(evidence: Evidence) -> tuple[Measure, ...]:
    """The piece's measures with its time, its file and its link on each."""
    return tuple(
        msgspec.structs.replace(
            one,
            taken_at=one.taken_at or evidence.taken_at,
            link=one.link or evidence.link or evidence.file,
            source=one.source if one.source != "auditor" else evidence.tool,
        )
        for one in evidence.measures
    )


def judged(measure: Measure, place: EvidencePlace, today: date) -> Measure:
    """The measure as its age leaves it: as it is, stale, or unknown where its date lies ahead."""
    if not measure.known:
        return measure
    day = _day(measure.taken_at)
    if day is None:
        return _stale(measure, "nobody said when it was measured")
    if day > today + AHEAD:
        note = f"its date, {day.isoformat()}, lies ahead"
        return msgspec.structs.replace(measure, value=None, basis=Basis.UNKNOWN, note=note)
    age_days, limit_days = (today - day).days, limit(measure.name, place)
    if age_days <= limit_days:
        return measure
    return _stale(measure, f"{age_days:,} days old, at most {limit_days:,} are allowed")


def limit(name: str, place: EvidencePlace) -> int:
    """How many days old a measure may be: the longest beginning of its name in `ages`, else the general limit."""
    known = [(len(start), days) for start, days in place.ages.items() if name == start or name.startswith(f"{start}.")]
    return max(known)[1] if known else place.max_age_days


def _stale(measure: Measure, why: str) -> Measure:
    note = f"{why}; {measure.note}" if measure.note else why
    return msgspec.structs.replace(measure, basis=Basis.STALE, note=note)


def _day(text: str) -> date | None:
    try:
        if len(text) > len("2026-01-05"):
            moment = datetime.fromisoformat(text)
            return (moment.astimezone(UTC) if moment.tzinfo else moment).date()
        return date.fromisoformat(text)
    except (ValueError, OverflowError):
        return None

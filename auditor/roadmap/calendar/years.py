"""Which year a day lies in that states none: the one that lets it follow the day on which its page was written."""

from datetime import date, timedelta

import msgspec

from auditor.roadmap.calendar.dates import Span, with_year

_OVERDUE = timedelta(days=60)
"""So long a page may still name what should have been done: a plan of 25 November does not mean last January."""


def following(span: Span, since: date | None) -> Span:
    """The span in the year that lets it follow `since`, where it states no year of its own."""
    last = span.ends or span.starts
    if since is None or last is None or not span.floats:
        return span
    return moved(span, years_on(last, since))


def years_on(last: date, since: date) -> int:
    """1 where the day lies long before `since`, -1 where the same day a year before still follows it, else 0."""
    if last < since - _OVERDUE:
        return 1
    return -1 if with_year(last, last.year - 1) >= since else 0


def moved(span: Span, years: int) -> Span:
    """The span some years later."""
    starts, ends = (day and with_year(day, day.year + years) for day in (span.starts, span.ends))
    return msgspec.structs.replace(span, starts=starts, ends=ends)

"""Moments as the database keeps them, seconds since 1970, and as texts."""

from datetime import UTC, datetime

DAY_S = 86_400
WEEK_S = 7 * DAY_S
THURSDAY_S = 3 * DAY_S
"""The first day of 1970 was a Thursday; weeks begin with Mondays."""
LEAST, MOST = 0, 253_402_300_799
"""1970 to 9999: outside, a calendar has no day for it."""


def seconds(text: str) -> int:
    """An ISO time as seconds; without a zone it is taken for UTC. Raises ValueError."""
    when = datetime.fromisoformat(text)
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return min(max(int(when.timestamp()), LEAST), MOST)


def week(moment: int) -> int:
    """The number of a week, Monday to Sunday."""
    return (moment + THURSDAY_S) // WEEK_S


def iso(moment: int) -> str:
    """Seconds as ISO in UTC, as all times of the history are written."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")

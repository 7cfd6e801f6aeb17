"""Redis: the text that `INFO` prints, for its cache's hit rate."""

from auditor.evidence.record import Evidence
from auditor.model.measure import Measure, unknown

TOOL = "Redis"


def info(text: str, file: str) -> Evidence:
    """The hit rate since the server started, or since its statistics were reset; the text itself holds no time."""
    values = dict(line.strip().split(":", 1) for line in text.splitlines() if ":" in line and not line.startswith("#"))
    hits, misses = _count(values.get("keyspace_hits", "")), _count(values.get("keyspace_misses", ""))
    if hits is None or misses is None:
        found = unknown("cache.hit_rate_pct", "INFO holds no keyspace_hits and keyspace_misses", "%", source=TOOL)
    elif hits + misses == 0:
        found = unknown("cache.hit_rate_pct", "the cache was never asked", "%", source=TOOL)
    else:
        note = f"{hits:,} hits of {hits + misses:,} since the server started"
        found = Measure("cache.hit_rate_pct", round(100 * hits / (hits + misses), 4), "%", source=TOOL, note=note)
    return Evidence(kind="redis", tool=TOOL, file=file, taken_at="", measures=(found,))


def _count(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None

"""What a table's columns mean where it stands: among targets, and beside the day on which the page was written."""

import re
from datetime import date

import msgspec

from auditor.roadmap.calendar.dates import read_span
from auditor.roadmap.page.columns import Columns, read_columns
from auditor.roadmap.page.headings import Section
from auditor.roadmap.page.outline import Placed


def columns_of(placed: Placed, written: date | None) -> Columns:
    """The columns of the table; `written` is the day on which the page was, if it says so."""
    header = placed.block.header
    return _since(_as_targets(read_columns(placed.block), header, placed.section), header, written)


def _since(columns: Columns, header: tuple[str, ...], written: date | None) -> Columns:
    """Where the first of several months had begun when the page was written, or alone lies a year before: how things stood."""
    if "baseline" in columns.at or len(columns.by_sprint) < 2 or columns.by_sprint[0][1].kind not in ("month", "quarter"):
        return columns
    first, label = columns.by_sprint[0]
    year = written.year if written else 2000
    begins = [read_span(header[index], year).starts for index, _ in columns.by_sprint]
    has_begun = written is not None and label.kind == "month" and begins[0] is not None and begins[0] <= written
    years = [day.year for day in begins if day]
    if not has_begun and not (len(years) == len(begins) > 2 and all(year > years[0] for year in years[1:])):
        return columns
    return msgspec.structs.replace(columns, at={**columns.at, "baseline": first}, by_sprint=columns.by_sprint[1:])


def _as_targets(columns: Columns, header: tuple[str, ...], section: Section) -> Columns:
    """Among targets a column headed `Value` holds what is aimed at."""
    at = columns.at
    is_value = "baseline" in at and re.fullmatch(r"\W*(?:values?|figures?|wert)\W*", header[at["baseline"]], re.I)
    if section is not Section.METRICS or not is_value or "goal" in at or columns.by_sprint:
        return columns
    kinds = {("goal" if kind == "baseline" else kind): index for kind, index in at.items()}
    return msgspec.structs.replace(columns, at=kinds)

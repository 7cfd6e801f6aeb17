"""What questions about the whole project need to know of a file: its complexity, its statements, its calls."""

import msgspec

from auditor.clones import stretch
from auditor.clones.statements import FileClones
from auditor.facts.flow import read as flows
from auditor.facts.screen import Sheet
from auditor.measure import complexity
from auditor.run.record import Record

PATTERNS = complexity.PATTERNS + stretch.PATTERNS + flows.PATTERNS
"""What the screen must have captured."""


def summarised(record: Record, sheet: Sheet) -> Record:
    """The record with the summaries of a file that was screened with PATTERNS."""
    return msgspec.structs.replace(
        record,
        facts=msgspec.structs.replace(sheet.facts, complexity=complexity.complexity(sheet)),
        clones=_clones(sheet),
        flow=flows.flow(sheet) if sheet.facts.kind in ("source", "migration") else None,
    )


def _clones(sheet: Sheet) -> FileClones | None:
    """The statements of code that people wrote for this project; copies elsewhere are nobody's to mend."""
    if sheet.facts.kind not in ("source", "test"):
        return None
    names = tuple((stretch.kind_of(d.kind, d.decorators), d.qualname) for d in sheet.facts.definitions)
    return stretch.read(sheet.source, sheet.captures, sheet.starts, names)

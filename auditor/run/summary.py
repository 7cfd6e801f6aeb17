"""What questions about the whole project need to know of a file: its complexity, its statements, its calls."""

import msgspec

from auditor.clones import stretch
from auditor.clones.statements import FileClones
from auditor.facts.flow import read as flows
from auditor.facts.screen import Sheet
from auditor.measure import complexity
from auditor.run.record import Needs, Record


def patterns(needs: Needs) -> str:
    """What the screen must have captured."""
    return complexity.PATTERNS + stretch.PATTERNS * needs.copies + flows.PATTERNS * needs.calls


def summarised(record: Record, sheet: Sheet, needs: Needs) -> Record:
    """The record with the summaries that are needed, of a file that was screened with their patterns."""
    follows = needs.calls and sheet.facts.kind in ("source", "migration")
    return msgspec.structs.replace(
        record,
        facts=msgspec.structs.replace(sheet.facts, complexity=complexity.complexity(sheet)),
        clones=_clones(sheet) if needs.copies else None,
        flow=flows.flow(sheet) if follows else None,
    )


def _clones(sheet: Sheet) -> FileClones | None:
    """The statements of code that people wrote for this project; copies elsewhere are nobody's to mend."""
    if sheet.facts.kind not in ("source", "test"):
        return None
    names = tuple((stretch.kind_of(d.kind, d.decorators), d.qualname) for d in sheet.facts.definitions)
    return stretch.read(sheet.source, sheet.captures, sheet.starts, names)

"""What questions about the whole project need to know of a file: its complexity, its statements, its calls."""

import msgspec

from auditor.clones import stretch
from auditor.clones.statements import FileClones
from auditor.facts.flow import read as flows
from auditor.facts.screen import Sheet
from auditor.facts.values import Definition
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
    return stretch.read(sheet.source, sheet.captures, sheet.starts, kinds_and_names(sheet.facts.definitions))


def kinds_and_names(definitions: tuple[Definition, ...]) -> tuple[tuple[str, str], ...]:
    """For each definition of a file: what it is, handlers among them, and its name."""
    around = [definitions[d.parent] if d.parent >= 0 and definitions[d.parent].kind == "class" else None for d in definitions]
    return tuple(
        (stretch.kind_of(d.kind, d.name, d.decorators, (*one.decorators, *one.bases) if one is not None else ()), d.qualname)
        for d, one in zip(definitions, around, strict=True)
    )

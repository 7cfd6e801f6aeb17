"""Cyclomatic complexity and maintainability of one file by radon's definitions, counted on the screen's tree."""

from auditor.facts.screen import Sheet
from auditor.facts.values import Complexity
from auditor.measure import cyclomatic, halstead, lines
from auditor.measure.territory import Territory

PATTERNS = cyclomatic.PATTERNS + halstead.PATTERNS + lines.PATTERNS
"""What the screen must capture besides its index."""


def complexity(sheet: Sheet) -> Complexity:
    """The figures of a file that was screened with PATTERNS. Needs no recursion and time in proportion to the file.

    The complexity of every function stands by its index in `facts.definitions`; maintainability is 0 to 100, the more
    the better, and None for a file without a line of code.
    """
    from radon.metrics import mi_compute  # type: ignore[import-untyped]

    territory = Territory(sheet)
    functions, total = cyclomatic.cyclomatic(sheet, territory)
    statements = lines.Statements(sheet)
    logical = lines.logical_lines(sheet, statements)
    if not logical:
        return Complexity(functions)
    share_pct = lines.comment_share_pct(sheet, statements)
    index = mi_compute(halstead.volume(sheet, territory), total, logical, share_pct)
    return Complexity(functions, round(index, 2))

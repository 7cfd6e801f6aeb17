"""A file's lines as radon counts them: logical lines, lines of source, and the share of comments."""

import re
from bisect import bisect_right

from auditor.facts.screen import Sheet

PATTERNS = """
[(expression_statement) (return_statement) (import_statement) (import_from_statement) (future_import_statement)
 (raise_statement) (pass_statement) (break_statement) (continue_statement) (delete_statement) (global_statement)
 (nonlocal_statement) (assert_statement) (type_alias_statement) (print_statement) (exec_statement)
 (decorator)] @simple
[(if_statement) (for_statement) (while_statement) (try_statement) (with_statement) (match_statement)
 (function_definition) (class_definition) (elif_clause) (else_clause) (except_clause) (finally_clause)
 (case_clause)] @header
[(pair) (slice) (lambda) (type)] @colon
(expression_statement . (string) @remark .)
"""
EMPTY = re.compile(rb"\n[ \t\f]*(?=\n)")
FILLED = re.compile(rb"\S[^\n]*")


class Statements:
    """Where a file's simple statements and decorators stand."""

    def __init__(self, sheet: Sheet) -> None:
        self._spans = sorted((node.start_byte, node.end_byte) for node in sheet.captures.get("simple", ()))
        self._starts = [start for start, _ in self._spans]

    def __len__(self) -> int:
        return len(self._spans)

    def at(self, byte: int) -> int:
        """The number of the statement around a byte, from 0 in the order of the source; -1 for none."""
        place = bisect_right(self._starts, byte) - 1
        return place if place >= 0 and byte < self._spans[place][1] else -1


def logical_lines(sheet: Sheet, statements: Statements) -> int:
    """Statements, decorators, headers of blocks and clauses; one more for a statement with a colon, as in radon."""
    split = {statements.at(node.start_byte) for node in sheet.captures.get("colon", ())} - {-1}
    return len(statements) + len(sheet.captures.get("header", ())) + len(split)


def comment_share_pct(sheet: Sheet, statements: Statements) -> float:
    """Comments and strings over several lines that stand alone, per line of source, in percent."""
    facts, source = sheet.facts, sheet.source
    blank = len(EMPTY.findall(source)) + source.startswith(b"\n")
    said, several = 0, 0
    for node in sheet.captures.get("remark", ()):
        lines = len(FILLED.findall(source, node.start_byte, node.end_byte))
        said += lines
        several += lines if lines > 1 else 0
    source_lines = facts.lines - blank - said - _between(sheet, statements)
    return (len(facts.comments) + several) / source_lines * 100 if source_lines > 0 else 0.0


def _between(sheet: Sheet, statements: Statements) -> int:
    """Comments alone on their lines, without those inside a statement's brackets: radon takes these for source."""
    places = (sheet.starts[one.line - 1] + one.column - 1 for one in sheet.facts.comments if one.alone)
    return sum(statements.at(byte) < 0 for byte in places)

"""The work on one file: bytes to Record, through the cache. A Desk is made once a process and knows the rules."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property, partial
from pathlib import Path

import msgspec

from auditor.facts import source
from auditor.facts.cache import Cache, key
from auditor.facts.discover import shown
from auditor.facts.screen import Sheet, screen
from auditor.model.finding import Finding, fingerprint
from auditor.model.snapshot import Crashed, Skipped
from auditor.packs.described import about_files
from auditor.packs.rules import Place, load_rules
from auditor.rule.api import FileRule, NodeRule, Rule
from auditor.rule.ask import ask
from auditor.rule.plan import Plan
from auditor.run.record import ENCODER, Needs, Record
from auditor.run.strict import parses

NESTED_INDENT = b"\n" + b" " * 100
NESTED = b"(" * 12
ROUND = bytes.maketrans(b"[{", b"((")


class Order(msgspec.Struct, frozen=True):
    """What a process needs to know to work on files: plain values, never a class or a syntax node."""

    root: Path
    rules: tuple[Place, ...]
    digest: str
    max_bytes: int
    cache: Path | None
    kinds: tuple[tuple[str, str], ...] = ()
    """Pairs of a pattern and the kind of file that the settings give it."""
    whole: bool = True
    """Whether anybody asks about the project as a whole: for rules about single files alone no summaries are made."""
    needs: Needs = Needs()
    """Which summaries are made of each file."""

    @property
    def kept_apart(self) -> tuple[str, ...]:
        """Words that tell records with fewer summaries from whole ones in the cache."""
        if not self.whole:
            return ("alone",)
        return (*("no calls",) * (not self.needs.calls), *("no copies",) * (not self.needs.copies))


class Desk:
    """One process's place of work."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.cache = Cache(order.cache)

    def key(self, path: str, raw: bytes) -> str:
        """The cache's key of a file: its bytes, its place, the rules and the engine."""
        return key(raw, path, self.order.digest, *self.order.kept_apart)

    def record(self, path: str) -> bytes:
        """The encoded Record of a file, from the cache or worked out now."""
        try:
            raw = self.read(path)
        except source.Unreadable as error:
            reason = str(error)
            return ENCODER.encode(Record(shown(path), None, skipped=(Skipped(shown(path), reason),), key=reason))
        name = self.key(path, raw)
        known = self.cache.get(name)
        if known is None:
            known = ENCODER.encode(msgspec.structs.replace(self.work(shown(path), raw), key=name))
            self.cache.put(name, known)
        return known

    def read(self, path: str) -> bytes:
        """A file's bytes. Raises Unreadable."""
        return source.read(self.order.root / path, self.order.max_bytes)

    def work(self, path: str, raw: bytes) -> Record:
        """The Record of a file's bytes."""
        try:
            text = source.normalise(raw)
        except source.Unreadable as error:
            return Record(path, None, skipped=(Skipped(path, str(error)),))
        sheet = screen(path, text, self._query)
        answers = [*self._file_rules(sheet), *self._node_rules(sheet)]
        skipped = [a for a in answers if isinstance(a, Skipped)]
        if _suspect(sheet) and (line := _syntax_error(text)):
            skipped.append(Skipped(path, f"line {line}: is not valid Python; what could be read of the file was judged"))
        findings = [answer for answer in answers if isinstance(answer, Finding)]
        record = Record(
            path=path,
            facts=sheet.facts,
            findings=tuple(named(findings, sheet)),
            skipped=tuple(sorted(set(skipped))),
            crashed=tuple(sorted(answer for answer in answers if isinstance(answer, Crashed))),
        )
        if not self.order.whole:
            return record
        from auditor.run.summary import summarised

        return summarised(record, sheet, self.order.needs)

    @cached_property
    def _query(self) -> str:
        """All that the screen looks for besides the index."""
        if not self.order.whole:
            return self.plan.query
        from auditor.run.summary import patterns

        return self.plan.query + patterns(self.order.needs)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of the order that look at single files, loaded when the first file needs them."""
        return load_rules(about_files(self.order.rules))

    @cached_property
    def plan(self) -> Plan:
        """What the node rules want of the screen."""
        return Plan(rule for rule in self.rules if isinstance(rule, NodeRule))

    @cached_property
    def _needs(self) -> list[tuple[FileRule, re.Pattern[bytes]]]:
        return [(rule, re.compile(rule.needs.encode())) for rule in self.rules if isinstance(rule, FileRule)]

    def _file_rules(self, sheet: Sheet) -> Iterator[Finding | Crashed]:
        for rule, needs in self._needs:
            if sheet.facts.kind in rule.judges and needs.search(sheet.source):
                yield from ask(rule, partial(rule.check, sheet.facts), sheet.facts.path, 1)

    def _node_rules(self, sheet: Sheet) -> Iterator[Finding | Skipped | Crashed]:
        from auditor.rule.walk import walk

        yield from walk(sheet, self.plan)


def named(findings: list[Finding], sheet: Sheet) -> Iterator[Finding]:
    """The findings in the order of the source, each with its fingerprint."""
    seen: Counter[tuple[str, str]] = Counter()
    for finding in sorted(findings, key=lambda one: (one.location, one.rule, one.message)):
        line = sheet.line_text(finding.location.line).decode("utf-8", "replace")
        same = (finding.rule, " ".join(line.split()))
        print_ = fingerprint(finding.rule, finding.location.path, line, seen[same])
        seen[same] += 1
        yield msgspec.structs.replace(finding, fingerprint=print_)


def _suspect(sheet: Sheet) -> bool:
    """Whether the screen may have taken for Python what is none: broken text, statements of Python 2, hostile nesting."""
    text = sheet.source
    return sheet.facts.broken or "legacy" in sheet.captures or NESTED_INDENT in text or NESTED in text.translate(ROUND)


def _syntax_error(text: bytes) -> int:
    """The line at which the text stops being Python, or 0 where a stricter parser reads what the screen did not."""
    try:
        ast.parse(text)
        return 0
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", 1) or 1
    return 0 if parses(text) else line

"""What a set of node rules wants of a file, put together once: the screen's patterns and who asked for what."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from tree_sitter import Node

from auditor.facts.imports import resolve, resolver, top_level
from auditor.facts.screen import Sheet
from auditor.rule.api import NodeRule

AnyNodeRule = NodeRule[Any]
WORD = re.compile(rb"\w+")
BRACKET = re.compile(rb"[()\[\]{}]")
LONGEST = 4000
"""Bytes in which the brackets of a statement that makes something are looked for."""


class Plan:
    """The node rules by the kind of tree node that they look at. `query` is what the screen must capture for them."""

    def __init__(self, rules: Iterable[AnyNodeRule]) -> None:
        from auditor.facts.order import TREE_KINDS

        self.by_kind: dict[str, list[_Wish]] = defaultdict(list)
        for rule in rules:
            for kind in sorted({TREE_KINDS[name] for name in rule.node_types()}):
                self.by_kind[kind].append(_Wish(rule))
        self.query = "".join(f"({kind}) @{kind}\n" for kind in sorted(self.by_kind))

    def wanted(self, sheet: Sheet) -> Iterator[tuple[str, Node, AnyNodeRule]]:
        """The nodes that pass a rule's screen: kind, node, rule."""
        for kind, wishes in self.by_kind.items():
            nodes = sheet.captures.get(kind, ())
            if nodes:
                for wish in wishes:
                    if sheet.facts.kind in wish.rule.judges:
                        yield from ((kind, node, wish.rule) for node in wish.pick(nodes, sheet))


ANYWHERE = "(?s).*"
"""A screen that begins so is looked for, which is faster by far than to match what comes before it: handlers may stand in each
other a hundred deep.
"""


class _Wish:
    """One rule's screen, compiled."""

    def __init__(self, rule: AnyNodeRule) -> None:
        self.rule = rule
        self.imports = frozenset(rule.imports)
        pattern = re.compile(rule.screen.removeprefix(ANYWHERE).encode()) if rule.screen else None
        self.screen = pattern and (pattern.search if rule.screen.startswith(ANYWHERE) else pattern.match)
        self.exact = {name for name in rule.calls if not name.startswith(".") and not name.endswith(".*")}
        self.prefixes = tuple(name[:-1] for name in rule.calls if name.endswith(".*"))
        self.methods = {name[1:] for name in rule.calls if name.startswith(".")}
        self.makers = tuple(word.encode() for word in rule.makers)
        words = {name.rpartition(".")[2] for name in self.exact} | {f".{name}(" for name in self.methods}
        words |= {prefix.rstrip(".").rpartition(".")[2] for prefix in self.prefixes}
        self.words = tuple(sorted(word.encode() for word in words))

    def pick(self, nodes: Iterable[Node], sheet: Sheet) -> Iterator[Node]:
        if self.imports and not self.imports & top_level(sheet.facts.imports):
            return
        if self.rule.calls:
            if any(word in sheet.source for word in self.words):
                names = resolver(sheet.facts)
                made = _said_with(self.makers, sheet) if self.makers else None
                yield from (node for node in nodes if self._calls(node, sheet, names, made))
        elif self.screen is None:
            yield from nodes
        else:
            for node in nodes:
                if self.screen(sheet.source, node.start_byte, node.end_byte):
                    yield node

    def _calls(self, node: Node, sheet: Sheet, names: dict[str, str], made: frozenset[bytes] | None) -> bool:
        """Whether a call is wanted. `made` are the words that stand with a maker's; None: every owner will do."""
        callee = node.child_by_field_name("function")
        if callee is None:
            return False
        text = sheet.text(callee)
        owner, dot, method = text.rpartition(b".")
        owned = made is None or b"(" in owner or owner.rpartition(b".")[2].strip() in made
        if owned and dot and method.decode("utf-8", "replace") in self.methods:
            return True
        if self.screen is not None and self.screen(text):
            return True
        if callee.type not in ("identifier", "attribute") or b"(" in text:
            return False
        full = resolve(text.decode("utf-8", "replace"), names)
        return full in self.exact or full.startswith(self.prefixes or ("\0",))


def _said_with(makers: tuple[bytes, ...], sheet: Sheet) -> frozenset[bytes]:
    """All words of the statements that say one of the makers, or what an import calls it here."""
    if not any(word in sheet.source for word in makers):
        return frozenset()
    bare = {word.rstrip(b"(") for word in makers}
    local = {entry.local.encode() for entry in sheet.facts.imports if entry.target.rpartition(".")[2].encode() in bare}
    found: set[bytes] = set()
    for match in re.finditer(b"|".join(re.escape(word) for word in sorted({*makers, *local})), sheet.source):
        found.update(WORD.findall(sheet.source, *_statement(sheet.source, match.start(), match.end())))
    return frozenset(found)


def _statement(source: bytes, start: int, end: int) -> tuple[int, int]:
    """About the statement around a word: from the line before it to the end of the line where its brackets are closed."""
    depth = 0
    for bracket in BRACKET.finditer(source, end, end + LONGEST):
        depth += 1 if bracket[0] in b"([{" else -1
        if depth <= 0:
            end = bracket.end()
            break
    line_end = source.find(b"\n", end)
    before = source.rfind(b"\n", 0, max(source.rfind(b"\n", 0, start), 0))
    return before + 1, line_end if line_end >= 0 else len(source)

"""Raises that a caller rules out by what it writes out: `change({"type": "create"})` where `kind == "update"` is asked."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from auditor.facts.flow.events import Raise
from auditor.paths.calls.edge import Edge
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.errors.dependence import Witness
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import literal, split
from auditor.paths.written.signature import Signature

LITERAL = r"[rbu]?(?:'[^'\\]*'|\"[^\"\\]*\")"
SUBJECT = r"(?P<name>[A-Za-z_]\w*)(?:(?:\.get\(|\[)\s*['\"](?P<key>\w+)['\"]\s*(?:\)|\]))?"
EQUALS = re.compile(rf"{SUBJECT}\s*(?P<how>==|!=)\s*(?P<value>{LITERAL})")
ONE_OF = re.compile(rf"{SUBJECT}\s+(?P<how>not\s+in|in)\s*[(\[{{](?P<value>\s*{LITERAL}(?:\s*,\s*{LITERAL})*\s*,?\s*)[)\]}}]")
HOLDS = re.compile(r"['\"](?P<key>\w+)['\"]\s+in\s+(?P<name>[A-Za-z_]\w*)")
EITHER = re.compile(r"\bor\b|\bnot\s*\(")
TOLD = re.compile(r"\{\s*([A-Za-z_]\w*)\s*(?:![rsa])?\s*[}:]")
PART = re.compile(r"(?P<name>[A-Za-z_]\w*)(?:\.get\(|\[)\s*['\"](?P<key>\w+)['\"]\s*[)\],]")
MISSING = "None"
"""What a key that is not there is taken for."""


class Ask(NamedTuple):
    """What has to be so of a parameter, or of a key of it: that it is one of some texts, or none of them; that the key is there
    where there are none.
    """

    parameter: str
    key: str
    texts: frozenset[str]
    among: bool

    def allows(self, value: str) -> bool:
        """Whether a value, as it is written, may be so."""
        said = literal(value)
        if not self.texts:
            return value != MISSING
        if said is None and value != MISSING:
            return True
        return (said in self.texts) == self.among


class Dispatch:
    """Answers for one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def excludes(self, steps: Sequence[tuple[Node, Witness]]) -> bool:
        """Whether the callers on the way write out what rules the raise at its end out, and all others of its type beside it."""
        node, witness = steps[-1]
        raises = self.graph.raises.get(node, ()) if not witness.name and len(steps) > 1 else ()
        kinds = {one.type for one in raises if one.line == witness.line}
        beside = [one for one in raises if one.type in kinds]
        return bool(beside) and all(self._is_ruled_out(steps, node, one) for one in beside)

    def _is_ruled_out(self, steps: Sequence[tuple[Node, Witness]], node: Node, raised: Raise) -> bool:
        if any(self._is_refused(steps, ask) for ask in self._asks(node, raised)):
            return True
        return not raised.condition and self._is_left(steps, raised)

    def _asks(self, node: Node, raised: Raise) -> Iterator[Ask]:
        for text in raised.met:
            if EITHER.search(text):
                continue
            for match in (*EQUALS.finditer(text), *ONE_OF.finditer(text)):
                texts = frozenset(said for one in split(match["value"]) if (said := literal(one)) is not None)
                for name, key in self._of(node, match["name"], match["key"] or "", raised.line):
                    yield Ask(name, key, texts, match["how"] in ("==", "in"))
            for match in HOLDS.finditer(text):
                for name, key in self._of(node, match["name"], match["key"], raised.line):
                    yield Ask(name, key, frozenset(), True)

    def _of(self, node: Node, name: str, key: str, line: int) -> Iterator[tuple[str, str]]:
        """The parameter, and the key of it, that a name of a scope stands for at a line; none where it may be anything else."""
        assigns = self.graph.symbols.table(node.path).assigns.get((node.scope, name), ())
        if name in self._signature(node).names:
            if all(assign.line >= line for assign in assigns):
                yield name, key
            return
        if len(assigns) != 1 or key:
            return
        assign = assigns[0]
        calls = self.graph.symbols.table(node.path).at.get(assign.start, ())
        texts = [assign.text, *(f"{call.target}({call.args})" for call in calls)]
        texts += [read.text for read in self.graph.reads.get(node, ()) if read.line == assign.line]
        for text in texts:
            match = PART.match(text)
            if match is not None:
                yield from self._of(node, match["name"], match["key"], assign.line)
                return
            copied = re.fullmatch(r"dict\(\s*(\w+)\s*\)", text)
            if copied is not None:
                yield from self._of(node, copied[1], "", assign.line)
                return

    def _is_left(self, steps: Sequence[tuple[Node, Witness]], raised: Raise) -> bool:
        """Whether what is left over for values that no branch took says which value it was, and a caller writes that out."""
        node = steps[-1][0]
        found = (one for told in TOLD.findall(raised.args) for one in self._of(node, told, "", raised.line))
        return any(self._is_refused(steps, Ask(*one, frozenset(("",)), True)) for one in found)

    def _is_refused(self, steps: Sequence[tuple[Node, Witness]], ask: Ask) -> bool:
        """Whether the callers write out a value that is not what is asked."""
        for place in range(len(steps) - 2, -1, -1):
            node, witness = steps[place]
            below = self._signature(steps[place + 1][0])
            edge = next((e for e in self.graph.edges(node) if e.to == witness.below and e.call.line == witness.line), None)
            if edge is None or ask.parameter not in below.names:
                return False
            value = self._given(edge, below, ask.parameter)
            pairs, whole = self._pairs(node, value) if ask.key else (None, False)
            if pairs is not None:
                found = pairs.get(ask.key, MISSING if whole else "")
                return found != "" and not ask.allows(found)
            if not ask.key and (literal(value) is not None or value == MISSING):
                return not ask.allows(value)
            if value not in self._signature(node).names:
                return False
            ask = ask._replace(parameter=value)
        return False

    def _given(self, edge: Edge, below: Signature, name: str) -> str:
        first = below.first in ("self", "cls")
        return edge.arguments.get(below.names.index(name) - first, name) or below.defaults.get(name, "")

    def _pairs(self, node: Node, text: str) -> tuple[dict[str, str] | None, bool]:
        """The keys of a mapping that is written out, each with the text of its value, and whether those are all."""
        if text.isidentifier():
            assigns = self.graph.symbols.table(node.path).assigns.get((node.scope, text), ())
            text = assigns[0].text.strip() if len(assigns) == 1 else ""
        if text[:1] != "{" or text[-1:] != "}":
            return None, False
        parts = split(text[1:-1])
        pairs = (part.partition(":") for part in parts if not part.startswith("**"))
        found = {key: value.strip() for said, _, value in pairs if (key := literal(said.strip())) is not None}
        return found, len(found) == len(parts)

    def _signature(self, node: Node) -> Signature:
        return self.graph.symbols.signature(Symbol("function", *node)) if node.scope >= 0 else Signature((), {}, {}, "")

"""What refuses values from outside by being made of them: members of enumerations, models that check values, text of bytes."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from auditor.facts.flow.loops import variables
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.calls.outside import Outside
from auditor.paths.errors.happening import UNPACKS
from auditor.paths.errors.keyed import Keyed
from auditor.paths.errors.members import ERROR, Members
from auditor.paths.errors.unpacked import SPLITS, Unpacked
from auditor.paths.written.arguments import literal, split

DECODE = ".decode"
DECODES = "bytes.decode"
"""The name that the knowledge has for it, whoever holds the bytes."""
LENIENT = re.compile(r"latin[-_]?1|8859[-_]1\b", re.IGNORECASE)
"""Encodings in which any bytes are text."""
TEXT = re.compile(r"(?:encode|hexdigest|hexlify|dumps|compress|decompress)(?:<.*>)?\(\)\Z", re.DOTALL)
"""What is text in bytes already, or none that anybody sent."""
PUT_TOGETHER = re.compile(r"\A\s*\{|\.(?:model_dump|dict|to_dict|_asdict)\(|\bdict\(|\basdict\(")
MODELS = re.compile(r"pydantic(?:\.v1)?\.(?:main\.)?BaseModel\Z|pydantic_settings\.BaseSettings\Z")
VALIDATES = "pydantic.BaseModel.model_validate"
REFUSES = "pydantic.ValidationError"


class Refusal(NamedTuple):
    """The type, the name of what refuses, and what it was given."""

    error: str
    name: str
    given: str


class Refused:
    """Answers for one graph."""

    def __init__(self, graph: Graph, outside: Outside) -> None:
        self.graph = graph
        self.outside = outside
        self.members = Members(graph, outside)
        self.unpacked = Unpacked(graph, outside)
        self.keyed = Keyed(graph, outside)

    def of(self, node: Node, edge: Edge) -> Iterator[Refusal]:
        """What a call of no function of the project may raise over what it is given from outside."""
        call = edge.call
        if call.target.endswith(SPLITS):
            if self.unpacked.may_differ(node, edge):
                yield Refusal("ValueError", UNPACKS, call.target.rpartition(".")[0])
        elif call.target.endswith(DECODE):
            if self._is_sent(node, edge):
                yield Refusal("UnicodeDecodeError", DECODES, call.target.removesuffix(DECODE))
        elif call.args.startswith("**"):
            if edge.name and self._is_model(node, edge) and self._is_whole(node, edge):
                yield Refusal(REFUSES, VALIDATES, call.args[2:])
        elif edge.name and self.members.may_miss(node, edge):
            yield Refusal(ERROR, edge.name, call.args)
        elif edge.name and (key := self.keyed.given(node, edge)):
            yield Refusal("ValueError", edge.name, key)

    def _is_sent(self, node: Node, edge: Edge) -> bool:
        """Whether bytes are read as text as they were sent."""
        owner = edge.call.target.removesuffix(DECODE)
        known = self.graph.knowledge.effect(edge.name) if edge.name else None
        told = edge.arguments.get(1, "errors") or "'strict'"
        if known is not None or literal(told) != "strict" or LENIENT.search(edge.call.args) or TEXT.search(owner):
            return False
        return self.outside.tells(node, edge.call.scope, owner, "sent") and not self._is_parsed(node, edge)

    def _is_parsed(self, node: Node, edge: Edge) -> bool:
        """Whether a parser is handed the text at once, and nobody catches its own error, which says the same."""
        call = edge.call
        around = (one for one in self.graph.calls.get(node, ()) if one.start < call.start < one.end)
        return call.guard < 0 and any(one.target.endswith("loads") for one in around)

    def _is_model(self, node: Node, edge: Edge) -> bool:
        """Whether a class is made that looks at its values."""
        symbols = self.graph.symbols
        klass = symbols.chain(node.path, edge.call.scope, edge.call.target)
        if klass is None or klass.kind != "class" or not klass.path:
            return False
        return any(one.kind == "external" and MODELS.match(one.name) for one in symbols.classes.mro(klass))

    def _is_whole(self, node: Node, edge: Edge) -> bool:
        """Whether all its values are those of a mapping that came from outside, and that no other model has looked at."""
        text = edge.call.args[2:]
        whole = not edge.arguments.keywords and len(split(edge.call.args)) == 1 and not PUT_TOGETHER.search(text)
        return whole and self.outside.key(node, edge.call.scope, self._gone_through(node, edge, text)) is not None

    def _gone_through(self, node: Node, edge: Edge, text: str) -> str:
        """What the comprehension that a call stands in goes through, where the text is its element; another comprehension may
        give its own the same name: `[one.model_dump() for one in body.lines]`, then `[Line(**one) for one in stored]`.
        """
        loop = self.graph.flows[node.path].loops[edge.call.loop] if edge.call.loop >= 0 else None
        own = loop is not None and loop.kind == "comprehension" and text in variables(loop.target)
        return loop.text if loop is not None and own else text

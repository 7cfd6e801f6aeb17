"""What an error depends on where it begins: parameters that only some callers give so that it arises."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from auditor.paths.calls.files import is_listed, is_there
from auditor.paths.calls.forms import STRINGS
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.calls.outside import Outside
from auditor.paths.errors.written_out import written_part
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import arguments

CHAINED = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?![\w.]|\s*=[^=])")
ROOT = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?!\s*=[^=])")
OWN = re.compile(r"\w+(?:\.\w+|\[['\"]\w+['\"]\])+")
KEYS = ("id", "pk", "uuid")
"""Attributes of a row by which it is found again."""
MADE_OF = 2
LOOKS_UP = re.compile(r"(?:\A|[._])(?:get|find|fetch|load|read|lookup|retrieve)(?:_\w+)?\Z")
UPLOAD = re.compile(r"\brequest\.(?:files|FILES)(?:\[[^\[\]]*\]|\.get\([^()]*\))\Z")
"""A file of a request, whole: `open` of it raises a `TypeError`, so that its caller asks first whether it is a name."""
UPLOADED = re.compile(r"\bUploadFile\b")
ENDS_BADLY = re.compile(r"\bsubprocess\.\w+\Z")
"""How a program ends, whose file may be there and be of no use to it."""
OPENS = ("builtins.open", "io.open", "aiofiles.open")


class Witness(NamedTuple):
    """Where an error comes from, one step down: the line of the call or raise, and the scope or name that lets it out."""

    line: int
    column: int
    below: Node | None
    name: str
    """What raises it, where nothing of the project stands below: `requests.get`, or empty for the function's own raise."""
    text: str = ""
    """What has to come from outside for it to arise, and how closely: only who hands that over lets the error out."""
    mode: str = ""
    flags: tuple[str, ...] = ()
    """What a caller has to give for parameters so that it arises, as `Flags` writes it."""
    guard: int = -1
    """What stands around the line."""


class Dependence:
    """Answers for one graph, while the errors that leave each scope are worked out."""

    def __init__(self, graph: Graph, outside: Outside, by_node: Mapping[Node, dict[str, Witness]]) -> None:
        self.graph = graph
        self.outside = outside
        self.by_node = by_node
        self._parameters: dict[tuple[Node, str], tuple[tuple[int, str], ...]] = {}

    def forget(self, node: Node, name: str) -> None:
        """Has it asked again what an error depends on: it has another witness."""
        self._parameters.pop((node, name), None)

    def hands_over(self, caller: Node, edge: Edge, name: str) -> str | None:
        """What a call hands over that an error of the callee depends on, empty where it depends on nothing of its callers;
        None where the call does not hand over what it takes.
        """
        witness = self.by_node[edge.to][name] if edge.to is not None else None
        if edge.to is None or witness is None or edge.read or edge.arguments.spread:
            return ""
        parameters = self.given(edge.to, name)
        opened = arguments(witness.text).get(0) if witness.name in OPENS else None
        for place, parameter in parameters:
            text = written_part(self.graph, caller, edge.arguments.get(place, parameter) or "", witness.text, parameter)
            if not text or (parameter == opened and self._is_upload(caller, text)):
                continue
            there = witness.mode == "named" and text.isidentifier() and not ENDS_BADLY.search(name)
            if there and is_there(self.graph, caller, text, edge.call.line):
                continue
            if self.outside.tells(caller, edge.call.scope, text, witness.mode) and not self._found(caller, edge, text):
                return text
        return None if parameters else ""

    def given(self, node: Node, name: str) -> tuple[tuple[int, str], ...]:
        """The parameters of a scope, each with its place, that one of the errors it lets out depends on."""
        asked = (node, name)
        if asked not in self._parameters:
            self._parameters[asked] = self._depends(node, self.by_node[node][name])
        return self._parameters[asked]

    def _found(self, caller: Node, edge: Edge, text: str) -> bool:
        """Whether a caller names something that is there: an attribute of what it has, or what it looked up before."""
        if OWN.fullmatch(text) and self.outside.missing(caller, edge.call.scope, text) is None:
            return True
        owner, _, last = text.rpartition(".")
        row = self.graph.symbols.chain(caller.path, edge.call.scope, owner) if owner and last in KEYS else None
        if row is not None and row.kind == "instance" and self.graph.symbols.classes.is_model(row):
            return True
        if not text.isidentifier():
            return False
        if is_listed(self.graph, caller, text):
            return True
        looked = (call for call in self.graph.calls.get(caller, ()) if call.bound and call.line < edge.call.line)
        named = re.compile(rf"\b{text}\b")
        return any(LOOKS_UP.search(call.target) and named.search(STRINGS.sub("", call.args)) for call in looked)

    def _is_upload(self, caller: Node, text: str) -> bool:
        """Whether a caller hands over a file of the request, no name of one."""
        if not text.isidentifier():
            return UPLOAD.search(text) is not None
        assigns = self.graph.symbols.table(caller.path).assigns.get((caller.scope, text), ())
        signature = self.graph.symbols.signature(Symbol("function", *caller)) if caller.scope >= 0 else None
        told = signature is not None and UPLOADED.search(signature.annotations.get(text, "")) is not None
        return told or any(UPLOAD.search(one.value) for one in assigns)

    def _depends(self, node: Node, witness: Witness) -> tuple[tuple[int, str], ...]:
        """The parameters, each with its place, that an error depends on; none where it depends on something else as well."""
        if not witness.text:
            return ()
        signature = self.graph.symbols.signature(Symbol("function", *node))
        first = signature.first in ("self", "cls")
        found: list[str] = []
        for chain in dict.fromkeys(CHAINED.findall(STRINGS.sub("", witness.text))):
            root = chain.partition(".")[0]
            if self.outside.is_of_request(chain):
                return ()
            if root in signature.names[first:]:
                found.append(root)
            elif self.outside.tells(node, node.scope, chain, witness.mode):
                named = self._made_of(node, root, signature.names[first:])
                if not named or self._is_read(node, root):
                    return ()
                found += named
        return tuple((signature.names.index(name) - first, name) for name in dict.fromkeys(found))

    def _is_read(self, node: Node, name: str) -> bool:
        """Whether a name of a scope is given what a request brings: whoever hands the request over hands that over."""
        table = self.graph.symbols.table(node.path)
        texts = (text for one in table.assigns.get((node.scope, name), ()) for text in (one.value, one.text))
        return any(self.outside.is_of_request(chain) for text in texts for chain in CHAINED.findall(STRINGS.sub("", text)))

    def _made_of(self, node: Node, name: str, parameters: tuple[str, ...], depth: int = 0) -> list[str]:
        """The parameters that stand in what a name of a scope is given, or in what the names there are given; where none stands
        there but what is asked, `session.scalar(select(...).where(Part.order_id == order.id))`, those of the names beside it too.
        """
        table = self.graph.symbols.table(node.path)
        found = []
        for assign in table.assigns.get((node.scope, name), ()):
            texts = [assign.value, assign.text, *(call.args for call in table.at.get(assign.start, ()))]
            roots = [root for text in texts for root in ROOT.findall(STRINGS.sub("", text)) if root != name]
            own = [root for root in roots if root in parameters]
            if depth < MADE_OF and not set(own) - {assign.value.partition(".")[0]}:
                beside = [one for root in dict.fromkeys(roots) for one in self._made_of(node, root, parameters, depth + 1)]
                own = beside or own
            found += own
        return found

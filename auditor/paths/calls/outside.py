"""Whether a value comes from outside: from a request, a message, the command line, followed back through names and callers."""

import re
from collections.abc import Mapping
from itertools import pairwise

from auditor.facts.flow.events import Call
from auditor.knowledge.orm import orm
from auditor.paths.calls.asked import Asked
from auditor.paths.calls.before import asked_before, is_librarys, made_with
from auditor.paths.calls.bodies import unchecked
from auditor.paths.calls.closely import (
    ASKS_THE_FORM,
    CONTENT,
    FETCHES,
    NAMED,
    PICKED,
    SIGNED,
    TO_TASKS,
    TYPED_ONLY,
    UNSIGNS,
    VALIDATED,
)
from auditor.paths.calls.fields import TYPED
from auditor.paths.calls.files import is_there, read_from
from auditor.paths.calls.forms import KEEPS_KEYS, KNOWN_OPTION, MADE, NUMBERS, PATHS, kept, parsed, plain_text, prefixes, turns
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.calls.numbered import is_numbered
from auditor.paths.calls.remade import NOWHERE, made_here, remakes
from auditor.paths.calls.returned import handed_on, returned, values
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import literal

CHAIN = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
RECKONED = re.compile(r"(?<=[\w)\]])\s*(?:-|//?|\*\*)\s*(?=[\w(])")
"""What is subtracted or divided is a number already."""
CALLERS = 3
"""So many calls up a value is followed."""
MAPS = re.compile(r"(\w+)\(\)")
WAITS = ("await", "not", "list", "dict")
SPREADS = re.compile(r"(?<=\*\*)[^,}]+")
"""What a mapping that is written out takes over: its own keys are there."""


class Outside:
    """Answers, remembered, for the arguments of calls and for values that are read."""

    def __init__(
        self,
        graph: Graph,
        filled: Mapping[Node, frozenset[str]] | None = None,
        typed: Mapping[Node, frozenset[str]] | None = None,
        numbers: Mapping[Node, frozenset[str]] | None = None,
        tasks: frozenset[Node] = frozenset(),
    ) -> None:
        self.graph = graph
        self.filled = filled or {}
        """By handler: the parameters that the framework fills from outside."""
        self.numbers = numbers or {}
        """By handler: those of them that the path of its route lets through as numbers alone."""
        self.typed = typed or {}
        """By command or task: the parameters that whoever starts it gives."""
        self.tasks = tasks
        self._known: dict[tuple[Node, str, str, int], str | None] = {}
        self._asked = Asked(graph)
        self._names: dict[tuple[Node, str, str, int, int], str | None] = {}
        self._mode = ""
        """`keys`: the mapping itself, `sent`: text as it was sent, `raw`: and no number was made of it, `given`: also what a
        command is given, `named`: the same for files and programs, `told`: also what was looked up by either.
        """
        self._made = NOWHERE
        """Where the assignment begins whose own value is asked about: `page = int(page)` remakes the name afterwards only."""
        rows = [row for library in graph.knowledge.libraries for row in library.source]
        self._attributes = {name: row for row in rows for name in row.attributes}
        self._own = frozenset(name for row in rows for name in row.own)
        self.always = frozenset(key for row in rows for key in row.always)

    def missing(self, node: Node, scope: int, text: str) -> str | None:
        """What a missing key of such a value raises: empty for nothing; None where it does not come from outside."""
        asked = (Node(node.path, scope), text, self._mode, self._made)
        if asked not in self._known:
            self._known[asked] = None
            self._known[asked] = self._of_text(asked[0], text, 0)
        return self._known[asked]

    def key(self, node: Node, scope: int, text: str) -> str | None:
        """What a missing key of a mapping raises, where the mapping itself is what comes from outside."""
        self._mode = "keys"
        try:
            found = self.missing(node, scope, text)
            return parsed(text) or found if found is not None else None
        finally:
            self._mode = ""

    def is_validated(self, node: Node, line: int) -> bool:
        """Whether a form or serializer has looked at what a scope reads of a request, before that line."""
        names = self.graph.symbols.signature(Symbol("function", *node)).names if node.scope >= 0 else ()
        return (
            "serializer" in names
            or "form" in names
            or any(call.line <= line and ASKS_THE_FORM.search(call.target) for call in self.graph.calls.get(node, ()))
        )

    def tells(self, node: Node, scope: int, text: str, mode: str = "told") -> bool:
        """Whether what comes from outside decides about it: a value, or what was looked up by one."""
        if mode == "raw" and is_numbered(self.graph, node, text):
            return False
        self._mode = mode
        try:
            return self.missing(node, scope, text) is not None
        finally:
            self._mode = ""

    def named(self, node: Node, edge: Edge) -> bool:
        """Whether a file or program was named from outside, by a command's user too, and nobody asks whether it is there."""
        return any(self.names(node, edge, text) for text in self.texts(node, edge))

    def names(self, node: Node, edge: Edge, text: str) -> bool:
        """The same for one text that a call is given."""
        told = text and literal(text) is None and self.tells(node, edge.call.scope, text, "named")
        return bool(told) and not is_there(self.graph, node, text, edge.call.line)

    def texts(self, node: Node, edge: Edge) -> list[str]:
        """What a call is given, what it is a method of, and what the calls before it in its chain are given."""
        chain = self.graph.symbols.table(node.path).at.get(edge.call.start, ()) if edge.call.start >= 0 else ()
        before = [other.args for other in chain if other is not edge.call and len(other.target) < len(edge.call.target)]
        return [*edge.arguments.positional, *edge.arguments.keywords.values(), edge.call.target.rpartition(".")[0], *before]

    def of(self, node: Node, edge: Edge, mode: str = "") -> bool:
        """Whether what a call is given comes from outside, and nobody looked at it before."""
        self._mode, self._made = mode, made_here(self.graph, node, edge)
        try:
            return self._of(node, edge)
        finally:
            self._mode, self._made = "", NOWHERE

    def _of(self, node: Node, edge: Edge) -> bool:
        return any(
            self.missing(node, edge.call.scope, text) is not None and not self._asked.of(node, text, self._mode)
            for text in (*self.texts(node, edge), *(() if self._mode else asked_before(self.graph, node, edge)))
            if text and literal(text) is None
        )

    def _of_text(self, node: Node, text: str, depth: int) -> str | None:
        if KNOWN_OPTION.search(text):
            return None
        if self._mode in CONTENT and (file := read_from(text)):
            return self._in_file(node, file, depth)
        plain = plain_text(text, filled=self._mode in NAMED)
        if self._mode == "keys" and plain.lstrip()[:1] == "{":
            plain = " ".join(SPREADS.findall(plain))
        if self._mode in ("raw", "sent", "keys"):
            plain = PICKED.sub("", plain)
        if self._mode in ("raw", "sent"):
            plain = MADE.sub(kept, plain)
        if self._mode == "raw" and RECKONED.search(plain):
            return None
        if self._mode != "told" and (VALIDATED.search(plain) or (self._mode and SIGNED.search(plain))):
            return None
        for match in CHAIN.finditer(plain):
            after = plain[match.end() :].lstrip()
            if after[:1] != "=" or after[:2] == "==":
                found = self._of_chain(node, match[0], depth)
                if found is not None:
                    return found
                hands_on = after[:1] == "(" and match[0].rpartition(".")[2] in KEEPS_KEYS
                if self._mode == "keys" and match[0] not in WAITS and not hands_on:
                    return None
        return None

    def _in_file(self, node: Node, name: str, depth: int) -> str | None:
        """What a file holds that whoever starts a command or task has named."""
        mode, self._mode = self._mode, TYPED_ONLY
        found = self._of_name(node, name, depth)
        self._mode = mode
        return None if found is None else "KeyError" if mode == "keys" else ""

    def is_of_request(self, chain: str) -> bool:
        """Whether a chain of names reads what a request brings, whoever hands the request over."""
        return self._of_request(chain.split(".")) is not None

    def _of_request(self, parts: list[str]) -> str | None:
        for before, part in pairwise(parts):
            row = self._attributes.get(part)
            if row is not None and before in orm().requests:
                return row.missing
        return None

    def _of_chain(self, node: Node, chain: str, depth: int) -> str | None:
        parts = chain.split(".")
        requested = self._of_request(parts) if self._mode != TYPED_ONLY else None
        if requested is not None and not (requested and is_librarys(self.graph, node, parts)):
            return requested
        if parts[0] == "self" and len(parts) > 1 and parts[1] in self._own:
            return None if self._mode in ("raw", "keys") else ""
        for caller, scope, text in made_with(self.graph, node, parts) if depth < CALLERS else ():
            if (found := self._of_text(Node(caller.path, scope), text, depth + 1)) is not None:
                return found
        symbol = self.graph.symbols.chain(node.path, node.scope, chain)
        if symbol is not None and symbol.kind == "external" and not symbol.name.startswith("builtins."):
            for name in prefixes(symbol.name):
                rows = self.graph.knowledge.sources(name)
                if rows:
                    return parsed(symbol.name) or rows[0].missing
            if self._mode == "raw" and self._is_answer(symbol.name, parts[-1]):
                return ""
        if symbol is not None and symbol.kind == "function" and symbol.path and self._mode not in NAMED:
            brought = self._brings(Node(symbol.path, symbol.place))
            if brought is not None:
                return brought if self._mode == "keys" else ""
        return self._of_name(node, parts[0], depth)

    def _brings(self, helper: Node) -> str | None:
        """What a missing key raises of what a helper hands back as it reads it of a request itself, `param(request, "page")`,
        whatever else it is given; None where it reads nothing so.
        """
        asked = (helper, "", self._mode, NOWHERE)
        if asked not in self._known:
            self._known[asked] = None
            found = [self._of_text(helper, text, CALLERS) for text in returned(self.graph, helper)]
            found += [self._brings(inner) for inner in handed_on(self.graph, helper)]
            said = next((one for one in found if one is not None), None)
            self._known[asked] = parsed(values(self.graph, helper)) if said == "" else said
        return self._known[asked]

    def _is_answer(self, name: str, last: str) -> bool:
        """Whether it is what another machine answered, read where it is used."""
        effect = self.graph.knowledge.effect(plain := self.graph.knowledge.normal(name))
        return plain.endswith(f".{last}") and effect is not None and effect.kind == "parse" and bool(effect.service)

    def _of_name(self, node: Node, name: str, depth: int) -> str | None:
        """Remembered by how many callers away it was asked; a name that is asked for while it is worked out adds nothing."""
        asked = (node, name, self._mode, depth, self._made if depth == 0 else NOWHERE)
        if asked not in self._names:
            self._names[asked] = None
            self._names[asked] = self._of_given(node, name, depth)
        return self._names[asked]

    def _of_given(self, node: Node, name: str, depth: int) -> str | None:
        table = self.graph.symbols.table(node.path)
        assigns = table.assigns.get((node.scope, name), ())
        if self._mode in ("raw", "sent") and any(
            remakes(table, assign, name) for assign in assigns if depth > 0 or assign.start < self._made
        ):
            return None
        for assign in assigns:
            calls = table.at.get(assign.start, ())
            files = [text for call in calls if read_from(text := f"{call.target}({call.args})")]
            if self._mode == "keys" and not files and not KEEPS_KEYS.issuperset(MAPS.findall(assign.value)):
                continue
            texts = files or [assign.value, assign.text, *(call.args for call in calls if self._hands_on(call))]
            if self._mode == "told" and (fetched := FETCHES.search(assign.value)) is not None:
                asked = f"{assign.value[: fetched.start()]}.execute"
                texts += [call.args for call in self.graph.calls.get(node, ()) if call.target == asked]
            for text in texts:
                if text and text != name:
                    found = self._of_text(node, text if files else text.replace("()", "").replace("[]", ""), depth)
                    if found is not None:
                        return parsed(assign.value) or found
        for text in (loop.text for loop in table.loops.get((node.scope, name), ()) if loop.text):
            if (found := self._of_text(node, text, depth)) is not None:
                return parsed(text) or found
        if node.scope >= 0 and name in self.graph.symbols.signature(Symbol("function", *node)).names:
            return self._handed(node, name, depth)
        return None

    def _hands_on(self, call: Call) -> bool:
        """Whether what a call gives is its argument in another form, or, where that counts, what it leads to."""
        last = call.target.rpartition(".")[2]
        if self._mode in ("raw", "sent", "keys") and last in ("loads", "decode") and UNSIGNS.search(call.args):
            return False
        if self._mode == "told" or turns(call.target, self._mode == "keys"):
            return True
        if self._mode in NAMED and last in (*NUMBERS, *PATHS):
            return True
        return last == "get" and self._mode not in ("raw", "sent", "keys")

    def _handed(self, node: Node, name: str, depth: int) -> str | None:
        signature = self.graph.symbols.signature(Symbol("function", *node))
        if self._mode == TYPED_ONLY and (node in self.typed or name in self.filled.get(node, ())):
            return "" if node in self.typed else None
        if name in self.filled.get(node, ()):
            if name == "kwargs":
                return None if self._mode in ("raw", "keys") else ""
            if self._mode == "keys":
                return "KeyError" if unchecked(self.graph, node, signature.annotations.get(name, "")) else ""
            number = name in self.numbers.get(node, ()) or TYPED.match(signature.annotations.get(name, ""))
            return None if self._mode == "raw" and number else ""
        asked = self._mode in TO_TASKS if node in self.tasks else self._mode != "keys"
        if asked and name in self.typed.get(node, ()):
            return None if self._mode == "raw" and TYPED.match(signature.annotations.get(name, "")) else ""
        place = signature.names.index(name) - (signature.first in ("self", "cls"))
        for caller, edge in self.graph.callers.get(node, ()):
            text = edge.arguments.get(place, name)
            where = Node(caller.path, edge.call.scope)
            if text and depth < CALLERS and not (self._mode == "raw" and is_numbered(self.graph, where, text)):
                found = self._of_text(where, text, depth + 1)
                if found is not None:
                    return found
        return None

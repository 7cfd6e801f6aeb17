"""What somebody on the way has seen to before a raise of the project's own or a refusal of the database: whether it may be done,
whether it is valid, whether such a row is there already. None of it rules the error out, but all of it makes it doubtful.
"""

import re
from collections.abc import Iterator, Sequence

from auditor.facts.flow.events import Call, Raise
from auditor.paths.calls.forms import STRINGS
from auditor.paths.calls.graph import Node
from auditor.paths.entry.entries import EntryPoint
from auditor.paths.errors.dependence import Witness
from auditor.paths.errors.escape import Escapes
from auditor.paths.written.arguments import arguments

FORBIDS = re.compile(r"(?:Forbidden|Permission\w*|(?:Una|NotA)uthori[sz]ed|NotAllowed|AccessDenied)(?:Error|Exception)?\Z")
RIGHTS = re.compile(r"\b(?:is_(?:admin|staff|superuser|moderator|owner)|has_\w*(?:perm|right|role)\w*|can_\w+)\b")
GATE = re.compile(r"perm|role|admin|moderat|staff|scope|owner|rights?(?:_|\b)", re.IGNORECASE)
REFUSES = re.compile(r"(?:Valid|Invalid|Format|Malformed|Unsupported|Unknown|Illegal|ValueError)\w*\Z")
VALIDATES = re.compile(r"(?:\A|_)(?:in)?valid(?:ate|ates|ated|ation)?(?:_|\Z)")
CLASHES = re.compile(r"(?:Conflict|Exists?|Duplicated?|Taken|Already\w*)(?:Error|Exception)?\Z")
LOOKS_UP = re.compile(r"(?:\A|[._])(?:get|find|fetch|load|lookup|exists?|has|count|first|one_or_none|scalar\w*)(?:_\w+)?\Z")
MACHINE = re.compile(r"\bst_(?:mode|ino|dev|mtime\w*|size)\b|\bS_IS\w+\(")
"""What a folder of the program's own is made of: it changes only beneath it."""
NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
FACT = re.compile(r"\.((?:is|has)_\w+|\w*active|\w*enabled|\w*verified|\w*disabled)\b")
Steps = Sequence[tuple[Node, Witness]]


class Beforehand:
    """Answers for one graph, about the ways of errors that are told."""

    def __init__(self, escapes: Escapes) -> None:
        self.escapes = escapes
        self.graph = escapes.graph

    def any(self, entry: EntryPoint, steps: Steps, error: str) -> bool:
        """Whether something on the way to a raise of the project's own makes it doubtful."""
        node, witness = steps[-1]
        raised = next((one for one in self.graph.raises.get(node, ()) if one.line == witness.line), None)
        if raised is None or len(steps) < 2:
            return False
        return (
            MACHINE.search(raised.condition) is not None
            or self._is_permitted(entry, raised, error)
            or self._is_asked_ahead(entry, raised)
            or self._is_answered_ahead(entry, steps, error)
            or (REFUSES.search(error) is not None and self._is_validated(steps))
            or (CLASHES.search(error) is not None and self._is_looked_up(steps))
        )

    def _is_permitted(self, entry: EntryPoint, raised: Raise, error: str) -> bool:
        """Whether a raise asks for rights, and a decorator or dependency of the handler has asked for some."""
        if not (FORBIDS.search(error) or RIGHTS.search(raised.condition)):
            return False
        definition = self.graph.definition(entry.node)
        ahead = (self.graph.name(hook) for hook in entry.hooks if hook != entry.node)
        return any(GATE.search(text) for text in (*(definition.decorators if definition is not None else ()), *ahead))

    def _is_asked_ahead(self, entry: EntryPoint, raised: Raise) -> bool:
        """Whether a dependency refuses by the same attribute: `if not user.is_active: raise HTTPException(401)`."""
        facts = set(FACT.findall(raised.condition))
        ahead = (one for hook in entry.hooks if hook != entry.node for one in self.graph.raises.get(hook, ()) if facts)
        return any(not facts.isdisjoint(FACT.findall(one.condition)) for one in ahead)

    def _is_answered_ahead(self, entry: EntryPoint, steps: Steps, error: str) -> bool:
        """Whether a helper answers for the same type before, about what is handed over then: `authenticate(request, key)` with an
        `except Refused:` in it, then `beat(key)`, which raises `Refused`; or a dependency of the handler does.
        """
        helpers = [hook for hook in entry.hooks if hook not in {node for node, _ in steps}]
        for node, witness in steps[:-1]:
            handed = self._handed(node, witness)
            for edge in self.graph.edges(node) if handed else ():
                before = edge.call.line < witness.line and edge.to not in (node, witness.below)
                if edge.to is not None and before and not handed.isdisjoint(NAME.findall(STRINGS.sub("", edge.call.args))):
                    helpers.append(edge.to)
        names = self.escapes.catching.names
        return any(names(one, call.guard, error) for one in helpers for call in self.graph.calls.get(one, ()))

    def _is_validated(self, steps: Steps) -> bool:
        """Whether a caller has had what it hands over validated: `problems = validate(body)`, then `create(body)`."""
        for node, witness in steps[:-1]:
            handed = self._handed(node, witness)
            for call in self._before(node, witness) if handed else ():
                first = NAME.match(arguments(call.args).get(0) or "")
                if first is not None and first[0] in handed and VALIDATES.search(call.target.rpartition(".")[2]):
                    return True
        return False

    def _is_looked_up(self, steps: Steps) -> bool:
        """Whether a caller has looked for what is there already by what it hands over."""
        for node, witness in steps[:-1]:
            handed = self._handed(node, witness)
            for call in self._before(node, witness) if handed else ():
                if LOOKS_UP.search(call.target) and not handed.isdisjoint(NAME.findall(STRINGS.sub("", call.args))):
                    return True
        return False

    def _before(self, node: Node, witness: Witness) -> Iterator[Call]:
        return (call for call in self.graph.calls.get(node, ()) if call.line < witness.line)

    def _handed(self, node: Node, witness: Witness) -> set[str]:
        """The names that stand in what the call of a step hands over."""
        edges = (edge for edge in self.graph.edges(node) if edge.to == witness.below and edge.call.line == witness.line)
        return {name for edge in edges for name in NAME.findall(STRINGS.sub("", edge.call.args))} - {"self", "cls", "None"}

"""Which errors begin in a function itself: its raises, its calls of libraries that are known to raise, keys that may miss."""

import re
from collections.abc import Iterator

from auditor.facts.flow.events import Raise, Read
from auditor.facts.flow.loops import variables
from auditor.knowledge.values import Effect
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.calls.outside import Outside
from auditor.paths.errors.blame import Blame
from auditor.paths.errors.catching import Catching
from auditor.paths.errors.constraints import Constraints
from auditor.paths.errors.dependence import Witness
from auditor.paths.errors.figures import is_for_a_figure
from auditor.paths.errors.happening import PICKS
from auditor.paths.errors.picked import FIRST, is_missing, none_fits
from auditor.paths.errors.programs import is_killed, is_named, named_by
from auditor.paths.errors.refused import Refused
from auditor.paths.errors.stored import REFUSAL, WRITES, Stored
from auditor.paths.errors.transactions import COMMITS, Transactions
from auditor.paths.names.symbol import Symbol

MODES = {"convert": "raw", "parse": "sent", "file": "named", "process": "named"}
"""By kind of effect: how closely what the call is given has to come from outside."""
ASKS_BEFORE = re.compile(r"(?:\A|\.)(?:\w*(?:can|allow|may|is)\w*_(?:be_)?delet\w*|exists|count)\Z")
TURNED_OUT = re.compile(r"\.(?:status|status_code|ok|is_success|is_error)\Z")
CALLED = re.compile(r"\(\)")
LACKS = "IndexError"
ARCHIVES = ("zipfile.", "tarfile.", "gzip.")
PATHS = "pathlib."
"""What a file is named by before its own arguments: `(folder / name).read_text()`."""
TO_WRITE = re.compile(r",\s*(?:mode\s*=\s*)?['\"][wax][\w+:|]*['\"]")
"""An archive that is opened to be written is not read, so that it can not be broken."""
FORGIVES = re.compile(r"\berrors\s*=|,\s*['\"](?:ignore|\w*replace|\w+escape)|latin|8859", re.IGNORECASE)
"""By which bytes are made a text whatever they are."""


class Begun:
    """What every scope raises itself. Types are canonical names of the hierarchy."""

    def __init__(self, graph: Graph, outside: Outside, catching: Catching, constraints: Constraints, blame: Blame) -> None:
        self.graph = graph
        self.outside = outside
        self.catching = catching
        self.constraints = constraints
        self.blame = blame
        self.refused = Refused(graph, outside)
        self.stored = Stored(graph, constraints, catching)
        self.transactions = Transactions(graph, constraints, catching, self.stored)

    def of(self, node: Node) -> Iterator[tuple[str, int, Witness]]:
        """The errors that begin in a scope itself, in the order of the source: type, guard, witness."""
        for raised in self.graph.raises.get(node, ()):
            name = self._raised(node, raised)
            reason = self.blame.happens(node, raised, name) if name else None
            if reason is not None:
                yield name, raised.guard, Witness(raised.line, raised.column, None, "", *reason, raised.guard)
        knowledge = self.graph.knowledge
        for call in self.stored.broken(node):
            effect = knowledge.effect(WRITES)
            for name in effect.raises if effect is not None else ():
                yield name, call.guard, Witness(call.line, call.column, None, WRITES, guard=call.guard)
        for block in self.transactions.refused(node):
            yield REFUSAL, block.guard, Witness(block.line, 1, None, COMMITS, guard=block.guard)
        for edge in self.graph.edges(node):
            call = edge.call
            for error, what, given in self.refused.of(node, edge) if edge.to is None else ():
                yield error, call.guard, Witness(call.line, call.column, None, what, given, "raw", (), call.guard)
            if edge.to is not None or not edge.name:
                continue
            effect = knowledge.effect(edge.name)
            if effect is not None and (effect.raises or effect.also):
                mode = MODES.get(effect.kind)
                looked_up = effect.kind == "query" and effect.outside and not edge.call.target.endswith((".commit", ".flush"))
                asked = call.args if mode is not None or looked_up else ""
                if effect.names:
                    asked = edge.arguments.named(effect.names) or ""
                elif edge.name == FIRST:
                    mode = "given"
                elif edge.name.startswith(PATHS):
                    asked = ", ".join(self.outside.texts(node, edge))
                for name in self._let_out(node, edge, effect):
                    if self.catching.helped.stops(node, edge, name):
                        continue
                    given = named_by(edge) if effect.kind == "process" and name == "OSError" else asked
                    yield name, call.guard, Witness(call.line, call.column, None, edge.name, given, mode or "", (), call.guard)
            answer = knowledge.raised_by(edge.name)
            if answer is not None and (not answer.asked or edge.arguments.get(0, answer.asked) not in (None, "False")):
                yield answer.types[0], call.guard, Witness(call.line, call.column, None, edge.name, guard=call.guard)
        yield from self._read(node)

    def _read(self, node: Node) -> Iterator[tuple[str, int, Witness]]:
        """What is read of values and may not be there: parts by number, keys by name."""
        for part in self.graph.parts.get(node, ()):
            if self.refused.unpacked.may_lack(node, part):
                given = part.text.removesuffix("[]").partition(" ")[0].rpartition(".")[0]
                yield LACKS, part.guard, Witness(part.line, part.column, None, PICKS, given, "sent", (), part.guard)
        keyed = [read for read in self.graph.reads.get(node, ()) if read.text.endswith("']") and not read.checked]
        for read in keyed:
            if self.outside.is_validated(node, read.line):
                continue
            owner, _, key = read.text.removesuffix("']").partition("['")
            if self._is_another(node, read, owner):
                continue
            missing = self.outside.key(node, read.scope, owner.removesuffix("()")) if key not in self.outside.always else None
            if missing:
                given = owner if owner.isidentifier() else ""
                what = f"reading {read.text}"
                yield missing, read.guard, Witness(read.line, read.column, None, what, given, "keys", (), read.guard)

    def _is_another(self, node: Node, read: Read, name: str) -> bool:
        """Whether a comprehension goes through values of its own under a name that its scope gives something else as well."""
        loop = self.graph.flows[node.path].loops[read.loop] if read.loop >= 0 else None
        own = loop is not None and loop.kind == "comprehension" and name in variables(loop.target)
        return own and bool(self.graph.symbols.table(node.path).assigns.get((node.scope, name)))

    def _let_out(self, node: Node, edge: Edge, effect: Effect) -> Iterator[str]:
        """The types that a library's call lets out in its place."""
        given = edge.arguments.keywords if effect.also and not is_killed(self.graph, node, edge) else {}
        silent, _, said = effect.unless.partition("=")
        if silent and edge.arguments.named(silent) == said:
            return
        for argument, types in effect.also.items():
            keyword, _, value = argument.partition("=")
            if given.get(keyword, "None") != "None" and value in ("", given[keyword]):
                yield from types
        if effect.raises and self._happens(node, edge, effect):
            named = effect.kind != "process" or is_named(self.graph, self.outside, node, edge)
            yield from (name for name in effect.raises if named or name != "OSError")
            if effect.sent and self.outside.of(node, edge, "raw"):
                yield from effect.sent

    def _happens(self, node: Node, edge: Edge, effect: Effect) -> bool:
        """Whether the errors of an effect may arise: those that only input from outside, rows or constraints bring about."""
        if effect.kind == "external" and self._reads_answer(node, edge, effect):
            return False
        if effect.kind == "delete":
            return self._protected(node, edge)
        if any(name.endswith(".IntegrityError") for name in effect.raises):
            return self.constraints.may_break(node, edge)
        if effect.kind == "parse" and effect.service and (self._looked_at(node) or self._comes_looked_at(node, edge)):
            return False
        if effect.names:
            return is_missing(self.graph, self.outside, node, edge, effect)
        if effect.kind == "file":
            return self.outside.named(node, edge)
        if edge.name == FIRST:
            return none_fits(self.graph, self.outside, node, edge)
        if edge.name.startswith(ARCHIVES) and TO_WRITE.search(edge.call.args):
            return False
        if edge.name.endswith(".decode") and FORGIVES.search(edge.call.args):
            return False
        if effect.kind == "query" and is_for_a_figure(self.graph, node, edge):
            return False
        if not effect.outside:
            return True
        return self.outside.of(node, edge, MODES.get(effect.kind, ""))

    def _reads_answer(self, node: Node, edge: Edge, effect: Effect) -> bool:
        """Whether a call is made on what a call of the same kind gave, and reaches no other machine again: `es.search().get`."""
        before, knowledge = edge.name.rpartition(".")[0], self.graph.knowledge
        if not before.rpartition(".")[2].islower() or knowledge.effect(before) is not effect:
            return False
        owner = self.graph.symbols.chain(node.path, edge.call.scope, edge.call.target.rpartition(".")[0])
        if owner is None or owner.kind != "external":
            return True
        made = (owner.name[: called.start()] for called in CALLED.finditer(owner.name))
        return any(knowledge.effect(name) is effect for name in made)

    def _looked_at(self, node: Node) -> bool:
        """Whether a scope looks at how an answer turned out before it reads it."""
        asked = any(name.endswith("raise_for_status") for name in self.graph.targets(node))
        return asked or any(TURNED_OUT.search(read.text) for read in self.graph.reads.get(node, ()))

    def _comes_looked_at(self, node: Node, edge: Edge, depth: int = 0) -> bool:
        """Whether an answer comes from a function of the project that looks at how it turned out before it hands it on."""
        assigns = self.graph.symbols.table(node.path).assigns.get((edge.call.scope, edge.call.target.partition(".")[0]), ())
        starts = {edge.call.start, *(assign.start for assign in assigns)}
        for before in self.graph.edges(node):
            helper = before.to if before.call.start in starts and not before.read else None
            if helper is not None and helper != node and (self._looked_at(helper) or self._asks_anew(helper, depth)):
                return True
        return False

    def _asks_anew(self, helper: Node, depth: int) -> bool:
        """Whether a function only hands on what another one has asked for and looked at."""
        edges = (edge for edge in self.graph.edges(helper) if edge.to is not None and not edge.read)
        return depth < 1 and any(self._looked_at(edge.to) for edge in edges if edge.to is not None)

    def _protected(self, node: Node, edge: Edge) -> bool:
        """Whether rows of other tables keep the one that is deleted."""
        symbols = self.graph.symbols
        model = edge.model
        if model is None:
            receiver = edge.call.target.rpartition(".")[0]
            model = symbols.chain(node.path, edge.call.scope, receiver) if receiver else None
        if model is None or not symbols.classes.is_model(model):
            return False
        line = edge.call.line
        for call in self.graph.calls.get(node, ()):
            if ASKS_BEFORE.search(call.target) or (call.line < line and call.target.endswith((".delete", ".update"))):
                return False
        reverse = symbols.relations.reverse.get(model.as_("class"), {})
        return any(relation.protects and relation.target != model.as_("class") for relation in reverse.values())

    def _raised(self, node: Node, raised: Raise) -> str:
        """The type that a `raise` lets out; empty where it is a parameter's or nobody can say."""
        if raised.type.isidentifier() and raised.type in self.graph.symbols.signature(Symbol("function", *node)).names:
            return ""
        return self.catching.hierarchy.type_name(node.path, raised.scope, raised.type)

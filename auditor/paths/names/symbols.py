"""What a name means in the project: a module, a class, a function, an instance, rows of a table, or something from outside."""

import builtins
from collections.abc import Mapping

from auditor.facts.flow.events import Assign, Flow, Loop
from auditor.facts.values import Definition, FileFacts
from auditor.knowledge.load import Knowledge
from auditor.knowledge.orm import orm
from auditor.paths.names.accounts import Accounts
from auditor.paths.names.classes import Classes
from auditor.paths.names.elements import Elements
from auditor.paths.names.gathered import BEGINS
from auditor.paths.names.generics import Generics
from auditor.paths.names.handed import Handed
from auditor.paths.names.lookup import Lookup
from auditor.paths.names.members import Members
from auditor.paths.names.modules import BUILT, Modules
from auditor.paths.names.parameters import Parameters
from auditor.paths.names.relations import Relations
from auditor.paths.names.symbol import DEPTH, WRAPPERS, Symbol, told
from auditor.paths.names.table import Table
from auditor.paths.written.signature import Signature, signature
from auditor.paths.written.steps import Step, steps

LONGEST = 30
LOOPS = 40
"""So many loops of one scope are asked what they hand out under one name."""
BUILTINS = frozenset(dir(builtins))

NAMED_LATE = "builtins.getattr()"  # what is known by a name that comes later, so that another branch may say more
ASKED_FIRST = Symbol("unasked")
"""Stands for what no answer is remembered of."""


class _Tables(dict[str, Table]):
    """The lookup tables of files, made when they are asked for: that is done at every step."""

    def __init__(self, files: Mapping[str, FileFacts], flows: Mapping[str, Flow], modules: Modules) -> None:
        self.files, self.flows, self.modules = files, flows, modules

    def __missing__(self, path: str) -> Table:
        self[path] = made = Table(self.files[path], self.flows[path], self.modules)
        return made


class Symbols:
    """All names of the project. Answers are worked out when asked for, and remembered."""

    def __init__(self, files: Mapping[str, FileFacts], flows: Mapping[str, Flow], knowledge: Knowledge) -> None:
        self.files = files
        self.flows = flows
        self.knowledge = knowledge
        self.modules = Modules(files, flows)
        self.classes = Classes(self)
        self.accounts = Accounts(self, self.classes)
        self.relations = Relations(self, self.classes, self.accounts)
        self.handed = Handed(self, self.classes)
        self.generics = Generics(self, self.classes, self.handed)
        self.members = Members(self, self.classes, self.relations, self.generics)
        self.parameters = Parameters(self, self.members)
        self.lookup = Lookup(self, self.relations)
        self.elements = Elements(self, self.classes, self.members, self.handed, self.accounts, self.lookup.gathered)
        self.given: dict[tuple[str, int, str], Symbol] = {}
        """What callers hand over for a parameter, where all that is known of them agrees."""
        self._tables = _Tables(files, flows, self.modules)
        self._chains: dict[tuple[str, int, str], Symbol | None] = {}
        self._names: dict[tuple[str, int, str], Symbol] = {}
        self._dotted: dict[str, Symbol] = {}

    def definition(self, symbol: Symbol) -> Definition:
        """The definition of a class, function or instance symbol."""
        return self.files[symbol.path].definitions[symbol.place]

    def forget_unknown(self) -> None:
        """Lets what nobody could say be asked again, once more is known."""
        self._chains, self._names = told(self._chains), told(self._names)
        self.members.forget_unknown()
        self.lookup.gathered.forget_unknown()

    def chain(self, path: str, scope: int, text: str, depth: int = 0) -> Symbol | None:
        """What an expression in short such as `self.client.get` or `make().run` means in a scope; None: nobody can say."""
        asked = (path, scope, text)
        known = self._chains.get(asked, ASKED_FIRST)
        if known is not ASKED_FIRST:
            return known
        found_steps = steps(text)
        if depth > DEPTH or not found_steps or len(found_steps) > LONGEST:
            return None
        self._chains[asked] = None
        first = found_steps[0]
        found = self._about(path, scope, first, depth + 1) if first.about else None
        if found is None:
            found = self._first(path, scope, first.name, depth + 1)
        before = first
        for index, step in enumerate(found_steps[1:], 2):
            known, found = found, self._about(path, scope, step, depth + 1) if step.about else None
            if found is None and before.name in self.lookup.holders and step.kind == "attribute":
                found = self.lookup.held(found_steps[: index - 1], step.name, depth + 1)
            if found is None:
                found = self.step(known, step, before, depth + 1)
            if step.kind == "call" and before.about and (found is None or found.is_foreign):
                found = self.handed.narrowed(path, scope, known, before.about, depth + 1) or found
            if found is None and not any(later.about for later in found_steps[index:]):
                break
            before = step
        self._chains[asked] = found
        return found

    def _first(self, path: str, scope: int, name: str, depth: int) -> Symbol | None:
        if name == "super" and scope >= 0:
            owner = self.owner(path, scope)
            return Symbol("function", owner.path, owner.place, "super") if owner is not None else None
        return self.name(path, scope, name, depth)

    def _about(self, path: str, scope: int, step: Step, depth: int) -> Symbol | None:
        """A call that says by its first argument what it gives: `session.get(Order, 1)`. The call's own step follows."""
        if step.name not in orm().speaking and step.name not in WRAPPERS:
            return None
        about = self.chain(path, scope, step.about, depth + 1)
        return self.handed.spoken(step, about) if about is not None else None

    def step(self, symbol: Symbol | None, step: Step, before: Step, depth: int) -> Symbol | None:
        """What one step more of a chain gives; `before` is the step that gave the symbol."""
        if symbol is None or depth > DEPTH:
            return None
        if step.kind == "attribute":
            return self.member(symbol, step.name, depth)
        if step.kind == "call":
            return symbol.of if symbol.name == "=" and symbol.of else self.members.result(symbol, depth)
        if symbol.kind in ("many", "query"):
            return symbol.as_("instance") if step.kind == "element" else symbol
        if symbol.kind == "external":
            return Symbol("external", name=symbol.name + "[]")
        found = symbol.of if symbol.kind == "dict" else symbol
        return found if symbol.kind in ("class", "dict") and step.kind == "element" else None

    def member(self, symbol: Symbol, name: str, depth: int = 0) -> Symbol | None:
        """An attribute of a symbol."""
        return self.members.get(symbol, name, depth)

    def name(self, path: str, scope: int, name: str, depth: int = 0) -> Symbol | None:
        """What a bare name means inside a scope: parameters and locals first, then outwards, then the module."""
        asked = (path, scope, name)
        found = self._names.get(asked)
        if found is None:
            found = self._name(path, scope, name, depth)
            if found is not None:
                self._names[asked] = found
        return found

    def _name(self, path: str, scope: int, name: str, depth: int) -> Symbol | None:
        table = self._tables[path]
        definitions = self.files[path].definitions
        first = True
        while scope >= 0:
            definition, here = definitions[scope], (scope, name)
            if first or definition.kind != "class":
                if here in table.assigns or here in table.loops or name in table.signatures.get(scope, ""):
                    found = self._local(path, scope, name, depth)
                    if found is not None:
                        return found
                inner = table.children.get(here)
                if inner is not None:
                    return self.of(path, inner)
                if name in self.signature(Symbol("function", path, scope)).names:
                    return None  # a parameter hides what the module calls by its name
            first = False
            scope = definition.parent
        return self.name(path, -1, name, depth) if not first else self.global_name(path, name, depth)

    def global_name(self, path: str, name: str, depth: int = 0) -> Symbol | None:
        """What a name means at a module's top level, re-exports and star imports followed."""
        if depth > DEPTH:
            return None
        for origin in (path, *self.modules.starred(path)):
            found = self._top(origin, name, depth)
            if found is not None or name in self._tables[origin].imports:
                return found
        return Symbol("external", name=f"builtins.{name}") if name in BUILTINS else None

    def _top(self, path: str, name: str, depth: int) -> Symbol | None:
        """What a name means by what stands at a module's own top level."""
        table = self._tables[path]
        index = table.children.get((-1, name))
        if index is not None:
            return self.of(path, index)
        target = table.imports.get(name)
        return self.dotted(target, depth + 1) if target is not None else self._bound(path, -1, name, depth)

    def dotted(self, target: str, depth: int = 0) -> Symbol | None:
        """What an absolute dotted name means: the longest part of it that is a module of the project, then its members."""
        found = self._dotted.get(target)
        if found is None:
            found = self._find_dotted(target, depth)
            if found is not None:
                self._dotted[target] = found
        return found

    def _find_dotted(self, target: str, depth: int) -> Symbol | None:
        path = self.modules.find(target)
        origin, _, name = target.rpartition(".")
        if path is not None:
            return (self.shown(target, depth) if origin and depth < DEPTH else None) or Symbol("module", path)
        if not origin:
            return Symbol("external", name=target)
        holder = self.modules.find(origin)
        owner = Symbol("module", holder) if holder is not None else self.dotted(origin, depth + 1) if depth < DEPTH else None
        if owner is None:
            return None
        if owner.kind == "external":
            return Symbol("external", name=target)
        built = owner.kind == "module" and name.endswith(BUILT)
        return self.member(owner, name, depth + 1) or (Symbol("external", name=target) if built else None)

    def shown(self, target: str, depth: int = 0) -> Symbol | None:
        """What a package shows under the name of one of its modules: `from .pay import pay` hides the module."""
        origin, _, name = target.rpartition(".")
        package = self.modules.find(origin)
        if package is None or not package.endswith("__init__.py"):
            return None
        table = self._tables[package]
        hidden = table.imports.get(name, target) != target or (-1, name) in table.children
        return self.global_name(package, name, depth + 1) if hidden else None

    def owner(self, path: str, scope: int) -> Symbol | None:
        """The class around a scope, where the scope is one of its methods or a function within one."""
        definitions = self.files[path].definitions
        while scope >= 0:
            parent = definitions[scope].parent
            if parent >= 0 and definitions[parent].kind == "class" and definitions[scope].kind != "class":
                return Symbol("class", path, parent)
            scope = parent
        return None

    def _local(self, path: str, scope: int, name: str, depth: int) -> Symbol | None:
        found_signature = signature(self._tables[path].signatures.get(scope, ""))
        if name in found_signature.names:
            found = self.parameters.of(path, scope, name, found_signature, depth)
            if found is not None:
                return found
        return self._bound(path, scope, name, depth)

    def _bound(self, path: str, scope: int, name: str, depth: int) -> Symbol | None:
        """What is assigned to a name in a scope, or what a loop there hands out under it."""
        table, vague = self._tables[path], None
        for assign in table.bound(scope, name):
            value = assign.value
            itself = value.startswith(name) and not value[len(name) :][:1].isidentifier()
            if depth <= DEPTH and (not itself or assign.annotation):
                found = self.assigned(path, assign, depth + 1)
                if found is not None and assign.target != name:
                    found = _part(found, assign.target, name)
                if found is not None and found.name != NAMED_LATE:
                    return found
                vague = vague or found
        for loop in table.loops.get((scope, name), ())[:LOOPS]:
            found = self.element(path, loop, name, depth + 1)
            if found is not None:
                return found
        return vague

    def element(self, path: str, loop: Loop, name: str, depth: int = 0) -> Symbol | None:
        """What a loop's variable is: an element of what is gone through."""
        return self.elements.of(path, loop, name, depth)

    def assigned(self, path: str, assign: Assign, depth: int) -> Symbol | None:
        """What an assignment gives its target."""
        noted = self.annotated(path, assign.scope, assign.annotation, depth)
        if (noted is not None and noted.kind != "external") or not assign.value:
            return noted or self.lookup.unnamed(path, assign, depth + 1)
        given = self.lookup.by_words(path, assign) or self.chain(path, assign.scope, assign.value, depth + 1)
        if given is None or given.kind == "external":
            said = self.handed.said(path, assign.scope, assign.value, assign.start, depth + 1) or noted
            empty = assign.value.rpartition(".")[2] in BEGINS and said is None
            return said or (self.lookup.unnamed(path, assign, depth + 1) if empty else None) or given
        return self.generics.subscripted(path, assign, given)

    def annotated(self, path: str, scope: int, annotation: str, depth: int) -> Symbol | None:
        """An instance of the class that an annotation names, or several of it."""
        return self.parameters.annotated(path, scope, annotation, depth)

    def signature(self, symbol: Symbol) -> Signature:
        """A function's parameters as written."""
        return signature(self._tables[symbol.path].signatures.get(symbol.place, ""))

    def table(self, path: str) -> Table:
        """The lookup tables of one file."""
        return self._tables[path]

    def of(self, path: str, index: int) -> Symbol:
        """The symbol of a definition."""
        return Symbol("class" if self.files[path].definitions[index].kind == "class" else "function", path, index)


def _part(whole: Symbol, target: str, name: str) -> Symbol | None:
    """What one of several names is given: the row that comes with a word on whether it is new, or the rest of many."""
    if whole.kind == "pair":
        return whole.as_("instance") if target.partition(",")[0].strip() == name else None
    return whole.as_("many") if whole.kind in ("many", "query") and whole.path and f"*{name}" in target else None

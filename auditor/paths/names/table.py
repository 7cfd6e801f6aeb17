"""One file's names by scope, as its facts and its flow give them."""

import re
from collections import defaultdict
from functools import cached_property

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Assign, Call, Flow, Loop, Return, Yield
from auditor.facts.flow.loops import variables
from auditor.facts.values import FileFacts
from auditor.paths.names.modules import Modules

CONTEXT = ("context[", "context_data[")
"""What a view hands to its template is kept as an attribute of the view."""
WAITS = re.compile(r"[(\s]*None\s*(?:#|\)|\Z)")


class Table:
    """One file's names by scope. Scope -1 is the module."""

    def __init__(self, file: FileFacts, flow: Flow, modules: Modules) -> None:
        self.children: dict[tuple[int, str], int] = {}
        self.inside: dict[int, list[int]] = defaultdict(list)
        """The definitions that stand in each scope."""
        for index, definition in enumerate(file.definitions):
            self.inside[definition.parent].append(index)
            if not any(d.endswith((".setter", ".deleter", "overload")) for d in definition.decorators):
                self.children.setdefault((definition.parent, definition.name), index)
        near = [(entry.local, modules.near(file.path, entry.target)) for entry in file.imports]
        self.imports = {local: target for local, target in near if local != "*"}
        self.stars = [target for local, target in near if local == "*"]
        self.signatures = {entry.scope: entry.text for entry in flow.signatures}
        self.assigns: dict[tuple[int, str], list[Assign]] = defaultdict(list)
        self.own: dict[tuple[int, str], list[Assign]] = defaultdict(list)
        self.loops: dict[tuple[int, str], list[Loop]] = defaultdict(list)
        self.returns: dict[int, list[Return]] = defaultdict(list)
        self.spans: dict[int, list[Return]] = defaultdict(list)
        """All that is handed back by each scope; `returns` has only what is a chain of names."""
        self.yields: dict[int, list[Yield]] = defaultdict(list)
        self.at: dict[int, list[Call]] = defaultdict(list)
        """The calls of each chain, by the byte at which it begins, in the order of their length."""
        self._fill(file, flow)

    @cached_property
    def by_scope(self) -> dict[int, dict[str, list[Assign]]]:
        """What is assigned in each scope, by name, in the order of the source."""
        found: dict[int, dict[str, list[Assign]]] = defaultdict(dict)
        for (scope, name), assigns in self.assigns.items():
            found[scope][name] = assigns
        return found

    def bound(self, scope: int, name: str) -> list[Assign]:
        """What a name is given in a scope; a module's name that waits as None is given the rest by a function: `global db`."""
        assigns = self.assigns.get((scope, name), [])
        waits = scope < 0 and bool(assigns) and all(not one.value and WAITS.match(one.text) for one in assigns)
        return [*assigns, *self._late.get(name, ())] if waits else assigns

    @cached_property
    def _late(self) -> dict[str, list[Assign]]:
        """What functions assign, by name, where the module has such a name too."""
        found: dict[str, list[Assign]] = defaultdict(list)
        for (scope, name), assigns in self.assigns.items():
            if scope >= 0 and (-1, name) in self.assigns:
                found[name].extend(assigns)
        return found

    @cached_property
    def reached(self) -> frozenset[str]:
        """The dotted names that the file imports, and all that they lie in."""
        parts = (target.split(".") for target in self.imports.values())
        return frozenset(".".join(names[:end]) for names in parts for end in range(1, len(names) + 1))

    def begun(self, call: Call, text: str) -> int:
        """The byte at which an expression in short begins in a call's brackets; -1 where no call of it stands there."""
        starts = (start for start in self.at if call.start < start < call.end) if "(" in text else ()
        return min((start for start in starts if any(f"{one.target}()" == text for one in self.at[start])), default=-1)

    def _fill(self, file: FileFacts, flow: Flow) -> None:
        for assign in flow.assigns:
            target = assign.target
            if target.startswith(CONTEXT) and target.endswith("]"):
                target = elided(target.encode())
            receiver, dot, attribute = target.partition(".")
            if not dot:
                for name in variables(assign.target):
                    self.assigns[assign.scope, name].append(assign)
            elif receiver in ("self", "cls") and assign.scope >= 0 and "." not in attribute:
                owner = _class_around(file, assign.scope)
                if owner >= 0:
                    self.own[owner, attribute].append(assign)
        for loop in flow.loops:
            for name in variables(loop.target):
                self.loops[loop.scope, name].append(loop)
        for entry in flow.returns:
            self.spans[entry.scope].append(entry)
            if entry.value:
                self.returns[entry.scope].append(entry)
        for handed in flow.yields:
            if handed.value:
                self.yields[handed.scope].append(handed)
        for call in flow.calls:
            self.at[call.start].append(call)


def _class_around(file: FileFacts, scope: int) -> int:
    """The class that a method, or a function within one, belongs to; -1 where there is none."""
    while scope >= 0:
        scope = file.definitions[scope].parent
        if scope >= 0 and file.definitions[scope].kind == "class":
            return scope
    return -1

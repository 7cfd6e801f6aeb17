"""One file's names by scope, as its facts give them."""

from collections import defaultdict

from auditor.facts.flow.events import Assign, Flow
from auditor.facts.values import FileFacts


class Table:
    """One file's names by scope."""

    def __init__(self, file: FileFacts, flow: Flow) -> None:
        self.children = {(d.parent, d.name): index for index, d in enumerate(file.definitions)}
        self.imports = {entry.local: entry.target for entry in file.imports if entry.local != "*"}
        self.stars = [entry.target for entry in file.imports if entry.local == "*"]
        self.assigns: dict[tuple[int, str], list[Assign]] = defaultdict(list)
        self.own: dict[tuple[int, str], list[Assign]] = defaultdict(list)
        self.returns: dict[int, list[str]] = defaultdict(list)
        self.signatures = {entry.scope: entry.text for entry in flow.signatures}
        for assign in flow.assigns:
            receiver, dot, attribute = assign.target.partition(".")
            if not dot:
                self.assigns[assign.scope, assign.target].append(assign)
            elif receiver in ("self", "cls") and assign.scope >= 0 and "." not in attribute:
                parent = file.definitions[assign.scope].parent
                if parent >= 0:
                    self.own[parent, attribute].append(assign)
        for entry in flow.returns:
            self.returns[entry.scope].append(entry.value)

"""What a call or setting is told in full: its own text with that of every name in it, wherever in the project it is given."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from auditor.paths.calls.graph import Graph
from auditor.paths.written.arguments import arguments

WORD = re.compile(r"(?<![\w.\"'])[A-Za-z_]\w*(?![\w\"'])(?!\s*=[^=])")
ATTRIBUTE = re.compile(r"(?<![\w.\"'])[A-Za-z_]\w*(?:\.\w+)*\.(?P<name>[a-z_]\w*)(?![\w\"'(])")
"""What an object of settings holds, `settings.connect_args`, or gives as a property."""
PROPERTY = "property"
DEPTH = 3


class Wording:
    """Answers for one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    @cached_property
    def settings(self) -> dict[str, str]:
        """The text of everything that is set under an upper-case name, wherever it stands."""
        found: dict[str, str] = {}
        for path, flow in self.graph.flows.items():
            if self.graph.files[path].kind == "source":
                for assign in flow.assigns:
                    if assign.target.islower():
                        continue
                    name = setting_name(assign.target)
                    if name.isupper():
                        text = assign.text or f"{assign.value} {self.at(path, assign.start)}"
                        found[name] = f"{found.get(name, '')}\n{assign.target} = {text}"
                        root = assign.target.partition("[")[0]
                        if root != name:
                            found[root] = f"{found.get(root, '')}\n{assign.target} = {text}"
        return found

    def at(self, path: str, start: int) -> str:
        """What the calls of the chain that begins at a byte are given."""
        return " ".join(call.args for call in self.graph.symbols.table(path).at.get(start, ()))

    def full(self, path: str, scope: int, text: str, depth: int = 0) -> tuple[str, bool]:
        """A text with that of all names in it, and whether all of it was seen."""
        whole = True
        found = [text]
        for name in dict.fromkeys(WORD.findall(text)) if depth < DEPTH else ():
            for value, place in self._named(path, scope, name):
                inner, seen = self.full(path, place, value, depth + 1)
                found.append(inner)
                whole = whole and seen
        for name in dict.fromkeys(one["name"] for one in ATTRIBUTE.finditer(text)) if depth < DEPTH else ():
            found += self._held.get(name, ())
        given = arguments(text) if depth == 0 else None
        if given is not None and given.spread and len(found) == 1:
            whole = False
        return "\n".join(found), whole

    @cached_property
    def _held(self) -> dict[str, list[str]]:
        """The text of what properties give and of what classes hold under a name, by that name."""
        found: dict[str, list[str]] = defaultdict(list)
        for path, file in self.graph.files.items():
            table = self.graph.symbols.table(path)
            for index, one in enumerate(file.definitions) if file.kind == "source" else ():
                if one.kind == "class":
                    for name, assigns in table.by_scope.get(index, {}).items():
                        found[name] += [assign.text for assign in assigns if assign.text]
                elif any(PROPERTY in text for text in one.decorators):
                    found[one.name] += [entry.text or entry.value for entry in table.spans.get(index, ())]
        return found

    def _named(self, path: str, scope: int, name: str) -> Iterator[tuple[str, int]]:
        table = self.graph.symbols.table(path)
        while True:
            assigns = table.assigns.get((scope, name), ())
            for assign in assigns:
                yield assign.text or f"{assign.value} {self.at(path, assign.start)}", scope
            for call in self.graph.flows[path].calls if assigns else ():
                if call.scope == scope and call.target in (f"{name}.update", f"{name}.setdefault"):
                    yield call.args, scope
            if scope < 0 or assigns:
                break
            scope = self.graph.files[path].definitions[scope].parent
        if name.isupper() and name in self.settings:
            yield self.settings[name], -1


KEY = re.compile(r"\[['\"]([A-Z_]+)['\"]\]\Z")


def setting_name(target: str) -> str:
    """The setting that a target gives: `DATABASES`, or the key of `app.config["SQLALCHEMY_DATABASE_URI"]`."""
    match = KEY.search(target) if target.endswith("]") else None
    root = target.partition("[")[0]
    if match and not root.isupper():
        return match[1]
    return root.rpartition(".")[2]

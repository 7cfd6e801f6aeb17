"""What a framework calls before a handler: the functions that fill its parameters, and those that its routers ask first."""

import re
from collections.abc import Iterator
from itertools import pairwise

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.routes.declared import Holders
from auditor.paths.routes.places import Place

INJECTED = re.compile(r"\b(?:Depends|Security|Request|Response|BackgroundTasks|Session|WebSocket)\b")
DEPENDENCY = re.compile(r"\b(?:Depends|Security)\(\s*([\w.]+)")
DEEPEST = 5
ALIASES = 2
"""So many names stand for each other."""

NAMED = re.compile(r"\bdependencies\s*=\s*([A-Za-z_]\w*)")
"""A list of dependencies that a name holds."""


class Injected:
    """Answers for one graph and what its routers hold."""

    def __init__(self, graph: Graph, holders: Holders) -> None:
        self.graph = graph
        self.holders = holders

    def into(self, node: Node, depth: int = 0) -> Iterator[Node]:
        """The functions that the framework calls to fill a handler's parameters, and those that fill theirs."""
        definition = self.graph.definition(node)
        if definition is None or definition.kind == "class" or depth > DEEPEST:
            return
        signature = self.graph.symbols.signature(Symbol("function", *node))
        for name in signature.names:
            noted = _spelt_out(self.graph, node.path, signature.annotations.get(name, ""))
            texts = ((node.path, signature.defaults.get(name, "")), *noted)
            for path, text in texts:
                for match in DEPENDENCY.finditer(text):
                    found = self.graph.symbols.chain(path, -1, match[1])
                    if found is not None and found.kind == "function" and found.path:
                        yield Node(found.path, found.place)
                        yield from self.into(Node(found.path, found.place), depth + 1)

    def before(self, node: Node, trail: tuple[Place, ...]) -> Iterator[Node]:
        """The dependencies that a route's decorator names, those of the routers above it, and those these are mounted with."""
        definition = self.graph.definition(node)
        around = definition.parent if definition is not None else -1
        texts = [(node.path, around, text) for text in definition.decorators] if definition is not None else []
        for above, place in pairwise((None, *trail)):
            holder = self.holders.get(place) if place is not None else None
            if holder is not None and holder.made is not None:
                texts.append((holder.made.path, holder.made.call.scope, holder.made.call.args))
            for mount in self.holders[above].mounts if above is not None and above in self.holders else ():
                if mount.child == place and mount.call is not None:
                    texts.append((mount.path, mount.call.scope, mount.call.args))
        named = [(path, scope, match[1]) for path, scope, text in texts for match in NAMED.finditer(text)]
        texts += [(place, -1, text) for path, scope, name in named for place, text in _spelt_out(self.graph, path, name)]
        for path, scope, text in texts:
            for match in DEPENDENCY.finditer(text):
                found = self.graph.symbols.chain(path, scope, match[1])
                if found is not None and found.kind == "function" and found.path:
                    yield Node(found.path, found.place)
                    yield from self.into(Node(found.path, found.place))


def _spelt_out(graph: Graph, path: str, annotation: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """An annotation with the module it stands in, and what the name of one stands for, or the name that it is given."""
    yield path, annotation
    name = annotation.strip()
    target = graph.symbols.table(path).imports.get(name)
    module = graph.symbols.modules.find(target.rpartition(".")[0]) if target else path
    for assign in graph.symbols.table(module).assigns.get((-1, (target or name).rpartition(".")[2]), ()) if module else ():
        again = not assign.text and assign.value.isidentifier() and module and depth < ALIASES
        yield from _spelt_out(graph, module or path, assign.value, depth + 1) if again else ((module or path, assign.text),)


def injected(graph: Graph) -> frozenset[str]:
    """The names that modules keep for dependencies: `Current = Annotated[User, Depends(user)]`, then `Someone = Current`."""
    modules = [graph.symbols.table(path).by_scope.get(-1, {}) for path in graph.flows]
    kept = [(name, assign) for module in modules for name, assigns in module.items() for assign in assigns]
    found = {name for name, assign in kept if INJECTED.search(assign.text)}
    for _ in range(ALIASES) if found else ():
        found |= {name for name, assign in kept if assign.value in found}
    return frozenset(found)

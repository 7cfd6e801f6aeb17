"""What stands in for a method that only says how it is called: of classes that descend from an abstract one or fit a protocol."""

from collections import defaultdict
from functools import cached_property

from auditor.facts.values import Definition
from auditor.paths.calls.edge import Node
from auditor.paths.calls.scopes import Scopes
from auditor.paths.names.symbol import Symbol

MANY = 8
"""Up to so many classes stand in for an abstract one; more say nothing."""
PROTOCOLS = ("typing.Protocol", "typing_extensions.Protocol")


class Instead:
    """Answers for one project's methods, remembered."""

    def __init__(self, scopes: Scopes) -> None:
        self.scopes = scopes
        self.symbols = scopes.symbols
        self._known: dict[Symbol, tuple[Node, ...]] = {}
        self._fitting: dict[Symbol, tuple[Symbol, ...]] = {}

    def of(self, function: Symbol) -> tuple[Node, ...]:
        """The methods that stand in for an abstract one, where a few classes have them."""
        asked = function._replace(gives=None)
        if asked not in self._known:
            definition = self.symbols.definition(function)
            self._known[asked] = self._found(function, definition) if definition.parent >= 0 else ()
        return self._known[asked]

    def _found(self, function: Symbol, definition: Definition) -> tuple[Node, ...]:
        owner = Symbol("class", function.path, definition.parent)
        node = Node(function.path, function.place)
        protocol = self._is_protocol(owner)
        if not self._is_abstract(node, definition) and not (protocol and not self.scopes.calls.get(node)):
            return ()
        found: dict[Node, None] = {}
        for klass in self.symbols.classes.heirs.get(owner, ()):
            index = self.symbols.table(klass.path).children.get((klass.place, definition.name))
            if index is not None:
                found[Node(klass.path, index)] = None
        for klass in self._fits(owner) if protocol else ():
            own = self.symbols.member(klass.as_("instance"), definition.name)
            if own is not None and own.kind == "function" and own.path and not own.name:
                found[Node(own.path, own.place)] = None
        found.pop(node, None)
        return tuple(found) if len(found) <= MANY else ()

    def _is_abstract(self, node: Node, definition: Definition) -> bool:
        if any("abstractmethod" in decorator for decorator in definition.decorators):
            return True
        raised = self.scopes.raises.get(node, ())
        return not self.scopes.calls.get(node) and any(entry.type == "NotImplementedError" for entry in raised)

    def _is_protocol(self, klass: Symbol) -> bool:
        """Whether a class says itself that it is a protocol: those that descend from one are not."""
        bases = self.symbols.definition(klass).bases
        if not any(base.partition("[")[0].endswith("Protocol") for base in bases):
            return False
        return any(base.kind == "external" and base.name in PROTOCOLS for base in self.symbols.classes.mro(klass))

    def _fits(self, protocol: Symbol) -> tuple[Symbol, ...]:
        """The classes that have all the methods of a protocol; of a single one, with parameters of the same names."""
        if protocol not in self._fitting:
            wanted = self._methods(protocol)
            rarest = min((self._having.get(name, []) for name in wanted), key=len, default=[])
            alone = next(iter(wanted.values())) if len(wanted) == 1 else None
            found = {
                klass: None
                for having in rarest
                for klass in (having, *self.symbols.classes.heirs.get(having, ()))
                if not self._is_protocol(klass) and wanted.keys() <= self._methods(klass).keys()
                if alone is None or self._names(self._methods(klass)[next(iter(wanted))]) == self._names(alone)
            }
            self._fitting[protocol] = tuple(found)
        return self._fitting[protocol]

    def _names(self, function: Symbol) -> tuple[str, ...]:
        return self.symbols.signature(function).names

    def _methods(self, klass: Symbol) -> dict[str, Symbol]:
        """The methods of a class and its bases by their names, the nearest of each; none that Python itself names."""
        found: dict[str, Symbol] = {}
        for one in self.symbols.classes.mro(klass):
            for index in self.symbols.table(one.path).inside.get(one.place, ()) if one.kind == "class" else ():
                definition = self.symbols.definition(Symbol("function", one.path, index))
                if definition.kind != "class" and not definition.name.startswith("__"):
                    found.setdefault(definition.name, Symbol("function", one.path, index))
        return found

    @cached_property
    def _having(self) -> dict[str, list[Symbol]]:
        """By method: the judged classes that define it themselves, in the order of paths."""
        found: dict[str, list[Symbol]] = defaultdict(list)
        for path, file in sorted(self.scopes.files.items()):
            for definition in file.definitions if file.kind == "source" and path in self.scopes.flows else ():
                if definition.parent >= 0 and definition.kind != "class" and file.definitions[definition.parent].kind == "class":
                    found[definition.name].append(Symbol("class", path, definition.parent))
        return found

"""What the fields of a schema read of the row that it shows: relations, properties, and methods that compute a field."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from auditor.facts.flow.events import Assign, Call
from auditor.knowledge.orm import orm
from auditor.paths.names.relations import Relation
from auditor.paths.names.rows import kind_of
from auditor.paths.names.symbol import Symbol
from auditor.paths.names.symbols import Symbols
from auditor.paths.written.arguments import arguments, literal, split
from auditor.paths.written.signature import element_names, type_names

DEPTH = 4
NESTS = re.compile(r"(?:\A|\.|\b)(?:Nested|Pluck)\(\s*(?:lambda\s*:\s*)?(?P<inner>['\"]?[\w.]+)")
ONLY = re.compile(r"\bonly\s*=\s*[(\[{](?P<names>[^)\]}]*)")
LINKED = ("include_resource_linkage", "include_data")
"""What has a relationship of JSON:API name the rows that it leads to; without, it is a link and reads none."""
LAMBDA = re.compile(r"lambda\s+(?P<row>\w+)[^:]*:(?P<body>.*)\Z", re.DOTALL)

Path = tuple[str, ...]


class FieldRead(NamedTuple):
    """What one field reads: `kind` is `relation`, `property` (of the model) or `method` (of the schema)."""

    kind: str
    owner: Symbol
    """The schema that declares the field."""
    name: str
    line: int
    path: Path
    """For a relation the way to it, for the others the way to the row that they are asked of."""
    relation: Relation | None = None
    target: Symbol | None = None
    """The model that has the property, or the method itself."""


class Fields:
    """Answers for one project's symbols."""

    def __init__(self, symbols: Symbols) -> None:
        self.symbols = symbols
        self._known: dict[tuple[Symbol, Symbol], tuple[FieldRead, ...]] = {}

    def of(self, klass: Symbol, model: Symbol, depth: int = 0) -> tuple[FieldRead, ...]:
        """What a schema reads of one row of a model, by the fields that it declares, nested schemas included."""
        asked = (klass, model.as_("class"))
        if asked not in self._known:
            self._known[asked] = ()
            if depth < DEPTH:
                self._known[asked] = tuple(self._all(klass, asked[1], depth))
        return self._known[asked]

    def _all(self, klass: Symbol, model: Symbol, depth: int) -> Iterator[FieldRead]:
        seen = {"Meta", "model_config"}
        for one in self.symbols.classes.mro(klass):
            if one.kind != "class":
                continue
            table = self.symbols.table(one.path)
            for name, assigns in table.by_scope.get(one.place, {}).items():
                if name not in seen and not name.startswith("_"):
                    seen.add(name)
                    yield from self._field(klass, model, one, assigns[-1], depth)

    def _field(self, klass: Symbol, model: Symbol, owner: Symbol, assign: Assign, depth: int) -> Iterator[FieldRead]:
        name = assign.target
        resolve = self._method(klass, f"resolve_{name}")
        if resolve is not None:
            yield FieldRead("method", owner, name, assign.line, (), None, resolve)
            return
        calls = self.symbols.table(owner.path).at.get(assign.start, ())
        if assign.annotation:
            inner = self._noted(owner, assign.annotation)
            alias = literal(arguments(calls[0].args).keywords.get("alias")) if calls else None
            source = alias if alias and "." in alias else name
            yield from self._followed(model, owner, assign, source, inner, frozenset(), depth, inner is not None)
        elif calls:
            yield from self._made(klass, model, owner, assign, calls[0], depth)

    def _method(self, klass: Symbol, name: str) -> Symbol | None:
        found = self.symbols.member(klass.as_("instance"), name)
        return found if found is not None and found.kind == "function" and found.path and not found.name else None

    def _noted(self, owner: Symbol, annotation: str) -> Symbol | None:
        """The schema that an annotation names."""
        for name in (*type_names(annotation), *element_names(annotation)):
            found = self.symbols.chain(owner.path, owner.place, name)
            if found is not None and found.kind == "class" and kind_of(self.symbols, found) == "schema":
                return found
        return None

    def _made(self, klass: Symbol, model: Symbol, owner: Symbol, assign: Assign, call: Call, depth: int) -> Iterator[FieldRead]:
        """A field that a call makes: nested, computed by a method or a lambda, or of another attribute's name."""
        given = arguments(call.args)
        maker = call.target.rpartition(".")[2]
        links = maker == "Relationship" and "True" not in map(given.keywords.get, LINKED)
        if given.keywords.get("load_only") == "True" or links:
            return
        text = f"{maker}({call.args}"
        if maker == "Method":
            method = self._method(klass, literal(given.get(0, "serialize")) or "")
            if method is not None:
                yield FieldRead("method", owner, assign.target, assign.line, (), None, method)
        elif maker == "Function":
            yield from self._computed(model, owner, assign, given.get(0, "serialize") or "")
        elif (nests := NESTS.search(text)) is not None:
            only = ONLY.search(text)
            names = frozenset((literal(part) or "").partition(".")[0] for part in split(only["names"] if only else ""))
            inner = self._named(owner, nests["inner"].strip("'\""))
            source = literal(given.keywords.get("attribute")) or assign.target
            yield from self._followed(model, owner, assign, source, inner, names, depth, True)
        else:
            source = literal(given.keywords.get("attribute")) or assign.target
            yield from self._followed(model, owner, assign, source, None, frozenset(), depth, False)

    def _named(self, owner: Symbol, name: str) -> Symbol | None:
        found = self.symbols.chain(owner.path, owner.place, name)
        if found is None:
            known = self.symbols.lookup.classes.get(name.rpartition(".")[2], [])
            found = known[0] if len(known) == 1 else None
        return found if found is not None and found.kind == "class" else None

    def _followed(
        self,
        model: Symbol,
        owner: Symbol,
        assign: Assign,
        source: str,
        inner: Symbol | None,
        only: frozenset[str],
        depth: int,
        deeper: bool,
    ) -> Iterator[FieldRead]:
        """The relations that a dotted name leads along, then what the schema inside reads, or a property of the model."""
        path: Path = ()
        symbol = model
        names = source.split(".")
        for place, name in enumerate(names):
            relation = self.symbols.relations.of(symbol.as_("class")).get(name)
            if relation is None:
                if place == len(names) - 1:
                    yield FieldRead("property", owner, name, assign.line, path, None, symbol.as_("class"))
                return
            path = (*path, name)
            symbol = relation.target
            if deeper or place < len(names) - 1 or relation.many:
                yield FieldRead("relation", owner, assign.target, assign.line, path, relation)
        for read in self.of(inner, symbol, depth + 1) if inner is not None else ():
            if not only or read.name in only:
                yield read._replace(path=(*path, *read.path))

    def _computed(self, model: Symbol, owner: Symbol, assign: Assign, text: str) -> Iterator[FieldRead]:
        """`lambda order: order.customer.name`."""
        match = LAMBDA.match(text.strip())
        if match is None:
            return
        for chain in re.findall(rf"(?<![\w.]){match['row']}\.([A-Za-z_][\w.]*)", match["body"]):
            path: Path = ()
            symbol = model
            for name in chain.split("."):
                relation = self.symbols.relations.of(symbol.as_("class")).get(name)
                if relation is None:
                    if not path:
                        yield FieldRead("property", owner, name, assign.line, path, None, symbol.as_("class"))
                    break
                path = (*path, name)
                symbol = relation.target
                yield FieldRead("relation", owner, assign.target, assign.line, path, relation)


def validated(symbols: Symbols, path: str, call: Call) -> Symbol | None:
    """The schema that a call fills from an object's attributes: `OrderOut.model_validate(order)`."""
    owner, _, method = call.target.rpartition(".")
    if method not in orm().validates or not owner:
        return None
    klass = symbols.chain(path, call.scope, owner)
    return klass if klass is not None and klass.kind == "class" and kind_of(symbols, klass) == "schema" else None

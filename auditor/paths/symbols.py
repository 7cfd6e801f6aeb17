"""What a name means in the project: a module, a class, a function, an instance, or something from outside."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from auditor.facts.flow.events import Assign, Flow
from auditor.facts.values import Definition, FileFacts
from auditor.paths.modules import Modules
from auditor.paths.signature import Signature, signature, type_names
from auditor.paths.table import Table

DEPTH = 24
"""How many steps one name may take to be found: aliases of aliases end, and circles with them."""


class Symbol(NamedTuple):
    """`kind` is `module`, `class`, `function`, `instance` (of the class at `path`, `place`) or `external` (`name` is dotted)."""

    kind: str
    path: str = ""
    place: int = -1
    name: str = ""


class Symbols:
    """All names of the project. Answers are worked out when asked for, and remembered."""

    def __init__(self, files: Mapping[str, FileFacts], flows: Mapping[str, Flow]) -> None:
        self.files = files
        self.flows = flows
        self.modules = Modules(files)
        self._tables: dict[str, Table] = {}
        self._chains: dict[tuple[str, int, str], Symbol | None] = {}
        self._members: dict[tuple[str, int, str], Symbol | None] = {}
        self._mro: dict[tuple[str, int], tuple[Symbol, ...]] = {}

    def definition(self, symbol: Symbol) -> Definition:
        """The definition of a class, function or instance symbol."""
        return self.files[symbol.path].definitions[symbol.place]

    def chain(self, path: str, scope: int, text: str, depth: int = 0) -> Symbol | None:
        """What an expression such as `self.client.get` or `make().run` means in a scope; None where nobody can say."""
        asked = (path, scope, text)
        if asked in self._chains:
            return self._chains[asked]
        if depth > DEPTH or text.count(".") > 40:
            return None
        self._chains[asked] = None
        steps = STEP.findall(text)
        if "".join(steps) != text or not steps or not steps[0][0].isidentifier():
            return None
        found = self.name(path, scope, steps[0], depth + 1)
        for step in steps[1:]:
            found = self._step(found, step, depth + 1)
            if found is None:
                break
        self._chains[asked] = found
        return found

    def _step(self, symbol: Symbol | None, step: str, depth: int) -> Symbol | None:
        if symbol is None:
            return None
        if step.startswith("."):
            return self.member(symbol, step[1:], depth)
        if step == "()":
            return self.result(symbol, depth)
        return Symbol("external", name=symbol.name + "[]") if symbol.kind == "external" else None

    def name(self, path: str, scope: int, name: str, depth: int = 0) -> Symbol | None:
        """What a bare name means inside a scope: parameters and locals first, then outwards, then the module."""
        table = self.table(path)
        while scope >= 0:
            here = self.files[path].definitions[scope]
            if here.kind != "class":
                found = self._local(path, scope, name, depth)
                if found is not None:
                    return found
                inner = table.children.get((scope, name))
                if inner is not None:
                    return _of(self.files[path], path, inner)
            scope = here.parent
        return self.global_name(path, name, depth)

    def global_name(self, path: str, name: str, depth: int = 0) -> Symbol | None:
        """What a name means at a module's top level, re-exports and star imports followed."""
        if depth > DEPTH:
            return None
        table = self.table(path)
        index = table.children.get((-1, name))
        if index is not None:
            return _of(self.files[path], path, index)
        target = table.imports.get(name)
        if target is not None:
            return self.dotted(target, depth + 1)
        for assign in table.assigns.get((-1, name), ()):
            found = self._assigned(path, assign, depth + 1)
            if found is not None:
                return found
        for star in table.stars:
            origin = self.modules.find(star)
            found = self.global_name(origin, name, depth + 1) if origin is not None and origin != path else None
            if found is not None:
                return found
        return Symbol("external", name=f"builtins.{name}") if name in BUILTINS else None

    def dotted(self, target: str, depth: int = 0) -> Symbol | None:
        """What an absolute dotted name means: the longest part of it that is a module of the project, then its members."""
        path = self.modules.find(target)
        if path is not None:
            return Symbol("module", path)
        origin, _, name = target.rpartition(".")
        if not origin:
            return Symbol("external", name=target)
        owner = self.dotted(origin, depth + 1) if depth < DEPTH else None
        if owner is None:
            return None
        return Symbol("external", name=target) if owner.kind == "external" else self.member(owner, name, depth + 1)

    def member(self, symbol: Symbol, name: str, depth: int = 0) -> Symbol | None:
        """An attribute of a symbol."""
        if depth > DEPTH:
            return None
        if symbol.kind == "external":
            return Symbol("external", name=f"{symbol.name}.{name}")
        if symbol.kind == "module":
            return self._module_member(symbol, name, depth)
        if symbol.kind == "function":
            return None
        asked = (symbol.path, symbol.place, f"{symbol.kind}.{name}")
        if asked not in self._members:
            self._members[asked] = None
            self._members[asked] = self._class_member(symbol, name, depth)
        return self._members[asked]

    def _module_member(self, symbol: Symbol, name: str, depth: int) -> Symbol | None:
        found = self.global_name(symbol.path, name, depth + 1)
        if found is None or (found.kind == "external" and found.name == f"builtins.{name}"):
            inner = self.modules.find(f"{self.modules.name_of[symbol.path]}.{name}")
            return Symbol("module", inner) if inner is not None and inner != symbol.path else found
        return found

    def _class_member(self, symbol: Symbol, name: str, depth: int) -> Symbol | None:
        for klass in self.mro(symbol):
            if klass.kind == "external":
                if name.startswith("__") or klass.name in (
                    "builtins.object",
                    "abc.ABC",
                    "typing.Generic",
                    "typing.Protocol",
                ):
                    continue
                return Symbol("external", name=f"{klass.name}.{name}")
            table = self.table(klass.path)
            index = table.children.get((klass.place, name))
            if index is not None:
                found = _of(self.files[klass.path], klass.path, index)
                if "property" in str(self.definition(found).decorators) and symbol.kind == "instance":
                    return self.result(found, depth + 1)
                return found
            for assign in (*table.assigns.get((klass.place, name), ()), *table.own.get((klass.place, name), ())):
                value = self._assigned(klass.path, assign, depth + 1)
                if value is not None:
                    return value
        return None

    def result(self, symbol: Symbol, depth: int = 0) -> Symbol | None:
        """What calling a symbol gives."""
        if symbol.kind == "class":
            return Symbol("instance", symbol.path, symbol.place)
        if symbol.kind == "external":
            return Symbol("external", name=symbol.name + "()")
        if symbol.kind != "function" or depth > DEPTH:
            return None
        noted = self._annotated(symbol.path, symbol.place, self._signature(symbol).returns, depth + 1)
        if noted is not None:
            return noted
        for value in self.table(symbol.path).returns.get(symbol.place, ()):
            found = self.chain(symbol.path, symbol.place, value, depth + 1)
            if found is not None:
                return found
        return None

    def mro(self, symbol: Symbol) -> tuple[Symbol, ...]:
        """A class and its bases, nearest first, each once; bases from outside the project are external symbols."""
        asked = (symbol.path, symbol.place)
        if asked not in self._mro:
            self._mro[asked] = (Symbol("class", *asked),)
            order = [Symbol("class", *asked)]
            definition = self.definition(symbol)
            for base in definition.bases:
                if "=" in base.partition("(")[0]:
                    continue
                found = self.chain(symbol.path, definition.parent, base.partition("[")[0].strip())
                if found is not None and found.kind in ("class", "external"):
                    order += self.mro(found) if found.kind == "class" else (found,)
            self._mro[asked] = tuple(reversed(dict.fromkeys(reversed(order))))
        return self._mro[asked]

    def super_member(self, path: str, scope: int, name: str) -> Symbol | None:
        """What `super().name` means inside a method."""
        owner = self.owner(path, scope)
        if owner is None:
            return None
        for klass in self.mro(owner)[1:]:
            if klass.kind == "external":
                return Symbol("external", name=f"{klass.name}.{name}")
            index = self.table(klass.path).children.get((klass.place, name))
            if index is not None:
                return _of(self.files[klass.path], klass.path, index)
        return None

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
        signature = self._signature(Symbol("function", path, scope))
        if name in signature.names:
            owner = self.owner(path, scope)
            if (
                name == signature.first
                and owner is not None
                and "staticmethod" not in self.files[path].definitions[scope].decorators
            ):
                kind = "class" if "classmethod" in self.files[path].definitions[scope].decorators else "instance"
                return Symbol(kind, owner.path, owner.place)
            noted = self._annotated(path, scope, signature.annotations.get(name, ""), depth + 1)
            if noted is not None:
                return noted
        for assign in self.table(path).assigns.get((scope, name), ()):
            if assign.value.partition(".")[0].partition("(")[0] != name or assign.annotation:
                found = self._assigned(path, assign, depth + 1)
                if found is not None:
                    return found
        return None

    def _assigned(self, path: str, assign: Assign, depth: int) -> Symbol | None:
        noted = self._annotated(path, assign.scope, assign.annotation, depth)
        if noted is not None or not assign.value:
            return noted
        if assign.value.startswith("super()."):
            found = self.super_member(path, assign.scope, assign.value[8:].removesuffix("()"))
            return self.result(found, depth + 1) if found is not None else None
        return self.chain(path, assign.scope, assign.value, depth + 1)

    def _annotated(self, path: str, scope: int, annotation: str, depth: int) -> Symbol | None:
        """An instance of the class that an annotation names, through Optional, unions with None, Annotated and quotes."""
        for name in type_names(annotation):
            found = self.chain(path, self.files[path].definitions[scope].parent if scope >= 0 else -1, name, depth + 1)
            if found is not None and found.kind == "class":
                return Symbol("instance", found.path, found.place)
            if found is not None and found.kind == "external" and not found.name.startswith(("builtins.", "typing.")):
                return Symbol("external", name=found.name + "()")
        return None

    def _signature(self, symbol: Symbol) -> Signature:
        return signature(self.table(symbol.path).signatures.get(symbol.place, ""))

    def table(self, path: str) -> Table:
        """The lookup tables of one file."""
        if path not in self._tables:
            self._tables[path] = Table(self.files[path], self.flows[path])
        return self._tables[path]


def _of(file: FileFacts, path: str, index: int) -> Symbol:
    return Symbol("class" if file.definitions[index].kind == "class" else "function", path, index)


STEP = re.compile(r"^\w+|\.\w+|\(\)|\[\]")
BUILTINS = frozenset(dir(__builtins__) if not isinstance(__builtins__, dict) else __builtins__)

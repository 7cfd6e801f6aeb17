"""What the type variables of a generic class stand for in the classes derived from it: `class Orders(Repository[Order])`."""

import re

from auditor.facts.flow.events import Assign
from auditor.paths.names.classes import Classes
from auditor.paths.names.handed import Handed
from auditor.paths.names.symbol import Names, Symbol
from auditor.paths.written.arguments import split
from auditor.paths.written.signature import element_names, type_names
from auditor.paths.written.steps import Step, steps

FILLED = re.compile(r"(?P<base>[\w.]+)\s*\[(?P<inside>.+)\]\s*\Z", re.DOTALL)
SUBSCRIPTED = re.compile(r"(?P<base>[\w.]+)\s*\[(?P<inside>[^\[\]]+)\]\s*\(", re.DOTALL)
OWN = re.compile(r"(?:self|cls)\.(?P<attribute>\w+)|cls")
NAMING = ("Generic", "Protocol")
"""Bases that only name the variables."""


class Generics:
    """Answers for one project's classes."""

    def __init__(self, names: Names, classes: Classes, handed: Handed) -> None:
        self.names = names
        self.classes = classes
        self.handed = handed

    def given(self, owner: Symbol, function: Symbol) -> Symbol | None:
        """What a method gives that hands back a type variable, called on an instance of `owner`; None for any other."""
        returns = self.names.signature(function).returns
        names, elements = type_names(returns), element_names(returns)
        if not names and not elements:
            return None
        known = self._filled(owner)
        for name in names:
            if name in known:
                return known[name].as_("instance")
        return next((known[name].as_("many") for name in elements if name in known), None)

    def left_to_heirs(self, owner: Symbol, function: Symbol) -> Symbol | None:
        """What an inherited method gives that speaks of a class which only the heirs name; None for any other."""
        return self.given(owner, function) or self._by_attribute(owner, function)

    def _by_attribute(self, owner: Symbol, function: Symbol) -> Symbol | None:
        """The same for one that asks for rows of `self.model` or of `cls`, itself or by another of its methods."""
        table = self.names.table(function.path)
        for entry in table.returns.get(function.place, ()):
            values = [entry.value, *(one.value for one in table.assigns.get((function.place, entry.value), ()))]
            listed = self.handed.inner(function.path, entry.value, entry.start)
            for text in (*values, listed):
                given = self._of_model(owner, steps(text))
                given = given.as_("many") if given is not None and text == listed else given
                if given is not None and given.kind in ("query", "many", "instance") and self.classes.is_model(given):
                    return given
        return None

    def _of_model(self, owner: Symbol, found: tuple[Step, ...]) -> Symbol | None:
        """What an expression gives in a method of `owner`: `cls.query`, `session.query(self.model)`, `self.get()`."""
        named = ((at, model) for at, step in enumerate(found) if (model := self._class_named(owner, step.about)) is not None)
        place, model = next(named, (0, None))
        given: Symbol | None = None
        if model is not None:
            given = self.handed.spoken(found[place], model)
        elif len(found) > 2 and found[0].name in ("self", "cls"):
            given = owner if found[0].name == "self" else owner.as_("class")
        for at in range(place + 1, len(found)):
            given = self.names.step(given, found[at], found[at - 1], 1)
        return given

    def _class_named(self, owner: Symbol, text: str) -> Symbol | None:
        """The class that `cls` or `self.model` is in a method of `owner`."""
        match = OWN.fullmatch(text)
        if match is None:
            return None
        found = self.names.member(owner, match["attribute"]) if match["attribute"] else owner.as_("class")
        return found if found is not None and found.kind == "class" else None

    def filled(self, owner: Symbol) -> tuple[Symbol, ...]:
        """The classes that the type variables of a class or an instance stand for, the first variable's first."""
        return tuple({**self._filled(owner), **({"": owner.of} if owner.of is not None else {})}.values())

    def subscripted(self, path: str, assign: Assign, made: Symbol) -> Symbol:
        """The instance that `Repository[Order](Order)` makes, with the class that the first variable stands for."""
        match = SUBSCRIPTED.match(assign.text) if made.kind == "instance" and made.path else None
        first = split(match["inside"])[0] if match is not None else ""
        filling = self.names.chain(path, assign.scope, first) if first else None
        return made._replace(of=filling) if filling is not None and filling.kind == "class" and filling.path else made

    def handed_back(self, owner: Symbol, function: Symbol) -> Symbol | None:
        """The same as `given` for an instance that `subscripted` made: what is written in brackets fills the first variable."""
        variables = self._variables(owner.as_("class"))
        returns = self.names.signature(function).returns
        if not variables or owner.of is None:
            return None
        if variables[0] in type_names(returns):
            return owner.of.as_("instance")
        return owner.of.as_("many") if variables[0] in element_names(returns) else None

    def _filled(self, owner: Symbol) -> dict[str, Symbol]:
        """The classes of the project by the variable that they stand for, those of the class itself before its bases'."""
        found: dict[str, Symbol] = {}
        for klass in (one for one in self.classes.mro(owner) if one.kind == "class"):
            definition = self.names.definition(klass)
            for match in filter(None, map(FILLED.match, definition.bases)):
                base = self.names.chain(klass.path, definition.parent, match["base"])
                if base is None or base.kind != "class" or not base.path:
                    continue
                for variable, argument in zip(self._variables(base), split(match["inside"]), strict=False):
                    filling = self.names.chain(klass.path, klass.place, argument)
                    if filling is not None and filling.kind == "class" and filling.path:
                        found.setdefault(variable, filling)
        return found

    def _variables(self, klass: Symbol) -> list[str]:
        """The type variables of a class, in their order."""
        matches = [match for text in self.names.definition(klass).bases if (match := FILLED.match(text)) is not None]
        naming = next((match for match in matches if match["base"].rpartition(".")[2] in NAMING), None)
        return split((naming or matches[0])["inside"]) if matches else []

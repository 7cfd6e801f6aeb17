"""What calls give that say it by what they are handed: a class, a statement, or rows that they hand out by pages."""

import re
from itertools import pairwise

from auditor.facts.flow.elide import elided
from auditor.knowledge.orm import orm
from auditor.paths.names.classes import Classes
from auditor.paths.names.symbol import DEPTH, WRAPPERS, Names, Symbol, wrapped
from auditor.paths.written.arguments import arguments
from auditor.paths.written.signature import element_names, type_names
from auditor.paths.written.steps import Step, steps

OF_CLASS = re.compile(r"[\"']?(?:\w+\.)?[Tt]ype\[\s*(?P<name>\w+)\s*\]")
PAGES = "Paginator"
"""How the names of classes end that hand out rows by pages."""


class Handed:
    """Answers for one project's names."""

    def __init__(self, names: Names, classes: Classes) -> None:
        self.names = names
        self.classes = classes

    def said(self, path: str, scope: int, text: str, start: int, depth: int) -> Symbol | None:
        """What an expression gives whose calls say it by what they are handed: a statement, rows of pages, or rows to list."""
        return (
            self.stated(path, scope, text, start, depth)
            or self.paged(path, scope, text, start, depth)
            or self.listed(path, scope, text, start, depth)
        )

    def listed(self, path: str, scope: int, text: str, start: int, depth: int) -> Symbol | None:
        """The rows that a list is made of: `list(order.lines.all())`."""
        inner = self.inner(path, text, start) if depth <= DEPTH else ""
        rows = self.names.chain(path, scope, inner, depth + 1) if inner else None
        return rows.as_("many") if rows is not None and rows.kind in ("query", "many") and rows.path else None

    def inner(self, path: str, text: str, start: int) -> str:
        """What a list is made of, in short, by the text in short of what makes it and the byte where that begins; else empty."""
        name = text.removesuffix("()")
        if name not in WRAPPERS or name == text or start < 0:
            return ""
        made = next((call for call in self.names.table(path).at.get(start, ()) if call.target == name), None)
        return wrapped(f"{name}({made.args})") if made is not None else ""

    def paged(self, path: str, scope: int, text: str, start: int, depth: int) -> Symbol | None:
        """The rows of what hands them out by pages, and what its pages give: `Paginator(orders, 25).page(1)`."""
        if PAGES not in text or start < 0 or depth > DEPTH:
            return None
        found = steps(text)
        place = next((at for at, step in enumerate(found) if step.name.endswith(PAGES) and found[at + 1 : at + 2]), -1)
        for call in self.names.table(path).at.get(start, ()) if place >= 0 else ():
            if len(steps(call.target)) == place + 1:
                first = arguments(call.args).get(0, "object_list") or ""
                rows = self.names.chain(path, scope, elided(first.encode()), depth + 1) if first else None
                if rows is not None and rows.kind in ("query", "many") and rows.path:
                    return self._answered(rows.as_("query"), found[place : place + 1] + found[place + 2 :], depth)
        return None

    def stated(self, path: str, scope: int, text: str, start: int, depth: int) -> Symbol | None:
        """What a session gives that is handed a statement, by its name or by what makes it: `session.scalars(self.query())`."""
        found = steps(text)
        book = orm()
        place = next((at for at, step in enumerate(found) if step.name in book.begins and found[at + 1 : at + 2]), -1)
        if place < 1 or found[place].about or start < 0 or depth > DEPTH:
            return None
        for call in self.names.table(path).at.get(start, ()):
            first = arguments(call.args).get(0, "statement") or ""
            if len(steps(call.target)) == place + 1 and first:
                statement = self.names.chain(path, scope, elided(first.encode()), depth + 1)
                if statement is not None and statement.kind == "query" and statement.path:
                    return self._answered(statement, found[place : place + 1] + found[place + 2 :], depth)
        return None

    def _answered(self, query: Symbol, behind: tuple[Step, ...], depth: int) -> Symbol | None:
        """What the rest of a chain makes of the rows: `execute` and what follows its call."""
        first, *rest = behind
        found: Symbol | None = query.as_("instance") if first.name in orm().gives_one else query
        for place, step in enumerate(rest):
            found = self.names.step(found, step, behind[place], depth + 1)
        return found

    def narrowed(self, path: str, scope: int, called: Symbol | None, first: str, depth: int) -> Symbol | None:
        """What a function of the project makes of the rows that it is handed first, `page(Order.query, 2)`, or gives of the class
        that it is handed: `found(Order, 7)`.
        """
        if called is None or called.kind != "function" or not called.path:
            return None
        signature = self.names.signature(called)
        name = next(iter(signature.names[signature.first in ("self", "cls") :]), "")
        rows = self.names.chain(path, scope, first, depth + 1) if name else None
        if (
            rows is None
            or rows.kind not in ("query", "many", "class")
            or (rows.kind == "class" and not self.classes.is_model(rows))
        ):
            return None
        entries = self.names.table(called.path).returns.get(called.place, ())
        behind = next((found for entry in entries if (found := steps(entry.value)) and found[0].name == name), ())
        given = rows if behind else None
        for before, step in pairwise(behind):
            given = self.names.step(given, step, before, depth + 1)
        if rows.kind == "class":
            given = self._of_class(called, name, rows) or given or self._asked_for(called, name, rows, depth)
        return given if given is not None and given.kind in ("query", "many", "instance") else None

    def _of_class(self, called: Symbol, name: str, model: Symbol) -> Symbol | None:
        """What a function says it gives of a class: `def found(model: type[M], key: int) -> M`."""
        signature = self.names.signature(called)
        variable = OF_CLASS.match(signature.annotations.get(name, ""))
        if variable is None:
            return None
        if variable["name"] in type_names(signature.returns):
            return model.as_("instance")
        return model.as_("many") if variable["name"] in element_names(signature.returns) else None

    def _asked_for(self, called: Symbol, name: str, model: Symbol, depth: int) -> Symbol | None:
        """What a function hands back of what it asks for a class that it is given: `return session.get(model, key)`."""
        table = self.names.table(called.path)
        for entry in table.returns.get(called.place, ()):
            found = steps(entry.value)
            asked = re.compile(rf"(?:(?:\w+\.)*select\(\s*)?{name}\b(?!\s*[.=(\w])")
            calls = (call for call in table.at.get(entry.start, ()) if asked.match(arguments(call.args).get(0) or ""))
            place = next((len(steps(call.target)) - 1 for call in calls), -1)
            if 0 <= place < len(found):
                said = self.spoken(found[place], model)
                given = said.of if said is not None else None
                for before, step in pairwise(found[place + 1 :]):
                    given = self.names.step(given, step, before, depth + 1)
                if given is not None:
                    return given
        return None

    def spoken(self, step: Step, about: Symbol) -> Symbol | None:
        """What a call gives that is handed such a class, query or row."""
        book = orm()
        if about.kind not in ("class", "query", "instance", "many"):
            return None
        if step.name in WRAPPERS:
            return Symbol("external", name="=", of=about)
        if step.name in book.begins and about.kind in ("class", "query") and self.classes.is_model(about):
            return Symbol("external", name="=", of=about.as_("query"))
        if step.name in book.gives_one and self.classes.is_model(about):
            return Symbol("external", name="=", of=about.as_("instance"))
        if step.name in book.same:
            return Symbol("external", name="=", of=about.as_("instance") if about.kind == "class" else about)
        return None

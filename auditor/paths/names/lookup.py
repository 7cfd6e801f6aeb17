"""What no chain of names tells: classes that are found by words, statements that a session is handed, what is set on requests."""

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Assign
from auditor.knowledge.orm import orm
from auditor.paths.names.symbols import DEPTH, WRAPPERS, Symbol
from auditor.paths.written.arguments import arguments, literal
from auditor.paths.written.steps import Step, steps

if TYPE_CHECKING:
    from auditor.paths.names.symbols import Symbols

STATE = re.compile(r"(?:\A|\b(?:app|application|request|req|websocket)\.)state\Z")
"""How the state of an application is reached."""

PAGES = "Paginator"
"""How the names of classes end that hand out rows by pages."""


class Lookup:
    """Answers for one project's symbols."""

    def __init__(self, symbols: "Symbols") -> None:
        self.symbols = symbols
        self.holders = frozenset((*orm().requests, "state"))
        """Names of what a framework hands about, on which the project keeps things."""

    def held(self, before: tuple[Step, ...], attribute: str, depth: int) -> Symbol | None:
        """What is found under an attribute of a request or of an application's state; `before` are the steps that lead to it."""
        found = self.on_request(attribute, depth) if before[-1].name in orm().requests else None
        if found is None and STATE.search(".".join(step.name for step in before[-2:])):
            return self._on_state(attribute, depth)
        return found

    def by_words(self, path: str, assign: Assign) -> Symbol | None:
        """The class that a call finds by words: `get_model("shop", "Order")`, `import_string("shop.models.Order")`."""
        if not assign.value.endswith("()") or assign.value.removesuffix("()").rpartition(".")[2] not in orm().finds_class:
            return None
        for call in self.symbols.table(path).at.get(assign.start, ()):
            words = [word for text in arguments(call.args).positional for word in (literal(text) or "").split(".") if word]
            candidates = self.classes.get(words[-1], []) if words else []
            near = [one for one in candidates if all(f"/{word}/" in f"/{one.path.removesuffix('.py')}/" for word in words[:-1])]
            if len(near or candidates) == 1:
                return (near or candidates)[0]
        return None

    def said(self, path: str, scope: int, text: str, start: int, depth: int) -> Symbol | None:
        """What an expression gives whose calls say it by what they are handed: a statement, or the rows of pages."""
        return self.stated(path, scope, text, start, depth) or self.paged(path, scope, text, start, depth)

    def paged(self, path: str, scope: int, text: str, start: int, depth: int) -> Symbol | None:
        """The rows of what hands them out by pages, and what its pages give: `Paginator(orders, 25).page(1)`."""
        if PAGES not in text or start < 0 or depth > DEPTH:
            return None
        found = steps(text)
        place = next((at for at, step in enumerate(found) if step.name.endswith(PAGES) and found[at + 1 : at + 2]), -1)
        for call in self.symbols.table(path).at.get(start, ()) if place >= 0 else ():
            if len(steps(call.target)) == place + 1:
                first = arguments(call.args).get(0, "object_list") or ""
                rows = self.symbols.chain(path, scope, elided(first.encode()), depth + 1) if first else None
                if rows is not None and rows.kind in ("query", "many") and rows.path:
                    return self._answered(rows.as_("query"), found[place : place + 1] + found[place + 2 :], depth)
        return None

    def stated(self, path: str, scope: int, text: str, start: int, depth: int) -> Symbol | None:
        """What a session gives that is handed a statement by its name: `session.scalars(statement).all()`."""
        found = steps(text)
        book = orm()
        place = next((at for at, step in enumerate(found) if step.name in book.begins and found[at + 1 : at + 2]), -1)
        if place < 1 or found[place].about or start < 0 or depth > DEPTH:
            return None
        for call in self.symbols.table(path).at.get(start, ()):
            first = arguments(call.args).get(0, "statement") or ""
            if len(steps(call.target)) == place + 1 and first.isidentifier():
                statement = self.symbols.name(path, scope, first, depth + 1)
                if statement is not None and statement.kind == "query" and statement.path:
                    return self._answered(statement, found[place : place + 1] + found[place + 2 :], depth)
        return None

    def _answered(self, query: Symbol, behind: tuple[Step, ...], depth: int) -> Symbol | None:
        """What the rest of a chain makes of the rows: `execute` and what follows its call."""
        first, *rest = behind
        found: Symbol | None = query.as_("instance") if first.name in orm().gives_one else query
        for place, step in enumerate(rest):
            found = self.symbols.step(found, step, behind[place], depth + 1)
        return found

    def spoken(self, step: Step, about: Symbol) -> Symbol | None:
        """What a call gives that is handed such a class, query or row."""
        book = orm()
        if about.kind not in ("class", "query", "instance", "many"):
            return None
        if step.name in WRAPPERS:
            return Symbol("external", name="=", of=about)
        if step.name in book.begins and about.kind in ("class", "query") and self.symbols.members.is_model(about):
            return Symbol("external", name="=", of=about.as_("query"))
        if step.name in book.gives_one and self.symbols.members.is_model(about):
            return Symbol("external", name="=", of=about.as_("instance"))
        if step.name in book.same:
            return Symbol("external", name="=", of=about.as_("instance") if about.kind == "class" else about)
        return None

    @cached_property
    def classes(self) -> dict[str, list[Symbol]]:
        """The project's classes by their bare names."""
        found: dict[str, list[Symbol]] = defaultdict(list)
        for path in sorted(self.symbols.flows):
            for place, definition in enumerate(self.symbols.files[path].definitions):
                if definition.kind == "class" and definition.parent < 0:
                    found[definition.name].append(Symbol("class", path, place))
        return found

    @cached_property
    def requested(self) -> dict[str, list[tuple[str, Assign]]]:
        """By attribute: what the project sets on requests, wherever it does."""
        found: dict[str, list[tuple[str, Assign]]] = defaultdict(list)
        for path, flow in sorted(self.symbols.flows.items()):
            for assign in flow.assigns:
                owner, _, attribute = assign.target.rpartition(".")
                if owner.removeprefix("self.") in orm().requests and assign.value:
                    found[attribute].append((path, assign))
        return found

    @cached_property
    def kept(self) -> dict[str, list[tuple[str, Assign]]]:
        """By attribute: what the project keeps on the state of its application: `app.state.client = AsyncClient()`."""
        found: dict[str, list[tuple[str, Assign]]] = defaultdict(list)
        for path, flow in sorted(self.symbols.flows.items()):
            for assign in flow.assigns:
                owner, _, attribute = assign.target.rpartition(".")
                if owner and assign.value and STATE.search(owner):
                    found[attribute].append((path, assign))
        return found

    def _on_state(self, attribute: str, depth: int) -> Symbol | None:
        """Only where all that is put there is of one kind."""
        if depth > DEPTH:
            return None
        every = (self.symbols.assigned(path, assign, depth + 1) for path, assign in self.kept.get(attribute, ()))
        found = {one for one in every if one is not None and one.kind in ("instance", "external", "class")}
        return next(iter(found)) if len(found) == 1 else None

    def on_request(self, attribute: str, depth: int) -> Symbol | None:
        """What is found under an attribute of a request, as the project's own code sets it."""
        for path, assign in self.requested.get(attribute, ()):
            if assign.value.rpartition(".")[2] != attribute and depth < DEPTH:
                found = self.symbols.assigned(path, assign, depth + 1)
                if found is not None and found.kind in ("instance", "query", "many"):
                    return found
        account = self.symbols.members.relations.accounts.model if attribute in orm().account_attributes else None
        return account.as_("instance") if account is not None else None

"""What no chain of names tells: classes that are found by words, and what is kept on requests and an application's state."""

import re
from collections import defaultdict
from functools import cached_property

from auditor.facts.flow.elide import KEEPER, elided
from auditor.facts.flow.events import Assign, Call
from auditor.knowledge.orm import orm
from auditor.paths.names.gathered import Gathered
from auditor.paths.names.joined import joined
from auditor.paths.names.relations import Relations
from auditor.paths.names.symbol import DEPTH, Names, Symbol
from auditor.paths.written.arguments import arguments, literal
from auditor.paths.written.steps import Step

LIBRARYS = Symbol("external", name=orm().account)
"""The library's own users, where models of the project lead to them, and so back: `request.user.profile`."""
KEPT = KEEPER.decode()
STATE = re.compile(rf"(?:\A|\b(?:app|application|request|req|websocket)\.)state\Z|\A{KEPT}\Z")
"""How the state of an application is reached; by key, `app["client"]`, it is written in short as an attribute."""


class Lookup:
    """Answers for one project's symbols."""

    def __init__(self, names: Names, relations: Relations) -> None:
        self.names = names
        self.relations = relations
        self.accounts = accounts = relations.accounts
        self.gathered = Gathered(names, accounts.classes)
        self.holders = frozenset((*orm().requests, "state", KEPT))
        """Names of what a framework hands about, on which the project keeps things."""

    def held(self, before: tuple[Step, ...], attribute: str, depth: int) -> Symbol | None:
        """What is found under an attribute of a request or of an application's state; `before` are the steps that lead to it."""
        found = self.on_request(attribute, depth) if before[-1].name in orm().requests else None
        if found is None and STATE.search(".".join(step.name for step in before[-2:])):
            return self._on_state(attribute, depth)
        return found

    def unnamed(self, path: str, assign: Assign, depth: int) -> Symbol | None:
        """What an assignment gives that is no chain of names: a list that is gathered, a path that is put together."""
        return self.gathered.of(path, assign, depth) or joined(self.names, path, assign, depth)

    def by_words(self, path: str, assign: Assign) -> Symbol | None:
        """The class that a call finds by words: `get_model("shop", "Order")`, `import_string("shop.models.Order")`."""
        if not assign.value.endswith("()") or assign.value.removesuffix("()").rpartition(".")[2] not in orm().finds_class:
            return None
        for call in self.names.table(path).at.get(assign.start, ()):
            words = [word for text in arguments(call.args).positional for word in (literal(text) or "").split(".") if word]
            candidates = self.classes.get(words[-1], []) if words else []
            near = [one for one in candidates if all(f"/{word}/" in f"/{one.path.removesuffix('.py')}/" for word in words[:-1])]
            if len(near or candidates) == 1:
                return (near or candidates)[0]
        return None

    @cached_property
    def classes(self) -> dict[str, list[Symbol]]:
        """The project's classes by their bare names."""
        found: dict[str, list[Symbol]] = defaultdict(list)
        for path in sorted(self.names.flows):
            for place, definition in enumerate(self.names.files[path].definitions):
                if definition.kind == "class" and definition.parent < 0:
                    found[definition.name].append(Symbol("class", path, place))
        return found

    @cached_property
    def registering(self) -> tuple[tuple[str, Call], ...]:
        """The calls that register a table for a model: `admin.site.register(Order, OrderAdmin)`."""
        flows = sorted(self.names.flows.items())
        return tuple((path, call) for path, flow in flows for call in flow.calls if call.target.endswith("site.register"))

    @cached_property
    def requested(self) -> dict[str, list[tuple[str, Assign]]]:
        """By attribute: what the project sets on requests, wherever it does."""
        found: dict[str, list[tuple[str, Assign]]] = defaultdict(list)
        for path, flow in sorted(self.names.flows.items()):
            for assign in flow.assigns:
                owner, _, attribute = assign.target.rpartition(".")
                if owner.removeprefix("self.") in orm().requests and assign.value:
                    found[attribute].append((path, assign))
        return found

    @cached_property
    def kept(self) -> dict[str, list[tuple[str, Assign]]]:
        """By attribute: what the project keeps on the state of its application: `app.state.client = AsyncClient()`."""
        found: dict[str, list[tuple[str, Assign]]] = defaultdict(list)
        for path, flow in sorted(self.names.flows.items()):
            for assign in flow.assigns:
                target = elided(assign.target.encode()) if assign.target.endswith("]") else assign.target
                owner, _, attribute = target.rpartition(".")
                if owner and assign.value and STATE.search(owner):
                    found[attribute].append((path, assign))
        return found

    def _on_state(self, attribute: str, depth: int) -> Symbol | None:
        """Only where all that is put there is of one kind."""
        if depth > DEPTH:
            return None
        every = (self.names.assigned(path, assign, depth + 1) for path, assign in self.kept.get(attribute, ()))
        found = {one for one in every if one is not None and one.kind in ("instance", "external", "class")}
        return next(iter(found)) if len(found) == 1 else None

    def on_request(self, attribute: str, depth: int) -> Symbol | None:
        """What is found under an attribute of a request, as the project's own code sets it."""
        for path, assign in self.requested.get(attribute, ()):
            if assign.value.rpartition(".")[2] != attribute and depth < DEPTH:
                found = self.names.assigned(path, assign, depth + 1)
                if found is not None and found.kind in ("instance", "query", "many"):
                    return found
        if attribute not in orm().account_attributes:
            return None
        account = self.accounts.model
        if account is None and LIBRARYS in self.relations.reverse:
            return LIBRARYS
        return account.as_("instance") if account is not None else None

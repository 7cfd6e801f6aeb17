"""What a loop hands out under a name: an element of what is gone through, or a part of one."""

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Loop
from auditor.paths.names.accounts import Accounts
from auditor.paths.names.classes import Classes
from auditor.paths.names.gathered import Gathered
from auditor.paths.names.handed import Handed
from auditor.paths.names.members import Members
from auditor.paths.names.symbol import DEPTH, WRAPPERS, Names, Symbol, wrapped
from auditor.paths.names.turns import grouped, seen_by
from auditor.paths.written.steps import steps

VALUES = ".values()"


class Elements:
    """Answers for one project's names."""

    def __init__(
        self, names: Names, classes: Classes, members: Members, handed: Handed, accounts: Accounts, gathered: Gathered
    ) -> None:
        self.names = names
        self.classes = classes
        self.members = members
        self.handed = handed
        self.accounts = accounts
        self.gathered = gathered

    def of(self, path: str, loop: Loop, name: str, depth: int) -> Symbol | None:
        """What one of a loop's variables is. Of several, the first is a row where a statement asks for rows and more beside
        them: `for order, lines in session.execute(select(Order, func.count()))`.
        """
        if depth > DEPTH or not loop.source:
            return None
        together = grouped(loop)
        loop = seen_by(loop, name)
        if together:
            found = self._whole(path, loop, depth)
            return found.as_("many") if found is not None and found.kind == "instance" and found.path else None
        if "," not in loop.target or "enumerate" in loop.source:
            return self._whole(path, loop, depth)
        part = self.gathered.part(path, loop, name)
        if part:
            return self.names.chain(path, loop.scope, elided(part.encode()), depth + 1)
        first = loop.target.lstrip("( ").partition(",")[0].strip()
        found = self._whole(path, loop, depth) if first == name else None
        style = self.classes.style(found) if found is not None and found.kind == "instance" and found.path else None
        return found if style is not None and style.style == "sqlalchemy" else None

    def _whole(self, path: str, loop: Loop, depth: int) -> Symbol | None:
        text = loop.source
        inner = wrapped(loop.text) if steps(text) and steps(text)[0].name in WRAPPERS else ""
        values = inner or text
        held = self.names.chain(path, loop.scope, values.removesuffix(VALUES), depth + 1) if values.endswith(VALUES) else None
        if held is not None and held.kind == "dict":
            return held.of
        found = self.names.chain(path, loop.scope, text, depth + 1)
        if found is None or (found.kind == "external" and found.name.startswith("builtins.")):
            found = self.names.chain(path, loop.scope, inner, depth + 1) if inner else None
        if found is None or found.kind == "external":
            found = self.handed.said(path, loop.scope, text, loop.start, depth + 1) or found
        if found is not None and found.kind == "instance" and found.path:
            own = self.names.member(found, "__iter__", depth)
            found = self.members.result(own, depth) if own is not None else None
        if found is not None and found.kind in ("many", "query"):
            return found.as_("instance") if found.path else Symbol("external", name=found.name + "()")
        return self.accounts.row(found)

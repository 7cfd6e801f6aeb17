"""The class that the people who use the application are rows of, where a setting names it and not the code that leads to it."""

from functools import cached_property

from auditor.knowledge.orm import orm
from auditor.paths.names.classes import Classes
from auditor.paths.names.symbol import Names, Symbol
from auditor.paths.written.arguments import literal


class Accounts:
    """Answers for one project's symbols."""

    def __init__(self, names: Names, classes: Classes) -> None:
        self.names = names
        self.classes = classes

    @cached_property
    def model(self) -> Symbol | None:
        """The project's own class of users; None where it has none, or several and no setting says which."""
        bases = orm().account_bases
        found = [
            model
            for model in self.classes.models
            if any(k.kind == "external" and k.name in bases for k in self.classes.mro(model))
        ]
        if len(found) != 1:
            named = {name.rpartition(".")[2] for name in self._named()}
            found = [model for model in found or self.classes.models if self.names.definition(model).name in named]
        return found[0] if len(found) == 1 else None

    def _named(self) -> list[str]:
        """The names that settings give."""
        texts = (
            literal(assign.text.strip()) or ""
            for path, flow in self.names.flows.items()
            if "settings" in path
            for assign in flow.assigns
            if assign.target in orm().account_settings
        )
        return [text for text in texts if text]

    def given(self, name: str) -> Symbol | None:
        """What a call of a library gives: `get_user_model()` the project's own class, or the library's."""
        return (self.model or Symbol("external", name=orm().account)) if name in orm().account_calls else None

    def row(self, rows: Symbol | None) -> Symbol | None:
        """One of the rows of the library's class that a query gives: `User.objects.filter(is_active=True)`."""
        account = orm().account
        if rows is None or rows.kind != "external" or not rows.name.startswith(f"{account}."):
            return None
        manager, *methods = rows.name.removeprefix(f"{account}.").split(".")
        plain = {method.removesuffix("()") for method in methods} <= orm().chains and rows.name.endswith("()")
        return Symbol("external", name=f"{account}()") if manager in orm().managers and plain else None

    def target(self, text: str) -> Symbol | None:
        """What `settings.AUTH_USER_MODEL` names as the other end of a relation: the project's class, or the library's."""
        if text.rpartition(".")[2] not in orm().account_settings:
            return None
        return self.model or Symbol("external", name=orm().account)

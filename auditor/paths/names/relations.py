"""What a mapped class leads to: its fields that are rows of other tables, and those of others that lead back to it."""

import re
from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from auditor.facts.flow.events import Assign, Call
from auditor.knowledge.orm import orm
from auditor.paths.names.accounts import Accounts
from auditor.paths.names.classes import Classes
from auditor.paths.names.symbol import Names, Symbol
from auditor.paths.written.arguments import Arguments, arguments, literal
from auditor.paths.written.steps import last_name

MAPPED = re.compile(r"(?:\w+\.)*(?:Mapped|WriteOnlyMapped|DynamicMapped|Relationship)\[(?P<inside>.*)\]\Z", re.DOTALL)
CLASS = re.compile(r"\.[A-Z]\w*[a-z]\w*\Z")
"""A class of another package; what is all in capitals is a setting."""
BY_APP = re.compile(r"\w+\.[A-Z]\w*\Z")
"""A model of another package by its app and name: `"auth.Group"`."""
QUOTED = re.compile(r"['\"]([\w.]+)['\"]")
MANY = re.compile(r"(?:\w+\.)*(?:[Ll]ist|[Ss]et|Sequence|Iterable|Collection)\[(?P<inside>.*)\]\Z", re.DOTALL)


class Relation(NamedTuple):
    """A field that leads to rows of another table. `lazy` says when they are loaded, as the field's maker says it."""

    name: str
    many: bool
    target: Symbol
    """The class at the other end."""
    lazy: str
    path: str
    line: int
    model: str
    """The other end's name."""
    protects: bool = False
    """Whether a row at the other end can not be deleted while this one is there."""
    back: str = ""
    """The relation at the other end that this one is the way back of, where that is told."""

    @property
    def symbol(self) -> Symbol:
        """What reading the field gives: an instance, or a query for many."""
        if not self.target.path:
            return Symbol("external", name=f"{self.target.name}{'.objects' if self.many else ''}()")
        return self.target.as_("query" if self.many else "instance")


ANY_ROW = "django.db.models.Model"
"""What leads to a row of any class."""


class Relations:
    """The relations of all mapped classes."""

    def __init__(self, names: Names, classes: Classes, accounts: Accounts) -> None:
        self.names = names
        self.classes = classes
        self.accounts = accounts
        self._own: dict[Symbol, dict[str, Relation]] = {}

    def of(self, model: Symbol) -> dict[str, Relation]:
        """The relations of a class by name, inherited and reverse ones included."""
        if not model.path:
            return self._of_library if model.name == orm().account else {}
        if model not in self._own:
            self._own[model] = {}
            found: dict[str, Relation] = {}
            for klass in reversed(self.classes.mro(model)):
                if klass.kind == "class":
                    found |= self.reverse.get(klass, {})
                    found |= {relation.name: relation for relation in self._declared(klass)}
                elif klass.name in orm().account_holders:
                    found |= self._held
            self._own[model] = found
        return self._own[model]

    @cached_property
    def _held(self) -> dict[str, Relation]:
        """What a framework's users lead to in its own tables: their groups and permissions."""
        ends = {name: Symbol("external", name=end) for name, end in orm().account_relations.items()}
        return {name: Relation(name, True, end, "", "", 0, self._name(end)) for name, end in ends.items()}

    @cached_property
    def _of_library(self) -> dict[str, Relation]:
        """The relations of the framework's own class of users: its own, and those that lead back from the project's classes."""
        return self._held | self.reverse.get(Symbol("external", name=orm().account), {})

    def of_row(self, row: Symbol) -> dict[str, Relation]:
        """The relations of a row of a mapped class, whether that is the project's or the framework's class of users."""
        if row.kind == "external":
            return self._of_library if row.name.removesuffix("()") == orm().account else {}
        return self.of(row.as_("class")) if row.kind == "instance" and self.classes.is_model(row) else {}

    @cached_property
    def by_name(self) -> dict[str, list[Symbol]]:
        """The mapped classes by their bare names: relations name them in strings."""
        found: dict[str, list[Symbol]] = defaultdict(list)
        for model in self.classes.models:
            found[self.names.definition(model).name].append(model)
        return found

    @cached_property
    def reverse(self) -> dict[Symbol, dict[str, Relation]]:
        """By class: what leads back to it from the classes that name it."""
        found: dict[Symbol, dict[str, Relation]] = defaultdict(dict)
        for model in self.classes.models:
            for relation, maker, given in self._fields(model):
                back = self._back(model, relation, maker, given)
                if back is not None:
                    found[relation.target][back.name] = back
        return found

    def _declared(self, model: Symbol) -> list[Relation]:
        return [relation for relation, _, _ in self._fields(model)]

    def _fields(self, model: Symbol) -> list[tuple[Relation, str, Arguments]]:
        table = self.names.table(model.path)
        found = []
        for name, assigns in table.by_scope.get(model.place, {}).items():
            for assign in assigns:
                field = self._field(model, name, assign, table.at.get(assign.start, []))
                if field is not None:
                    found.append(field)
        return found

    def _field(self, model: Symbol, name: str, assign: Assign, calls: list[Call]) -> tuple[Relation, str, Arguments] | None:
        book = orm()
        call = calls[0] if calls else None
        maker = last_name(call.target) if call is not None else ""
        if call is None or maker not in book.fields:
            return None
        given = arguments(call.args)
        mapped = MAPPED.match(assign.annotation)
        text = given.get(0, "to") or given.get(0, "argument") or given.keywords.get("related_model") or ""
        many = maker in book.to_many
        if maker in book.relationships:
            inside = mapped["inside"].strip("'\" ") if mapped else assign.annotation.strip("'\" ")
            several = MANY.match(inside)
            note = (several["inside"] if several else inside).strip("'\" ")
            text = note.removeprefix("Optional[").removesuffix("]").partition("|")[0].strip("'\" ") or text
            many = (
                several is not None
                if note
                else given.keywords.get("uselist", "") != "False" and not self._has_key(model, name, text)
            )
        target = Symbol("external", name=ANY_ROW) if maker in book.to_any else self._target(model, text)
        if target is None:
            return None
        if target == model and maker in book.relationships and not mapped:
            many = "remote_side" not in given.keywords and given.keywords.get("uselist") != "False"
        said = given.keywords.get("lazy")
        lazy = "joined" if said == "False" else literal(said) or ("select" if maker in book.relationships else "")
        handed_on = [text for name, text in given.keywords.items() if name.startswith("sa_relationship")]
        lazy = next((found for text in handed_on if (found := _lazy(text))), lazy)
        protects = given.keywords.get("on_delete", "").rpartition(".")[2] in ("PROTECT", "RESTRICT")
        return Relation(name, many, target, lazy, model.path, assign.line, self._name(target), protects), maker, given

    def _name(self, model: Symbol) -> str:
        return self.names.definition(model).name if model.path else model.name.rpartition(".")[2]

    def _has_key(self, model: Symbol, name: str, text: str) -> bool:
        """Whether the class itself holds the foreign key of a relation: it then leads to one row."""
        flow = self.names.flows[model.path]
        target = (literal(text) or text).rpartition(".")[2]
        names = {_plain(one) for one in (target, self._table_name(target), name)}
        keys = (key for call in flow.calls if call.scope == model.place for key in _keys(call))
        return any(_plain(_owner(key)) in names for key in keys)

    def _table_name(self, name: str) -> str:
        for model in self.by_name.get(name, ()):
            for assign in self.names.table(model.path).assigns.get((model.place, "__tablename__"), ()):
                return literal(assign.text) or ""
        return name

    def _target(self, model: Symbol, text: str) -> Symbol | None:
        name = literal(text)
        if name is None and not text:
            return None
        if name == "self":
            return model
        if name is None:
            account = self.accounts.target(text)
            found = (
                self.names.chain(model.path, model.place, text.removeprefix("lambda:").strip()) if account is None else account
            )
            if found is not None and found.kind == "external":
                return self._outside(found.name)
            if found is not None:
                return found.as_("class") if found.kind in ("class", "instance") else None
            name = text
        candidates = self.by_name.get(name.rpartition(".")[2], [])
        if len(candidates) > 1:
            near = [one for one in candidates if one.path == model.path]
            app = name.rpartition(".")[0].rpartition(".")[2]
            named = [one for one in candidates if app and f"/{app}/" in f"/{one.path}"]
            candidates = named or near or candidates
        if not candidates and BY_APP.match(name):
            return Symbol("external", name=name)
        return candidates[0] if candidates else None

    def _outside(self, name: str) -> Symbol | None:
        """A library's class that is mapped to a table: the users of a framework."""
        if name.removesuffix("()") in orm().account_calls:
            name = orm().account
        known = self.names.knowledge.model(name) is not None
        # What a foreign key leads to is a table, whosever it is; a module or a call may be anything.
        return Symbol("external", name=name) if known or CLASS.search(name) else None

    def _back(self, model: Symbol, relation: Relation, maker: str, given: Arguments) -> Relation | None:
        """The relation that leads back: `related_name`, `backref`, or `order_set`."""
        book = orm()
        own_name = self._name(model)
        if maker in book.relationships:
            call = given.keywords.get("backref", "")
            name = literal(call) or literal(arguments(call.partition("(")[2].removesuffix(")")).get(0) if "(" in call else None)
            many = not relation.many and "uselist=False" not in call
            return Relation(name, many, model, _lazy(call) or "select", relation.path, relation.line, own_name) if name else None
        name = literal(given.keywords.get("related_name") or given.keywords.get("backref"))
        one = maker == "OneToOneField"
        own = own_name.lower()
        if name is not None and name.endswith("+"):
            return None
        name = (name or (own if one else f"{own}_set")).replace("%(class)s", own)
        return Relation(name, not one, model, "", relation.path, relation.line, own_name, relation.protects, relation.name)


def _keys(call: Call) -> list[str]:
    """What the foreign keys lead to that a call declares: one of a column, or all of a constraint of the table."""
    maker, given = last_name(call.target), arguments(call.args)
    if maker == "ForeignKeyConstraint":
        return QUOTED.findall(given.get(1, "refcolumns") or "")
    return [literal(given.get(0)) or given.get(0) or ""] if maker == "ForeignKey" else []


def _owner(key: str) -> str:
    """The table or class that a foreign key leads to."""
    return key.split(".")[-2] if "." in key else ""


def _plain(name: str) -> str:
    """A name as it is compared: `order_line` and `order_lines` are the table of `OrderLine`, where its class names none."""
    return name.lower().replace("_", "").removesuffix("s")


def _lazy(call: str) -> str:
    """How a relation is loaded that is made by arguments for another maker: `backref(…)`, or a dictionary of them."""
    match = re.search(r"\blazy(?:\s*=|['\"]\s*:)\s*(?:['\"](\w+)['\"]|(False))", call)
    return (match[1] or "joined") if match else ""

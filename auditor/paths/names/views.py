"""What class-based views of many rows keep of them: as attributes, and in what they hand to their template."""

import re

from auditor.facts.flow.elide import CONTEXT
from auditor.knowledge.orm import orm
from auditor.paths.names.classes import Classes
from auditor.paths.names.symbol import Names, Symbol
from auditor.paths.written.arguments import literal

HANDED = CONTEXT.decode()
LISTS = re.compile(r"(?:List|Filter|Table)View\Z|MultipleObjectMixin\Z")
"""Classes of libraries whose heirs show the rows of a query."""


def holds_rows(names: Names, classes: Classes, view: Symbol, attribute: str) -> bool:
    """Whether an attribute holds the view's rows: `self.object_list`, `context["page_obj"]`, `context["orders"]` where the
    view says `context_object_name = "orders"`. What its own code put there goes before.
    """
    key = attribute.removeprefix(HANDED)
    if key not in orm().shown and (key == attribute or key != _own_name(names, classes, view)):
        return False
    every = classes.mro(view)
    own = (klass for klass in every if klass.kind == "class")
    listed = any(klass.kind == "external" and LISTS.search(klass.name) for klass in every)
    return listed and not any(names.table(klass.path).own.get((klass.place, attribute)) for klass in own)


def _own_name(names: Names, classes: Classes, view: Symbol) -> str | None:
    """The key under which a view says that it hands out its rows."""
    for klass in classes.mro(view):
        if klass.kind == "class":
            for assign in names.table(klass.path).assigns.get((klass.place, orm().shown_as), ()):
                return literal(assign.text)
    return None

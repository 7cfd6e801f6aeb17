"""Forms and serializers that look at what was sent and at no table: what they let through may be there already."""

import re

from auditor.knowledge.orm import orm
from auditor.paths.calls.closely import ASKS_THE_FORM, VALIDATED
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.symbol import Symbol

CHECKS = re.compile(r"_?(?:validate|clean)(?:_\w+)?\Z")
"""Methods of a class by which it looks further, at rows too."""
ROWS = re.compile(r"Unique|queryset\s*=")
DATA = re.compile(r"(?P<form>[A-Za-z_]\w*)\.\w+\.data\b")
"""What a field of a form holds: `form.email.data`."""


class PlainForms:
    """Answers for one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._plain: dict[Symbol, bool] = {}

    def are_all(self, node: Node) -> bool:
        """Whether all forms that a scope asks whether they are valid look at no table."""
        forms = self._asked(node)
        return bool(forms) and all(form is not None and bool(form.path) and self._is_plain(form) for form in forms)

    def lets_through(self, node: Node, scope: int, text: str) -> bool:
        """Whether a value is what such a form has let through: `form.cleaned_data["code"]`, or a part of a name for that."""
        assigns = self.graph.symbols.table(node.path).assigns.get((scope, re.split(r"\W", text, maxsplit=1)[0]), ())
        texts = (text, *(part for one in assigns for part in (one.value, one.text)))
        return any(VALIDATED.search(one) or DATA.match(one) for one in texts) and self.are_all(node)

    def hold(self, node: Node, names: frozenset[str]) -> bool:
        """Whether the forms that a scope asks have fields of such names."""
        symbols = self.graph.symbols
        own = [
            one for form in self._asked(node) if form is not None for one in symbols.classes.mro(form.as_("class")) if one.path
        ]
        return all(any(symbols.table(one.path).assigns.get((one.place, name)) for one in own) for name in names)

    def _asked(self, node: Node) -> list[Symbol | None]:
        """The forms that a scope asks whether they are valid."""
        asks = [call for call in self.graph.calls.get(node, ()) if ASKS_THE_FORM.search(call.target)]
        return [self.graph.symbols.chain(node.path, call.scope, call.target.rpartition(".")[0]) for call in asks]

    def _is_plain(self, form: Symbol) -> bool:
        klass = form.as_("class")
        if klass not in self._plain:
            family = self.graph.symbols.classes.mro(klass)
            own = [one for one in family if one.kind == "class" and one.path]
            known = any(one.kind == "external" and self.graph.knowledge.normal(one.name) in orm().plain_forms for one in family)
            self._plain[klass] = known and not any(self._looks_further(one) for one in own)
        return self._plain[klass]

    def _looks_further(self, klass: Symbol) -> bool:
        """Whether a class has a method of its own that validates, or a field that asks for rows."""
        names = (name for owner, name in self.graph.symbols.table(klass.path).children if owner == klass.place)
        calls = (call for call in self.graph.flows[klass.path].calls if call.scope == klass.place)
        return any(CHECKS.match(name) for name in names) or any(ROWS.search(f"{call.target}({call.args})") for call in calls)

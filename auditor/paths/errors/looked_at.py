"""What somebody else has looked at before code reads or converts it: a parser of arguments, a schema, the server."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from auditor.paths.calls.forms import STRINGS
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.errors.dependence import Witness
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import arguments, literal

VALIDATES = re.compile(r"(?:\A|[._])(?:validated?(?:_json|_schema|_body|_with)?|use_args|use_kwargs|expects_json)\(\s*\w")
EXPECTS = re.compile(r"(?:\A|\.)expect\(.*\bvalidate\s*=\s*True")
COUNTED = re.compile(r"['\"]content[-_]length['\"]", re.IGNORECASE)
"""A header that no server lets through unless it is a number."""
CONVERTED = re.compile(r"\.get\([^()]*\btype\s*=\s*(?:int|float)\b")
"""`request.args.get("page", 1, type=int)`: the framework has made the number, or taken the default."""
PICKED = re.compile(r"(?P<owner>\w+)(?:\[|\.get\()\s*['\"](?P<key>\w+)['\"]")
NAME = re.compile(r"[A-Za-z_]\w*")
READS = "reading "
SENT = ("raw", "sent", "keys")
KEY = re.compile(r"(?:\[|\bget\()\s*['\"](\w+)['\"]")
FIELD = re.compile(r"(?:Integer|Float|Decimal|Date|Time|DateTime|UUID|JSON)Field\b")
LOOKS = ("is_valid", "validate_on_submit", "validate")
VALID = re.compile(r"(?:\A|_)(?:in)?valid(?:ate|ates|ated|ation)?(?:_|\Z)|\A_?(?:check|verify|ensure)(?:_\w+)?\Z")
SIGNS = re.compile(
    r"(?:\A|\.)hmac\.(?:new|digest)\Z"
    r"|(?:\A|[._])(?:verif(?:y|ies)|valid(?:ate)?|check)_(?:\w+_)?signature\Z|(?:\A|[._])signature_(?:is_)?(?:valid|ok|matches)\Z",
    re.IGNORECASE,
)
CHECKS = re.compile(r"_?(?:validate|check|verify|ensure|is_valid)(?:_\w+)?\Z")

ASKS = re.compile(r"(?:\A|\.)is_\w+\Z")
DIGITS = (".isdigit", ".isdecimal", ".isnumeric")
LINES_OF_CONDITION = 2
"""So many lines a conditional expression goes on below what it gives; an `if` stands just above."""


class LookedAt:
    """Answers for one graph, about where an error begins."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def before(self, steps: Sequence[tuple[Node, Witness]]) -> bool:
        """Whether what the error depends on has been looked at, so that it is whole."""
        node, witness = steps[-1]
        if witness.name.startswith(READS):
            seen = any(self._is_validated(one) for one, _ in steps) or self._is_checked_whole(steps)
            return seen or (len(steps) == 1 and self._has_schema(node))
        effect = self.graph.knowledge.effect(witness.name) if witness.name else None
        if effect is None:
            return False
        if effect.kind == "file":
            return self._is_open(node, witness)
        if effect.kind in ("convert", "parse") and self._is_looked_at(steps):
            return True
        if effect.kind == "parse" and self._is_asked_about(node, witness):
            return True
        if effect.kind == "convert" and self._is_of_digits(node, witness):
            return True
        return effect.kind == "convert" and any(
            COUNTED.search(text) or CONVERTED.search(text) or self._is_typed(node, text)
            for text in self._texts(node, witness.text)
        )

    def _is_looked_at(self, steps: Sequence[tuple[Node, Witness]]) -> bool:
        """Whether what is converted or parsed was checked, or is a field of a form."""
        return self._is_checked(steps) or self._is_checked_whole(steps) or self._is_field(steps)

    def _is_asked_about(self, node: Node, witness: Witness) -> bool:
        """Whether the scope asks first what something is that it parses: `if is_zipfile(file): ZipFile(file)`."""
        given = arguments(witness.text).get(0) or ""
        return bool(given) and any(
            call.line < witness.line and ASKS.search(call.target) and arguments(call.args).get(0) == given
            for call in self.graph.calls.get(node, ())
        )

    def _is_of_digits(self, node: Node, witness: Witness) -> bool:
        """Whether the condition around a conversion asks for digits: `int(form["n"]) if form.get("n", "").isdigit() else 1`."""
        return any(
            call.target.endswith(DIGITS) and -1 <= call.line - witness.line <= LINES_OF_CONDITION
            for call in self.graph.calls.get(node, ())
        )

    def _is_validated(self, node: Node) -> bool:
        """Whether a decorator has a schema look at what was sent: `@api.validate(order_schema)`."""
        definition = self.graph.definition(node)
        return definition is not None and any(VALIDATES.search(text) or EXPECTS.search(text) for text in definition.decorators)

    def _has_schema(self, node: Node) -> bool:
        """Whether a parameter is what the framework makes of the whole body: a class that looks at each part of it."""
        if node.scope < 0:
            return False
        symbols = self.graph.symbols
        for text in symbols.signature(Symbol("function", *node)).annotations.values():
            found = symbols.chain(node.path, -1, text) if text[:1].isupper() else None
            family = symbols.classes.mro(found) if found is not None and found.kind in ("class", "instance") else ()
            if any(one.kind == "external" and one.name.startswith("pydantic.") for one in family):
                return True
        return False

    def _is_checked(self, steps: Sequence[tuple[Node, Witness]]) -> bool:
        """Whether a caller has what it hands over validated before: `validate_uri(order.uri)`, then `path_of(order.uri)`."""
        for node, witness in steps[:-1]:
            edges = [e for e in self.graph.edges(node) if e.to == witness.below and e.call.line == witness.line]
            given = {text for e in edges for text in (*e.arguments.positional, *e.arguments.keywords.values())}
            for call in self.graph.calls.get(node, ()) if given else ():
                checks = call.line < witness.line and CHECKS.match(call.target.rpartition(".")[2])
                if checks and arguments(call.args).get(0) in given:
                    return True
        return False

    def _is_checked_whole(self, steps: Sequence[tuple[Node, Witness]]) -> bool:
        """Whether a scope has a value validated before it reads a key of it or makes something of it: `errors = validate(event)`,
        `if not session_is_valid(token): return`.
        """
        node, witness = steps[-1]
        read = witness.name.removeprefix(READS).partition("[")[0] if witness.name.startswith(READS) else ""
        roots = {read, *NAME.findall(STRINGS.sub("", witness.text))}
        return any(
            call.line < witness.line and VALID.search(call.target.rpartition(".")[2]) and arguments(call.args).get(0) in roots
            for call in self.graph.calls.get(node, ())
        )

    def is_signed(self, steps: Sequence[tuple[Node, Witness]], hooks: Sequence[Node]) -> bool:
        """Whether a signature has been worked out before something is read or made of what was sent, in what runs ahead of the
        handler too, `hooks`: the application itself, or who shares a secret with it, has made that, and seldom makes it wrong.
        """
        if steps[-1][1].mode not in SENT:
            return False
        ahead = [(node, 0) for node in hooks if node != steps[0][0]]
        return any(self._signs(node, line) for node, line in (*((node, witness.line) for node, witness in steps), *ahead))

    def _signs(self, node: Node, line: int) -> bool:
        """Whether a scope, or a function that it calls, works a signature out before a line."""
        edges = [edge for edge in self.graph.edges(node) if not line or edge.call.line < line]
        below = {edge.to for edge in edges if edge.to is not None}
        calls = [edge.call for edge in edges] + [call for one in below for call in self.graph.calls.get(one, ())]
        return any(SIGNS.search(call.target) for call in calls)

    def _is_field(self, steps: Sequence[tuple[Node, Witness]]) -> bool:
        """Whether a form on the way has a field of numbers, dates or the like for what is converted, and has looked at it:
        `if form.validate_on_submit(): save(int(request.form["limit"]))`.
        """
        keys = KEY.findall(steps[-1][1].text)
        for node, witness in steps if keys else ():
            before = [call for call in self.graph.calls.get(node, ()) if call.line <= witness.line]
            if any(call.target.rpartition(".")[2] in LOOKS for call in before):
                forms = (self.graph.symbols.chain(node.path, call.scope, call.target) for call in before)
                if any(form is not None and form.path and all(self._has_field(form, key) for key in keys) for form in forms):
                    return True
        return False

    def _has_field(self, form: Symbol, key: str) -> bool:
        symbols = self.graph.symbols
        family = symbols.classes.mro(form) if form.kind in ("class", "instance") else ()
        fields = (one for klass in family if klass.path for one in symbols.table(klass.path).assigns.get((klass.place, key), ()))
        return any(FIELD.search(one.value or one.text) for one in fields)

    def _texts(self, node: Node, text: str, depth: int = 0) -> Iterator[str]:
        """A text with what the names in it were given."""
        yield text
        table = self.graph.symbols.table(node.path)
        for name in NAME.findall(text) if depth < 2 else ():
            for assign in table.assigns.get((node.scope, name), ()):
                given = (f"{call.target}({call.args})" for call in table.at.get(assign.start, ()))
                read = (one.text for one in self.graph.reads.get(node, ()) if one.line == assign.line and "[]" in assign.value)
                for one in (assign.value, assign.text, *given, *read):
                    if one and one != text:
                        yield from self._texts(node, one, depth + 1)

    def _is_typed(self, node: Node, text: str) -> bool:
        """Whether it is picked out of parsed arguments, where the parser was told the argument's type."""
        table = self.graph.symbols.table(node.path)
        for match in PICKED.finditer(text) if self._typed else ():
            parsed = (assign.value for assign in table.assigns.get((node.scope, match["owner"]), ()))
            if match["key"] in self._typed and any("parse_args" in value for value in parsed):
                return True
        return False

    @cached_property
    def _typed(self) -> frozenset[str]:
        """The arguments that parsers anywhere in the project are told the type of."""
        calls = (call for path in self.graph.flows for call in self.graph.called(path, frozenset(("add_argument",))))
        given = (arguments(call.args) for call in calls)
        return frozenset((literal(one.get(0, "name") or "") or "").lstrip("-") for one in given if "type" in one.keywords)

    def _is_open(self, node: Node, witness: Witness) -> bool:
        """Whether the scope has opened the file before it asks something of it."""
        named = arguments(witness.text).get(0) or ""
        return named.isidentifier() and any(
            call.line < witness.line and call.target.rpartition(".")[2] == "open" and arguments(call.args).get(0) == named
            for call in self.graph.calls.get(node, ())
        )

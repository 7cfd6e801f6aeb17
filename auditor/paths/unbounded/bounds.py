"""Whether a query gives all rows of a table, or is bounded: by a page, a slice, a limit, or a key that selects few."""

import re
from collections.abc import Iterator

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Assign, Call
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.calls.reach import Way
from auditor.paths.names.symbol import Symbol
from auditor.paths.queries.asked import Questions
from auditor.paths.queries.question import EVALUATES, EXECUTES
from auditor.paths.unbounded.optional import Optional
from auditor.paths.written.arguments import arguments, split
from auditor.paths.written.steps import last_name, shown, steps

DEPTH = 5
LIMITS = frozenset("limit slice first last get none in_bulk paginate fetch page get_page".split())
SPELT = (".limit()", "text()")
"""How a statement ends, or is made, that says itself what bounds it."""
LARGE = re.compile(r"\blimit\(\s*(?:limit\s*=\s*)?(?P<rows>\d[\d_]*)\s*\)")
MOST = 1000
"""A limit of so many rows, or more, bounds nothing."""
ONES = frozenset("first one one_or_none scalar scalar_one scalar_one_or_none fetchone fetchmany".split())
"""Methods of a result that take one row, or some."""
SELECTED = re.compile(r"\bselect\(\s*(?P<name>[A-Z]\w*)(?:\.\w+)?\s*[,)]")
SPOKEN = re.compile(r"\bquery<(?P<name>[A-Z]\w*)")
"""The class whose rows or columns a chain in short asks for."""
CORE = re.compile(r"\bselect\(\s*(?P<name>[a-z_][\w.]*)\s*[,)]")
"""A table that no class is mapped to."""
GIVEN = re.compile(r"\b(?P<name>\w+)\s*=(?!=)")
GROUPS = frozenset("group_by aggregate count exists dates datetimes".split())
FILTERS = frozenset("filter filter_by where get_queryset".split())
KEY = re.compile(r"(?:^|_)(?:id|pk|uuid|slug|key|code|email|token|number|name|username|identifier|hash)$|__in$|__(?:id|pk)$")
TENANT = re.compile(r"(?:tenant|organi[sz]ation|workspace|company)(?:_?(?:id|pk|uuid))?", re.IGNORECASE)
"""The key of a tenant, by which all tables of an application may be kept apart."""
OWN = re.compile(
    r"=\s*(?:self\.)?(?:request\.|session\.|g\.|info\.context\.)?(?:current_|auth_|logged_in_)?user(?:_id|\.(?:id|pk|uuid)\b)?\b(?!\s*[!=.]=)"
)
"""What belongs to whoever asks."""
RAW = re.compile(r"\b(?:limit\s|group\s+by|count\s*\()", re.IGNORECASE)
"""What bounds a statement that is written out; of one that is made elsewhere nobody knows."""
GROUPED = re.compile(r"\.values(?:_list)?\((?P<by>[^()]*)\)\s*(?:\.\w+\([^()]*\)\s*)*\.annotate\((?P<sums>.*)", re.DOTALL)
"""Groups of rows that are summed up: `orders.values("day").annotate(n=Count("pk"))`."""
SUMS = re.compile(r"\b(?:Count|Sum|Avg|Min|Max)\(")
ONE = re.compile(r"['\"](?:id|pk|uuid)['\"]")
AT_LEAST = re.compile(r"__gte?\s*=")
AT_MOST = re.compile(r"__lte?\s*=")
ONE_DAY = re.compile(r"__(?:date|iso_week|week|day)\s*=")
COMPARED = re.compile(r"\.(?P<name>\w+)\s*(?:==|\.in_\()")


class Bounds:
    """Answers for one graph."""

    def __init__(self, graph: Graph, questions: Questions) -> None:
        self.graph = graph
        self.symbols = graph.symbols
        self.questions = questions
        self.optional = Optional(graph)

    def bounded(self, path: str, scope: int, text: str, start: int, depth: int = 0, through: bool = False) -> bool:
        """Whether what an expression in short gives is bounded; what nobody can follow is taken to be, and what methods of the
        project's own queries give unless these are to be looked through.
        """
        if depth > DEPTH or not steps(text):
            return True
        if "[:]" in text or self._follows(path, scope, text, depth, through):
            return True
        calls = self.symbols.table(path).at.get(start, ()) if start >= 0 else ()
        if _grouped("".join(f".{call.target.rpartition('.')[2]}({call.args})" for call in calls)):
            return True
        if any(self._bounds(path, call) or (call.target in EVALUATES and self._inside(call.args)) for call in calls):
            return True
        root = steps(text)[0].name
        executes = any(last_name(call.target) in EXECUTES for call in calls)
        if text.startswith(f"{root}()") and calls and not executes:
            first = elided((arguments(calls[0].args).get(0) or "").encode())
            return self._named(path, scope, first, depth) if first.isidentifier() else self._inside(calls[0].args)
        handed = [name for call in calls for name in self._statements(call)]
        made = any(self._made(path, scope, call, depth) for call in calls)
        return made or any(self._named(path, scope, name, depth) for name in (root, *handed))

    def _made(self, path: str, scope: int, call: Call, depth: int) -> bool:
        """Whether the function bounds it that makes the statement for a session: `session.scalars(open_orders(shop))`."""
        text = elided((arguments(call.args).get(0) or "").encode()) if last_name(call.target) in EXECUTES else ""
        maker = self.symbols.chain(path, scope, text[:-2]) if text.endswith("()") else None
        return maker is not None and maker.kind == "function" and bool(maker.path) and self._of_query(maker, depth)

    def _follows(self, path: str, scope: int, text: str, depth: int, through: bool) -> bool:
        """Whether a chain goes through a relation of one row, or through a function of the project, which may bound it."""
        found = steps(text)
        for place in range(1, len(found)):
            owner = self.symbols.chain(path, scope, shown(found[:place]))
            if owner is None or not owner.path:
                continue
            called = owner.kind == "function" and found[place].kind == "call"
            of_query = owner.of is not None or (owner.gives is not None and owner.gives.kind == "query")
            if called and (not of_query or not through or self._of_query(owner, depth)):
                return True
            if owner.kind == "instance" and self.symbols.classes.is_model(owner):
                relation = self.symbols.relations.of(owner.as_("class")).get(found[place].name)
                if relation is not None:
                    return True
        return False

    def _of_query(self, method: Symbol, depth: int) -> bool:
        """Whether a method of the project's own queries bounds them: `Order.objects.newest()`."""
        returns = self.symbols.table(method.path).returns.get(method.place, ())
        bounded = (self.bounded(method.path, method.place, one.value, one.start, depth + 1, True) for one in returns)
        return not returns or any(bounded)

    def _statements(self, call: Call) -> Iterator[str]:
        """The names of statements that a session is handed: `session.scalars(statement)`."""
        if last_name(call.target) in EXECUTES:
            # `session.scalars(statement.order_by(Order.id))` goes on where the name left off.
            found = steps(elided((arguments(call.args).get(0) or "").encode()))
            if found and (len(found) == 1 or found[1].kind == "attribute"):
                yield found[0].name

    def _inside(self, args: str) -> bool:
        args = LARGE.sub(_left, args)
        return (
            _grouped(args)
            or any(re.search(rf"\.{name}\(", args) for name in LIMITS | GROUPS)
            or "[:" in args
            or bool(self._keyed(args))
        )

    def _named(self, path: str, scope: int, name: str, depth: int) -> bool:
        """Whether some assignment to a name bounds it."""
        known = self.symbols.table(path).assigns
        told = known.get((scope, name)) or (not self._is_parameter(path, scope, name) and known.get((-1, name))) or ()
        assigns = [one for one in told if one.value.endswith(SPELT) or not self._is_session(path, one)]
        if not assigns and scope >= 0:
            return self._handed(path, scope, name, depth)
        return any(
            "[:]" in assign.value
            or (assign.value.partition(".")[0] != name and self.bounded(path, scope, assign.value, assign.start, depth + 1))
            or any(self._bounds(path, call) for call in self._surely(path, assign))
            for assign in assigns
        )

    def given(self, node: Node, way: Way) -> bool:
        """Whether the way to a scope gives one of the keys by which its queries are filtered where they are given."""
        table, names = self.symbols.table(node.path), set()
        for assign in (one for assigns in table.by_scope.get(node.scope, {}).values() for one in assigns):
            keys = self.optional.keys(node.path, assign)
            if keys and any(self._bounds(node.path, call) for call in table.at.get(assign.start, ())):
                names |= set(keys)
        return any(self.optional.is_given(node, way, name) for name in sorted(names))

    def _surely(self, path: str, assign: Assign) -> Iterator[Call]:
        """The calls of an assigned expression, without the filters that a query is only put under where a key is given."""
        left_out = self.optional.keys(path, assign)
        for call in self.symbols.table(path).at.get(assign.start, ()):
            if not left_out or last_name(call.target) not in FILTERS:
                yield call

    def _is_parameter(self, path: str, scope: int, name: str) -> bool:
        return scope >= 0 and name in self.symbols.signature(Symbol("function", path, scope)).names

    def _handed(self, path: str, scope: int, name: str, depth: int) -> bool:
        """Whether a caller bounds the query that it hands over for a parameter."""
        names = self.symbols.signature(Symbol("function", path, scope)).names
        if name not in names or depth >= DEPTH:
            return False
        bound = self.symbols.owner(path, scope) is not None and names[0] in ("self", "cls")
        for caller, edge in self.graph.callers.get(self.graph.node(path, scope), ()):
            text = edge.arguments.get(names.index(name) - bound, name) or ""
            query = self.model(caller.path, edge.call.scope, elided(text.encode())) if text.isidentifier() else None
            if query is not None and self._named(caller.path, edge.call.scope, text, depth + 1):
                return True
        return False

    def _is_session(self, path: str, assign: Assign) -> bool:
        """Whether a name is no query at all, but what begins one."""
        given = self.symbols.chain(path, assign.scope, assign.value) if assign.value else None
        return given is not None and given.kind in ("instance", "external") and given.name != "=" and not self._is_row(given)

    def _is_row(self, given: Symbol) -> bool:
        statement = given.name.partition("()")[0] in self.questions.sent.statements
        return statement or given.name.startswith("query.") or self.symbols.classes.is_model(given)

    def _bounds(self, path: str, call: Call) -> bool:
        method = last_name(call.target)
        if method == "limit" and not LARGE.sub(_left, f"limit({call.args})"):
            return False
        if method in LIMITS | GROUPS | ONES or "paginat" in method or method == "with_parent":
            return True
        if method in FILTERS and self._keyed(self._spelt_out(path, call)):
            return True
        if method == "from_statement" or ".from_statement(" in call.args:
            return True
        if (method in EXECUTES or method == "text") and RAW.search(call.args):
            return True
        if "distinct(" in call.args:
            return True
        # `session.scalars(select(Order).limit(5))` holds the whole statement.
        return ("select(" in call.args or method in EXECUTES) and self._inside(call.args)

    def _spelt_out(self, path: str, call: Call) -> str:
        """A call's arguments with the conditions that a spread list holds: `filter(*conditions)`."""
        names = [part[1:] for part in split(call.args) if part.startswith("*")] if "*" in call.args else []
        assigns = self.symbols.table(path).assigns
        return " ".join((call.args, *(one.text for name in names for one in assigns.get((call.scope, name), ()))))

    def _keyed(self, args: str) -> bool:
        """Whether a filter selects by a key, or by the row that the others belong to; a tenant has any number of them."""
        names = [part for match in GIVEN.finditer(args) for part in (match["name"], *match["name"].split("__"))]
        if ".in_(" in args or OWN.search(args):
            return True
        compared = [match["name"] for match in COMPARED.finditer(args)]
        keys = (name for name in (*names, *compared) if KEY.search(name) or name in self.questions.lazy.names)
        return any(TENANT.fullmatch(name) is None for name in keys)

    def selected(self, path: str, scope: int, text: str, args: str) -> str:
        """The class that a chain asks for by itself, or that a statement selects, which a call is handed: by its text, or by
        what is assigned to its name.
        """
        found = SPOKEN.search(text) or SELECTED.search(args)
        name = args.partition(",")[0].strip()
        if found is None and name.isidentifier():
            table = self.symbols.table(path)
            for assign in table.assigns.get((scope, name), ()):
                for call in table.at.get(assign.start, ()):
                    found = found or SELECTED.search(f"{call.target}({call.args})")
        if found is None and (core := CORE.search(args)) is not None:
            made = self.symbols.chain(path, scope, core["name"])
            return core["name"].rpartition(".")[2] if made is not None and made.name.endswith(".Table()") else ""
        return found["name"] if found else ""

    def ranged(self, path: str, scope: int, text: str, start: int) -> bool:
        """Whether a chain's filters, or those of the name it begins with, bound both sides: from a day to a day."""
        text = self._filters(path, scope, text, start)
        spanned = ("<" in text and ">" in text) or (AT_LEAST.search(text) is not None and AT_MOST.search(text) is not None)
        return spanned or "overlap" in text or "__range" in text or ONE_DAY.search(text) is not None

    def of_tenant(self, path: str, scope: int, text: str, start: int, args: str) -> bool:
        """Whether a chain's filters keep the rows of a tenant, or those of the statement that it is handed."""
        said = f"{self._filters(path, scope, text, start)} {self._filters(path, scope, args.partition(',')[0].strip(), start)}"
        names = [*(match["name"] for match in COMPARED.finditer(said)), *(match["name"] for match in GIVEN.finditer(said))]
        return any(TENANT.fullmatch(name) for name in names)

    def _filters(self, path: str, scope: int, text: str, start: int) -> str:
        """All that the calls of a chain are given, and those of the name that it begins with."""
        table = self.symbols.table(path)
        starts = {start, *(assign.start for assign in table.assigns.get((scope, text.partition(".")[0]), ()))}
        return " ".join(call.args for one in starts for call in table.at.get(one, ()))

    def taken(self, path: str, scope: int, name: str) -> bool:
        """Whether only one row, or some, are taken from a result that was given a name."""
        return any(call.scope == scope and call.target.startswith(name + ".") for call in self.graph.called(path, ONES))

    def model(self, path: str, scope: int, text: str) -> Symbol | None:
        """The mapped class whose rows an expression gives."""
        symbol = self.symbols.chain(path, scope, text)
        return symbol if symbol is not None and symbol.kind in ("query", "many") and symbol.path else None


def _grouped(text: str) -> bool:
    """Whether a chain gives one row for each value of a column, with what the rows of it come to."""
    found = GROUPED.search(text)
    return found is not None and SUMS.search(found["sums"]) is not None and ONE.search(found["by"]) is None


def _left(limit: re.Match[str]) -> str:
    """What is left of a limit in the text of a statement: nothing of one that lets too many rows through."""
    return "" if int(limit["rows"]) >= MOST else limit[0]

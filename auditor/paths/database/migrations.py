"""What the migrations of a project can not undo, and columns that go while running code may still write them."""

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from auditor.facts.flow.events import Call, Flow
from auditor.facts.values import Definition, FileFacts
from auditor.knowledge.rows import Step
from auditor.model.finding import Confidence, Location
from auditor.paths.calls.graph import Graph
from auditor.paths.written.arguments import arguments, literal

MADE = re.compile(
    r"#+\s*(?:#|commands auto generated|end alembic|please adjust|\w*:?\s*noqa|type:|pylint|pass\b|fmt:|todo\b)", re.IGNORECASE
)
"""Comments that tools write, which give no reason."""
REASON = re.compile(
    r"\b(?:because|since|lost|los[es]|restor|recover|irrevers|data|no need|nothing to|not needed|can ?not|can't|would|unsupported"
    r"|not support)",
    re.IGNORECASE,
)
REFUSED = re.compile(r"\b(?:because|since|lost|restor|recover|data)\b", re.IGNORECASE)
DECIDED = re.compile(
    r"(?:can ?not|can't|not|never) (?:be )?(?:revers|undo|roll(?:ed)? ?back|downgrad|restor)|irrevers"
    r"|no (?:way back|downgrade)|one[- ]way|on purpose",
    re.IGNORECASE,
)
SHAPES = re.compile(r"\.(?:(?:add|drop|create|alter|rename|batch_alter)_\w+|create|drop|create_all|drop_all)$")
"""Calls that change the shape of a table."""
DDL = re.compile(
    r"\b(?:ALTER|CREATE|DROP|RENAME|TRUNCATE)\s+(?:\w+\s+){0,3}?(?:TABLE|COLUMN|INDEX|TYPE|VIEW|CONSTRAINT|SCHEMA)\b",
    re.IGNORECASE,
)
FIRST = re.compile(r"(?:^|/)0001_|(?:^|/|_)initial(?:_\w*)?\.py$")
"""Before these lies nothing that anybody would go back to."""
EMPTIES = re.compile(r"invalidat|clear|flush|purge|delete|wipe|truncate|expire|reset|empty", re.IGNORECASE)
"""Functions that throw rows away: they move no data."""
NEAR = 3
TOP = 3
"""The docstring of a module begins so far up."""


class Irreversible(msgspec.Struct, frozen=True):
    """A step of a migration that can not be taken back, or that takes a column away from code that runs."""

    location: Location
    kind: str
    """`empty`, `raises` and `missing` speak of `downgrade`, `data` of an empty one after changes to rows; `run` has no
    way back, `noop` none that does something; `drop` and `rename` take a column away in the step that moves its data."""
    what: str
    """The call in short: `RunPython(fill)`, `drop_column(order.name)`."""
    confidence: Confidence
    others: tuple["Irreversible", ...] = ()
    """The steps of the same kind behind it in the same migration."""


def irreversible(graph: Graph) -> tuple[Irreversible, ...]:
    """All of them, by place."""
    found: list[Irreversible] = []
    for path, file in graph.files.items():
        if file.kind == "migration" and path in graph.flows:
            found += _by_kind(_Migration(graph, path).all())
    return tuple(sorted(found, key=lambda one: (one.location, one.kind)))


def _by_kind(found: Iterable[Irreversible]) -> Iterator[Irreversible]:
    """One for each kind of step: a migration is taken back as a whole, or not at all."""
    kinds: dict[tuple[str, Confidence], list[Irreversible]] = {}
    for one in sorted(found, key=lambda one: one.location):
        kinds.setdefault((one.kind, one.confidence), []).append(one)
    for first, *others in kinds.values():
        yield msgspec.structs.replace(first, others=tuple(others))


class _Migration:
    """One file's steps."""

    def __init__(self, graph: Graph, path: str) -> None:
        self.graph = graph
        self.path = path
        self.file: FileFacts = graph.files[path]
        self.flow: Flow = graph.flows[path]
        self.steps: list[tuple[Call, Step, str]] = list(self._steps())

    def _steps(self) -> Iterator[tuple[Call, Step, str]]:
        for call in self.flow.calls:
            symbol = self.graph.symbols.chain(self.path, call.scope, call.target)
            if symbol is not None and symbol.kind == "external":
                step = self.graph.knowledge.step(symbol.name)
                if step is not None:
                    yield call, step, self.graph.knowledge.normal(symbol.name)

    def all(self) -> Iterator[Irreversible]:
        """What is wrong in the file."""
        functions = {d.name: i for i, d in enumerate(self.file.definitions) if d.parent < 0 and d.kind != "class"}
        if "upgrade" in functions:
            yield from self._downgrade(functions)
        else:
            yield from self._one_way()
        yield from self._taken_away(functions)

    def _downgrade(self, functions: Mapping[str, int]) -> Iterator[Irreversible]:
        upgrade = functions["upgrade"]
        if not self._calls(upgrade):
            return
        scope = functions.get("downgrade", -1)
        kind = "missing"
        if scope >= 0:
            raised = any(entry.scope == scope for entry in self.flow.raises)
            if any(call.target not in self._raised(scope) for call in self._calls(scope)):
                return
            kind = "raises" if raised else "empty"
        definition = self.file.definitions[scope if scope >= 0 else upgrade]
        if self._says_why(definition) or self._refused_with_reason(scope) or self._is_decided():
            return
        place = Location(self.path, definition.line, definition.column)
        if kind == "empty" and self._changes_rows_only():
            yield Irreversible(place, "data", definition.name, Confidence.LOW)
        else:
            yield Irreversible(place, kind, definition.name, Confidence.LOW if self._is_first() else Confidence.HIGH)

    def _is_first(self) -> bool:
        """Whether a migration is the first of its application, so that there is nothing to go back to."""
        firsts = any(one.target == "down_revision" and one.text.strip() == "None" for one in self.flow.assigns)
        return firsts or FIRST.search(self.path) is not None

    def _changes_rows_only(self) -> bool:
        """Whether nothing in a migration changes the shape of a table: going back finds all that older code knows."""
        inner = {index for index, one in enumerate(self.file.definitions) if one.name != "downgrade" and one.kind != "class"}
        calls = [call for call in self.flow.calls if call.scope in inner]
        return not any(SHAPES.search(call.target) or DDL.search(call.args) for call in calls)

    def _calls(self, scope: int) -> list[Call]:
        told = ("print", "log", "logger", "logging")
        return [call for call in self.flow.calls if call.scope == scope and call.target.partition(".")[0] not in told]

    def _raised(self, scope: int) -> set[str]:
        return {entry.type for entry in self.flow.raises if entry.scope == scope}

    def _refused_with_reason(self, scope: int) -> bool:
        raised = self._raised(scope)
        return any(call.scope == scope and call.target in raised and REFUSED.search(call.args) for call in self.flow.calls)

    def _says_why(self, definition: Definition) -> bool:
        """Whether a comment or docstring within a function gives a reason."""
        inside = range(definition.line - 1, definition.end_line + 1)
        if any(comment.line in inside and not MADE.match(comment.text) for comment in self.file.comments):
            return True
        return any(text.line in inside and REASON.search(text.text) for text in self.file.docstrings)

    def _is_decided(self) -> bool:
        """Whether the file's own words say that nothing takes it back."""
        return any(text.line <= TOP and DECIDED.search(text.text) for text in self.file.docstrings)

    def _one_way(self) -> Iterator[Irreversible]:
        """Django's operations that run code or SQL."""
        for call, step, _ in self.steps:
            if step.kind != "run" or not step.reverse:
                continue
            given, spread = arguments(call.args), arguments(call.args).spread
            reverse = given.named(step.reverse)
            if given.positional and given.positional[0] != "None" and self._is_noop(given.positional[0], call, step):
                continue
            if spread or (reverse is not None and not self._is_noop(reverse, call, step)) or self._is_explained(call):
                continue
            none = reverse in (None, "None")
            confidence = Confidence.HIGH if none and not self._is_first() else Confidence.LOW
            yield Irreversible(Location(self.path, call.line, call.column), "run" if none else "noop", _short(call), confidence)

    def _is_noop(self, reverse: str, call: Call, step: Step) -> bool:
        if reverse == "None":
            return True
        symbol = self.graph.symbols.chain(self.path, call.scope, reverse)
        return symbol is not None and symbol.kind == "external" and self.graph.knowledge.normal(symbol.name) in step.noop

    def _is_explained(self, call: Call) -> bool:
        """Whether a comment beside the step, or the file's own words, say why it has no way back."""
        end = call.line + call.args.count("\n") + 1
        beside = range(call.line - NEAR, end + 1)
        for comment in self.file.comments:
            if comment.line in beside and not MADE.match(comment.text):
                return True
        return any(re.search(r"revers|roll ?back|undo|backward", text.text, re.IGNORECASE) for text in self.file.docstrings)

    def _taken_away(self, functions: Mapping[str, int]) -> Iterator[Irreversible]:
        """Columns that are dropped where their data is moved, and columns that get another name."""
        back = functions.get("downgrade", -2)
        forth = [(call, step, name) for call, step, name in self.steps if call.scope != back]
        if any(assign.target == "replaces" for assign in self.flow.assigns):
            return
        added = any(step.kind == "add" for _, step, _ in forth)
        refilled = _refilled(call for call, _, _ in forth)
        runs = min((call.line for call, step, _ in forth if step.kind == "run" and self._moves(call)), default=1 << 30)
        for call, step, name in forth:
            last = name.rpartition(".")[2]
            place = Location(self.path, call.line, call.column)
            if self._is_explained(call):
                continue
            if refilled & _names(call):
                continue  # another column takes its name: whoever writes it still does
            if step.kind == "drop" and last in ("RemoveField", "drop_column") and added and call.line > runs:
                yield Irreversible(place, "drop", _short(call), Confidence.MEDIUM)
            elif last == "RenameField" or (last == "alter_column" and "new_column_name" in arguments(call.args).keywords):
                yield Irreversible(place, "rename", _short(call), Confidence.LOW)

    def _moves(self, call: Call) -> bool:
        """Whether a step may take what is in a column somewhere else: what only throws rows away does not."""
        code = arguments(call.args).get(0, "code") or ""
        return not (code.isidentifier() and EMPTIES.search(code)) and not re.match(r"\W*DELETE\s+FROM\b", code, re.IGNORECASE)


def _refilled(calls: Iterable[Call]) -> set[str]:
    """The names of columns that are dropped, and that another column gets."""
    dropped: set[str] = set()
    given: set[str] = set()
    for call in calls:
        if call.target.endswith("drop_column"):
            dropped |= _names(call)
        elif call.target.endswith("alter_column"):
            given |= _names(call)
    return dropped & given


def _names(call: Call) -> set[str]:
    """What a step may name a column by that it takes away, or that it gives the name to: the source of its arguments."""
    given = arguments(call.args)
    if call.target.endswith("alter_column"):
        return {given.keywords.get("new_column_name", "")} - {""}
    return {text for text in (given.get(1, "column_name"), given.get(0, "column_name")) if text}


def _short(call: Call) -> str:
    """A step with what it is about: `RunPython(fill)`, `RemoveField(order.name)`."""
    given = arguments(call.args)
    said = [given.get(place, name) or "" for place, name in ((0, "model_name"), (1, "name"))]
    names = [text for one in said if (text := literal(one) or "").replace("_", "").isalnum()]
    first = given.get(0, "code") or ""
    about = ".".join(names) or (first if first.isidentifier() else "")
    last = call.target.rpartition(".")[2]
    return f"{last}({about})" if about else last

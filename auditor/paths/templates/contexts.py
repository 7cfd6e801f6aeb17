"""What views hand to templates: by calls that render, and by class-based views with a template of their own."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from auditor.facts.flow.events import Assign, Call
from auditor.knowledge.orm import orm
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import Arguments, arguments, literal, split

RENDERS = re.compile(r"(?:^|[._])(?:render|render_to_string|render_template|TemplateResponse)$")
TEMPLATE = re.compile(r"\.(?:html?|jinja2?|j2|djhtml|txt)\Z")
ENTRY = re.compile(r"(?P<quote>['\"])(?P<key>\w+)(?P=quote)\s*:\s*(?P<value>.*)\Z", re.DOTALL)
SET = re.compile(r"(?:ctx|context|kwargs)\[['\"](?P<key>\w+)['\"]\]\Z")
CONTEXT = ("context", "ctx", "context_data")


class Given(NamedTuple):
    """A value that a template gets: an expression as written, in a scope; `start` is its byte where it is known. `whole`
    says that it is all that the scope, a function, hands back.
    """

    path: str
    scope: int
    line: int
    text: str
    start: int = -1
    whole: bool = False


class Page(NamedTuple):
    """A template with what it is given, the scope that shows it, and the line on which it does."""

    node: Node
    line: int
    template: str
    given: dict[str, Given]


class Contexts:
    """Answers for one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.symbols = graph.symbols
        self._set: dict[str, dict[int, list[tuple[str, Assign]]]] = {}

    def all(self) -> Iterator[Page]:
        """Every page whose template's name is written out, in the order of paths."""
        for path in sorted(self.graph.flows):
            names = frozenset(filter(RENDERS.search, self.graph.lasts(path)))
            for call in self.graph.called(path, names) if self.graph.files[path].kind == "source" else ():
                yield from self._rendered(self.graph.node(path, call.scope), call)
        for view in self.graph.symbols.classes.judged:
            yield from self._of_view(view)

    def _rendered(self, node: Node, call: Call) -> Iterator[Page]:
        given = arguments(call.args)
        words = [literal(text) or "" for text in (*given.positional[:3], given.keywords.get("template_name", ""))]
        template = next((word for word in words if TEMPLATE.search(word)), "")
        if template:
            found = {name: Given(node.path, call.scope, call.line, text) for name, text in given.keywords.items()}
            for text in (*given.positional[1:], given.keywords.get("context", "")):
                found |= self._dictionary(node, call.scope, call.line, text)
            yield Page(node, call.line, template, found)

    def returned(self, node: Node) -> dict[str, Given]:
        """The entries of the dictionary that a function hands back."""
        found: dict[str, Given] = {}
        for one in self.symbols.table(node.path).spans.get(node.scope, ()):
            found |= self._dictionary(node, node.scope, one.line, one.text or one.value)
        return found

    def _dictionary(self, node: Node, scope: int, line: int, text: str, depth: int = 0) -> dict[str, Given]:
        """The entries of a dictionary that is written out, or of the name that it is given."""
        text = text.strip()
        found: dict[str, Given] = {}
        if text.startswith("{"):
            for part in split(text[1:].removesuffix("}")):
                entry = ENTRY.match(part)
                if entry:
                    found[entry["key"]] = Given(node.path, scope, line, entry["value"].strip())
        elif text.isidentifier() and depth == 0:
            table = self.symbols.table(node.path)
            for assign in table.assigns.get((scope, text), ()):
                found |= self._dictionary(node, scope, assign.line, assign.text, 1)
                for call in table.at.get(assign.start, ()):
                    found |= self._keywords(node.path, call) if call.target == "dict" else {}
            found |= self._set_on(node.path, scope, text)
        return found

    def _keywords(self, path: str, call: Call) -> dict[str, Given]:
        return {name: Given(path, call.scope, call.line, text) for name, text in arguments(call.args).keywords.items()}

    def _set_on(self, path: str, scope: int, name: str = "") -> dict[str, Given]:
        """`context["orders"] = …` and `context.update({…})` in a scope."""
        found: dict[str, Given] = {}
        for key, assign in self._entries(path).get(scope, ()):
            if not name or assign.target.startswith(name):
                found[key] = _given(path, assign)
        for call in self.graph.calls.get(self.graph.node(path, scope), ()):
            owner, _, method = call.target.rpartition(".")
            if call.scope == scope and method == "update" and owner in (name, *CONTEXT):
                first: Arguments = arguments(call.args)
                found |= self._keywords(path, call)
                if first.positional:
                    found |= self._dictionary(Node(path, scope), scope, call.line, first.positional[0], 1)
        return found

    def _entries(self, path: str) -> dict[int, list[tuple[str, Assign]]]:
        """What a file sets in contexts, by scope, each with its key."""
        known = self._set.get(path)
        if known is None:
            known = self._set[path] = defaultdict(list)
            for assign in self.graph.flows[path].assigns:
                if assign.target.endswith("]") and (match := SET.match(assign.target)):
                    known[assign.scope].append((match["key"], assign))
        return known

    def _of_view(self, view: Symbol) -> Iterator[Page]:
        template, kind = self._template(view), self._kind(view)
        model = self.symbols.members.of_view(view.as_("instance"), "get_queryset", 1) if kind else None
        if not template and kind and model is not None and model.path:
            folder = model.path.rpartition("/")[0].removesuffix("/models").rpartition("/")[2]
            name = self.symbols.definition(model).name.lower()
            template = f"{folder}/{name}_{kind}.html"
        if template:
            line = self.symbols.definition(view).line
            yield Page(Node(view.path, view.place), line, template, self._shown(view, kind))

    def _kind(self, view: Symbol) -> str:
        """`list` or `detail`, where a view of the library shows its query or one row of it."""
        names = [base.name for base in self.symbols.classes.mro(view) if base.kind == "external"]
        if any(name in orm().lists and name.endswith("ListView") for name in names):
            return "list"
        return "detail" if any(name.startswith("django.") and name.endswith("DetailView") for name in names) else ""

    def _template(self, view: Symbol) -> str:
        for klass in self.symbols.classes.mro(view):
            if klass.kind == "class":
                for assign in self.symbols.table(klass.path).assigns.get((klass.place, "template_name"), ()):
                    return literal(assign.text) or ""
        return ""

    def _shown(self, view: Symbol, kind: str) -> dict[str, Given]:
        found: dict[str, Given] = {}
        names = {"list": ("object_list", "page_obj"), "detail": ("object",)}.get(kind, ())
        for klass in reversed([one for one in self.symbols.classes.mro(view) if one.kind == "class"]):
            table = self.symbols.table(klass.path)
            for one in ("get_queryset", "queryset", "model"):
                value = self._rows(klass, one)
                if value is not None and kind == "list":
                    found |= dict.fromkeys(names, value)
                    break
            own = table.children.get((klass.place, "get_context_data"))
            if own is not None:
                found |= self._set_on(klass.path, own)
                for call in self.graph.calls.get(Node(klass.path, own), ()):
                    if call.target.endswith(".get_context_data"):
                        found |= self._keywords(klass.path, call)
        return self._under_own_name(view, kind, found)

    def _rows(self, klass: Symbol, name: str) -> Given | None:
        """What a view's rows are asked with, as one class of it says."""
        table = self.symbols.table(klass.path)
        own = table.children.get((klass.place, name))
        if own is not None:
            entries = table.returns.get(own, ())
            last = entries[-1] if entries else None
            return Given(klass.path, own, last.line, last.value, last.start, True) if last is not None else None
        for assign in table.assigns.get((klass.place, name), ()):
            given = _given(klass.path, assign)
            return given._replace(text=f"{given.text}.objects", start=-1) if name == "model" else given
        return None

    def _under_own_name(self, view: Symbol, kind: str, found: dict[str, Given]) -> dict[str, Given]:
        """The rows of a list once more under `context_object_name`, or the model's name."""
        rows = found.get("object_list")
        for klass in self.symbols.classes.mro(view) if rows is not None and kind == "list" else ():
            if klass.kind == "class" and rows is not None:
                for assign in self.symbols.table(klass.path).assigns.get((klass.place, "context_object_name"), ()):
                    return {literal(assign.text) or "": rows} | found
        if rows is not None:
            model = self.symbols.chain(rows.path, rows.scope, rows.text)
            if model is not None and model.path and model.kind in ("query", "many"):
                return {f"{self.symbols.definition(model).name.lower()}_list": rows} | found
        return found


def _given(path: str, assign: Assign) -> Given:
    return Given(path, assign.scope, assign.line, assign.value or assign.text, assign.start if assign.value else -1)

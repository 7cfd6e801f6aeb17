"""Which function or class a handler's text names: through `as_view`, wrapping calls, and texts with a dotted name."""

import re
from collections import defaultdict
from functools import cached_property

from auditor.facts.flow.elide import elided
from auditor.paths.calls.graph import Graph
from auditor.paths.names.symbol import Symbol
from auditor.paths.routes.places import parted
from auditor.paths.written.arguments import arguments, literal

DEEPEST = 5
VIEWED = frozenset(("as_view",))
VIEW = re.compile(r"\.as_view\(|\A[A-Za-z_][\w.]*,?\Z")
"""What is handed to a call that makes a view of it: a class as a view, or a function alone."""
MAPPED = re.compile(r"\.as_view\(\s*(?:actions\s*=\s*)?\{(?P<pairs>[^{}]*)\}")
PAIR = re.compile(r"['\"](\w+)['\"]\s*:\s*['\"](\w+)['\"]")


class Named:
    """Looks handlers up."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.symbols = graph.symbols

    def handler(self, path: str, scope: int, text: str, depth: int = 0) -> Symbol | None:
        """The function or class that a text names in a scope; None where nobody can say."""
        text = text.strip()
        if depth > DEEPEST or not text or text.startswith("lambda"):
            return None
        said = literal(text)
        if said is not None:
            return self.symbols.dotted(said) if "." in said else None
        opening = _opening(text) if text.endswith(")") else 0
        plain = text[:opening].rstrip().removesuffix(".as_view") if text[:opening].rstrip().endswith(".as_view") else text
        found = self.symbols.chain(path, scope, elided(plain.encode()))
        if found is not None and found.kind == "instance":
            return found.as_("class")
        if found is not None and found.kind in ("class", "function") and found.path:
            handed = self._wrapped(path, scope, plain, depth) if plain.endswith(")") and found.kind == "function" else None
            return handed if handed is not None and handed.kind == "function" else found
        return (
            self._wrapped(path, scope, plain, depth) or self._loaded(path, scope, plain) or self._kept(path, scope, text, depth)
        )

    def _kept(self, path: str, scope: int, name: str, depth: int) -> Symbol | None:
        """`view = Orders.as_view("orders")`: what a variable was given, here or in the module that it is taken from."""
        kept = self.kept(path, scope, name)
        return self.handler(*kept, depth + 1) if kept is not None else None

    def kept(self, path: str, scope: int, name: str, depth: int = 0) -> tuple[str, int, str] | None:
        """The view that a variable was given, as written, with where that stands: `view = limited(Orders.as_view())`."""
        if depth > DEEPEST:
            return None
        at = scope
        owner, dot, last = name.rpartition(".")
        module = self.symbols.chain(path, scope, owner) if dot and owner.isidentifier() else None
        if module is not None and module.kind == "module":
            return self.kept(module.path, -1, last, depth + 1)
        table = self.symbols.table(path)
        while name.isidentifier():
            for assign in table.assigns.get((at, name), ()):
                if assign.value.endswith(".as_view()"):
                    return path, at, assign.value
                for call in table.at.get(assign.start, ())[-1:] if assign.value.endswith("()") else ():
                    if VIEW.search(call.args):
                        return path, at, f"{call.target}({call.args})"
            if at < 0:
                break
            at = self.graph.files[path].definitions[at].parent
        origin, _, last = table.imports.get(name, "").rpartition(".")
        module_path = self.symbols.modules.find(origin) if origin else None
        return self.kept(module_path, -1, last, depth + 1) if module_path is not None else None

    def actions(self, path: str, scope: int, text: str) -> dict[str, str]:
        """By HTTP method what `Orders.as_view({"post": "create"})` has answer it, also where a variable keeps the view."""
        said = MAPPED.search(text)
        if said is None and text.isidentifier():
            kept = (call for call in self.graph.called(path, VIEWED) if call.bound == text and call.scope in (scope, -1))
            said = next((match for call in kept if (match := MAPPED.search(f".as_view({call.args}"))), None)
        return {verb.upper(): name for verb, name in PAIR.findall(said["pairs"])} if said is not None else {}

    def is_elsewhere(self, path: str, scope: int, text: str) -> bool:
        """Whether a handler is a library's own, or answers in a line: nothing of the project's code stands behind it."""
        text = text.strip()
        if text.startswith("lambda"):
            return True
        callee = text[: _opening(text)].rstrip() if text.endswith(")") else ""
        inside = arguments(text[len(callee) :].strip()[1:-1]).positional if callee and not callee.endswith(".as_view") else ()
        handed = [part for part in inside if part[:1].isidentifier()]
        if handed:
            return any(self.is_elsewhere(path, scope, part) for part in handed)
        symbol = self.symbols.chain(path, scope, elided((callee or text).encode()))
        return symbol is not None and symbol.kind == "external" and symbol.name != "="

    def _wrapped(self, path: str, scope: int, text: str, depth: int) -> Symbol | None:
        """`login_required(view)`, `cache_page(60)(view)`: the function that is handed to the outermost call."""
        if not text.endswith(")"):
            return None
        inside = text[_opening(text) + 1 : -1]
        for part in (*arguments(inside).positional, *arguments(inside).keywords.values()):
            found = self.handler(path, scope, part, depth + 1) if part[:1].isidentifier() else None
            if found is not None:
                return found
        return None

    def _loaded(self, path: str, scope: int, text: str) -> Symbol | None:
        """A class that some loader gets by texts: `get_class("catalogue.views", "ProductView")`, also by way of `self.view`."""
        called = parted(text)
        if called is None:
            return self._held(path, scope, text)
        said = [name for part in arguments(called[1]).positional if (name := literal(part))]
        if not said or not said[-1].isidentifier() or not said[-1][:1].isupper():
            return None
        fits = self.classes.get(said[-1], [])
        near = [one for one in fits if len(said) > 1 and self.symbols.modules.name_of[one.path].endswith(said[0])]
        return near[0] if near else fits[0] if len(fits) == 1 else None

    def _held(self, path: str, scope: int, text: str) -> Symbol | None:
        """`self.view` where the class sets it to what a loader gives."""
        owner, dot, last = text.rpartition(".")
        klass = self.symbols.chain(path, scope, owner) if dot else None
        if klass is None or klass.kind not in ("class", "instance"):
            return None
        for one in self.symbols.classes.mro(klass.as_("class")):
            if one.kind != "class":
                continue
            bound = f"self.{last}"
            for call in self.graph.flows[one.path].calls:
                if call.bound == bound and self.graph.files[one.path].definitions[call.scope].parent == one.place:
                    return self._loaded(one.path, call.scope, f"{call.target}({call.args})")
        return None

    @cached_property
    def classes(self) -> dict[str, list[Symbol]]:
        """The classes of source by their name."""
        found: dict[str, list[Symbol]] = defaultdict(list)
        for path, file in sorted(self.graph.files.items()):
            for index, definition in enumerate(file.definitions):
                if definition.kind == "class" and file.kind == "source":
                    found[definition.name].append(Symbol("class", path, index))
        return found


def _opening(text: str) -> int:
    """The place of the bracket that the last one of a text closes; 0 where none does."""
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        depth += (text[place] == ")") - (text[place] == "(")
        if depth == 0:
            return place
    return 0

"""Which function or class a handler's text names: through `as_view`, wrapping calls, and texts with a dotted name."""

import re
from collections import defaultdict
from functools import cached_property

from auditor.facts.flow.elide import elided
from auditor.paths.arguments import arguments, literal
from auditor.paths.graph import Graph
from auditor.paths.routes.places import parted
from auditor.paths.symbols import Symbol

DEEPEST = 5


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
        plain = re.sub(r"\.as_view\s*\(.*\Z", "", text, flags=re.DOTALL)
        found = self.symbols.chain(path, scope, elided(plain.encode()))
        if found is not None and found.kind == "instance":
            return found.as_("class")
        if found is not None and found.kind in ("class", "function") and found.path:
            return found
        return self._wrapped(path, scope, plain, depth) or self._loaded(path, scope, plain)

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
        for one in self.symbols.members.mro(klass.as_("class")):
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

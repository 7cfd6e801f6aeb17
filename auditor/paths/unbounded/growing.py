"""Whether a table grows with use: rows that no code makes but what fills a new database stay as many as they are."""

import re

from auditor.paths.calls.graph import Graph

CREATES = frozenset(
    "create get_or_create update_or_create bulk_create acreate aget_or_create abulk_create insert insert_many upsert save add "
    "insert_or_update create_many model_validate".split()
)
FILLS = re.compile(
    r"(?:^|/|_)(?:seeds?|fixtures?|management/commands|populate\w*|initial\w*|bootstrap\w*|scripts?|demo)(?:[/_.]|$)"
)
"""Files that fill a new database."""
NAMED = frozenset(("model", "model_class", "schema_class", "Model"))
"""Attributes by which forms, serializers and generic views say what they make."""
MAKES = re.compile(r"(?:form|serializer|view|crud|repositor|dao|store|service|manager|factory|resource)", re.IGNORECASE)


class Growing:
    """Answers for one graph, remembered by the class's name."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._known: dict[str, bool] = {}

    def grows(self, model: str) -> bool:
        """Whether some code makes rows of a class; of a table without one nobody knows."""
        if not model or not model[0].isupper():
            return True
        if model not in self._known:
            sources = [path for path in self.graph.flows if self.graph.files[path].kind == "source" and not FILLS.search(path)]
            self._known[model] = any(self._made(path, model) for path in sources)
        return self._known[model]

    def _made(self, path: str, model: str) -> bool:
        """Whether a file makes rows of it: by the class, its manager, a relation's, or by handing the class to what does."""
        lower = model.lower()
        for call in self.graph.called(path, CREATES | {model}):
            owner, _, last = call.target.rpartition(".")
            named = re.findall(r"\w+", owner)
            if last == model or model in named or f"{lower}_set" in named or f"{lower}s" in named:
                return True
        flow = self.graph.flows[path]
        if any(one.target in NAMED and (one.value or one.text).rpartition(".")[2] == model for one in flow.assigns):
            return True
        if any(re.search(rf"\[[^\]]*\b{model}\b", base) for one in self.graph.files[path].definitions for base in one.bases):
            return True
        handed = re.compile(rf"\b{model}\b(?!\.)")
        return any(handed.search(call.args) for call in flow.calls if MAKES.search(call.target))

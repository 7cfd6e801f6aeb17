"""Whether a table grows with use: rows that no code makes but what fills a new database stay as many as they are."""

import re
from collections.abc import Iterator
from functools import cached_property

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

WORD = re.compile(r"\w+")
SUBSCRIPT = re.compile(r"\[([^\]]*)")
HANDED = re.compile(r"\b[A-Z]\w*\b(?!\.)")
"""A class that is handed on itself, and no attribute of it."""
FEW = re.compile(
    r"(?:Room|Location|Category|Setting|Settings|Config|Configuration|Role|Permission|Language|Locale|Country|Currency|Timezone"
    r"|Region|Theme|Building|Floor|Department|Faculty|Degree|Unit|Feature|FeatureFlag|Plan|Tier|Site|License|Licence|Category\w*Type"
    r"|\w+Type|\w+Status|\w+Kind|\w+Level|Semester|Term|Season|Weekday|Holiday|PaymentMethod|ShippingMethod|Provider|Printer)\Z"
)
"""What a house has a handful of, whoever writes it: rooms, languages, roles."""
LAST = re.compile(r"[A-Z][a-z0-9]*\Z")


def few_by_nature(model: str) -> bool:
    """Whether the rows of a class are few by what it is called."""
    last = LAST.search(model)
    return FEW.match(model) is not None or (last is not None and FEW.match(last[0]) is not None)


class Growing:
    """Answers for one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def grows(self, model: str) -> bool:
        """Whether some code makes rows of a class; of a table without one nobody knows."""
        if not model or not model[0].isupper():
            return True
        lower = model.lower()
        return not self._made.isdisjoint((model, f"{lower}_set", f"{lower}s"))

    @cached_property
    def _made(self) -> frozenset[str]:
        """Classes, and relations, of which files make rows: by the class, its manager, or by handing the class to what does."""
        sources = [path for path in self.graph.flows if self.graph.files[path].kind == "source" and not FILLS.search(path)]
        return frozenset(name for path in sources for name in self._of_file(path))

    def _of_file(self, path: str) -> Iterator[str]:
        yield from (name for name in self.graph.lasts(path) if name[:1].isupper())
        for call in self.graph.called(path, CREATES):
            yield from WORD.findall(call.target.rpartition(".")[0])
        for one in self.graph.flows[path].assigns:
            if one.target in NAMED:
                yield (one.value or one.text).rpartition(".")[2]
        for definition in self.graph.files[path].definitions:
            for base in definition.bases:
                yield from (name for inner in SUBSCRIPT.findall(base) for name in WORD.findall(inner))
        for call in self.graph.flows[path].calls:
            if MAKES.search(call.target):
                yield from HANDED.findall(call.args)

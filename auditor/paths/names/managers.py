"""The classes that a model's queries begin with, as the model names them."""

from collections.abc import Iterator

from auditor.knowledge.orm import orm
from auditor.paths.names.symbol import Names, Symbol


def manager_texts(names: Names, model: Symbol, attribute: str = "") -> Iterator[str]:
    """The names of manager and query classes that a model is given: `Manager.from_queryset(Rows)()` gives both.

    With an attribute, whatever it is called, only those that stand there.
    """
    table = names.table(model.path)
    for name in (attribute,) if attribute else ("query_class", *sorted(orm().managers)):
        for assign in table.assigns.get((model.place, name), ()):
            yield assign.value.partition("(")[0].partition(".as_manager")[0].partition(".from_queryset")[0]
            for call in table.at.get(assign.start, ()):
                if call.target.endswith(".from_queryset"):
                    yield call.args.partition(",")[0].strip()

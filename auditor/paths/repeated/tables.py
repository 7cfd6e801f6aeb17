"""What tables of an administration's pages ask for each row: their columns."""

from collections.abc import Iterator

from auditor.paths.calls.graph import Node
from auditor.paths.loads.feeds import Feeds
from auditor.paths.loads.loading import Loads
from auditor.paths.names.rows import Shower
from auditor.paths.queries.reading import Feed, Reading, Shown
from auditor.paths.written.arguments import literal, split


class Tables:
    """Answers for one graph."""

    def __init__(self, feeds: Feeds, reading: Reading) -> None:
        self.symbols = reading.symbols
        self.feeds = feeds
        self.reading = reading

    def of(self, shower: Shower) -> Iterator[tuple[Shown, Feed]]:
        """What each column of a table needs, with what feeds its rows."""
        if shower.model is None:
            return
        feed = self._feed(shower)
        for name in self._display(shower) or ("__str__",):
            method = self.reading.own_method(shower.klass, name)
            found = self.reading.of_method(method) if method is not None else self.reading.of_model(shower.model, name)
            for shown in found:
                yield shown, feed

    def _display(self, shower: Shower) -> tuple[str, ...]:
        for one in self.symbols.classes.mro(shower.klass):
            if one.kind == "class":
                for assign in self.symbols.table(one.path).assigns.get((one.place, "list_display"), ()):
                    return tuple(name for part in split(assign.text.strip()[1:-1]) if (name := literal(part)))
        return ()

    def _feed(self, shower: Shower) -> Feed:
        """What a table's rows come with: `get_queryset`, `list_select_related`, or all to-one relations if one is a column."""
        loads = self.feeds.managed.of(shower.model, "objects") if shower.model is not None else Loads()
        own = self.reading.own_method(shower.klass, "get_queryset")
        if own is not None:
            loads |= self.feeds.returned(own)
        for one in self.symbols.classes.mro(shower.klass):
            if one.kind == "class":
                for assign in self.symbols.table(one.path).assigns.get((one.place, "list_select_related"), ()):
                    loads |= _related(assign.text.strip())
        relations = self.symbols.relations.of(shower.model) if shower.model is not None else {}
        if any(name in relations and not relations[name].many for name in self._display(shower)):
            loads |= Loads(to_one=True)
        line = self.symbols.definition(shower.klass).line
        return Feed(Node(shower.klass.path, shower.klass.place), line, loads._replace(plain=False), "the table's rows")


def _related(text: str) -> Loads:
    """What `list_select_related` names: `True`, or paths."""
    names = [literal(part) or "" for part in split(text[1:-1])] if text[:1] in ("(", "[") else []
    paths = [tuple(name.split("__")) for name in names]
    return Loads(frozenset(path[:end] for path in paths for end in range(1, len(path) + 1)), to_one=text == "True")

"""Routes that a function of the project's own declares for its callers: `api.add_resource(Orders, "/orders")`."""

from collections.abc import Iterator

from auditor.facts.flow.events import Call
from auditor.paths.calls.graph import Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.routes.looped import VIEWED, Looped, Row
from auditor.paths.routes.places import Place
from auditor.paths.written.arguments import Arguments, arguments, split


class Registered:
    """Looks at what callers hand over."""

    def __init__(self, looped: Looped) -> None:
        self.looped = looped
        self.places = looped.places
        self.symbols = looped.places.symbols

    def rows(self, path: str, call: Call, given: Arguments, handler: str, said: str) -> Iterator[tuple[Row, Arguments]]:
        """By caller, and by path: what a call is given, where its handler is a parameter of the function around it."""
        if call.scope < 0 or not handler:
            return
        names = self.symbols.signature(Symbol("function", path, call.scope)).names
        parameter = self._viewed(path, call.scope, handler)
        if parameter not in names:
            return
        listed = self._listed(path, call, said)
        starred = bool(listed) and f"*{listed}" in self.symbols.table(path).signatures.get(call.scope, "").replace("**", "")
        owner = call.target.rpartition(".")[0]
        shift = self.places.position(path, call.scope, names[0])
        for caller, handing in self.places.callers.get(Node(path, call.scope), ()):
            named = arguments(handing.args)
            handed = {name: text for at, name in enumerate(names) if name != listed and (text := named.get(at + shift, name))}
            if parameter not in handed:
                continue
            above = self.places.of(caller.path, handing.scope, handed.get(owner, ""))
            for one in self._paths(named, names.index(listed) + shift, listed, starred) if listed else (handed.get(said, said),):
                values = handed | {handler: handed[parameter], said: one}
                row = Row(Place(caller.path, handing.scope, ""), values, (), above)
                keywords = {key: row.said(text) for key, text in given.keywords.items()}
                yield row, Arguments(tuple(row.said(text) for text in given.positional), keywords, given.spread)

    def _paths(self, named: Arguments, at: int, listed: str, starred: bool) -> Iterator[str]:
        """The paths that a caller hands over: one after the other for `*urls`, else together in a list."""
        if starred:
            yield from named.positional[at:]
        elif (text := named.get(at, listed)) is not None:
            yield from split(text[1:-1]) if text.startswith(("[", "(")) else (text,)

    def _viewed(self, path: str, scope: int, handler: str) -> str:
        """The name of which a handler's text makes a view: `view` after `view = resource.as_view("orders")` is `resource`."""
        match = VIEWED.match(handler)
        return match["class"] if match is not None else dict(self.looped.aliases(path, scope, [handler])).get(handler, handler)

    def _listed(self, path: str, call: Call, said: str) -> str:
        """The parameter that a loop around a call goes through for a path, `*urls` or `urls`; empty where there is none."""
        names = self.symbols.signature(Symbol("function", path, call.scope)).names
        sources = (loop.text.strip() for loop in self.symbols.table(path).loops.get((call.scope, said), ()))
        return next((source for source in sources if source in names), "")

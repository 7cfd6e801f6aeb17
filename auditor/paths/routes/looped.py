"""What a loop's variables stand for, row by row, where it goes through a table that stands in the code."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from auditor.facts.flow.events import Call, Loop
from auditor.paths.calls.graph import Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.routes.places import Place, Places
from auditor.paths.written.arguments import Arguments, arguments, literal, split, summands

DEEPEST = 3
MOST = 500
"""Rows of one table that are read at most."""
PAIR = re.compile(r"\s*(?P<key>[rRuU]?\"[^\"\n]*\"|[rRuU]?'[^'\n]*'|[^:\"'\[\](){}]+)\s*:\s*(?P<value>.+)\Z", re.DOTALL)
VIEW = re.compile(r"\.(?P<view>items|keys|values)\(\s*\)\Z")
SPREAD = re.compile(r"\s*\*(\w+)\s*,?\s*\Z")
WORD = re.compile(r"[A-Za-z_]\w*")
VIEWED = re.compile(r"(?P<class>[A-Za-z_]\w*)(?:\[\])?\.as_view\(")
KEYED = re.compile(r"(?P<name>[A-Za-z_]\w*)\[(?P<key>\"\w+\"|'\w+')\]")
"""What a row holds under a key: `row["url"]`."""
NAMED = re.compile(r"[A-Za-z_][\w.]*")
FORMATTED = re.compile(r"(?P<sign>[rR]?[fF][rR]?)(?P<quote>['\"])(?P<inner>[^'\"\n]*)(?P=quote)\Z")


class Row(NamedTuple):
    """One turn of a loop: where the table stands, what each variable is there, and the parts of the row.

    `above` are the bindings that whoever handed the row over named beside it.
    """

    place: Place
    values: dict[str, str]
    parts: tuple[str, ...]
    above: tuple[Place, ...] = ()

    def said(self, text: str) -> str:
        """An argument with the row's values for the variables; in a formatted text a value is added, not put in, and in a sum
        it takes the variable's place: `V1 + prefix`.
        """
        if text in self.values:
            return self.values[text]
        keyed = KEYED.fullmatch(text)
        if keyed is not None and keyed["name"] in self.values:
            return _pairs(self.values[keyed["name"]]).get(keyed["key"][1:-1], text)
        owner, dot, rest = text.partition(".")
        if dot and WORD.fullmatch(self.values.get(owner, "")):
            return f"{self.values[owner]}.{rest}"
        match = FORMATTED.match(text)
        if match is None:
            parts = summands(text)
            values = [value if literal(value := self.values.get(part, part)) is not None else part for part in parts]
            return " + ".join(values) if len(parts) > 1 else text
        quote, inner = match["quote"], match["inner"]
        for name, value in self.values.items():
            if literal(value) is not None:
                inner = inner.replace(f"{{{name}}}", f"{quote} + {value} + {match['sign']}{quote}")
        return f"{match['sign']}{quote}{inner}{quote}"


class Looped:
    """Looks tables up."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.graph = places.graph

    def rows(self, path: str, call: Call, given: Arguments, texts: tuple[str | None, ...]) -> Iterator[tuple[Row, Arguments]]:
        """By row: what a call in a loop is given, where one of these arguments is a variable of the loop, or all are one."""
        spread = SPREAD.match(call.args) if given.spread else None
        plain = [text for text in texts if text and WORD.fullmatch(text)]
        plain += [keyed["name"] for text in texts if text and (keyed := KEYED.fullmatch(text)) is not None]
        names = [spread[1]] if spread else plain
        loop = self._loop(path, call.loop, names)
        aliases = dict(self.aliases(path, call.scope, names))
        for row in self._of(path, loop) if loop is not None else ():
            row.values.update({name: _view(row.values[variable]) for name, variable in aliases.items() if variable in row.values})
            if spread:
                yield row, Arguments(row.parts)
            else:
                more = (row.said(part[2:]) for part in split(call.args) if part.startswith("**")) if given.spread else ()
                keywords = {key: value for text in more for key, value in _pairs(text).items()}
                keywords |= {key: row.said(text) for key, text in given.keywords.items()}
                yield row, Arguments(tuple(row.said(text) for text in given.positional), keywords, given.spread)

    def aliases(self, path: str, scope: int, names: list[str]) -> Iterator[tuple[str, str]]:
        """What is made a view of, by the name it is kept under: `view = resource.as_view(resource.__name__)`."""
        table = self.graph.symbols.table(path)
        for name in names:
            for assign in table.assigns.get((scope, name), ()):
                match = VIEWED.match(assign.text or assign.value)
                if match is not None:
                    yield name, match["class"]

    def values(self, path: str, scope: int, name: str) -> Iterator[tuple[Place, str]]:
        """What a name stands for in the turns of the loops that bind it in a scope, and where that is written."""
        for loop in self.graph.symbols.table(path).loops.get((scope, name), ()):
            yield from ((row.place, row.values[name]) for row in self._of(path, loop) if name in row.values)

    def of_caller(self, path: str, call: Call, table: Place) -> tuple[Place, ...]:
        """The binding that a caller hands over together with a table: `register(blueprint, routes)`."""
        owner = call.target.rpartition(".")[0]
        node = Node(path, call.scope)
        names = self.graph.symbols.signature(Symbol("function", *node)).names if call.scope >= 0 else ()
        if owner not in names:
            return ()
        found: dict[Place, None] = {}
        for caller, handing in self.places.callers.get(node, ()):
            given = arguments(handing.args)
            texts = (given.get(index, name) or "" for index, name in enumerate(names) if name != owner)
            if any(table in self.places.of(caller.path, handing.scope, text) for text in texts):
                holder = given.get(names.index(owner), owner) or ""
                found |= dict.fromkeys(self.places.of(caller.path, handing.scope, holder))
        return tuple(found)

    def _loop(self, path: str, at: int, names: list[str]) -> Loop | None:
        """The innermost loop around a place that binds one of the names."""
        loops = self.graph.flows[path].loops
        while at >= 0 and names:
            if not set(WORD.findall(loops[at].target)).isdisjoint(names):
                return loops[at]
            at = loops[at].parent
        return None

    def _of(self, path: str, loop: Loop) -> Iterator[Row]:
        names = [part.strip() for part in loop.target.strip("()").split(",") if part.strip()]
        for place, elements in self._tables(path, loop):
            for element in elements[:MOST]:
                parts = tuple(split(element[1:-1])) if element.startswith(("(", "[")) else (element,)
                values = dict(zip(names, parts, strict=False)) if len(names) > 1 else {names[0]: element}
                yield Row(place, values, parts)

    def _tables(self, path: str, loop: Loop) -> Iterator[tuple[Place, list[str]]]:
        """The tables that a loop goes through, each with its elements; those of a dictionary's items are pairs."""
        text = loop.text.strip()
        view = VIEW.search(text)
        text = text[: view.start()] if view else text
        if text.startswith(("(", "[", "{")):
            yield Place(path, loop.scope, ""), _elements(text, view["view"] if view else "keys")
            return
        for place, written in self._written(path, loop.scope, text):
            yield place, _elements(written, view["view"] if view else "keys")

    def _written(self, path: str, scope: int, text: str, depth: int = 0) -> Iterator[tuple[Place, str]]:
        """Where a table stands that a name leads to, and how; an attribute of a class may be another name's."""
        for place in self.places.of(path, scope, text):
            for assign in self.graph.symbols.table(place.path).assigns.get((place.scope, place.name), ()):
                if assign.text.startswith(("(", "[", "{")):
                    yield place, assign.text
                elif assign.value and assign.value != place.name and place.scope >= 0 and depth < DEEPEST:
                    yield from self._written(place.path, -1, assign.value, depth + 1)
            if filled := self._filled(place):
                yield place, filled

    def _filled(self, place: Place) -> str:
        """A dictionary of a module that is filled pair by pair, `handlers[SoldOut] = tell`, as if it were written out."""
        begin = f"{place.name}["
        assigns = self.graph.flows[place.path].assigns if place.name and place.scope == -1 else ()
        found = (one for one in assigns if one.scope == -1 and one.target.startswith(begin) and one.target.endswith("]"))
        pairs = [f"{one.target[len(begin) : -1]}: {one.value or one.text}" for one in found]
        return "{" + ", ".join(pairs) + "}" if pairs else ""


def _pairs(text: str) -> dict[str, str]:
    """What a dictionary holds under its texts, as written; empty for anything else."""
    found = (PAIR.match(one) for one in split(text.strip()[1:-1])) if text.strip().startswith("{") else ()
    pairs = ((literal(match["key"].strip()), match["value"].strip()) for match in found if match is not None)
    return {key: value for key, value in pairs if key is not None}


def _view(value: str) -> str:
    """The view that a row stands for: the one name that a dictionary holds."""
    names = [one for one in _pairs(value).values() if NAMED.fullmatch(one) and one not in ("None", "True", "False")]
    return names[0] if len(names) == 1 else value


def _elements(text: str, view: str) -> list[str]:
    """The parts of a list or tuple; of a dictionary the `keys`, `values` or `items`."""
    found = split(text.strip()[1:-1])
    if not text.startswith("{"):
        return found
    pairs = [(match["key"].strip(), match["value"].strip()) for one in found if (match := PAIR.match(one)) is not None]
    if not pairs:
        return found
    return [{"keys": key, "values": value, "items": f"({key}, {value})"}[view] for key, value in pairs]

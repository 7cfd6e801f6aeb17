"""How fields are named: in which style, and whether one idea goes by one name."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import msgspec

from auditor.facts.flow.events import Assign
from auditor.model.finding import Location
from auditor.paths.calls.graph import Graph
from auditor.paths.database.ideas import IDEAS, is_event
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import Arguments, arguments, literal

SNAKE = re.compile(r"_*[a-z0-9]+(?:_+[a-z0-9]+)+_*\Z")
CAMEL = re.compile(r"_*[a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+\Z")
PASCAL = re.compile(r"[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)*\Z")
PLAIN = re.compile(r"_*[a-z0-9]+_*\Z")
SCHEMAS = frozenset(
    "pydantic.BaseModel pydantic.main.BaseModel pydantic_settings.BaseSettings pydantic.v1.BaseModel marshmallow.Schema "
    "rest_framework.serializers.Serializer rest_framework.serializers.ModelSerializer ninja.Schema ninja.schema.Schema".split()
)
"""Classes whose fields are the keys of what goes in and out."""
THEIRS = re.compile(r"[Ww]eb_?[Hh]ook|[Cc]allback|Upstream|External|ThirdParty")
"""Schemas of what others send: the names are theirs."""
SCHEMA_ENDS = (
    "serializers.ModelSerializer",
    "serializers.Serializer",
    "serializers.HyperlinkedModelSerializer",
    ".Schema",
    "ma.SQLAlchemySchema",
)
COLUMN = re.compile(r"(?:Field|Column|column|Key|Mapped|fields\.\w+|deferred|relationship)\Z|Field$")
SHORT = 3
"""A name of so few letters is a symbol: `cM`, `pH`, `kWh`."""
MIRROR = 8
"""So many names of one style in a file are no slip."""
TAKEN = ("source", "attribute")
"""What a serializer's field says that it takes its value from."""
EXPLICIT = frozenset("name db_column alias data_key validation_alias serialization_alias source column_name".split())
BOTH = frozenset(("sqlmodel.SQLModel", "sqlmodel.main.SQLModel"))
"""Classes whose subclasses are mapped and schemas at once."""
FRAMEWORK = frozenset("Meta Config model_config objects query query_class metadata registry ordering".split())
DICTATED = frozenset(("is_active", "is_staff", "is_superuser"))
"""Names that Django's users have to have."""
TIME = re.compile(r"date|time|timestamp", re.IGNORECASE)
FLAG = re.compile(r"bool", re.IGNORECASE)


class Field(NamedTuple):
    """A field of a mapped class or a schema."""

    owner: str
    name: str
    maker: str
    """What makes it, or its annotation."""
    key: bool
    """Whether it is a foreign key."""
    model: bool
    """Whether its class is mapped to a table."""
    location: Location
    times: int = 1
    """How many mapped classes have it: those that inherit it, too."""


class Misnamed(msgspec.Struct, frozen=True):
    """A field that is named unlike the others."""

    location: Location
    owner: str
    name: str
    kind: str
    """`style` or `idea`."""
    idea: str
    """For an idea: what the name stands for, in words."""
    majority: str
    """The style (`snake_case`) or the name that most fields have."""
    share_pct: float
    """How many of those that could have it do."""
    others: int
    """How many have it."""
    sure: bool = True
    """Whether it is a slip: of one and one nobody knows which to mend, and a file of one style may spell out a format."""


class Naming:
    """All fields of a project."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.classes = graph.symbols.classes

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields whose names are the project's own choice, in the order of paths."""
        return tuple(field for path in sorted(self.graph.flows) for field in self._of_file(path))

    def _of_file(self, path: str) -> Iterator[Field]:
        file = self.graph.files[path]
        if file.kind != "source":
            return
        classes = {i: self._kind(path, i) for i, d in enumerate(file.definitions) if d.kind == "class"}
        outer = self._of_other_formats(path)
        for assign in self.graph.flows[path].assigns:
            kind = classes.get(assign.scope, "")
            if assign.scope in outer and CAMEL.match(assign.target):
                continue
            if kind and assign.target.isidentifier() and assign.target not in FRAMEWORK and not assign.target.isupper():
                field = self._field(path, assign, kind == "model")
                if field is not None:
                    yield field

    def _of_other_formats(self, path: str) -> frozenset[int]:
        """The classes that name fields in camel case rather than in snake case, and say which of the project's names these
        stand for.
        """
        at, assigns = self.graph.symbols.table(path).at, self.graph.flows[path].assigns
        lean = Counter(assign.scope for assign in assigns if CAMEL.match(assign.target))
        lean.subtract(assign.scope for assign in assigns if SNAKE.match(assign.target))
        camel = (assign for assign in assigns if lean[assign.scope] > 0 and CAMEL.match(assign.target))
        given = ((assign.scope, arguments(call.args).keywords) for assign in camel for call in at.get(assign.start, ())[:1])
        return frozenset(scope for scope, keywords in given if not keywords.keys().isdisjoint(TAKEN))

    @cached_property
    def _heirs(self) -> Counter[Symbol]:
        """By class of the project: how many mapped classes descend from it."""
        return Counter(one for model in self.classes.models for one in self.classes.mro(model)[1:] if one.kind == "class")

    def _kind(self, path: str, place: int) -> str:
        symbol = Symbol("class", path, place)
        if self.classes.is_model(symbol) or symbol in self._heirs:
            return "model"
        for klass in self.classes.mro(symbol):
            if klass.kind == "external":
                name = self.graph.knowledge.normal(klass.name)
                if name in SCHEMAS or klass.name in SCHEMAS or klass.name.endswith(SCHEMA_ENDS):
                    return "schema"
        return ""

    def _field(self, path: str, assign: Assign, model: bool) -> Field | None:
        calls = self.graph.symbols.table(path).at.get(assign.start, ())
        call = calls[0] if calls else None
        maker = call.target if call is not None else ""
        given = arguments(call.args) if call is not None else Arguments()
        mapped = "Mapped[" in assign.annotation or (model and assign.annotation and self._by_annotation(path, assign.scope))
        if not (COLUMN.search(maker.partition("<")[0]) or (assign.annotation and not model) or mapped):
            return None
        if mapped and "elationship" in maker:
            return None
        if "ClassVar" in assign.annotation or assign.target.startswith("_") or self._is_explicit(given, maker):
            return None
        definition = self.graph.files[path].definitions[assign.scope]
        if assign.target in DICTATED and self._is_user(Symbol("class", path, assign.scope)):
            return None
        key = "ForeignKey" in maker or "ForeignKey" in (call.args if call is not None else "")
        told = f"{maker} {given.get(0) or ''} {assign.annotation}"
        times = max(1, self._heirs[Symbol("class", path, assign.scope)])
        return Field(definition.name, assign.target, told, key, model, Location(path, assign.line, 5), times)

    def _by_annotation(self, path: str, place: int) -> bool:
        """Whether a mapped class is a schema too, whose annotated attributes are its columns."""
        bases = (klass.name for klass in self.classes.mro(Symbol("class", path, place)) if klass.kind == "external")
        return any(name in BOTH for name in bases)

    def _is_user(self, klass: Symbol) -> bool:
        return any(
            one.kind == "external" and ("User" in one.name or "Permissions" in one.name) for one in self.classes.mro(klass)
        )

    def _is_explicit(self, given: Arguments, maker: str) -> bool:
        """Whether the field says itself what it is called outside."""
        if not EXPLICIT.isdisjoint(given.keywords):
            return True
        return maker.rpartition(".")[2] in ("Column", "mapped_column") and literal(given.get(0)) is not None

    @cached_property
    def styles(self) -> Counter[str]:
        """How many fields have a name of each style; names of one word fit every style and are left out."""
        return Counter(style for field in self.fields if (style := style_of(field.name)))

    @property
    def majority(self) -> str:
        """The style that most names have; empty where there is none."""
        return min(self.styles, key=lambda style: (-self.styles[style], style), default="")

    @property
    def share_pct(self) -> float | None:
        """How many of the names that have a style have the majority's; None where there are none."""
        total = sum(self.styles.values())
        return 100 * self.styles[self.majority] / total if total else None

    def misnamed(self) -> tuple[Misnamed, ...]:
        """The fields that are named unlike the others, by place."""
        return tuple(sorted((*self._unlike(), *self._by_other_names()), key=lambda one: (one.location, one.kind)))

    def _unlike(self) -> Iterator[Misnamed]:
        majority, share = self.majority, self.share_pct or 0.0
        if share > 50:
            mirrors = self._mirrors()
            for field in self.fields:
                style = style_of(field.name)
                if style and style != majority and not THEIRS.search(field.owner):
                    number, sure = self.styles[majority], field.model or (field.location.path, style) not in mirrors
                    yield Misnamed(field.location, field.owner, field.name, "style", "", majority, share, number, sure)

    def _mirrors(self) -> frozenset[tuple[str, str]]:
        """Files whose schemas all but keep to one style, with it: where it is not the project's, it is some other format's."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for path, name in dict.fromkeys((field.location.path, field.name) for field in self.fields if not field.model):
            if style_of(name):
                found[path][style_of(name)] += 1
        commonest = ((path, styles.most_common(1)[0], styles.total()) for path, styles in found.items())
        return frozenset((path, style) for path, (style, number), total in commonest if number >= MIRROR and number > 0.8 * total)

    def _by_other_names(self) -> Iterator[Misnamed]:
        for kind, idea, pattern in IDEAS:
            by_type: dict[str, list[tuple[Field, str]]] = defaultdict(list)
            for field in self.fields:
                if field.model and self._fits(field, kind) and pattern.match(_snake(field.name)):
                    by_type[_type_of_time(field.maker) if kind == "time" else ""].append((field, field.name))
            for _, found in sorted(by_type.items()):
                yield from self._minority(idea, found)
        yield from self._flags()
        yield from self._keys()

    def _fits(self, field: Field, kind: str) -> bool:
        return bool(TIME.search(field.maker)) if kind == "time" else not TIME.search(field.maker) and not FLAG.search(field.maker)

    def _flags(self) -> Iterator[Misnamed]:
        """`is_active` in one model and `active` in another."""
        found: dict[str, list[tuple[Field, str]]] = defaultdict(list)
        for field in self.fields:
            if field.model and FLAG.search(field.maker):
                name = _snake(field.name)
                found[name.removeprefix("is_")].append((field, field.name))
        flags = [name for fields in found.values() for _, name in fields]
        prefixed = 2 * sum(name.startswith("is_") for name in flags) > len(flags)
        for name, fields in sorted(found.items()):
            usual = f"is_{name}" if prefixed else name
            yield from self._minority(f"whether it is {name.replace('_', ' ')}", fields, usual)

    def _keys(self) -> Iterator[Misnamed]:
        """`customer_id` in one model and `id_customer` in another, by the table that they lead to."""
        keys = [field for field in self.fields if field.model and field.key and "relation" not in field.maker]
        found: dict[str, list[tuple[Field, str]]] = defaultdict(list)
        for field in keys:
            name = _snake(field.name)
            for affix in ("_id", "_fk", "id_", "fk_"):
                stem = name.removesuffix(affix) if affix.startswith("_") else name.removeprefix(affix)
                if stem != name:
                    name = stem
                    break
            found[name].append((field, field.name))
        for name, fields in sorted(found.items()):
            yield from self._minority(f"the key of its {name.replace('_', ' ')}", fields)

    def _minority(self, idea: str, found: list[tuple[Field, str]], usual: str = "") -> Iterator[Misnamed]:
        """Those of an idea's fields that do not have its commonest name; none where one class has several of them.

        Of two names that are as common the `usual` one, which is formed as most others are, is the one to keep.
        """
        owners = Counter(field.owner for field, _ in found)
        counted: Counter[str] = Counter()
        for field, name in found:
            counted[name] += field.times
        if len(counted) < 2:
            return
        majority = min(counted, key=lambda name: (-counted[name], name != usual, name))
        share = 100 * counted[majority] / counted.total()
        for field, name in found:
            alike = style_of(name) in ("", style_of(majority), self.majority)
            if name != majority and owners[field.owner] == 1 and alike and not is_event(field.owner, idea):
                sure = counted[majority] > counted[name] or (majority == usual and counted[majority] > 1)
                yield Misnamed(field.location, field.owner, name, "idea", idea, majority, share, counted[majority], sure)


def style_of(name: str) -> str:
    """The style of a name of several words: `snake_case`, `camelCase` or `PascalCase`; empty for one word or a mixture."""
    if len(name) <= SHORT:
        return ""
    if SNAKE.match(name):
        return "snake_case"
    if CAMEL.match(name):
        return "camelCase"
    return "PascalCase" if PASCAL.match(name) else ""


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def _type_of_time(maker: str) -> str:
    """Points in time, days and times of day go by names of their own."""
    plain = maker.lower()
    if "datetime" in plain or "timestamp" in plain:
        return "datetime"
    return "date" if "date" in plain else "time"

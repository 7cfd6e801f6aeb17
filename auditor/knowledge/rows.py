"""The form of a library's file, third part: models, their relations, queries, engines and migrations."""

from typing import Literal

import msgspec

Names = tuple[str, ...]


class Orm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a library speaks with the database. Methods are last names, on a query or manager of a model."""

    style: Literal["django", "sqlalchemy", "peewee"]
    """Whose ways it follows."""
    models: Names
    """Base classes of models."""
    managers: Names = ()
    """Attributes of a model class that begin a query: `objects`, `query`."""
    queries: Names = ()
    """Types of queries, managers and results, by their dotted names."""
    statements: Names = ()
    """Calls that make a statement from model classes: `sqlalchemy.select`."""
    sessions: Names = ()
    """Types of sessions and connections."""
    chains: Names = ()
    """Methods that give a query again."""
    runs: Names = ()
    """Methods that ask the database."""
    one: Names = ()
    """Of those: the ones that give one object."""
    many: Names = ()
    """Of those: the ones that give all."""
    writes: Names = ()
    """Of those: the ones that change one row."""
    bulk: Names = ()
    """Of those: the ones that do many rows in one go."""
    instance: Names = ()
    """Methods of an object of a model that ask the database."""
    execute: Names = ()
    """Methods of a session that run the statement that is their argument."""
    deletes: Names = ()
    """Methods that remove rows for good."""
    looks_up: Names = ()
    """Calls that look for rows by their keys, and make numbers of those: what is none, they refuse with a `ValueError`."""
    keys: Names = ()
    """The arguments that tell them a row's own key: `pk`."""


class Relation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fields of a model that lead to others."""

    calls: Names
    """The fields' types."""
    gives: Literal["one", "many"]
    """Whether reading it gives one object or a query of many."""
    to: str = ""
    """The argument with the other model."""
    reverse: str = ""
    """The argument that names the way back; it gives many, or one where `unique` holds."""
    default: str = ""
    """The way back where nothing names it: `{model}_set`."""
    unique: bool = False
    """Whether the way back gives one."""
    eager: dict[str, Names] = {}
    """Arguments whose values load it at once: `lazy` by `joined`."""
    writer: dict[str, Names] = {}
    """Arguments whose values make it a query of its own: `lazy` by `dynamic`."""


class Engine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What opens connections to a database, by a call or by settings. The word lists are searched for in the arguments."""

    calls: Names = ()
    """The calls."""
    settings: Names = ()
    """Names in a framework's settings that hold the same: `DATABASES`."""
    url: str = ""
    """The argument with the address."""
    pooled: bool = False
    """Whether it keeps connections without being told."""
    pool: Names = ()
    """Words that configure a pool."""
    unpooled: Names = ()
    """Words that switch it off."""
    statement: Names = ()
    """Words that bound a statement."""
    connect: Names = ()
    """Words that bound connecting or waiting for the pool."""
    local: Names = ()
    """Words of databases without a server, which need neither: `sqlite`."""


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step of a migration."""

    kind: Literal["run", "drop", "rename", "add", "alter", "merge"]
    """What it does."""
    calls: Names
    """The calls."""
    reverse: str = ""
    """The argument that undoes it; without one it can not be undone."""
    noop: Names = ()
    """What says that nothing is to be undone."""

"""How object-relational mappers speak: read once, when the first path is asked for."""

import tomllib
from functools import cache
from pathlib import Path

import msgspec

BOOK = Path(__file__).with_name("orm.toml")
Names = frozenset[str]


class Orm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole book; its file says what each list is."""

    models: Names
    managers: Names
    manager_bases: Names
    begins: Names
    gives_one: Names
    same: Names
    chains: Names
    ones: Names
    pairs: Names
    asks: Names
    batches: Names
    to_one: Names
    to_many: Names
    relationships: Names
    eager: Names
    loads: Names


@cache
def orm() -> Orm:
    """The shipped book."""
    return msgspec.convert(tomllib.loads(BOOK.read_text(encoding="utf-8")), Orm)

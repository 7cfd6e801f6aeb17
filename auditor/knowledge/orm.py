"""How object-relational mappers speak: read once, when the first path is asked for."""

import tomllib
from functools import cache, cached_property
from pathlib import Path

import msgspec

BOOK = Path(__file__).with_name("orm.toml")
Names = frozenset[str]


class Orm(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The whole book; its file says what each list is."""

    managers: Names
    begins: Names
    gives_one: Names
    same: Names
    chains: Names
    contents: Names
    shown: Names
    shown_as: str
    ones: Names
    pairs: Names
    keyed: Names
    asks: Names
    batches: Names
    to_one: Names
    to_any: Names
    to_many: Names
    relationships: Names
    eager: Names
    loads: Names
    finds_class: Names
    requests: Names
    account_settings: Names
    account_calls: Names
    account_bases: Names
    account: str
    account_attributes: Names
    account_holders: Names
    account_relations: dict[str, str]
    serializers: Names
    plain_forms: Names
    computed: Names
    schemas: Names
    dumps: Names
    validates: Names
    lists: Names
    paged_by_settings: Names
    filters: Names
    filter_rows: str
    filter_gives: str
    deletes: Names
    does_all: Names
    deletes_by: Names
    resources: Names
    pages: Names
    tables: Names
    resolvers: Names
    listed_by: Names
    views: dict[str, tuple[str, ...]]
    handed: dict[str, str]
    calls_back: dict[str, tuple[str, ...]]

    @cached_property
    def methods(self) -> Names:
        """All methods of queries."""
        return self.chains | self.ones | self.pairs | self.asks

    @cached_property
    def fields(self) -> Names:
        """All makers of fields that lead to other tables."""
        return self.to_one | self.to_any | self.to_many | self.relationships

    @cached_property
    def speaking(self) -> Names:
        """All calls whose first argument says what they give."""
        return self.begins | self.gives_one | self.same


@cache
def orm() -> Orm:
    """The shipped book."""
    return msgspec.convert(tomllib.loads(BOOK.read_text(encoding="utf-8")), Orm)

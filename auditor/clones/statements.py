"""A file's statements and scopes as values, which travel and are cached; how they are read stands elsewhere."""

import msgspec


class Scope(msgspec.Struct, frozen=True, array_like=True):
    """A function or class: its statements are `first` up to but without `last`."""

    name: str
    kind: str
    first: int
    last: int
    line: int
    end_line: int


class FileClones(msgspec.Struct, frozen=True, array_like=True):
    """A file's statements in their order, as columns of one length. Lines count from 1.

    `exact`, `said` and `blind` are CRC-32 sums of a statement's tokens: as they are, with names of the function's own
    blinded, and with all names and literals blinded; `tokens`
    counts them without round brackets, which layouts differ in; `text` holds the tokens themselves, parted by blanks, a
    line a statement.
    """

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    exact: tuple[int, ...] = ()
    said: tuple[int, ...] = ()
    blind: tuple[int, ...] = ()
    tokens: tuple[int, ...] = ()
    text: str = ""
    scopes: tuple[Scope, ...] = ()

"""Calls whose outcome somebody must look at: read once, when a rule asks."""

import tomllib
from functools import cache
from pathlib import Path

import msgspec

BOOK = Path(__file__).with_name("outcomes.toml")
Names = tuple[str, ...]


class Tasks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What starts a task of an event loop."""

    calls: Names
    loop_methods: Names
    loops: str
    gather: Names


class Pools(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What hands work to a pool of threads or processes."""

    makers: Names
    like: str
    submits: Names
    async_submits: Names
    maps: Names


class Threads(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What starts a thread."""

    makers: Names
    starters: Names
    safe_targets: Names


class Processes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What runs a program to its end, and what reads how it ended."""

    calls: Names
    looks: Names


class Http(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What sends a request, and what reads the status of its answer."""

    functions: Names
    modules: Names
    sessions: Names
    words: Names
    looks: Names
    looked_by_session: Names

    @property
    def calls(self) -> Names:
        """The dotted names of the functions that send a request without a session."""
        return tuple(f"{module}.{name}" for module in self.modules for name in self.functions)


class Outcomes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole book."""

    tasks: Tasks
    pools: Pools
    threads: Threads
    processes: Processes
    http: Http


@cache
def outcomes() -> Outcomes:
    """The shipped book."""
    return msgspec.convert(tomllib.loads(BOOK.read_text(encoding="utf-8")), Outcomes)

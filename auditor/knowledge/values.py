"""The form of a library's file: what its calls do, what decorates an entry point, what guards one."""

import msgspec


class Effect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Calls that can go wrong or cost.

    `kind`: `external` (leaves the machine), `query` (asks the database), `parse` (reads outside input), `task` (hands
    work to a broker), `delete` (removes rows). `calls` are dotted names, `*` for any last part; calls of results are
    written without brackets: `requests.Session.get`.
    """

    kind: str
    calls: tuple[str, ...]
    service: str = ""
    """What is called, in words of a reader: `an HTTP service`, `the mail server`."""
    raises: tuple[str, ...] = ()
    timeout: str = ""
    """The keyword that bounds the wait; empty where the library has a bound of its own or the call does not wait."""
    position: int = -1
    """The place of the timeout among the positional arguments, from 0; -1 where it has none."""
    session: str = ""
    """A keyword of the client's constructor that bounds the wait for all its calls."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the outside world comes in, by a decorator, a base class or a registering call."""

    kind: str
    """`route`, `task` or `command`."""
    decorators: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    """Of a route: the HTTP methods that the name itself gives; of a base class: the methods that answer."""
    answers: str = ""
    """`html` where such routes are pages."""


class Guard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What makes an effect safe: a limiter, a breaker, a retry, a handler of errors, a correlation id, a tracker."""

    kind: str
    decorators: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    """Names in a framework's settings that switch it on."""


class Library(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that is known of one library."""

    library: str
    imports: tuple[str, ...]
    aliases: dict[str, str] = {}
    """Other names of the same thing: `requests.api.get` is `requests.get`."""
    exceptions: dict[str, tuple[str, ...]] = {}
    """Exception types with their bases."""
    answered: tuple[str, ...] = ()
    """Exception types that the framework turns into an answer."""
    effect: tuple[Effect, ...] = ()
    entry: tuple[Entry, ...] = ()
    guard: tuple[Guard, ...] = ()

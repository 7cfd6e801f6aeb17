"""The form of a library's file, first part: what its calls do, what its errors are, what guards against them.

Wherever a field takes an argument, it is written `keyword@position`: `timeout@1` is the keyword `timeout` or the second
positional argument, `@0` has no keyword, `timeout` no position. Names are dotted, without brackets of calls;
`a.{b,c}` stands for `a.b` and `a.c`, `a.*` for all below `a`, `*.b` for `b` of a value of unknown type.
"""

from typing import Literal

import msgspec

from auditor.knowledge.entries import Entry, Handler, Loader, Mount, Route, Router, Runner, View
from auditor.knowledge.rows import Engine, Orm, Relation, Step

Names = tuple[str, ...]


class Effect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Calls that can go wrong or cost."""

    kind: Literal["external", "query", "parse", "convert", "task", "delete", "file", "process"]
    """`external` leaves the machine, `query` asks the database, `parse` reads text of a form, `convert` makes one type of
    another, `task` hands work to a broker, `delete` removes rows for good, `file` and `process` use the machine's own.
    """
    calls: Names
    """The calls, by dotted names."""
    service: str = ""
    """What is called, in words of a reader: `an HTTP service`, `the mail server`."""
    raises: Names = ()
    """The types that the call lets out, by the names that `exceptions` uses; Python's own without `builtins`."""
    also: dict[str, Names] = {}
    """Further types, by the argument that brings them about: `timeout`, or with its value `check=True`."""
    unless: str = ""
    """The argument with the value that has it let nothing out: `fail_silently=True`, `ignore_errors@1=True`."""
    sent: Names = ()
    """Further types, where what it is given comes as it was sent, made into nothing else."""
    names: str = ""
    """The argument that alone names the file, and is looked for there only: `path@0`."""
    inner: bool = False
    """Whether it is asked of a part of the application's own that all of it stands on, as its broker or its cache."""
    outside: bool = False
    """Whether it only goes wrong with input from outside: `int("7")` is fine."""
    timeout: str = ""
    """The argument that bounds the wait."""
    client: str = ""
    """The argument of the client's constructor that bounds the wait of all its calls."""
    attribute: str = ""
    """The attribute of the client that does the same."""
    everywhere: Names = ()
    """Calls that bound it for the whole program: `socket.setdefaulttimeout`."""
    bound_s: float = 0
    """The library's own bound in seconds; 0 where it waits for ever."""
    retries: int = 0
    """How often the library itself tries again, with a growing pause, unless told otherwise."""
    listens: Names = ()
    """Methods after which what it is called on waits to be asked by others, as a server does: `sock.bind(address)`."""
    makes: bool = False
    """Whether it makes the client that later calls go through, so that its bound is theirs: `smtplib.SMTP(host)`."""
    pattern: str = ""
    """A regular expression of further names, as generators of code give them: `_pb2_grpc\\.\\w+Stub\\.\\w+$`."""
    made: Names = ()
    """Methods whose result is such a call, wherever a class keeps it: `self.Locate = channel.unary_unary(...)`."""

    @property
    def waits(self) -> bool:
        """Whether somebody has to bound the wait: the call has a bound to set, and the library sets none."""
        return bool(self.timeout or self.client or self.attribute or self.everywhere) and not self.bound_s


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What comes from outside: parts of a request, a message, the command line."""

    names: Names = ()
    """Dotted names: `flask.request.args`."""
    attributes: Names = ()
    """Attributes of a handler's own request: `GET` of `request.GET`, `query_params` of `self.request.query_params`."""
    own: Names = ()
    """Attributes of the object that handles: `kwargs` of a view class, in which the parts of the path are."""
    calls: Names = ()
    """Calls that give such a value: `flask.request.get_json`."""
    missing: str = ""
    """What a missing key raises: `KeyError`; empty where nothing does or the framework answers."""
    always: Names = ()
    """Keys that are never missing."""


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Exception types, with all their subclasses, that a framework turns into an answer or takes as a sign."""

    to: Literal["route", "task", "command"]
    """Whose framework takes them."""
    types: Names
    """The types."""
    calls: Names = ()
    """Calls that raise one of them: `flask.abort`."""
    asked: str = ""
    """The argument that has to be true for these calls to raise: `raise_exception`."""


class Guard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What makes an effect safe. It counts wherever one of its names stands."""

    kind: Literal[
        "limiter", "breaker", "retry", "timeout", "correlation", "tracker", "metrics", "health", "version", "page", "soft-delete"
    ]
    """What it guards with."""
    decorators: Names = ()
    """Decorators of a function or handler."""
    calls: Names = ()
    """Calls and context managers, constructors among them."""
    bases: Names = ()
    """Classes whose subclasses are or have such a guard."""
    attributes: Names = ()
    """Attributes of a view class that name it: `throttle_classes`."""
    methods: Names = ()
    """Methods of a view class that hand it out: `get_throttles`."""
    keyword: str = ""
    """The argument of a route's decorator that takes the place of what the router says: `throttle=[]` is none at all."""
    idle: dict[str, str] = {}
    """Arguments with which it only takes note, so that the code has to ask for its word: `block = "False"`."""
    asked: str = ""
    """The attribute of the request by which the code asks for it."""
    needs: dict[str, str] = {}
    """Of a limiter: classes that count nothing for a view without that attribute: `ScopedRateThrottle = "throttle_scope"`."""
    only: str = ""
    """Of a limiter: the argument that names the HTTP methods which it counts; all where it is not given."""
    settings: Names = ()
    """Names in a framework's settings, dotted inside a table: `REST_FRAMEWORK.DEFAULT_THROTTLE_CLASSES`."""
    middleware: Names = ()
    """Classes or functions that guard every route where the application lists them."""
    dependencies: Names = ()
    """What guards where it is given to a route, a router or the application as a dependency."""
    exempt: bool = False
    """Whether it takes the guard away: `limiter.exempt`."""
    whole: Names = ()
    """Arguments of the call that make it hold for the whole application: `default_limits`."""
    config: Names = ()
    """Keys of the application's configuration that do the same: `RATELIMIT_DEFAULT`."""
    key: str = ""
    """Of a limiter: the argument that says by what is counted."""
    keys: dict[str, str] = {}
    """What its values count by: `address`, `user`, `tenant` or `all`."""
    per: str = ""
    """What it counts by where nothing is said."""
    tries: int = 0
    """Of a retry: how often it tries unless told; 0 is for ever."""
    bounded: Names = ()
    """Of a retry: the arguments that end it."""
    backoff: Names = ()
    """Of a retry: the arguments, or words in them, that make the pauses grow; `*` where they always do."""
    raises: str = ""
    """Of a retry: the type that it raises instead of the last error, unless told to raise that again."""
    types: str = ""
    """Of a retry or breaker: the argument that names the exceptions it is for; all where it is not given."""
    inherits: str = ""
    """Of a retry: the argument that names a class whose attributes say what the arguments may: `base`."""
    links: tuple[Literal["entry", "log", "outbound", "task", "answer"], ...] = ()
    """Of a correlation id: what it ties together."""
    carries: Names = ()
    """Of a correlation id that goes along with calls: the libraries whose calls, where it is not those of all."""
    pattern: str = ""
    """A regular expression of names that tell such a guard in libraries that no file describes: `\\.\\w*RateLimiter$`."""

    @property
    def around(self) -> bool:
        """Whether it guards every route where it is listed as middleware."""
        return bool(self.middleware or self.pattern)


class Library(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that is known of one library: a file."""

    library: str
    """Its name for readers."""
    imports: Names
    """The packages that it is imported by."""
    tested: str = ""
    """The release that the file was checked with, where it was."""
    aliases: dict[str, str] = {}
    """Other names of the same thing, with all below it: `requests.api.get` is `requests.get`."""
    gives: dict[str, str] = {}
    """The type of what a call or an attribute gives: `requests.get` gives a `requests.Response`."""
    classes: dict[str, Names] = {}
    """Classes with their bases, where what holds of the base holds of them."""
    exceptions: dict[str, Names] = {}
    """Exception types with their bases."""
    statuses: dict[str, int] = {}
    """The HTTP status that an exception type is answered with."""
    quiet: Names = ()
    """Calls that do nothing of note, though a star covers them."""
    settings: Names = ()
    """Names whose attributes are what the project's settings modules say: `django.conf.settings`."""
    configures: Names = ()
    """Calls that take an application's settings from an object, or from what a dotted name leads to: `config.from_object`."""
    parameters: dict[str, str] = {}
    """Parameters that, with no annotation, are of this type in modules that import its module: `request`."""
    pages: Names = ()
    """Calls that answer with a page for people."""
    effect: tuple[Effect, ...] = ()
    """Calls that can go wrong or cost."""
    source: tuple[Source, ...] = ()
    """What comes from outside."""
    answer: tuple[Answer, ...] = ()
    """What the framework answers for."""
    router: tuple[Router, ...] = ()
    """Who owns routes."""
    route: tuple[Route, ...] = ()
    """What declares them."""
    mount: tuple[Mount, ...] = ()
    """What hangs them below a path."""
    view: tuple[View, ...] = ()
    """Classes that answer."""
    entry: tuple[Entry, ...] = ()
    """Tasks and commands."""
    loader: tuple[Loader, ...] = ()
    """Who gives objects by a text."""
    runner: tuple[Runner, ...] = ()
    """Who takes functions over."""
    handler: tuple[Handler, ...] = ()
    """Who answers errors."""
    guard: tuple[Guard, ...] = ()
    """What makes effects safe."""
    orm: tuple[Orm, ...] = ()
    """How the database is asked."""
    relation: tuple[Relation, ...] = ()
    """Where fields lead."""
    engine: tuple[Engine, ...] = ()
    """Who opens connections."""
    step: tuple[Step, ...] = ()
    """What migrations do."""

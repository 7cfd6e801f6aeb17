"""The form of a library's file, second part: where the outside world comes in, and who takes work over."""

from typing import Literal

import msgspec

Names = tuple[str, ...]


class Router(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Classes that own routes: an application, a blueprint, a router."""

    classes: Names
    """The classes, by dotted names."""
    application: bool = False
    """Whether its paths begin at the root."""
    prefix: str = ""
    """The argument of the constructor that stands before all its paths."""
    fallback: str = ""
    """The argument whose text, behind a slash, is the prefix where none is given."""
    parent: str = ""
    """The argument of the constructor that names the router it hangs on."""
    instead: str = ""
    """The argument that names another one, on which it hangs instead where that is given: a blueprint beside the application."""
    routes: str = ""
    """The argument of the constructor that lists its routes."""
    handlers: str = ""
    """The keyword of the constructor with handlers of errors, a dictionary by type."""
    lists: Names = ()
    """Attributes that stand for the router itself: `urls`, which is mounted, `router`, which is added to."""
    slash: str = ""
    """What ends the paths of the actions that it spreads."""
    lookup: str = ""
    """The argument that names the row above, whose key stands behind the prefix: `orders/{order_pk}/`."""


class Route(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decorator or call that declares a route: of a router, or an element of a list of routes."""

    calls: Names
    """The decorators or calls."""
    path: str = ""
    """The argument with the path; further texts behind it are further paths."""
    absolute: str = ""
    """The sign before a path that leaves the router's prefix out."""
    handler: str = ""
    """The argument with the function or class that answers; empty for a decorator."""
    methods: str = ""
    """The argument with the HTTP methods."""
    default: Names = ()
    """The methods where the argument is not given; none where the handler decides."""
    verb: bool = False
    """Whether the last part of the call's name is the method: `app.get`."""
    regex: bool = False
    """Whether the path is a regular expression."""
    inside: Literal["", "view", "action"] = ""
    """`view`: decorates methods of a class that is mounted as a whole; `action`: of a class that a router spreads."""
    detail: str = ""
    """Of an action: the argument that says that it belongs to one object."""
    spreads: bool = False
    """Whether the path is a beginning below which the handler's actions spread: `router.register`."""
    page: bool = False
    """Whether such routes are pages."""


class Mount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A call that hangs a router, an application or a list of routes below a path."""

    calls: Names
    """The calls."""
    child: str
    """The argument with what is hung: a router, a module's name or a list of routes."""
    prefix: str = ""
    """The argument with the path."""
    replaces: bool = False
    """Whether the path takes the place of the child's own prefix instead of standing before it."""


class View(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Classes that answer requests with their methods."""

    bases: Names
    """The library's classes that such a class is derived from."""
    methods: dict[str, Names] = {}
    """Methods that answer where the subclass defines or inherits them, with the HTTP methods; `*` in it: all others."""
    brings: Names = ()
    """Those of the methods that the base itself has: a subclass answers by them without a word."""
    actions: dict[str, str] = {}
    """Methods of a class that a router spreads, with HTTP method and, for one object, a path: `GET {pk}`."""
    hooks: Names = ()
    """Other methods that are called to answer, where a subclass has them: `get_queryset`, `POST PUT form_valid` for some HTTP
    methods only, `always dispatch` even where the subclass answers by a method of its own.
    """
    prefix: Names = ()
    """The path below which such a class answers, by its class attributes: `{route_base}`; the first whose names are known."""
    fails: str = ""
    """The method that is given what left the view, where a class has its own: it answers the types that it asks for."""
    last: bool = False
    """Whether nobody is asked after that method, so that it answers the other types too unless it asks its base to."""
    keys: Names = ()
    """The parts of the path by which such a view gets the one row that it shows, before most of its hooks run."""
    only: str = ""
    """The class attribute that lists the methods and actions that answer, all where it does not."""
    lookup: str = ""
    """The class attribute that names the parameter for one object."""
    calls: Names = ()
    """Calls that mount the class: `appbuilder.add_view(Class)`."""
    registers: Names = ()
    """Methods of the class that hang it on a router: `OrdersView.register(app)`."""
    on: str = ""
    """Their argument with the router."""
    instead: dict[str, str] = {}
    """Class attributes of the path that their arguments take the place of, with those arguments."""
    page: bool = False
    """Whether what they answer with is a page."""
    tables: bool = False
    """Whether such classes are routed to by pairs in plain lists: `[(r"/orders", Orders)]`."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A task or a command: by a decorator, a base class or a registering call."""

    kind: Literal["task", "command"]
    """Which of the two."""
    decorators: Names = ()
    """Decorators that make one of a function."""
    bases: Names = ()
    """Classes whose subclasses are such entries."""
    methods: Names = ()
    """Of a subclass: the methods that are run."""
    calls: Names = ()
    """Calls that register a function."""
    handler: str = ""
    """The argument with the function."""
    name: str = ""
    """The argument with the name it goes by."""
    expected: str = ""
    """The argument with the types that are no failure of it: Celery's `throws`."""
    again: Names = ()
    """Arguments of the decorator that have it run again after whatever error, where they are given and say so: `retries`."""
    type: str = ""
    """What a decorator makes of the function: calls on its name are this type's."""
    files: Names = ()
    """Ends of the paths in which the subclass has to stand, where that matters: `management/commands/*.py`."""
    lists: Names = ()
    """Attributes of a class of settings that list functions: `functions`."""
    settings: Names = ()
    """What such classes are called."""
    marks: Names = ()
    """Attributes that tell such a class under another name."""


class Loader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Calls that give an object of one of the project's own classes by a text: `apps.get_app_config("shop")`."""

    calls: Names
    """The calls."""
    name: str
    """The argument with the text."""
    attribute: str
    """The class attribute that holds the same text."""
    routes: Names = ()
    """Methods of such a class that hand back its routes, where its `urls` are mounted."""


class Runner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Calls that are handed a function and run it."""

    calls: Names = ()
    """The calls."""
    takes: Names = ()
    """The arguments that may be the function."""
    methods: Names = ()
    """Last names of calls on the function itself: `delay`."""
    later: bool = True
    """Whether it runs elsewhere, so that its errors do not come back to the caller."""
    passes: bool = False
    """Whether it hands the arguments behind the function on to it."""
    future: bool = False
    """Whether it hands back what has to be awaited: errors of one that is dropped do not come back either."""


class Handler(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What answers errors that nobody caught: a registered function, a setting, a middleware."""

    calls: Names = ()
    """Decorators or calls that register one."""
    type: str = ""
    """The argument with the exception types or status."""
    handler: str = ""
    """The argument with the function; empty for a decorator."""
    catches: Names = ()
    """The types, where no argument tells."""
    names: Names = ()
    """Names that a module gives its handler: `handler500`."""
    settings: Names = ()
    """Names in a framework's settings that point to one."""
    whole: Names = ()
    """Functions of other libraries that settings may point to, and that answer all types in `catches`."""
    methods: Names = ()
    """Methods of a middleware's class that are handlers: `process_exception`. Where `catches` is empty, the types are those
    that the method catches around having the request answered."""
    within: Literal["application", "router"] = "application"
    """Whether it answers for the whole application or only for the routes of the router it is registered with."""
    listed: str = ""
    """The argument of an application's constructor that lists it: where a mounted one alone does, it answers for its routes."""
    never: Names = ()
    """Packages whose views answer by themselves, so that it is not asked for theirs."""
    unless: str = ""
    """The setting with which they hand their errors on all the same."""
    own: bool = False
    """Whether it is asked for routes of its own library alone: a project may have applications of another one beside it."""
    page: bool = False
    """Whether it only changes how the failure looks: the request still counts as failed."""

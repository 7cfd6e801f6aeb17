"""The routes that others rely on: which are public, versioned, limited."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from auditor.model.route import Route
from auditor.paths.routes.join import UNKNOWN

WATCH = re.compile(
    r"^(?!.*\w/[<{](?![^/]*(?:\b|_)v(?:ersion)?\b)[^/]+[>}]/_?health)(?:.*/)?_?(?:health(?:z|check|_check|-check)?|livez|liveness|readyz|readiness)/?$"
    r"|^/?(?:api/)?(?:v\d+/)?health(?:z|check)?/[\w-]+/?$"
    r"|^(?:/?(?:api|v\d+|_\w+|internal|system|ops|monitor\w*|admin|health\w*))*/?_?"
    r"(?:live|ready|ping|heartbeat|alive|up|metrics|status|(?:\w+_)?version)/?$",
    re.IGNORECASE,
)
"""Paths that watchers ask; words that a business has too count only where nothing of it stands before them, and the health of one
of many things, `sensors/<tag>/health`, is a part of the business.
"""
STATIC = re.compile(
    r"(?:^|/)(?:static|favicon\.ico|robots\.txt|\.well-known|openapi\.(?:json|yaml)|docs|redoc|swagger\w*|schema)(?:/|$)"
    r"|\.(?:js|css|png|svg|ico|map)$|(?:^|/)(?:manifest\.json|sitemap[\w-]*\.xml|browserconfig\.xml)$",
    re.IGNORECASE,
)
FOLDER = re.compile(r"(?:^|/)(?:media|assets)(?:/|$)", re.IGNORECASE)
"""Folders of files, unless a path for programs leads there or something is sent to them: things that a business has."""
OURS = re.compile(
    r"(?:^|/)(?:_?internal|admin|manage|management|backoffice|ajax|autocomplete|typeahead|select2|__debug__|debug|ui|bff|private|_\w+)(?:/|$)|^/dashboard/",
    re.IGNORECASE,
)
FILE = re.compile(
    r"\.(?:pdf|jpe?g|gif|webp|zip|xlsx?|docx?|pptx?|tex|html?|webmanifest)$|[<{][^<>{}]*file_?name\w*[>}]$", re.IGNORECASE
)
"""Paths of files for people: what they are made from may change as it likes."""
API = re.compile(r"(?:^|/)(?:api|rest|graphql|v\d+)(?:/|$)", re.IGNORECASE)
"""What says of a path that it is for programs."""
HOOK = re.compile(r"web-?_?hooks?|(?:^|/)hooks?(?:/|$)|callback|oauth|/ipn\b|/notify\b|saml", re.IGNORECASE)
LEFT = re.compile(rf"{re.escape(UNKNOWN)}|\{{(?:[A-Z][A-Z0-9_]+|\w*(?:prefix|base|root))\}}")
"""What stands where nobody could say a part of the path: the name of a setting."""
DOOR = re.compile(r"^/?(?:<path:\w+>|\{\w+:path\}|\(\?P<\w+>\.[*+]\))?/?\$?$")
"""The front door, and what answers for all paths that nothing else does."""
COVETED = re.compile(
    r"log_?-?[io]n|sign_?-?(?:in|up|on)\b|regist|password|forgot|reset|verif|activat|confirm|otp|2fa|mfa|token|captcha|contact|invit"
    r"|search|export|upload|checkout|payment|\bpay\b|donat|vote|subscri|feedback",
    re.IGNORECASE,
)
"""Pages that are worth a robot's while, or that cost much: a limit is missed there before it is on others."""
PARAMETER = re.compile(r"<[^<>]*>|\{[^{}]*\}|\(\?P<\w+>(?:[^()]|\([^()]*\))*\)")
PAGED = 5
"""With one page in so many routes an application is made for people."""
DOUBTFUL = "unknown"
"""What a route is limited by where only something of the project's own looks like a limiter."""
ASIDE = frozenset(("OPTIONS", "HEAD"))
"""Methods that a handler answers beside the one that it is there for."""
FETCHING = frozenset(("GET", "HEAD", "OPTIONS", "ANY", "WEBSOCKET"))
PER_ONE = frozenset(("user", "tenant"))


class Api:
    """Answers for one route table. `by_header` says that versions are told by a header, `before` holds the routes that
    clients rely on: path, method, file of the handler. `applied` says that the application is here, and not only routes that
    others put into theirs.
    """

    def __init__(
        self, routes: Iterable[Route], by_header: bool, before: Iterable[tuple[str, str, str]] = (), applied: bool = True
    ) -> None:
        self.routes = tuple(routes)
        self.by_header = by_header
        self.applied = applied
        self.before = tuple(before)

    @property
    def broken(self) -> tuple[tuple[str, str, str, str], ...]:
        """The routes of before that clients find no more: method, path, file of the handler, and what became of them."""
        now: dict[str, set[str]] = {}
        for route in self.routes:
            now.setdefault(PARAMETER.sub("{}", route.path), set()).add(route.method)
        found = []
        for path, method, file in self.before:
            methods = now.get(PARAMETER.sub("{}", path), set())
            if method not in methods and "ANY" not in methods and method != "ANY":
                found.append((method, path, file, "no longer answers" if methods else "is gone"))
        return tuple(found)

    @cached_property
    def public(self) -> tuple[Route, ...]:
        """What answers programs of others: no pages, nothing of the watch, the files or the house itself."""
        return tuple(route for route in self.reachable if not route.page and not OURS.search(route.path))

    @cached_property
    def reachable(self) -> tuple[Route, ...]:
        """All routes but those for watching and for files."""
        return tuple(route for route in self.routes if not WATCH.search(route.path) and not _is_file(route))

    @cached_property
    def versionable(self) -> tuple[Route, ...]:
        """The public routes whose path is the project's own choice."""
        theirs = (HOOK, FILE, DOOR)
        return tuple(route for route in self.public if not any(one.search(route.path) for one in theirs))

    @property
    def unversioned(self) -> tuple[Route, ...]:
        """One for each handler without a version."""
        return _by_handler(route for route in self.versionable if not self.by_header and not route.version)

    def is_doubtful(self, route: Route) -> bool:
        """Whether nobody knows below which prefix a route hangs, as that of a package that others install, and so whether a
        version stands there; or whether pages of the same application may be all that ask it.
        """
        beside = API.search(route.path) is None and (self._paged or route.location.path in self._pages)
        return beside or not self.applied or LEFT.search(route.path) is not None

    def is_for_people(self, route: Route) -> bool:
        """Whether a route is a page that a person asks for now and then, and that a server in front may well limit."""
        return route.page and COVETED.search(route.path) is None

    @cached_property
    def _paged(self) -> bool:
        """Whether an application shows people many pages beside what it answers to programs."""
        return sum(self._pages.values()) * PAGED >= len(self.routes)

    @cached_property
    def _pages(self) -> Counter[str]:
        """How many pages each file answers with."""
        return Counter(route.location.path for route in self.routes if route.page)

    @property
    def unlimited(self) -> tuple[Route, ...]:
        """One for each handler that nothing limits, or nothing that is known."""
        return _by_handler(route for route in self.reachable if route.limited in ("", DOUBTFUL))

    @cached_property
    def handlers(self) -> tuple[tuple[Route, ...], tuple[Route, ...]]:
        """One route for each handler: of those that need a limit, and of those that need a version."""
        return _by_handler(self.reachable), _by_handler(self.versionable)

    @property
    def limited_per_one(self) -> tuple[Route, ...]:
        """The routes that count requests by user or tenant."""
        return tuple(route for route in self.reachable if route.limited in PER_ONE)


def _is_file(route: Route) -> bool:
    """Whether a route hands out files as they lie there."""
    if FOLDER.search(route.path) and API.search(route.path) is None and route.method in FETCHING:
        return True
    return STATIC.search(route.path) is not None


def _by_handler(routes: Iterable[Route]) -> tuple[Route, ...]:
    found: dict[object, Route] = {}
    for route in routes:
        known = found.setdefault(route.location, route)
        if known.method in ASIDE and route.method not in ASIDE:
            found[route.location] = route
    return tuple(found.values())

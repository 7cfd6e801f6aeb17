"""The applications of a project: framework objects and Django's settings, with what is switched on for each."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from auditor.facts.flow.events import Call
from auditor.knowledge.values import Guard
from auditor.model.finding import Location
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.guards.middleware import listed
from auditor.paths.written.arguments import arguments

SERVED = frozenset(("get_wsgi_application", "get_asgi_application"))
STARTED = frozenset(("execute_from_command_line",))
"""What Django's `manage.py` calls."""
ADDS = frozenset(("add_middleware", "Middleware", "wsgi_app"))
SETTINGS = ("ROOT_URLCONF", "MIDDLEWARE", "MIDDLEWARE_CLASSES")
SETTLED = ("ROOT_URLCONF", "INSTALLED_APPS")
VERSION_HEADER = re.compile(r"['\"](?:HTTP_)?(?:X[-_])?API[-_]VERSION['\"]", re.IGNORECASE)
OWN_HEADER = re.compile(r"['\"](?:HTTP_)?X[-_][\w-]+[-_]VERSION['\"]", re.IGNORECASE)
API_VERSION = re.compile(r"api_?ver", re.IGNORECASE)
"""A name that a header of the house's own is given: `api_version = request.headers.get("X-Shop-Version")`."""
ASKED = re.compile(r"(?:\brequest\.headers|request\.META)\.get$|^(?:\w+\.)?Header$")
"""By what a header of a request is read."""
ASKING = frozenset(("get", "Header"))
WATCHES = re.compile(r"telemetry|tracing|observab|(?:^|[._])(?:apm|monitoring|instrumentation)(?:[._]|$)")
SKELETON = re.compile(r"(?:^|/)(?:(?:project|app)_template|cookiecutter[^/]*|\{\{[^/]*|skeletons?)/")
"""Folders of files that are copied into projects to come: no application runs there."""


class Application(NamedTuple):
    """A framework object (`app = Flask(__name__)`), or a settings module with a URLconf."""

    name: str
    framework: str
    """The dotted name of its class; `django.settings` for settings."""
    location: Location


class Applications:
    """What a project runs, and what guards are set up anywhere in it."""

    def __init__(self, graph: Graph, mounted: Callable[[], frozenset[tuple[str, str]]] = frozenset) -> None:
        self.graph = graph
        self.mounted = mounted
        """By file and name: what hangs below another router. An application there is a part of the one above."""

    @cached_property
    def all(self) -> tuple[Application, ...]:
        """The applications in the order of paths; what one name is given on two ways is one."""
        made = sorted(set(self._objects()) | set(self._settings()), key=lambda app: app.location)
        named = {(app.location.path, app.name.rpartition(".")[2]): app for app in reversed(made)}
        below = self.mounted() if len(named) > 1 else frozenset()
        parts = named.keys() & below if not named.keys() <= below else frozenset()
        kept = [app for key, app in named.items() if key not in parts and not SKELETON.search(app.location.path)]
        found = sorted(kept, key=lambda app: app.location)
        served = [app for app in found if app.framework == "django"]
        # One Django project may be served in two ways; its settings stand in where no module serves it.
        spare = served[:-1] + [app for app in found if app.framework == "django.settings" and served]
        return tuple(app for app in found if app not in spare)

    @cached_property
    def told(self) -> tuple[Application, ...]:
        """One application for each package: several parts of one process are watched together, at the outermost of them."""
        found: dict[str, list[Application]] = {}
        for app in self.all:
            found.setdefault(self._package(app.location.path), []).append(app)
        first = [min(apps, key=lambda app: (app.location.path.count("/"), app.location)) for apps in found.values()]
        return tuple(sorted(first, key=lambda app: app.location))

    @cached_property
    def here(self) -> bool:
        """Whether an application is run here, be it made elsewhere, and not only parts that others put into theirs.

        One that is served with settings that stand elsewhere is told there what its routes are limited and paged by.
        """
        set_up = any(app.framework != "django" for app in self.all) or (bool(self.all) and self._is_settled())
        return set_up or any(self.graph.files[path].kind == "source" for path, _ in self.graph.anywhere(STARTED))

    def _is_settled(self) -> bool:
        """Whether settings to serve Django with are among what was read, and not only those of the tests."""
        sources = (flow for path, flow in self.graph.flows.items() if self.graph.files[path].kind == "source")
        return any(assign.target in SETTLED for flow in sources for assign in flow.assigns if assign.target.isupper())

    def is_set_up(self, app: Application, places: Iterable[str]) -> bool:
        """Whether one of these files sets something up for an application: one beside it, or one that belongs to none."""
        packages, own = {self._package(one.location.path) for one in self.all}, self._package(app.location.path)
        return any(not path or self._package(path) == own or self._package(path) not in packages for path in places)

    def _package(self, path: str) -> str:
        """The outermost folder that is a package, else the folder of a file."""
        folder = path.rpartition("/")[0]
        while f"{folder.rpartition('/')[0]}/__init__.py" in self.graph.files:
            folder = folder.rpartition("/")[0]
        return folder

    @cached_property
    def watched_elsewhere(self) -> bool:
        """Whether a package of somebody's own, which is not here to be read, is called to watch or to trace."""
        known = frozenset(name.partition(".")[0] for library in self.graph.knowledge.libraries for name in library.imports)
        modules = {name.rpartition(".")[0] for name in self.graph.outside if name[:1].islower()}
        return any(WATCHES.search(name) for name in modules if name.partition(".")[0] not in known)

    def _objects(self) -> Iterator[Application]:
        for node, edge in self.graph.outward(filter(self._is_framework, self.graph.outside)):
            asks = edge.call.target.startswith(("self.", "cls."))
            if not asks and not self._is_made(node, edge):
                yield self._application(node, edge, edge.name)
        for path in self.graph.flows:
            if self.graph.files[path].kind == "source":
                yield from self._own_subclasses(path)

    def _is_framework(self, name: str) -> bool:
        """Whether a name is the class of a framework's applications."""
        router = self.graph.knowledge.router(name) if name.rpartition(".")[2][:1].isupper() else None
        return router is not None and router.application

    def _is_made(self, node: Node, edge: Edge) -> bool:
        """Whether an application is called that was made before: `self.app(environ, start_response)`."""
        called = self.graph.symbols.chain(node.path, edge.call.scope, edge.call.target)
        return called is not None and called.kind == "external" and called.name.endswith("()")

    def _own_subclasses(self, path: str) -> Iterator[Application]:
        """Objects of the project's own subclass of a framework's application."""
        classes = self.graph.symbols.classes
        named = frozenset(name for name in self.graph.lasts(path) if name[:1].isupper())
        for call in self.graph.called(path, named):
            if "." not in call.target:
                symbol = self.graph.symbols.chain(path, call.scope, call.target)
                if symbol is not None and symbol.kind == "class":
                    for base in classes.mro(symbol):
                        router = self.graph.knowledge.router(base.name) if base.kind == "external" else None
                        if router is not None and router.application:
                            yield Application(
                                call.bound or call.target,
                                self.graph.knowledge.normal(base.name),
                                Location(path, call.line, call.column),
                            )
                            break

    def _application(self, node: Node, edge: Edge, framework: str) -> Application:
        return Application(edge.call.bound or "app", framework, Location(node.path, edge.call.line, edge.call.column))

    def _settings(self) -> Iterator[Application]:
        for path, flow in sorted(self.graph.flows.items()):
            served = next((call for call in self.graph.called(path, SERVED) if call.bound), None)
            if served is not None and self.graph.files[path].kind == "source":
                yield Application(served.bound, "django", Location(path, served.line, 1))
            found = {assign.target: assign for assign in flow.assigns if assign.scope < 0 and assign.target in SETTINGS}
            if "ROOT_URLCONF" in found and ("MIDDLEWARE" in found or "MIDDLEWARE_CLASSES" in found):
                assign = found.get("MIDDLEWARE") or found["MIDDLEWARE_CLASSES"]
                yield Application("settings", "django.settings", Location(path, assign.line, 1))

    @cached_property
    def middleware(self) -> tuple[tuple[str, Location], ...]:
        """The dotted names of all middleware that settings list or calls add, each with its place."""
        return tuple(self._middleware())

    def _middleware(self) -> Iterator[tuple[str, Location]]:
        yield from listed(self.graph)
        for path, flow in sorted(self.graph.flows.items()):
            wrapped = [call for call in flow.calls if call.bound and call.bound.endswith("wsgi_app")]
            for call in (*self.graph.called(path, ADDS), *wrapped):
                for text in arguments(call.args).positional[:1]:
                    symbol = self.graph.symbols.chain(path, call.scope, text.strip())
                    name = self.graph.dotted(symbol) if symbol is not None and symbol.kind in ("class", "function") else ""
                    yield name or (symbol.name if symbol is not None else text), Location(path, call.line, call.column)

    @cached_property
    def settings(self) -> dict[str, str]:
        """The text of every upper-case name that a module is given, the last one said."""
        found = {}
        for _, flow in sorted(self.graph.flows.items()):
            for assign in flow.assigns:
                if assign.scope < 0 and assign.target.isupper():
                    found[assign.target] = assign.text or assign.value
        return found

    @cached_property
    def guards(self) -> tuple[tuple[Guard, Location], ...]:
        """Every guard that a call, a middleware or a setting anywhere in the project sets up."""
        found: list[tuple[Guard, Location]] = []
        knowledge = self.graph.knowledge
        for node, edge in self.graph.outward(filter(knowledge.guards, self.graph.outside)):
            place = Location(node.path, edge.call.line, edge.call.column)
            found += [(guard, place) for guard in knowledge.guards(edge.name)]
        for name, place in self.middleware:
            found += [(guard, place) for guard in knowledge.guards(name)]
        for library in knowledge.libraries:
            for guard in library.guard:
                if any(self._set(name) for name in guard.settings):
                    found.append((guard, Location("", 0)))
        return tuple(found)

    def _set(self, name: str) -> bool:
        """Whether settings say something under a name; `TABLE.KEY` is a key of a dictionary that is not left empty."""
        table, _, key = name.partition(".")
        text = self.settings.get(table)
        if text is None or not key:
            return text is not None
        return re.search(rf"['\"]{re.escape(key)}['\"]\s*:\s*(?!None\b|\[\s*\]|\(\s*\))", text) is not None

    def has(self, kind: str) -> bool:
        """Whether a guard of a kind is set up."""
        return any(guard.kind == kind for guard, _ in self.guards)

    def places(self, kind: str) -> set[str]:
        """The files that set up a guard of a kind; empty for what a setting switches on."""
        return {place.path for guard, place in self.guards if guard.kind == kind}

    @property
    def versions_by_header(self) -> bool:
        """Whether clients say which version they want in a header: by a library, or where the project reads one itself."""
        if self.has("version"):
            return True
        return any(
            _tells_version(call) and ASKED.search(call.target)
            for path, call in self.graph.anywhere(ASKING)
            if self.graph.files[path].kind == "source"
        )


def _tells_version(call: Call) -> bool:
    """Whether what a call reads is the version of the API, by the header's name or by the name that it is kept under."""
    return bool(VERSION_HEADER.search(call.args) or (OWN_HEADER.search(call.args) and API_VERSION.search(call.bound)))

"""Whether an id of each request travels: taken in, logged, sent on with outbound calls and handed to background tasks."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Call
from auditor.model.finding import Location
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.outbound.calls import Outbound, OutboundCalls
from auditor.paths.watching.applications import Applications
from auditor.paths.watching.carriers import Carriers, reads_only, texts_of
from auditor.paths.watching.numbered import numbers_requests
from auditor.paths.watching.sending import Sending

ASKED_FOR = (
    "subscription pull merge friend leave join access purchase payment payout refund transfer change feature support".split()
)
"""What a business is asked for has an id of its own: `subscription_request_id`."""
TRACE_ID = re.compile(
    r"(?=[xrctdlgs])"  # spares the look back at most places
    + "".join(rf"(?<!{word}_)" for word in ASKED_FOR)
    + r"(?:(?:x[-_])?(?:req(?:uest)?|correlation|trace|transaction)[-_]?id\b|traceparent|\b(?:django_|get_|set_|log_)guid\b)",
    re.IGNORECASE,
)
IDS = (
    *(f"{what}{between}id" for what in ("req", "request", "correlation", "trace", "transaction") for between in ("", "-", "_")),
    "traceparent",
    "guid",
)
"""One of these stands in every text that TRACE_ID finds something in: most files hold none, and are not searched."""
HOOKS = re.compile(
    r"before_request|before_app_request|middleware|process_request|dispatch|__call__|correlation|request_id|init_request",
    re.IGNORECASE,
)
LOGGING = frozenset(
    "dictConfig fileConfig basicConfig addFilter setLogRecordFactory Formatter JsonFormatter configure bind_contextvars "
    "contextualize".split()
)
TASK_HOOKS = re.compile(r"before_task_publish|task_prerun|apply_async|publish")
NAMED = re.compile(r"[A-Za-z_][\w.]*")
PUBLIC = re.compile(r"[\w-]+(?:\.[\w-]+)+")
"""A service that is named by its host, written out: mostly somebody else's, as is an address that comes from elsewhere and is
asked with no client of its own.
"""
PERIODIC = "add_periodic_task"
TOOLS = re.compile(r"(?:^|/)(?:\w*_)?(?:migrations?|alembic|scripts?|tools)/")
PARSES = re.compile(r"(?:argparse|optparse|click|typer|fire|docopt|cyclopts)(?:\.|\Z)")
SERVES = re.compile(r"(?:uvicorn|gunicorn|hypercorn|waitress|granian|daphne|cheroot|gevent|tornado|aiohttp\.web|werkzeug)\b")
LOG_SETTINGS = ("LOGGING", "LOGGING_CONFIG", "LOG_CONFIG", "log_config", "logging_config", "LOG_FORMAT")


class BrokenLink(NamedTuple):
    """A place where the id is lost. `link` is `entry`, `log`, `outbound` or `task`; `what` says in words who loses it."""

    link: str
    what: str
    location: Location
    doubtful: bool = False
    """Whether no request is known to come by or to bring an id, or another's service is called that has no use for it."""


class Tracing:
    """Answers for one project."""

    def __init__(
        self, graph: Graph, applications: Applications, outbound: OutboundCalls, requested: frozenset[Node] = frozenset()
    ) -> None:
        self.graph = graph
        self.applications = applications
        self.outbound = outbound
        self.requested = requested
        """The scopes that requests reach."""

    @cached_property
    def linked(self) -> dict[str, set[str]]:
        """The links that libraries tie, each with the files that set it up."""
        found = [(guard, place.path) for guard, place in self.applications.guards if guard.kind == "correlation"]
        ties = [(link, path) for guard, path in found if not reads_only(guard) for link in guard.links]
        return {link: {path for other, path in ties if other == link} for link, _ in ties}

    @cached_property
    def _carried(self) -> frozenset[str]:
        """The libraries whose calls take the id along by themselves; empty text stands for all."""
        ties = (guard for guard, _ in self.applications.guards if guard.kind == "correlation" and not reads_only(guard))
        return frozenset(name for guard in ties if "outbound" in guard.links for name in guard.carries or ("",))

    @cached_property
    def _spoken(self) -> dict[Node, bool]:
        """The scopes that speak of such an id: in what they call with, read or set."""
        found: dict[Node, bool] = {}
        carriers = Carriers(self.graph, TRACE_ID)
        for path, flow in self.graph.flows.items():
            texts = texts_of(flow)
            small = "\n".join([text for _, text in texts]).lower()
            if not any(word in small for word in IDS):
                continue
            for scope, text in texts:
                if TRACE_ID.search(text):
                    found[Node(path, scope)] = True
            carriers.look(path)
        reading = (name for name in self.graph.outside if any(map(reads_only, self.graph.knowledge.guards(name))))
        found |= {node: True for node, _ in self.graph.outward(reading)}
        return found | dict.fromkeys(carriers.carrying(), True)

    @cached_property
    def _entries(self) -> frozenset[str]:
        """The files that have the id taken from requests, by a library or the project's own hook; empty for settings of all."""
        own = {node.path for node in self._spoken if node.scope >= 0 and HOOKS.search(self._names(node))}
        return frozenset((self.linked.get("entry", set()) | own) or ({""} if numbers_requests(self.graph) else ()))

    @property
    def entered(self) -> bool:
        """Whether some application takes the id."""
        return bool(self._entries)

    def _names(self, node: Node) -> str:
        """The name of a scope with its decorators, the classes around it and what they descend from."""
        definition = self.graph.definition(node)
        if definition is None:
            return ""
        owner = self.graph.symbols.owner(node.path, node.scope)
        bases = self.graph.symbols.definition(owner).bases if owner is not None else ()
        return " ".join((definition.qualname, *(text.partition("(")[0] for text in definition.decorators), *bases))

    @property
    def logged(self) -> bool:
        """Whether records of the log hold the id."""
        if "log" in self.linked:
            return True
        if any(
            TRACE_ID.search(text) for name, text in self.applications.settings.items() if name in LOG_SETTINGS or "LOG" in name
        ):
            return True
        for path, call in self.graph.anywhere(LOGGING):
            if TRACE_ID.search(call.args) or self._puts_in(path, call) or any(map(TRACE_ID.search, self._named(path, call))):
                return True
        for flow in self.graph.flows.values():
            for assign in flow.assigns:
                if assign.target in LOG_SETTINGS and TRACE_ID.search(assign.text):
                    return True
                if "record." in assign.target and TRACE_ID.search(assign.target):
                    return True
            if any(TRACE_ID.search(read.text) and read.text.startswith("record.") for read in flow.reads):
                return True
        return False

    def _named(self, path: str, call: Call) -> Iterator[str]:
        """What the names hold that a call is given: `dictConfig(CONFIG)`."""
        table = self.graph.symbols.table(path)
        for name in NAMED.findall(call.args):
            file, _, own = table.imports.get(name, "").rpartition(".")
            origin = self.graph.symbols.modules.find(file) if file else path
            held = self.graph.symbols.table(origin).assigns if origin else {}
            yield from (assign.text for scope in {call.scope, -1} for assign in held.get((scope, own or name), ()))

    def _puts_in(self, path: str, call: Call) -> bool:
        """Whether logging is set up with a library's function that puts the id into records."""
        symbols = (self.graph.symbols.chain(path, call.scope, name) for name in dict.fromkeys(NAMED.findall(call.args)))
        names = (symbol.name for symbol in symbols if symbol is not None and symbol.kind == "external")
        return any("log" in guard.links for name in names for guard in self.graph.knowledge.guards(name))

    @property
    def tied(self) -> tuple[int, int]:
        """How many links hold, and how many there are: the applications' entries, the log, each client and kind of task."""
        broken = list(self.broken())
        if not self.applications.all:
            return 0, 0
        links = len(self.applications.told) + 1 + len(self._services) + len(self._started) + len(self._queued)
        return links - len(broken), links

    def broken(self) -> Iterator[BrokenLink]:
        """Every place where the id is lost; none where the project has no application."""
        if not self.applications.all:
            return
        elsewhere = self.applications.watched_elsewhere
        for app in self.applications.told:
            if not self.applications.is_set_up(app, self._entries):
                yield BrokenLink("entry", f"{app.name} takes no request id from its requests", app.location, elsewhere)
        if not self.logged:
            place = self._log_place() or self.applications.told[0].location
            yield BrokenLink("log", "the log's records hold no request id", place, elsewhere)
        yield from self._clients()
        if "task" not in self.linked:
            yield from self._tasks()

    def _log_place(self) -> Location | None:
        """Where logging is set up: rather beside an application than elsewhere, and in no tool beside it."""
        beside = {app.location.path for app in self.applications.all}
        flows = sorted(self.graph.flows.items(), key=lambda one: (one[0] not in beside, one[0]))
        for path, flow in flows:
            if not TOOLS.search(path) and self.graph.files[path].kind == "source" and not self._is_tool(path, beside):
                for assign in flow.assigns:
                    if assign.scope < 0 and assign.target in LOG_SETTINGS and assign.text:
                        return Location(path, assign.line, 1)
                for call in flow.calls:
                    if call.target.rpartition(".")[2] in ("dictConfig", "fileConfig", "basicConfig"):
                        return Location(path, call.line, call.column)
        return None

    def _is_tool(self, path: str, beside: set[str]) -> bool:
        """Whether a file reads a command line and neither serves an application nor speaks of its module."""
        names = set(self.graph.symbols.table(path).imports.values())
        if path in beside or not any(PARSES.match(name) for name in names) or any(SERVES.match(name) for name in names):
            return False
        modules = self.graph.symbols.modules
        return not any(modules.find(part) in beside for name in names for part in (name, name.rpartition(".")[0]) if part)

    @cached_property
    def _services(self) -> dict[str, list[Outbound]]:
        """The calls over HTTP by the service they reach."""
        found: dict[str, list[Outbound]] = defaultdict(list)
        for one in self.outbound.all:
            answer = one.edge.name.rpartition(".")[0].endswith("Response")
            if not one.local and one.effect.service == "an HTTP service" and not answer:
                found[one.service].append(one)
        return found

    def _is_carried(self, one: Outbound) -> bool:
        return not self._carried.isdisjoint(("", one.edge.name.partition(".")[0]))

    def _clients(self) -> Iterator[BrokenLink]:
        """Services that are called with no id in the call, its function or its client's class."""
        sending = Sending(self.graph, self.outbound, self._spoken)
        for service, calls in self._services.items():
            unsent = [one for one in calls if not self._is_carried(one) and not sending.sends(one)]
            first = next((one for one in unsent if one.node in self.requested), unsent[0] if unsent else None)
            if first is not None:
                theirs = PUBLIC.fullmatch(service) is not None or (first.unnamed and "." not in first.edge.name.partition(".")[2])
                doubtful = bool(theirs) or not self.entered or first.node not in self.requested
                text = f"calls {'by' if ' in ' in service else 'to'} {service} carry no request id"
                yield BrokenLink("outbound", text, first.location, doubtful)

    @cached_property
    def _started(self) -> dict[str, tuple[Node, Location] | None]:
        """By task: where it is started without the id, rather by a request, by no clock; None where the id always goes along."""
        places: dict[str, list[tuple[Node, Location]]] = {}
        for node in self.graph.nodes:
            for edge in self.graph.edges(node):
                if edge.later and edge.to is not None and not edge.via and self._is_task(edge.to) and not self._timed(node, edge):
                    here = (node, Location(node.path, edge.call.line, edge.call.column))
                    found = places.setdefault(self.graph.name(edge.to), [])
                    found += () if TRACE_ID.search(edge.call.args) else (here,)
        return {
            name: next((one for one in found if one[0] in self.requested), next(iter(found), None))
            for name, found in places.items()
        }

    def _timed(self, node: Node, edge: Edge) -> bool:
        """Whether a task is only handed to a clock: `sender.add_periodic_task(60, sweep.s())`."""
        calls = (call for call in self.graph.calls.get(node, ()) if call.target.rpartition(".")[2] == PERIODIC)
        return any(call.start <= edge.call.start and edge.call.end <= call.end for call in calls)

    @cached_property
    def _queued(self) -> dict[Location, bool]:
        """By place where work is queued whose function only its name tells of: whether the id goes along."""
        found: dict[Location, bool] = {}
        queueing = (name for name, effect in self.graph.effects.items() if effect.kind == "task")
        for node, edge in self.graph.outward(queueing):
            told = any(one.call == edge.call and one.later and one.to is not None for one in self.graph.edges(node))
            if edge.call.args and not told:
                place = Location(node.path, edge.call.line, edge.call.column)
                found[place] = bool(self._spoken.get(node)) or TRACE_ID.search(edge.call.args) is not None
        return found

    def _is_task(self, node: Node) -> bool:
        definition = self.graph.definition(node)
        if definition is None:
            return False
        for text in definition.decorators:
            symbol = self.graph.symbols.chain(node.path, definition.parent, elided(text.encode()).partition("()")[0])
            entry = self.graph.knowledge.entry(symbol.name) if symbol is not None and symbol.kind == "external" else None
            if entry is not None and entry.kind == "task":
                return True
        return False

    def _tasks(self) -> Iterator[BrokenLink]:
        """One for each background task that is started without the id."""
        if not any(TASK_HOOKS.search(self._names(node)) for node in self._spoken):
            for name, begun in self._started.items():
                what = f"the task {name} begins without the id of the request that starts it"
                if begun is not None:
                    yield BrokenLink("task", what, begun[1], not self.entered or begun[0] not in self.requested)
            for place, sent in self._queued.items():
                if not sent:
                    what = "what is queued here begins without the id of the request that starts it"
                    yield BrokenLink("task", what, place, not self.entered)

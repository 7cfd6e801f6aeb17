"""Every call of the project that leaves the machine, with what is known of its wait and of the service behind it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from auditor.knowledge.values import Effect
from auditor.model.finding import Location
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.outbound.addresses import Addresses
from auditor.paths.outbound.clients import Clients
from auditor.paths.outbound.listening import Listening

LOOPBACK = re.compile(r"(?:\w+://)?(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)(?=[:/]|\Z)")
HOST = re.compile(r"\w+://(?P<host>[\w.-]+\.[\w-]+)")
NAMED_URL = re.compile(
    r"\b(?:[A-Z][A-Z0-9]*_)+(?:URL|URI|HOST|ENDPOINT|BASE|API|SERVER)\b|(?<=\.)[a-z_]+_(?:url|uri|host|endpoint)\b(?!\s*\()"
)

HOLED = re.compile(r"\w+://\{(?:\w+\.)*(?P<name>[a-z]\w+)\}")
"""A host that a variable names: `f"https://{auth_server}/token"`."""
SAYS = ("url", "host", "base_url", "endpoint_url", "uri", "address", "baseurl")

ANY_URL = re.compile(
    r"(?:target|request|base|api|cert|conf|config|validation|revocation|token|full|next|redirect|poll|final|image|file|source|server|remote|my|self)_"
)
"""Variables that say of an address only what it is for in one call."""

PROXY = re.compile(r"\.ServerProxy\.[\w.]+\Z")
"""A method of another machine, whose result is a plain value."""
PARTS = frozenset(
    "get items keys values append extend split strip lower upper join format copy pop index count sort decode encode".split()
)
GIVING = re.compile(r"\.[A-Z]\w*\.(?!(?:json|ft|ts|bf|pipeline|pubsub|lock)\b)[a-z_]+(?:\.get_message)?\Z|\.get_message\Z")
"""A client's method that gives data and no further client: `client.hgetall(key).items()`."""


class Outbound(NamedTuple):
    """A call that leaves the machine. `bounded` is None where nobody can say, because arguments are handed on unseen."""

    node: Node
    edge: Edge
    effect: Effect
    bounded: bool | None
    service: str
    """What is reached, in a reader's words: `api.stripe.com`, `PAYMENT_URL`, `requests in PaymentClient`."""
    local: bool
    """Whether the address is one of this machine, written out, or another program in the same process."""
    client: str = ""
    """The library and its place: `requests in PaymentClient`."""
    unnamed: bool = False
    """Whether no host and no constant names what is reached."""

    @property
    def location(self) -> Location:
        """The call that waits."""
        return Location(self.node.path, self.edge.call.line, self.edge.call.column)


class OutboundCalls:
    """All of them, in the order of paths."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.clients = Clients(graph)
        self.addresses = Addresses(self.clients)
        self.listening = Listening(graph, self.clients)

    @cached_property
    def all(self) -> tuple[Outbound, ...]:
        """Every call that leaves the machine."""
        return tuple(_joined(self._all()))

    @cached_property
    def waiting(self) -> tuple[Outbound, ...]:
        """Those that wait for an answer of another machine."""
        return tuple(one for one in self.all if not one.local and waits(one.effect))

    @cached_property
    def unbounded(self) -> tuple[Outbound, ...]:
        """Those whose wait nobody bounds; where only the client can bound it, one for each client of a file."""
        found: dict[tuple[str, int, str], Outbound] = {}
        open_ended = [one for one in self.all if one.bounded is not True and not one.local and not self._stands_in(one)]
        opened = {(one.node, one.edge.call.start) for one in open_ended if one.effect.makes}
        for one in open_ended:
            # What is sent over a connection waits as the call that opened it does, which is told already.
            if one.effect.makes or opened.isdisjoint(self._openings(one)):
                client = one.edge.call.target.rpartition(".")[0]
                line = one.edge.call.line if one.effect.timeout else 0
                found.setdefault((one.node.path, line, "" if line else f"{one.edge.name.rpartition('.')[0]} {client}"), one)
        return tuple(found.values())

    def _stands_in(self, one: Outbound) -> bool:
        """Whether a call hands on what its function stands in for, and its callers wait: `socket.socket.connect = guarded`."""
        if one.node.scope < 0:
            return False
        last = f".{one.edge.name.rpartition('.')[2]}"
        name = self.graph.files[one.node.path].definitions[one.node.scope].name
        return any(each.value == name and each.target.endswith(last) for each in self.graph.flows[one.node.path].assigns)

    def _openings(self, one: Outbound) -> Iterator[tuple[Node, int]]:
        receiver = one.edge.call.target.rpartition(".")[0]
        for path, assign in self.clients.assigned(one.node, one.edge.call.scope, receiver) if receiver else ():
            yield self.graph.node(path, assign.scope), assign.start

    def _all(self) -> Iterator[Outbound]:
        external = {name: effect for name, effect in self.graph.effects.items() if effect.kind == "external"}
        for node, edge in self.graph.outward(external):
            effect = external[edge.name]
            if not _reads_answer(edge) and not self.listening.serves(node, edge, effect):
                yield self._one(node, edge, effect)

    def _one(self, node: Node, edge: Edge, effect: Effect) -> Outbound:
        address = self.addresses.of(node, edge)
        local = (address is not None and LOOPBACK.match(address) is not None) or self.addresses.is_inside(node, edge)
        bounded = self.clients.bounded(node, edge, effect) if effect.waits else not self.clients.unbound(node, edge, effect)
        if bounded is False and edge.call.target.endswith(".stream"):
            bounded = None  # what is listened to for ever may be meant
        libraries = (one.imports[0] for one in self.graph.knowledge.libraries if effect.pattern and effect in one.effect)
        package = next(libraries, edge.name.partition(".")[0])
        owner = self.graph.symbols.owner(node.path, node.scope)
        place = self.graph.symbols.definition(owner).name if owner is not None else self.graph.symbols.modules.name_of[node.path]
        client = f"{package} in {place}"
        service = self._service(edge, address) or client
        is_variable = service.islower() and "." not in service
        return Outbound(node, edge, effect, bounded, service, local, client, service == client or is_variable)

    def _service(self, edge: Edge, address: str | None) -> str:
        """What names the service: a host, else the function that gives it, a constant or a variable; empty where nothing does."""
        host = HOST.search(address or "")
        if host is not None:
            return host["host"]
        if (address or "").endswith("()"):
            return address or ""
        given = edge.arguments
        text = " ".join((*given.positional[:2], *(given.keywords.get(key, "") for key in SAYS)))
        named = NAMED_URL.search(text) or HOLED.search(text)
        return named[named.lastgroup or 0] if named is not None else ""


def _reads_answer(edge: Edge) -> bool:
    """Whether a call takes a part of what a remote method has given already: `proxy.jobs.details(key).get("state")`."""
    owner, _, last = edge.name.rpartition(".")
    return last in PARTS and (PROXY.search(owner) or GIVING.search(owner)) is not None


def _joined(calls: Iterable[Outbound]) -> Iterator[Outbound]:
    """The calls with one name for what one client reaches: what nothing names is what the only named one is."""
    found = list(calls)
    names: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for one in found:
        if not one.local and one.service != one.client and not ANY_URL.match(one.service):
            names[one.node.path, one.client][one.service] = None
    for one in found:
        said = names[one.node.path, one.client]
        if not one.unnamed or one.service in said:
            yield one
        else:
            yield one._replace(service=next(iter(said)) if len(said) == 1 else one.client)


def waits(effect: Effect) -> bool:
    """Whether a call waits for an answer: there is a bound to its wait, or a way to set one."""
    return bool(effect.timeout or effect.client or effect.attribute or effect.bound_s)

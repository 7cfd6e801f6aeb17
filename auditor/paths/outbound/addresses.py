"""The address that a call to another machine is given, as far as it is written out, and whether it leaves the machine at all."""

import re

from auditor.facts.flow.events import Assign
from auditor.paths.calls.graph import Edge, Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.outbound.clients import Clients
from auditor.paths.written.arguments import arguments, literal, split

BYTES = re.compile(r"[rR]?[bB][rR]?['\"]")
"""What is sent, and no address."""
NO_HOST = re.compile(r"[rRfF]{0,2}['\"](?:/(?!/)|(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)['\"]\Z)")
"""A method or a path, which say nothing of the host: the client knows it."""
IN_PROCESS = re.compile(r"\b(?:ASGI|WSGI|Mock)Transport\b")
HOST = re.compile(r"\w+://[\w.-]+")
FIXED = re.compile(r"[rR]?[fF][rR]?(['\"])([^{'\"]*)")
BEGUN = re.compile(
    r"[rR]?(?P<quote>['\"])(?P<said>\w+://[\w.-]*\w(?=[/:?'\"])[^'\"{%\\]*)[^'\"]*(?P=quote)\s*(?:\.format\(|[%+])"
)
"""A text that names the whole host and goes on: `"https://ledger.test/{}".format(key)`."""
MADE = re.compile(r"(?:[\w.]+\.)?(?:Request|URL|urljoin)\((?P<args>.*)\)\Z", re.DOTALL)
"""What is made of an address: `Request("https://ledger.test")`, `urljoin(BASE, path)`."""
GIVEN = re.compile(r"(?:[rR]?[fF][rR]?['\"]\{)?(?P<callee>(?:\w+\.)*(?P<name>\w+_(?:url|uri|host|endpoint|address|server)))\(\)")
"""An address that begins with what a function gives: `f"{relay_url()}/orders"`."""
NAMES_LIMIT = 64
"""How many names an address is followed through: generated code hands one on through thousands of functions."""


class Addresses:
    """Answers for the clients of one graph."""

    def __init__(self, clients: Clients) -> None:
        self.clients = clients
        self.agreed: dict[tuple[Node, str], str] = {}

    def is_inside(self, node: Node, edge: Edge) -> bool:
        """Whether a call waits for nobody elsewhere: by a transport that asks a program in the same process, by a socket that is
        a file or that only sends.
        """
        if edge.name.startswith("socket.") and self._only_sends(node):
            return True
        scopes = self.clients.graph.symbols.table(node.path).assigns
        for made in self.clients.makers(node, edge, nearest=True):
            if any("AF_UNIX" in text for text in made.positional[:1]):
                return True
            text = made.keywords.get("transport", "")
            kept = " ".join(one.text or one.value for one in scopes.get((edge.call.scope, text), ())) if text else ""
            if IN_PROCESS.search(f"{text} {kept}"):
                return True
        return False

    def _only_sends(self, node: Node) -> bool:
        """Whether the sockets of a scope are for datagrams: to connect one only notes the address."""
        texts = " ".join(call.args for call in self.clients.graph.calls.get(node, ()))
        return "SOCK_DGRAM" in texts and "SOCK_STREAM" not in texts

    def of(self, node: Node, edge: Edge) -> str | None:
        """The address that a call is given, as far as it is written out: in the call, in a constant, in the client."""
        given = edge.arguments
        texts = [*given.positional[:2], *(given.keywords.get(key, "") for key in ("url", "host", "base_url", "endpoint_url"))]
        texts += [
            text for made in self.clients.makers(node, edge) for text in (*made.positional[:1], made.keywords.get("base_url", ""))
        ]
        met: set[tuple[str, int, str]] = set()
        texts = [text for text in texts if not BYTES.match(text) and not NO_HOST.match(text)]
        return next((found for text in texts if (found := self._written(node, edge.call.scope, text, met))), None)

    def _written(self, node: Node, scope: int, text: str, met: set[tuple[str, int, str]]) -> str | None:
        """`met` are the names that were gone through."""
        plain = literal(text)
        if plain is not None:
            return plain
        if text.startswith("(") and text.endswith(")"):
            # `create_connection(("ledger.test", 9100))`
            return self._written(node, scope, (split(text[1:-1]) or [""])[0], met)
        begun = BEGUN.match(text.strip())
        if begun is not None:
            return begun["said"]
        made = MADE.match(text.strip())
        if made is not None:
            given = arguments(made["args"])
            return self._written(node, scope, given.get(0, "url") or given.keywords.get("base") or "", met)
        match = FIXED.match(text.strip())
        if match is not None and match[2]:
            return match[2]
        begun_by = GIVEN.match(text.strip())
        if begun_by is not None and self._is_plain_function(node, scope, begun_by["callee"]):
            return f"{begun_by['name']}()"
        inside = re.match(r"[rR]?[fF][rR]?['\"]\{([\w.]+)", text.strip()) or re.match(
            r"([\w.]+)(?:\s*\+|\s*%|\.format|\Z)", text.strip()
        )
        name = inside[1] if inside else ""
        if name and len(met) < NAMES_LIMIT and (node.path, scope, name) not in met:
            met.add((node.path, scope, name))
            if name in self._parameters(node) and not self.clients.graph.symbols.table(node.path).assigns.get((scope, name)):
                return self._agreed(node, name, met)
            for path, assign in self.clients.assigned(node, scope, name):
                found = self._written(Node(path, assign.scope), assign.scope, self._assigned(path, assign), met)
                if found:
                    return found
        return None

    def _is_plain_function(self, node: Node, scope: int, callee: str) -> bool:
        """Whether the same function answers wherever it is asked: a method may give another address for each object."""
        symbols = self.clients.graph.symbols
        found = symbols.chain(node.path, scope, callee)
        if found is None or found.kind != "function" or not found.path:
            return False
        return symbols.owner(found.path, found.place) is None

    def _assigned(self, path: str, assign: Assign) -> str:
        """What a name is given, with the arguments where a call gives it."""
        if assign.value.endswith("()"):
            for call in self.clients.graph.symbols.table(path).at.get(assign.start, ())[-1:]:
                return f"{call.target}({call.args})"
        return assign.text or assign.value

    def _parameters(self, node: Node) -> tuple[str, ...]:
        symbols = self.clients.graph.symbols
        return tuple(symbols.signature(Symbol("function", *node)).names) if node.scope >= 0 else ()

    def _agreed(self, node: Node, name: str, met: set[tuple[str, int, str]]) -> str | None:
        """What all callers hand over for an address: a helper that reaches many names none."""
        if (node, name) in self.agreed:
            return self.agreed[node, name]
        graph = self.clients.graph
        signature = graph.symbols.signature(Symbol("function", *node))
        place = signature.names.index(name) - (signature.first in ("self", "cls"))
        found: set[str] = set()
        for caller, edge in graph.callers.get(node, ()):
            text = edge.arguments.get(place, name)
            said = self._written(caller, edge.call.scope, text, set(met)) if text else None
            host = HOST.search(said or "")
            if not said or found - {host[0] if host is not None else said}:
                return None
            found.add(host[0] if host is not None else said)
        return self.agreed.setdefault((node, name), found.pop()) if found else None

"""Text that was sent and is taken apart into so many names: `shop, key = text.split(":")`."""

import re
from collections.abc import Iterator

from auditor.facts.flow.events import Read
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.calls.one_of import holds
from auditor.paths.calls.outside import Outside

SPLITS = (".split", ".rsplit")
PARTS = tuple(f"{split}()" for split in SPLITS)
OWNER = re.compile(r"[A-Za-z_][\w.]*(?:\.get\(\)|\[\])?\Z")
NAMED = re.compile(r"(?<![\w.])[A-Za-z_][\w.]*")
ASKS = re.compile(r"\A(?:len|isinstance|all|any)\Z|(?:\A|\.)(?:startswith|endswith|count|match|fullmatch|search|find)\Z")

WHOLE = re.compile(r"(?:\A|[._])(?:path|path_info|full_path|url|uri|host|netloc|remote_addr)\Z")
"""What the server has made itself, or let through by its own form."""
LISTED = "getlist"
NEAR = 2
"""So many lines on, `if len(parts) > 1 else ""` still belongs to the statement."""


class Unpacked:
    """Answers for one graph."""

    def __init__(self, graph: Graph, outside: Outside) -> None:
        self.graph = graph
        self.outside = outside
        self._taken: dict[str, frozenset[tuple[int, int]]] = {}
        self._asked: dict[Node, dict[str, int]] = {}

    def may_differ(self, node: Node, edge: Edge) -> bool:
        """Whether the parts of a text are given to several names, nobody has asked what is in it, and it comes as it was sent."""
        owner, call = edge.call.target.rpartition(".")[0], edge.call
        if not OWNER.match(owner) or (node.scope, call.start) not in self._apart(node.path):
            return False
        asked = self._asks(node).get(owner, call.line + 1) <= call.line
        return not asked and not holds(self.graph, node, owner, call.line) and self.outside.tells(node, call.scope, owner, "sent")

    def may_lack(self, node: Node, read: Read) -> bool:
        """Whether a part is picked by number of what comes as it was sent, and nobody has asked how many there are."""
        whole, _, name = read.text.removesuffix("[]").partition(" ")
        owner, _, method = whole.removesuffix("()").rpartition(".")
        if method != LISTED and (WHOLE.search(owner) or not OWNER.match(owner)):
            return False
        names = (owner, name) if name else (owner,)
        if any(self._asks(node).get(one, read.line + NEAR) < read.line + NEAR for one in names):
            return False
        held = any(holds(self.graph, node, one, read.line) for one in names)
        return not held and self.outside.tells(node, read.scope, owner, "sent")

    def _apart(self, path: str) -> frozenset[tuple[int, int]]:
        """The scopes and the places in a file where what is split is given to a fixed number of names."""
        if path not in self._taken:
            self._taken[path] = frozenset(
                (one.scope, one.start)
                for one in self.graph.flows[path].assigns
                if "," in one.target and "*" not in one.target and one.value.endswith(PARTS)
            )
        return self._taken[path]

    def _asks(self, node: Node) -> dict[str, int]:
        """By name: the first line of a scope that asks what is in it."""
        if node not in self._asked:
            found: dict[str, int] = {}
            for call in self.graph.calls.get(node, ()):
                if ASKS.search(call.target):
                    for name in (
                        *_owners(f"{call.target}."),
                        *(owner for text in NAMED.findall(call.args) for owner in _owners(text)),
                    ):
                        found.setdefault(name, call.line)
            self._asked[node] = found
        return self._asked[node]


def _owners(text: str) -> Iterator[str]:
    """`order`, `order.key` and `order.key.text` of the last of them."""
    for match in re.finditer(r"\.|\Z", text):
        yield text[: match.start()]

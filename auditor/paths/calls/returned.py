"""What a function of the project hands back as it came, with nobody having looked at it."""

import re
from collections.abc import Iterator

from auditor.paths.calls.forms import FORMS, KEEPS
from auditor.paths.calls.graph import Graph, Node

LOOKED_AT = frozenset("isdigit isnumeric isdecimal match fullmatch is_valid validate_on_submit validate".split())
CALLED = re.compile(r"(\w+)\(\)")
ONLY = re.compile(r"([\w.]+)\(\)\Z")


def returned(graph: Graph, node: Node) -> Iterator[str]:
    """Each text that a function returns and what it is another form of; none of a function that looks at values first."""
    if any(name.rpartition(".")[2] in LOOKED_AT for name in graph.targets(node)):
        return
    for one in graph.flows[node.path].returns:
        if one.scope != node.scope or not KEEPS.issuperset(CALLED.findall(one.value)):
            continue
        yield one.text or one.value.replace("()", "").replace("[]", "")
        for call in graph.calls.get(node, ()) if one.value else ():
            if one.start <= call.start < one.end and call.target.rpartition(".")[2] in FORMS:
                yield call.args


def handed_on(graph: Graph, node: Node) -> Iterator[Node]:
    """The functions of the project whose result a function hands back as it is: `return json_body(self.request)`."""
    for one in graph.flows[node.path].returns:
        match = ONLY.match(one.value) if one.scope == node.scope else None
        found = graph.symbols.chain(node.path, node.scope, match[1]) if match else None
        if found is not None and found.kind == "function" and found.path:
            yield Node(found.path, found.place)


def values(graph: Graph, node: Node) -> str:
    """What a function hands back, in short: `json.loads()`."""
    return " ".join(one.value for one in graph.flows[node.path].returns if one.scope == node.scope)

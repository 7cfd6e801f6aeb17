"""What a function of the project hands back as it came, with nobody having looked at it."""

import re
from collections.abc import Iterator

from auditor.paths.calls.forms import FORMS, KEEPS
from auditor.paths.calls.graph import Graph, Node

LOOKED_AT = frozenset("isdigit isnumeric isdecimal match fullmatch is_valid validate_on_submit validate".split())
CALLED = re.compile(r"(\w+)\(\)")


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

"""Whether turns only ask and put together what they show: then one query before the loop does for all."""

import re

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.queries.repetition import Repeated
from auditor.paths.repeated.turn import turn

CHANGES = re.compile(
    r"\.(?:a?save|validated_save|a?create|a?delete|delete_instance|create_user|(?:get|update)_or_create(?:_\w+)?|bulk_\w+|commit"
    r"|flush|set_\w+)\Z|[Ss]ession(?:\(\))?\.(?:add|add_all|merge|delete)\Z|\(\)\.update\Z"
)
"""What changes rows: it is done for each element on its own."""
HANDS_ON = re.compile(
    r"(?:\A|[._])(?:save|store|delete|remove|update|add|set|assign|send|notify|deliver|dispatch|publish|emit|enqueue|upload|import|sync"
    r"|process|handle|revoke|revert|register|run)_\w+\Z"
    r"|(?:\A|\.)(?:send|notify|deliver|dispatch|publish|emit|enqueue|delay|apply_async|upload|sync|process|handle)\Z"
)
"""What changes something elsewhere, as far as its name tells."""
OFFLINE = re.compile(
    r"(?:^|/)(?:management/commands|scripts?|bin|tools|cli|commands?)/|(?:^|/|_)(?:cli|manage|management|commands?|scripts?)\.py\Z"
)
"""What a person runs and waits for."""
HANDED_IN = re.compile(
    r"\.(?:iterfind|findall|iter|xpath|itertext|getchildren)\(|(?:^|\.|_)(?:initial_)?form(?:set)?s\Z|[Ss]ession(?:\[|\.get\(|\.pop\()"
)
"""The elements of a document, the forms of a page, what a session of a browser holds: few, and no rows."""


def is_plain(graph: Graph, one: Repeated) -> bool:
    """Whether nothing in a turn, or in the functions that it calls, changes a thing, and somebody waits for it."""
    if one.by != "loop":
        return True
    if one.question.kind == "write":
        return not OFFLINE.search(one.outer.path)
    if OFFLINE.search(one.outer.path) or HANDED_IN.search(one.source):
        return False
    ways = {edge.call for _, edge in one.way}
    calls = [call for call in turn(graph, one) if call not in ways]
    own = {edge.to for edge in graph.edges(one.outer) if edge.to is not None and edge.call in calls}
    below = own | {node for node, _ in one.way[1:]} | ({one.node} if one.way else set[Node]())
    changes = (call for node in below for call in graph.calls.get(node, ()))
    named = any(CHANGES.search(call.target) or HANDS_ON.search(call.target) for call in calls)
    return not named and not any(CHANGES.search(call.target) for call in changes)

"""Whether anybody asks how work in the background ended."""

import re

import libcst as cst

from auditor.facts.order import preorder
from auditor.facts.region import Region
from auditor.rule.names import dotted, last_name
from auditor.rule.silence import is_empty
from auditor.rule.target import function_texts
from auditor.rule.uses import Use, Way

FORGETTING = frozenset("discard remove pop".split())
TELLING_NOTHING = frozenset("len print id bool str repr isinstance debug info min max type".split())
IDLE = frozenset(
    "cancel cancelled done set_name get_name name join start daemon setDaemon setName is_alive running "
    "remove_done_callback cancelling ident native_id getName isAlive copy clear".split()
)
"""Methods and attributes that leave the error where it is."""
TAKING = frozenset("set list tuple iter joinall iwait".split())
CLOSING = frozenset("close aclose stop cancel disconnect terminate kill shutdown wait_closed".split())
ENDING = re.compile(r"(?i)stop|shutdown|close|cleanup|clean_up|teardown|aexit|drain|dispose")
"""Functions that wait for what others have started, and only for its end."""
FORGOTTEN = re.compile(rb"\.(?:discard|remove|pop)\(")
ASKED = re.compile(rb"\b(?:exception|result|log\w*|raise|print\w*|report\w*|capture\w*)\b")


def is_dropped(uses: list[Use]) -> bool:
    """Whether nothing takes the value at all."""
    return all(use.way is Way.DROPPED for use in uses)


def is_blind(use: Use) -> bool:
    """Whether a use of gathered results can not tell that one of them is an error."""
    return use.way is Way.DROPPED or (use.way is Way.ARGUMENT and use.name == "len")


def unseen(uses: list[Use], region: Region) -> bool:
    """Whether no use of a task asks how it ended. One that is only stored until it is thrown away is not asked either."""
    forgotten = any(use.name == "add_done_callback" and _forgets(use, region) for use in uses)
    return all(_is_idle(use, forgotten, region) for use in uses)


def _is_idle(use: Use, forgotten: bool, region: Region) -> bool:
    if use.way is Way.STORED:
        return forgotten
    if use.way in (Way.DROPPED, Way.TESTED, Way.COMPARED, Way.ITERATED):
        return True
    if use.way is Way.ARGUMENT:
        return use.name in TELLING_NOTHING
    if use.name == "add_done_callback":
        return _forgets(use, region)
    return use.way in (Way.METHOD, Way.ATTRIBUTE) and use.name in IDLE


def _forgets(use: Use, region: Region) -> bool:
    """Whether a callback only throws the task away: `tasks.discard`, `lambda t: tasks.remove(t)`, `lambda t: None`."""
    call = region.parents.get(use.node)
    if not isinstance(call, cst.Call) or not call.args:
        return False
    given = call.args[0].value
    if isinstance(given, cst.Lambda):
        return is_empty(given.body) or (isinstance(given.body, cst.Call) and last_name(given.body) in FORGETTING)
    if isinstance(given, cst.Attribute) and given.attr.value in FORGETTING:
        return True
    texts = function_texts(given, region)
    return bool(texts) and all(FORGOTTEN.search(text) and not ASKED.search(text) for text in texts)


def is_statement(call: cst.Call, region: Region) -> bool:
    """Whether a call is a statement, whose value nobody takes."""
    return isinstance(region.parents.get(call), cst.Expr)


def is_gone_through(pool: cst.CSTNode, region: Region) -> bool:
    """Whether what a pool started is taken out of it elsewhere in the function: `joinall(set(pool))`, `for job in pool`."""
    name = dotted(pool)
    calls = (node for node in region.parents if isinstance(node, cst.Call) and last_name(node) in TAKING)
    loops = (node.iter for node in region.parents if isinstance(node, cst.For | cst.CompFor))
    return name in (*(dotted(arg.value) for call in calls for arg in call.args), *map(dotted, loops))


def joined(uses: list[Use]) -> bool:
    """Whether somebody waits for the end of a thread."""
    return any(use.name == "join" for use in uses)


def waits_for_the_end(call: cst.Call, region: Region) -> bool:
    """Whether a function that stops things waits for all of a collection that was filled elsewhere, or everything is closed."""
    function = [one.name for one in region.enclosing(call) if one.kind != "class"][-1:]
    kept = [arg for arg in call.args if arg.star == "*" and isinstance(arg.value, cst.Attribute | cst.Name)]
    closing = any(isinstance(part, cst.Call) and last_name(part) in CLOSING for arg in call.args for part in preorder(arg.value))
    return closing or (bool(kept) and any(ENDING.search(name) for name in function))

"""Failures that are likely to be meant: of what only tidies up, of one candidate among several, of a question."""

import re
from collections.abc import Iterator

import libcst as cst
from tree_sitter import Node

from auditor.facts.order import below
from auditor.facts.region import Region
from auditor.rule import around

TIDY = re.compile(
    r"(?:^|\.)(?:a?close|terminate|kill|unlink|rmtree|rmdir|removedirs|quit|disconnect|join|cleanup|clean_up|wait_closed|dispose|rollback)$"
    r"|^os\.remove$"
    r"|(?i:(?:task|timer|future|fut|handle|job|scope|loop|conn|connection|sock|socket|server|thread|executor|pool|process|proc"
    r"|player|observer|watcher|browser|driver|page|worker|handler|stream|file|writer|std\w+|sandbox|container|session|client)s?(?:\(\))?\.(?:cancel|stop|shutdown|wait|flush|close\w*|send_signal)$)"
)
"""Dotted names of calls that end or throw away what is no longer wanted."""
ENDING = re.compile(r"(?i)^_*(?:a?close|stop|shutdown|shut_down|tear_?down|clean_?up|dispose|a?exit|del)_*$")
"""Functions that end things: there is nobody left who could act on a failure."""
PURPOSE = re.compile(r"(?i)^_*(?:delete|remove|purge|drop|destroy|erase)")
CLOSED = (cst.FunctionDef, cst.ClassDef, cst.Lambda)
BLOCKS = ("if_statement", "with_statement", "else_clause", "elif_clause", "block", "for_statement")


def is_expected(handler: around.AnyHandler, region: Region, narrow: bool) -> bool:
    """Whether the failure is likely to be meant: of something that only tidies up, of one candidate of several, or of an import.

    Where the handler is `narrow`, it may be an answer as well, or the code says why nothing is done.
    """
    leaves = any(isinstance(node, cst.Return | cst.Break) for node in below(handler.body, CLOSED))
    if narrow and (around.says_why(handler, region) or answers_a_question(handler, region)):
        return True
    if narrow and around.is_asked_later(handler, region):
        return True
    functions = [one.name for one in region.enclosing(handler) if one.kind != "class"][-1:]
    if any(ENDING.search(name) for name in functions) or around.only_imports(handler, region):
        return True
    return only_tidies(handler, region) or (not leaves and (is_probe(handler, region) or raises_next(handler, region)))


def raises_next(handler: cst.CSTNode, region: Region) -> bool:
    """Whether an error is raised right after the whole: what failed was only to be words of it."""
    twin = region.twin(handler)
    after = twin.parent.next_named_sibling if twin is not None and twin.parent is not None else None
    return after is not None and after.type == "raise_statement"


def only_tidies(handler: around.AnyHandler, region: Region) -> bool:
    """Whether the block that a handler guards does nothing but close, kill or throw away. In a function that is there for
    just that, `delete_export`, the failure is missed all the same.
    """
    twin = region.twin(handler)
    statement = twin.parent if twin is not None else None
    block = statement.child_by_field_name("body") if statement is not None else None
    return block is not None and is_tidy(block, region) and not _is_purpose(handler, region)


def is_tidy(block: Node, region: Region) -> bool:
    """Whether all statements of a block tidy up, at least one of them by a call."""
    kinds = [_tidies(statement, region) for statement in block.named_children if statement.type != "comment"]
    return None not in kinds and any(kinds)


def _tidies(statement: Node, region: Region) -> bool | None:
    """True for a call that tidies up, False for what does nothing to speak of, None for anything else."""
    if statement.type in BLOCKS:
        parts = [child for child in statement.named_children if child.type in BLOCKS]
        kinds = [_tidies(part, region) for part in (parts if statement.type != "block" else statement.named_children)]
        return None if None in kinds else any(kinds)
    if statement.type in ("pass_statement", "comment", "delete_statement", "import_statement", "import_from_statement"):
        return False
    if statement.type != "expression_statement" or not statement.named_children:
        return None
    value = statement.named_children[0]
    if value.type == "assignment":
        right = value.child_by_field_name("right")
        return False if right is not None and right.type in ("none", "true", "false") else None
    if value.type == "await" and value.named_children:
        value = value.named_children[0]
    callee = value.child_by_field_name("function") if value.type == "call" else None
    return True if callee is not None and TIDY.search(region.sheet.text(callee).decode("utf-8", "replace")) else None


def _is_purpose(handler: around.AnyHandler, region: Region) -> bool:
    """Whether the function around is named for the removal and does little else."""
    function = next((node for node in region.outside(handler) if node.type == "function_definition"), None)
    name = function.child_by_field_name("name") if function is not None else None
    return name is not None and PURPOSE.match(region.sheet.text(name).decode("utf-8", "replace")) is not None


def is_probe(handler: cst.CSTNode, region: Region) -> bool:
    """Whether a handler passes over one of several candidates, of which the first that does is taken."""
    twin = region.twin(handler)
    statement = twin.parent if twin is not None else None
    loop = next(_loops(statement), None)
    if loop is None or statement is None:
        return False
    left, right = (loop.child_by_field_name(name) for name in ("left", "right"))
    tried = statement.child_by_field_name("body")
    if left is None or right is None or tried is None or region.sheet.text(right).startswith(b"range("):
        return False
    names = re.findall(rb"\w+", region.sheet.text(left))
    used = any(re.search(rb"\b" + name + rb"\b", region.sheet.text(tried)) for name in names)
    return used and any(child.type in ("return_statement", "break_statement") for child in _when_it_does(statement, tried))


def _when_it_does(statement: Node, tried: Node) -> Iterator[Node]:
    """What is done for sure where nothing failed: the rest of the block, of its `else`, and what comes after it all."""
    yield from tried.named_children
    for clause in statement.named_children:
        if clause.type == "else_clause":
            yield from (part for block in clause.named_children for part in block.named_children)
    after = statement.next_named_sibling
    while after is not None:
        yield after
        after = after.next_named_sibling


ASKING = re.compile(
    r"(?i)^_*(?:is|has|can|check|ping|test|probe|supports?)(?:_|$)|_is_|check|exists?$|alive|reachable|available|used$|_ok$"
    r"|listening$|ready$|running$"
)


def answers_a_question(handler: cst.CSTNode, region: Region) -> bool:
    """Whether a function that asks whether something is there takes its failure for a no: `def exists(): … return False`."""
    twin = region.twin(handler)
    function = next((node for node in region.outside(handler) if node.type == "function_definition"), None)
    name = function.child_by_field_name("name") if function is not None else None
    if twin is None or name is None or ASKING.search(region.sheet.text(name).decode("utf-8", "replace")) is None:
        return False
    return re.search(rb"\breturn (?:False|True)\b", region.sheet.text(twin)) is not None


def _loops(node: Node | None) -> Iterator[Node]:
    """The loop whose body a `try` stands in at once."""
    block = node.parent if node is not None else None
    if block is not None and block.parent is not None and block.parent.type == "for_statement":
        yield block.parent

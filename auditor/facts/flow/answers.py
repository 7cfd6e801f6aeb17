"""Which functions that are handed an error answer for every one: none of their ways ends without an answer made there."""

import re

from tree_sitter import Node

from auditor.facts.screen import Sheet

MAKES = re.compile(rb"(?:\A|\.)(?:(?:[A-Z]\w*)?Response\w*|(?:\w+_)?response)\Z")
"""What an answer is made by: `Response(...)`, `JsonResponse(...)`, `error_response(...)`."""
NOTHING = re.compile(rb"\(?\s*(?P<no>not\s+)?(?P<name>[A-Za-z_]\w*)\s*(?P<none>is\s+(?P<some>not\s+)?None)?\s*\)?\Z")
Sure = frozenset[bytes]
"""The names that hold an answer."""


class Unanswered(Exception):
    """A way of a function ends without an answer that is sure."""


def answering(sheet: Sheet, definitions: list[Node]) -> tuple[int, ...]:
    """The places of such functions among the definitions: they are given an error and what is around it."""
    return tuple(place for place, node in enumerate(definitions) if _may_answer(sheet, node) and _answers(sheet, node))


def _may_answer(sheet: Sheet, node: Node) -> bool:
    parameters = node.child_by_field_name("parameters")
    two = parameters is not None and parameters.named_child_count == 2
    return two and node.type == "function_definition" and b"esponse" in sheet.text(node)


def _answers(sheet: Sheet, node: Node) -> bool:
    body, parameters = node.child_by_field_name("body"), node.child_by_field_name("parameters")
    if body is None or parameters is None:
        return False
    names = {re.split(rb"[^\w]", sheet.text(one), maxsplit=1)[0] for one in parameters.named_children}
    try:
        return len(names - {b""}) > 1 and Ways(sheet, frozenset(names)).after(body, frozenset()) is None
    except Unanswered:
        return False


class Ways:
    """Follows the ways through one function."""

    def __init__(self, sheet: Sheet, given: Sure) -> None:
        self.sheet = sheet
        self.given = given

    def after(self, block: Node | None, sure: Sure | None) -> Sure | None:
        """The names that hold an answer behind a block, None where nothing gets there."""
        for statement in block.named_children if block is not None else ():
            if sure is None:
                return None
            sure = self._behind(statement, sure)
        return sure

    def _behind(self, node: Node, sure: Sure) -> Sure | None:
        match node.type:
            case "return_statement":
                if not node.named_child_count or not self._is_answer(node.named_children[0], sure):
                    raise Unanswered
                return None
            case "raise_statement" | "match_statement":
                raise Unanswered
            case "if_statement":
                return self._asked(node, sure)
            case "try_statement":
                return self._tried(node, sure)
            case "with_statement":
                return self.after(node.child_by_field_name("body"), sure)
            case "for_statement" | "while_statement":
                return _both(sure, self.after(node.child_by_field_name("body"), sure))
            case "expression_statement":
                return self._set(node.named_children[0], sure) if node.named_child_count else sure
        return sure

    def _set(self, node: Node, sure: Sure) -> Sure:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if node.type != "assignment" or left is None or right is None or left.type != "identifier":
            return sure
        name = frozenset((self.sheet.text(left),))
        return sure | name if self._is_answer(right, sure) else sure - name

    def _is_answer(self, node: Node, sure: Sure) -> bool:
        """Whether an expression is an answer; what is handed all that the function is given may leave it to others."""
        if node.type == "identifier":
            return self.sheet.text(node) in sure
        if node.type == "conditional_expression":
            return all(self._is_answer(node.named_children[place], sure) for place in (0, 2))
        if node.type == "boolean_operator":
            right = node.child_by_field_name("right")
            return node.children[1].type == "or" and right is not None and self._is_answer(right, sure)
        callee, args = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if node.type != "call" or callee is None or args is None:
            return False
        handed = {self.sheet.text(one.child_by_field_name("value") or one) for one in args.named_children}
        return MAKES.search(self.sheet.text(callee)) is not None and not handed >= self.given

    def _asked(self, node: Node, sure: Sure) -> Sure | None:
        ends: list[Sure | None] = []
        left: Sure = sure
        for clause in (node, *node.children_by_field_name("alternative")):
            asked = clause.child_by_field_name("condition")
            here, left_over = self._known(asked, left) if asked is not None else (left, left)
            ends.append(self.after(clause.child_by_field_name("consequence") or clause.child_by_field_name("body"), here))
            left = left_over
            last = clause
        return _both(*ends) if last.type == "else_clause" else _both(*ends, left)

    def _known(self, asked: Node, sure: Sure) -> tuple[Sure, Sure]:
        """The names that hold an answer where a condition is met, and where it is not."""
        match = NOTHING.match(self.sheet.text(asked))
        if match is None:
            return sure, sure
        name = frozenset((match["name"],)) - self.given
        lacks = bool(match["no"]) != (bool(match["none"]) and not match["some"])
        return (sure, sure | name) if lacks else (sure | name, sure)

    def _tried(self, node: Node, sure: Sure) -> Sure | None:
        body = self.after(node.child_by_field_name("body"), sure)
        for one in _clauses(node, "else_clause"):
            body = self.after(one, body)
        ends = _both(body, *(self.after(one, frozenset()) for one in _clauses(node, "except_clause")))
        for one in _clauses(node, "finally_clause"):
            ends = self.after(one, ends)
        return ends


def _clauses(node: Node, kind: str) -> list[Node]:
    """The bodies of a `try` statement's clauses of a kind."""
    return [block for one in node.named_children if one.type == kind for block in one.named_children if block.type == "block"]


def _both(*ends: Sure | None) -> Sure | None:
    """What is sure behind several ways that come together, of which those that are None never do."""
    met = [one for one in ends if one is not None]
    return frozenset.intersection(*met) if met else None

"""A question that is asked once per element: the question, what repeats it, and the way between the two."""

from typing import NamedTuple

from auditor.paths.calls.graph import Node
from auditor.paths.calls.reach import Way
from auditor.paths.queries.loops import Many
from auditor.paths.queries.question import Question


class Repeated(NamedTuple):
    """A question that is asked once per element."""

    question: Question
    node: Node
    """The scope that asks."""
    outer: Node
    """The scope with what repeats it."""
    line: int
    """The line of what repeats it."""
    element: str
    """The name of one element."""
    source: str
    """What is gone through, in short."""
    path: tuple[str, ...] = ()
    """For a relation: how it is reached from the element."""
    way: Way = ()
    """The calls from what repeats to the scope that asks."""
    many: Many = Many.YES
    known: bool = True
    """Whether all that feeds the loop was seen."""
    by: str = "loop"
    """What repeats: `loop`, `serializer`, `schema`, `resolver`, `admin`, `page`, or a `template` that may."""

    general: bool = False
    """Whether the scope that asks does so for any class or any row: then the call of it is the place to mend."""

    sent: int = 0
    """How many of the last calls only hand on what is sent or asked for: whoever gave it is the place to mend."""

    of: str = ""
    """For a relation: the name of the object that each turn reads it from, the element or one that the turn makes."""
    template: str = ""
    template_line: int = 0
    """Where a page reads it."""
    others: "tuple[Repeated, ...]" = ()
    """What else repeats the same question, as surely, by place."""

    @property
    def turn(self) -> tuple[str, int]:
        """Path and line of what each turn does: the question, or the call that leads to it, or what repeats a question of
        another file.
        """
        if self.way:
            return self.outer.path, self.way[0][1].call.line
        return self.outer.path, self.question.line if self.node.path == self.outer.path else self.line

    @property
    def place(self) -> tuple[str, int, int]:
        """Path, line and column of what a person would mend: the question, or the call of a helper that asks for anybody."""
        out = self.sent or (1 if self.general and self.way else 0)
        if out:
            # One class after the other hands a row on to the next: `super().save()`.
            while out < len(self.way) and self.way[-out][1].call.target.startswith("super"):
                out += 1
            node, edge = self.way[-out]
            return node.path, edge.call.line, edge.call.column
        return self.node.path, self.question.line, self.question.column

    @property
    def key(self) -> tuple[str, int, int, str]:
        """The place and the method of the question."""
        return (*self.place, self.question.method)

    @property
    def read(self) -> tuple[object, ...] | None:
        """What is read of which object in which turn: a second read of the same in the turn asks nothing; None for others."""
        if not self.path or self.question.kind not in ("one", "many") or self.by in ("page", "template"):
            return None
        return self.outer, self.line, self.by, self.of, self.path

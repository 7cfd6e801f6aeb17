"""Where in a file's functions and classes a statement stands, and how much of a stretch does something."""

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate

from auditor.clones.statements import FileClones, Scope

LITTLE = 15
"""So few tokens of a neighbour, heads left out, are not worth naming."""


class Outline:
    """The nesting of one file, made when it is first asked for."""

    def __init__(self, file: FileClones) -> None:
        self._scopes = file.scopes
        self._firsts = [scope.first for scope in file.scopes]
        self._inner = [-1] * len(file.blind)
        within = bytearray(len(file.blind))
        for index, scope in enumerate(file.scopes):
            self._inner[scope.first : scope.last] = [index] * (scope.last - scope.first)
            if scope.kind != "class":
                within[scope.first : scope.last] = b"\1" * (scope.last - scope.first)
        self.outside = bytes(not inside for inside in within)
        """A one for every statement that stands in no function, else a zero."""
        for first in self._firsts:
            within[first] = 0
        self._steps = [0, *accumulate(within)]
        self._tokens = [0, *accumulate(file.tokens)]
        self._work = [0, *accumulate(count if working else 0 for count, working in zip(file.tokens, within, strict=True))]

    @cached_property
    def owners(self) -> list[int]:
        """For each statement the outermost function that it stands in, by number, or -1."""
        owners = [-1] * len(self._inner)
        for index in range(len(self._scopes) - 1, -1, -1):
            scope = self._scopes[index]
            if scope.kind != "class":
                owners[scope.first : scope.last] = [index] * (scope.last - scope.first)
        return owners

    def work(self, first: int, last: int) -> int:
        """The tokens of a stretch that stand in functions, their heads left out: fields and constants declare only."""
        return self._work[last] - self._work[first]

    def steps(self, first: int, last: int) -> int:
        """The statements of a stretch that stand in functions, their heads left out."""
        return self._steps[last] - self._steps[first]

    def holds(self, first: int, last: int, tokens: int) -> bool:
        """Whether a whole function of at least so many tokens stands within a stretch."""
        begin, end = bisect_left(self._firsts, first), bisect_left(self._firsts, last)
        return any(
            scope.kind != "class" and scope.last <= last and self._tokens[scope.last] - self._tokens[scope.first] >= tokens
            for scope in self._scopes[begin:end]
        )

    def is_function(self, first: int, last: int) -> bool:
        """Whether a stretch is one function, no more and no less."""
        at = self._inner[first]
        return at >= 0 and (self._scopes[at].first, self._scopes[at].last) == (first, last)

    def around(self, first: int, last: int) -> Scope | None:
        """The innermost function or class that holds a whole stretch."""
        return next((scope for scope in self._holding(first) if scope.last >= last), None)

    def trimmed(self, first: int, last: int) -> tuple[int, int]:
        """A stretch without the little that it has of functions and classes which it holds the rest of not."""
        while True:
            cut = next((scope for scope in self._begun(first, last) if self.work(scope.first, last) < LITTLE), None)
            if cut is not None:
                last = cut.first
                continue
            left = next((scope for scope in self._holding(first) if scope.first < first and scope.last < last), None)
            if left is None or self.work(first, left.last) >= LITTLE:
                return first, last
            first = left.last

    def _begun(self, first: int, last: int) -> list[Scope]:
        """What begins within a stretch and ends beyond it, the innermost first."""
        begin, end = bisect_right(self._firsts, first), bisect_right(self._firsts, last - 1)
        return [scope for scope in self._scopes[begin:end] if scope.last > last][::-1]

    def _holding(self, index: int) -> list[Scope]:
        """The functions and classes that a statement stands in, the innermost first."""
        at = self._inner[index]
        if at < 0:
            return []
        return [scope for scope in self._scopes[at::-1] if scope.first <= index < scope.last]

"""Families of handlers, views, services and controllers that follow one skeleton: what one base could hold."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from auditor.clones.alike import BARE
from auditor.clones.gapped import Function, aligned, candidates, common_length, functions, inside
from auditor.clones.groups import Place
from auditor.clones.runs import Span
from auditor.clones.skeleton import Skeleton, skeleton
from auditor.clones.statements import FileClones, Scope
from auditor.clones.stretch import HANDLER

ROLE = re.compile(
    r"(View|ViewSet|Controller|Handler|Resource|Service|API|Api|Endpoint|Serializer|Form|Command)(Mixin|Base)?\b|(^|\.)RH[A-Z]"
)
ROLE_FILE = re.compile(
    r"(^|[/_])(views?|controllers?|handlers?|services?|api|apis|endpoints?|resources?|routes?|routers?)([/_.]|$)"
)
HANDED = re.compile(r"(?:async\s+)?def\s+\w+\s*\(\s*request\b")
"""A function that a table of routes names: it is handed the request first."""
SHARED = 0.6
"""Members share so much of the longer one's statements with the one in the middle, and nearly so much with all others."""
SHARED_BY_ALL = 0.5
KEPT = 0.7
"""A member more may cost so little of what the others save: one step that it lacks."""
LEAST = 3
LEAST_TOKENS = 30
LEAST_SAVED = 8
LEAST_SAVED_ALIKE = 4
STEPS_ALIKE = 5
MOSTLY = 2.5
"""Short members of several steps that have so many times more in common than apart are a family, too: a base saves few
lines, and keeps the steps in one place.
"""
LEAST_STEPS = 3
"""So many steps, besides heads and branches, are a skeleton."""
LEAST_WORDS = 10


class Family(msgspec.Struct, frozen=True):
    """`skeleton` holds the shared steps in words, `differs` the places at which members differ, each with the members' words,
    `saves` lines that one base would save.
    """

    members: tuple[Place, ...]
    skeleton: tuple[str, ...]
    differs: tuple[str, ...]
    saves: int
    name: str


def families(files: Mapping[str, FileClones]) -> tuple[Family, ...]:
    """The families among the files' handlers, largest saving first; each member stands in one."""
    return tuple(sorted(_Search(files).families(), key=lambda family: (-family.saves, family.members)))


class _Search:
    """One search; statements' texts are split when they are first needed."""

    def __init__(self, files: Mapping[str, FileClones]) -> None:
        self.files = dict(sorted(files.items()))
        self._texts: dict[str, list[str]] = {}

    def families(self) -> Iterator[Family]:
        """The families, in no order that means anything."""
        found = [function for function in functions(self.files, LEAST_TOKENS) if self._handles(function.span)]
        found = [function for function in found if len(function.shapes) > LEAST]
        near = _near(found)
        for members, shared in self._joined(found, near, list(self._grow(found, near))):
            yield self._family([found[number] for number in members], shared)

    def _grow(self, found: Sequence[Function], near: Mapping[int, Mapping[int, int]]) -> Iterator[tuple[list[int], Skeleton]]:
        taken: set[int] = set()
        for one in sorted(near, key=lambda number: (-len(near[number]), number)):
            around = sorted(near[one].keys() - taken, key=lambda number: (-near[one][number], number))
            around = _unnested(found, around)
            if one not in taken and len(around) + 1 >= LEAST:
                members, shared = self._grown(found, one, around)
                if shared is not None:
                    taken.update(members)
                    yield members, shared

    def _joined(
        self, found: Sequence[Function], near: Mapping[int, Mapping[int, int]], grown: list[tuple[list[int], Skeleton]]
    ) -> list[tuple[list[int], Skeleton]]:
        """Families, those of which the first members are near each other as one, where that costs little of what they save."""
        kept: list[tuple[list[int], Skeleton]] = []
        for members, shared in grown:
            for at, (others, known) in enumerate(kept):
                if members[0] in near[others[0]]:
                    both = _unnested(found, [*others, *members])
                    whole = self._shared_by_all(found, both)
                    if whole is not None and _enough(whole) and whole.saves >= KEPT * max(known.saves, shared.saves):
                        kept[at] = both, whole
                        break
            else:
                kept.append((members, shared))
        return kept

    def _shared_by_all(self, found: Sequence[Function], members: list[int]) -> Skeleton | None:
        """What all members share, if that is enough of the longest one."""
        first = found[members[0]].shapes
        rows = [[index] for index in range(len(first))]
        for other in members[1:]:
            partner = dict(aligned(first, found[other].shapes))
            rows = [[*row, partner[row[0]]] for row in rows if row[0] in partner]
        if len(rows) < SHARED_BY_ALL * max(len(found[number].shapes) for number in members):
            return None
        return self._shared([found[number] for number in members], rows)

    def _grown(self, found: Sequence[Function], hub: int, others: list[int]) -> tuple[list[int], Skeleton | None]:
        """The members that save most together and share enough, the nearest ones first, with what they share.

        One that shares too little with those before it, or leaves them too little, is left out.
        """
        members, best, most, shapes = [hub], None, 0, found[hub].shapes
        rows, longest = [[index] for index in range(len(shapes))], len(shapes)
        for other in others:
            partner = dict(aligned(shapes, found[other].shapes))
            fewer = [[*row, partner[row[0]]] for row in rows if row[0] in partner]
            longer = max(longest, len(found[other].shapes))
            if len(fewer) < SHARED_BY_ALL * longer:
                continue
            shared = self._shared([found[number] for number in (*members, other)], fewer)
            if best is not None and (not _enough(shared) or shared.saves < KEPT * most):
                continue
            members, rows, longest = [*members, other], fewer, longer
            if len(members) >= LEAST and _enough(shared):
                best, most = shared, max(most, shared.saves)
        return members, best

    def _shared(self, members: list[Function], rows: list[list[int]]) -> Skeleton:
        """The skeleton of rows that hold a statement's index in each member, the members in the order of their places."""
        spans = [member.span for member in members]
        order = sorted(range(len(spans)), key=spans.__getitem__)
        texts = [[self._text(spans[which])[row[which]] for which in order] for row in rows]
        lines = [[self._lines(spans[which], row[which]) for which in order] for row in rows]
        return skeleton(texts, lines)

    def _family(self, group: list[Function], shared: Skeleton) -> Family:
        members = tuple(sorted(self._place(function.span) for function in group))
        return Family(members, shared.steps, shared.differs, shared.saves, _name(members))

    def _handles(self, span: Span) -> bool:
        """Whether a function serves outside work, by its decorator, its class's name or its file's."""
        scope = self._scope(span)
        named = ROLE.search(scope.name.rpartition(".")[0]) if scope is not None else None
        if named or ROLE_FILE.search(span.path) or (scope is not None and scope.kind == HANDLER):
            return True
        return scope is not None and "." not in scope.name and HANDED.match(self._text(span)[0]) is not None

    def _scope(self, span: Span) -> Scope | None:
        return next((s for s in self.files[span.path].scopes if (s.first, s.last) == (span.first, span.last)), None)

    def _scope_name(self, span: Span) -> str:
        scope = self._scope(span)
        return scope.name if scope is not None else ""

    def _place(self, span: Span) -> Place:
        file = self.files[span.path]
        return Place(span.path, file.starts[span.first], file.ends[span.last - 1], self._scope_name(span))

    def _text(self, span: Span) -> list[str]:
        if span.path not in self._texts:
            self._texts[span.path] = self.files[span.path].text.split("\n")
        return self._texts[span.path][span.first : span.last]

    def _lines(self, span: Span, index: int) -> int:
        file = self.files[span.path]
        return file.ends[span.first + index] - file.starts[span.first + index] + 1


def _near(found: list[Function]) -> dict[int, dict[int, int]]:
    """For functions those that share most of their steps with them, with how many these are."""
    near: dict[int, dict[int, int]] = defaultdict(dict)
    for one, other in candidates(found, common=25):
        left, right = found[one].shapes, found[other].shapes
        common = common_length(left, right)
        if common >= SHARED * max(len(left), len(right)):
            near[one][other] = near[other][one] = common
    return near


def _unnested(found: Sequence[Function], numbers: Iterable[int]) -> list[int]:
    """Of functions those that do not stand within an earlier one, nor hold it: a decorator and what it makes are one."""
    kept: list[int] = []
    for number in numbers:
        span = found[number].span
        if not any(inside(span, found[other].span) or inside(found[other].span, span) for other in kept):
            kept.append(number)
    return kept


def _enough(shared: Skeleton) -> bool:
    """Whether a skeleton is worth a base: steps that do something, more in common than apart, lines to save.

    One step again and again, `add_argument()`, is a table.
    """
    steps = [step for step in shared.steps[1:] if step.replace(":", " :") not in BARE]
    told = shared.words >= max(LEAST_WORDS, shared.apart)
    alike = len(steps) >= STEPS_ALIKE and shared.words >= MOSTLY * shared.apart
    saves = LEAST_SAVED_ALIKE if alike else LEAST_SAVED
    return len(steps) >= LEAST_STEPS and len(set(steps)) > 1 and told and shared.saves >= saves


def _name(members: Iterable[Place]) -> str:
    """A name for the base, of the words that the members' classes share: `BaseExportView`."""
    words = [re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", m.name.rpartition(".")[0] or m.name) for m in members]
    shared = [word for word in words[0] if all(word in other for other in words)] if words and words[0] else []
    method = Counter(m.name.rpartition(".")[2] for m in members).most_common(1)[0][0]
    stem = "".join(word[:1].upper() + word[1:] for word in shared) or "".join(p.capitalize() for p in method.split("_"))
    return stem if stem.startswith("Base") and len(stem) > len("Base") else f"Base{stem}"

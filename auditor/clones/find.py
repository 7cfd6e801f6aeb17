"""The search for clones: pairs that look alike, checked, and joined to groups."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

from auditor.clones.chained import chains
from auditor.clones.gapped import close, functions
from auditor.clones.groups import CONFIDENCES, KINDS, CloneGroup, Cluster, Match, Place, clusters, outermost
from auditor.clones.matches import Matcher
from auditor.clones.runs import Pair, Span, pairs
from auditor.clones.statements import FileClones
from auditor.clones.wording import worded

MOST = 0.9
"""A run that has so much of two functions leaves nothing for a match with gaps to say."""


class Finder:
    """One search over a set of files."""

    def __init__(self, files: Mapping[str, FileClones], min_tokens: int, min_lines: int, tests: Container[str] = ()) -> None:
        self.files = dict(sorted(files.items()))
        self.min_tokens = min_tokens * 4 // 5  # round brackets, a fifth of all tokens, are not counted
        self.matcher = Matcher(self.files, tests, self.min_tokens, min_lines)

    def groups(self) -> tuple[CloneGroup, ...]:
        """All groups, sorted by their first place."""
        found = (self._group(cluster) for cluster in clusters(self.matches()))
        groups = sorted((group for group in found if len(group.places) > 1), key=lambda group: group.places)
        return tuple(outermost(groups))

    def matches(self) -> Sequence[Match]:
        """All pairs that are copies; functions that are surely paired already are not compared once more."""
        matches = [match for pair in pairs(self.files, self.min_tokens) if (match := self.matcher.run(pair))]
        covered = _Covered(match.pair for match in matches)
        for pair in close(functions(self.files, self.min_tokens)):
            if not covered.holds(pair) and (match := self.matcher.gapped(pair)):
                matches.append(match)
                covered.add(pair)
        judged = {path: file for path, file in self.files.items() if path not in self.matcher.tests}
        sure = _Covered(match.pair for match in matches if match.confidence != "low")
        for pair in worded(judged, self.min_tokens, self.matcher.text):
            if not sure.holds(pair) and (match := self.matcher.worded(pair)):
                matches.append(match)
                covered.add(pair)
        runs = [match.pair for match in matches if match.kind != "gapped"]
        chained = chains(self.files, runs, self.min_tokens, lambda path: self.matcher.outline(path).owners, covered.holds)
        fresh = (pair for pair in chained if not covered.holds(pair) and not covered.parts(pair) and self.matcher.plain(pair))
        matches += filter(None, map(self.matcher.gapped, fresh))
        return matches

    def _group(self, cluster: Cluster) -> CloneGroup:
        kind = max((match.kind for match in cluster.matches), key=KINDS.index)
        tested = all(span.path in self.matcher.tests for span in cluster.spans)
        sure = [match.confidence for match in cluster.matches if match.kind == kind or not tested]
        widest = max(cluster.spans, key=lambda span: span.last - span.first)
        file = self.files[widest.path]
        return CloneGroup(
            kind=kind,
            places=tuple(dict.fromkeys(map(self._place, cluster.spans))),
            tokens=sum(file.tokens[widest.first : widest.last]),
            lines=file.ends[widest.last - 1] - file.starts[widest.first] + 1,
            similarity=min(match.similarity for match in cluster.matches),
            confidence=max(sure, key=CONFIDENCES.index),
        )

    def _place(self, span: Span) -> Place:
        file = self.files[span.path]
        around = self.matcher.outline(span.path).around(span.first, span.last)
        return Place(span.path, file.starts[span.first], file.ends[span.last - 1], around.name if around else "")


class _Covered:
    """Which stretches the runs already pair."""

    def __init__(self, found: Iterable[Pair]) -> None:
        self._by_files: dict[tuple[str, str], list[Pair]] = defaultdict(list)
        for pair in found:
            self.add(pair)

    def add(self, pair: Pair) -> None:
        """A pair more."""
        self._by_files[pair.left.path, pair.right.path].append(pair)

    def holds(self, pair: Pair) -> bool:
        """Whether a run pairs most of both spans."""
        for known in self._by_files.get((pair.left.path, pair.right.path), ()):
            if _share(known.left, pair.left) >= MOST and _share(known.right, pair.right) >= MOST:
                return True
        return False

    def parts(self, pair: Pair) -> bool:
        """Whether a stretch that is paired already begins in one of two spans of a file and ends in the other."""
        if pair.left.path != pair.right.path:
            return False
        known = self._by_files.get((pair.left.path, pair.right.path), ())
        return any(_share(span, pair.left) > 0 and _share(span, pair.right) > 0 for spans in known for span in spans)


def _share(run: Span, whole: Span) -> float:
    return max(0, min(run.last, whole.last) - max(run.first, whole.first)) / (whole.last - whole.first)


def find(
    files: Mapping[str, FileClones], min_tokens: int = 50, min_lines: int = 5, tests: Container[str] = ()
) -> tuple[CloneGroup, ...]:
    """The groups of clones among files, of which some are `tests`. The same files give the same groups in the same order."""
    return Finder(files, min_tokens, min_lines, tests).groups()


def duplicated_lines(groups: Iterable[CloneGroup], within: Container[str]) -> int:
    """The lines of some files that stand in a clone, each counted once."""
    lines: dict[str, set[int]] = defaultdict(set)
    for group in groups:
        for place in group.places:
            if place.path in within:
                lines[place.path].update(range(place.line, place.end_line + 1))
    return sum(map(len, lines.values()))

"""Families of handlers, views, services and controllers that follow one skeleton: what one base could hold."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from auditor.clones.find import Place
from auditor.clones.gapped import Function, aligned, candidates, common_length, functions
from auditor.clones.runs import Span
from auditor.clones.stretch import FileClones

ROLE = re.compile(r"(View|ViewSet|Controller|Handler|Resource|Service|API|Api|Endpoint|Serializer|Form|Command|Mixin|RH\w*)\b")
ROLE_FILE = re.compile(
    r"(^|[/_])(views?|controllers?|handlers?|services?|api|apis|endpoints?|resources?|routes?|routers?)([/_.]|$)"
)
SHARED = 0.6
LEAST = 3
LEAST_TOKENS = 30
LEAST_SAVED = 8
GAPS = re.compile(r" ?([.,()\[\]:{}]) ?")
STRING = re.compile(r"\w{0,2}(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')")
CONSTANTS = ("None", "True", "False")


class Family(msgspec.Struct, frozen=True):
    """`skeleton` holds the shared steps in words, `differs` what is not shared, `saves` lines that one base would save."""

    members: tuple[Place, ...]
    skeleton: tuple[str, ...]
    differs: tuple[str, ...]
    saves: int
    name: str


def families(files: Mapping[str, FileClones]) -> tuple[Family, ...]:
    """The families among the files' handlers, largest saving first; each member stands in one."""
    ordered = dict(sorted(files.items()))
    found = [function for function in functions(ordered, LEAST_TOKENS) if _handles(function.span, ordered)]
    found = [function for function in found if len(function.shapes) > LEAST]
    groups = _clusters(found)
    made = [_family([found[number] for number in group], ordered) for group in groups if len(group) >= LEAST]
    return tuple(
        sorted((f for f in made if f.saves >= LEAST_SAVED and len(f.skeleton) > LEAST), key=lambda f: (-f.saves, f.members))
    )


def _scope_name(span: Span, files: Mapping[str, FileClones]) -> str:
    return next((s.name for s in files[span.path].scopes if (s.first, s.last) == (span.first, span.last)), "")


def _handles(span: Span, files: Mapping[str, FileClones]) -> bool:
    """Whether a function serves outside work, by its class's name or its file's."""
    return bool(ROLE_FILE.search(span.path) or ROLE.search(_scope_name(span, files).rpartition(".")[0]))


def _clusters(found: list[Function]) -> list[list[int]]:
    """Functions joined where each shares most of its steps with the group's first member."""
    near: dict[int, set[int]] = defaultdict(set)
    for one, other in candidates(found, common=25):
        left, right = found[one].shapes, found[other].shapes
        if common_length(left, right) >= SHARED * max(len(left), len(right)):
            near[one].add(other)
            near[other].add(one)
    taken: set[int] = set()
    groups = []
    for one in sorted(near, key=lambda number: (-len(near[number]), number)):
        group = sorted({one, *near[one]} - taken)
        if one not in taken and len(group) >= LEAST:
            taken.update(group)
            groups.append(group)
    return groups


def _family(group: list[Function], files: Mapping[str, FileClones]) -> Family:
    first = group[0]
    kept = set(range(len(first.shapes)))
    for other in group[1:]:
        kept &= {i for i, _ in aligned(first.shapes, other.shapes)}
    rows = _rows(first.span, files)
    members = tuple(sorted(_place(function.span, files) for function in group))
    shared_lines = sum(
        files[first.span.path].ends[first.span.first + i] - files[first.span.path].starts[first.span.first + i] + 1 for i in kept
    )
    differs = _differences(group, files)
    return Family(
        members=members,
        skeleton=tuple(_step(rows[i]) for i in sorted(kept)),
        differs=differs,
        saves=(len(group) - 1) * shared_lines - 2 * len(group) if len(kept) >= LEAST else 0,
        name=_name(members),
    )


def _rows(span: Span, files: Mapping[str, FileClones]) -> list[str]:
    return files[span.path].text.split("\n")[span.first : span.last]


def _place(span: Span, files: Mapping[str, FileClones]) -> Place:
    file = files[span.path]
    return Place(span.path, file.starts[span.first], file.ends[span.last - 1], _scope_name(span, files))


def _step(row: str) -> str:
    """A statement in a few words: `return …render()`, `if not …has_permission()`."""
    tokens = row.split(" ")
    calls = [token for token, after in itertools.pairwise(tokens) if after == "(" and token.isidentifier()]
    head = tokens[0] if tokens[0] in ("if", "for", "while", "with", "return", "raise", "try", "except", "def", "async") else ""
    words = " ".join(filter(None, [head, *(f"{call}()" for call in calls[:3])]))
    return words or GAPS.sub(r"\1", " ".join(tokens[:12]))


def _differences(group: list[Function], files: Mapping[str, FileClones]) -> tuple[str, ...]:
    """The names that tell the members apart, each with how many members use it, the rarest ones left out."""
    names: Counter[str] = Counter()
    for function in group:
        text = STRING.sub("", " ".join(_rows(function.span, files)))
        words = {token for token in text.split(" ") if token.isidentifier() and token not in CONSTANTS}
        names.update(words)
    some = sorted(
        (name for name, times in names.items() if times < len(group) and name[:1].isupper()), key=lambda n: (-names[n], n)
    )
    return tuple(some[:8])


def _name(members: Iterable[Place]) -> str:
    """A name for the base, of the words that the members' classes share: `BaseExportView`."""
    words = [re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", m.name.rpartition(".")[0] or m.name) for m in members]
    shared = [word for word in words[0] if all(word in other for other in words)] if words and words[0] else []
    method = Counter(m.name.rpartition(".")[2] for m in members).most_common(1)[0][0]
    stem = "".join(word[:1].upper() + word[1:] for word in shared) or "".join(p.capitalize() for p in method.split("_"))
    return f"Base{stem}"

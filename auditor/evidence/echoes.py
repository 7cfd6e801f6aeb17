"""The same thing said twice: a finding of another tool that one of ours says already. What is alike is data, in echoes.toml."""

import fnmatch
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

import msgspec

from auditor.model.finding import Finding

NEAR_LINES = 1
"""How far apart two tools may see one thing: some point at the handler, some at its first statement."""


def merged(ours: Iterable[Finding], theirs: Iterable[Finding], cwes: Mapping[str, tuple[int, ...]]) -> tuple[Finding, ...]:
    """All findings, each thing once: where another tool says what ours says, ours stays and names it in its facts.

    Alike are rules that the table holds so, rules that share a CWE, and advisories of one id. `cwes` are rules' weaknesses.
    """
    mine = tuple(ours)
    places: dict[tuple[str, int], list[int]] = defaultdict(list)
    advisories: dict[str, int] = {}
    for at, one in enumerate(mine):
        for line in range(one.location.line - NEAR_LINES, one.location.line + NEAR_LINES + 1):
            places[one.location.path, line].append(at)
        for name in (one.facts.get("advisory", ""), *one.facts.get("aliases", "").split(", ")):
            advisories.setdefault(name.upper(), at)
    advisories.pop("", None)
    echoes: dict[int, set[str]] = defaultdict(set)
    left: list[Finding] = []
    for other in theirs:
        found = _twin(other, mine, places.get((other.location.path, other.location.line), []), cwes)
        if found is None:
            found = advisories.get(other.rule.partition("/")[2].upper())
        if found is None:
            left.append(other)
        else:
            echoes[found].add(other.rule)
    kept = [_also(one, echoes[at]) if at in echoes else one for at, one in enumerate(mine)]
    return tuple(sorted((*kept, *left), key=lambda one: one.sort_key))


def _twin(other: Finding, mine: tuple[Finding, ...], near: list[int], cwes: Mapping[str, tuple[int, ...]]) -> int | None:
    weak = set(cwes.get(other.rule, ()))
    return next((at for at in near if alike(mine[at].rule, other.rule) or weak & set(cwes.get(mine[at].rule, ()))), None)


def alike(own: str, other: str) -> bool:
    """Whether the table says that the other tool's rule is ours."""
    names = [name for rule, names in table() if fnmatch.fnmatchcase(own, rule) for name in names]
    return any(fnmatch.fnmatchcase(other.lower(), name) for name in names)


@lru_cache(maxsize=1)
def table() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Our rules with the names of theirs."""
    read = tomllib.loads(files("auditor.evidence").joinpath("echoes.toml").read_text("utf-8"))
    return tuple((rule, tuple(names)) for rule, names in read.items())


def _also(finding: Finding, rules: set[str]) -> Finding:
    return msgspec.structs.replace(finding, facts={**finding.facts, "also": ", ".join(sorted(rules))})

"""Sessions that look at the status of each answer by themselves: which of a file do, and under which names."""

import re
from collections import defaultdict
from functools import lru_cache

import libcst as cst

from auditor.facts.region import Region
from auditor.knowledge.outcomes import outcomes
from auditor.rule.names import dotted

WORDS = "|".join(outcomes().http.looked_by_session)
LOOKING = re.compile(rf"""\b(?:{WORDS})\s*=(?!\s*(?:False\b|\{{\s*["']request["']\s*:[^{{}}"']*\}}))""")
"""The word of a session that looks by itself; hooks for requests alone see no answer."""
SET = re.compile(r"^(?P<indent>[ \t]*)(?P<name>[\w.]+)[ \t]*(?::[^=\n]+)?=[ \t]*(?:await[ \t]+)?[\w.]+\Z", re.MULTILINE)
"""`self.client = httpx.Client` before the bracket."""
ENTERED = re.compile(r"\s*as\s+(?P<name>\w+)")
FAR = 300
"""Characters in which a name stands before what it is given."""
UNNAMED = ""
ANYWHERE = 0
"""In the place of a line: what the whole file sees."""
LONGEST = 4000
"""Characters in which the brackets of a call are looked for."""
SHUT = {")": "(", "]": "[", "}": "{"}


def looks_by_itself(call: cst.Call, region: Region) -> bool:
    """Whether what a request is asked of was made so that it looks at the status by itself. Where nobody can say under which
    name such a session is kept, it may be this one.
    """
    owner = dotted(call.func.value) if isinstance(call.func, cst.Attribute) else ""
    found = _sessions(region.sheet.source)
    if found and (UNNAMED in found or owner in ("", "self", "cls")):
        return True
    spans = [(one.line, one.end_line) for one in region.enclosing(call)]
    kept = found.get(owner.rpartition(".")[2], ())
    return any(line == ANYWHERE or any(first <= line <= last for first, last in spans) for line in kept)


@lru_cache(maxsize=4)
def _sessions(source: bytes) -> dict[str, list[int]]:
    """The sessions of a file that look by themselves: by the last part of the name that each is kept under, the lines from which
    only their own function sees it.
    """
    text = source.decode("utf-8", "replace")
    found: dict[str, list[int]] = defaultdict(list)
    for match in LOOKING.finditer(text):
        indented, name = _kept_under(text, match.start())
        own = indented and "." not in name
        found[name.rpartition(".")[2]].append(text.count("\n", 0, match.start()) + 1 if own else ANYWHERE)
    return dict(found)


def _kept_under(text: str, place: int) -> tuple[bool, str]:
    """The name that is given what the call around a place makes, empty where there is none, and whether that stands indented."""
    opened = _bracket(text, place, -1)
    before = SET.search(text, max(text.rfind("\n", 0, max(opened - FAR, 0)) + 1, 0), max(opened, 0))
    if before is not None:
        return bool(before["indent"]), before["name"]
    entered = ENTERED.match(text, _bracket(text, place, 1) + 1)
    return True, entered["name"] if entered is not None and opened > 0 else ""


def _bracket(text: str, place: int, step: int) -> int:
    """Where the bracket around a place opens, or with a step of one closes; -1 where none is near."""
    down, up = (SHUT.values(), SHUT) if step < 0 else (SHUT, SHUT.values())
    depth, at = 0, place
    while 0 <= at < len(text) and abs(at - place) < LONGEST:
        if text[at] in up:
            depth += 1
        elif text[at] in down:
            if not depth:
                return at
            depth -= 1
        at += step
    return -1

"""Reads that may cost or fail, found in the text: attributes of values, and keys by name."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping

from auditor.facts.flow.around import Around
from auditor.facts.flow.events import Read
from auditor.facts.flow.loops import EACH as ELEMENT
from auditor.facts.screen import Sheet

# The patterns begin with one certain byte, for which the engine jumps; the name before it is then looked up backwards.
MEMBER = re.compile(rb"\.[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){0,5}+(?![\w(])(?!\s*=[^=])")
STORED = re.compile(rb"(?m)^[ \t]+(?P<owner>[A-Za-z_]\w*\.\w+(?:\.\w+){0,4}?)\.\w+[ \t]*=[^=]")
"""`order.customer.name = name` reads the customer."""
KEYED = re.compile(rb"\[(['\"])([^'\"\n\\]{1,60})\1\](?!\s*(?:=[^=]|:[^\n=]{0,40}=))")
LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
INNER = frozenset(LETTERS + b".])}'\"@")
"""What stands before a name that is no root: a part of it, or something that it is an attribute of."""
CHAIN = re.compile(
    rb"(?<![\w.\])}'\"@])(?:[A-Za-z_][\w.]*(?:\((?:[A-Za-z_][\w.]*|\w+=(?:True|False))?\))?|\(await [A-Za-z_][\w.]*\(\)\))\Z"
)
"""A name, or a call that is given nothing, a name or a switch: `request.get_json(force=True)`, `json.loads(request.body)`,
`(await request.json())`.
"""
AWAITED = b"(await "
CONDITION = re.compile(rb"[()\]}.\w\s]{0,24}?\s+if\s[^\n]*")
FUNCTION = re.compile(rb"\n[ \t]*(?:async )?def ")
STATEMENT = re.compile(rb"[ \t]*(?:from|import|del)\s")
LONGEST = 80
ASKED_FOR = re.compile(rb"\s+(?:not\s+)?in\b")
ASKING = (b".get(", b".setdefault(")
ASKED_OF = re.compile(rb"['\"]\s+(?:not\s+)?in\s+(?P<owner>[A-Za-z_]\w*(?:\.\w+)+)(?![\w(\[])")
LISTING, LISTED = (b"[", b"(", b"{", b","), (b"]", b")", b"}", b",")
"""What stands around a name in a list of names."""
EACH = (
    rb"(?:(?<!for )\b[A-Za-z_]\w*\s+(?:not\s+)?in\s+|(?:-|<=|issubset\(|difference\()\s*(?:set\()?)%s\b(?!\s*\[|\.(?!keys\b))"
    rb"|\b%s\.get\(\s*[A-Za-z_]\w*\s*[,)]"
    rb"|\bset\(%s(?:\.keys\(\))?\)\s*!="
)
"""By which the names of a list are asked for one after another, `if name not in data`, or together: `required - data.keys()`,
`if set(data) != {"name"}`.
"""
PICKS = b"attrgetter("
PICKED = re.compile(rb"\battrgetter\(\s*['\"](?P<path>[A-Za-z_]\w*(?:\.\w+)+)['\"]\s*,?\s*\)")
QUOTED = re.compile(rb"(?P<quote>['\"])(?P<key>[^'\"\n\\]{1,60})(?P=quote)\Z")


def reads(sheet: Sheet, around: Around) -> Iterator[Read]:
    """The reads of a file in the order of the source; comments, docstrings, imports and members of modules are left out."""
    yield from placed(sheet, around, {**_members(sheet), **_keyed(sheet), **_asked(sheet), **_picked(sheet)})


def placed(sheet: Sheet, around: Around, found: Mapping[int, tuple[str, bool]]) -> Iterator[Read]:
    """What is read, by the byte at which it begins, in the scope, guard and loop around it; not what stands in comments,
    docstrings and imports.
    """
    comments = sorted(node.start_byte for node in sheet.captures.get("comment", ())) if found else []
    told = sorted((node.start_byte, node.end_byte) for node in sheet.captures.get("docstring", ())) if found else []
    for start, (text, checked) in sorted(found.items()):
        row = bisect_right(sheet.starts, start)
        line = sheet.starts[row - 1]
        before = bisect_right(comments, start)
        text_before = bisect_right(told, (start, len(sheet.source)))
        if text_before and start < told[text_before - 1][1]:
            continue
        if (before and comments[before - 1] >= line) or STATEMENT.match(sheet.source, line):
            continue
        scope, guard, loop = around.at(start)
        yield Read(scope, row, start - line + 1, text, guard, loop, checked)


def _picked(sheet: Sheet) -> dict[int, tuple[str, bool]]:
    """What `attrgetter("customer.name")` reads of each element."""
    found = PICKED.finditer(sheet.source) if PICKS in sheet.source else ()
    return {match.start(): (f"{ELEMENT}.{match['path'].decode()}", False) for match in found}


def _members(sheet: Sheet) -> dict[int, tuple[str, bool]]:
    """`order.customer.name`, by the byte at which it begins."""
    found = {}
    imported = {entry.local.encode() for entry in sheet.facts.imports}
    for match in MEMBER.finditer(sheet.source):
        start = match.start()
        window = sheet.source[max(0, start - LONGEST) : start]
        root = window[len(window.rstrip(LETTERS)) :]
        begin = start - len(root)
        if root and not root[:1].isdigit() and root not in imported and not (begin and sheet.source[begin - 1] in INNER):
            found[begin] = ((root + match[0]).decode(), False)
    for match in STORED.finditer(sheet.source):
        if match["owner"].partition(b".")[0] not in imported:
            found[match.start("owner")] = (match["owner"].decode("utf-8", "replace"), False)
    return found


def _keyed(sheet: Sheet) -> dict[int, tuple[str, bool]]:
    """`data['key']` that is read, and whether the text before asks for the key."""
    found = {}
    for match in KEYED.finditer(sheet.source):
        owner = CHAIN.search(sheet.source, max(0, match.start() - LONGEST), match.start())
        if owner:
            name = owner[0][len(AWAITED) : -1] if owner[0].startswith(AWAITED) else owner[0]
            text = (name + b"['" + match[2] + b"']").decode("utf-8", "replace")
            found[owner.start()] = (text, _is_checked(sheet.source, match, name))
    return found


def _asked(sheet: Sheet) -> dict[int, tuple[str, bool]]:
    """`'key' in request.META`, as a read of a key that is asked for, by the byte at which the key begins."""
    found = {}
    for match in ASKED_OF.finditer(sheet.source):
        if begins := QUOTED.search(sheet.source, max(0, match.start() - LONGEST), match.start() + 1):
            text = match["owner"] + b"['" + begins["key"] + b"']"
            found[begins.start()] = (text.decode("utf-8", "replace"), True)
    return found


def _is_checked(source: bytes, match: re.Match[bytes], owner: bytes) -> bool:
    """Whether the text shortly before asks for the key, `'key' in data`, `data.get('key')`, by a list of names that are all asked
    for, or a condition right behind it; of a value of the object itself another method may.
    """
    own, each = owner.startswith(b"self."), re.compile(EACH % ((re.escape(owner),) * 3))
    after = CONDITION.match(source, match.end(), min(len(source), match.end() + LONGEST))
    if after and (b"'" + match[2] + b"'" in after[0] or b'"' + match[2] + b'"' in after[0]):
        return True
    before = source[max(0, match.start() - 2000) : match.start()]
    for quote in (b"'", b'"'):
        quoted = quote + match[2] + quote
        at = before.find(quoted)
        while at >= 0:
            asked = ASKED_FOR.match(before, at + len(quoted)) or before[:at].rstrip().endswith(ASKING)
            listed = before[:at].rstrip().endswith(LISTING) and before[at + len(quoted) :].lstrip().startswith(LISTED)
            together = listed and each.search(before, max(0, at - LONGEST))
            if (asked or together) and (own or not FUNCTION.search(before, at)):
                return True
            at = before.find(quoted, at + 1)
    return False

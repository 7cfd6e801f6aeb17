"""An expression in short, taken apart: `session.query<Order>().first` is a name, an attribute about a class, and so on."""

import re
from functools import lru_cache
from typing import NamedTuple


class Step(NamedTuple):
    """`kind` is `name`, `attribute`, `call`, `element` or `slice`; `about` is the class that the call's first argument names."""

    kind: str
    name: str = ""
    about: str = ""


PLAIN = re.compile(r"[^\W\d]\w*(?:\.\w+|\(\))*")
PART = re.compile(r"\w+|\(\)")
CALL, ELEMENT, SLICE = Step("call"), Step("element"), Step("slice")


@lru_cache(maxsize=1 << 16)
def steps(text: str) -> tuple[Step, ...]:
    """The steps of an expression in short; none where it is more than a chain."""
    if PLAIN.fullmatch(text):
        first, *rest = PART.findall(text)
        return (Step("name", first), *(CALL if part == "()" else Step("attribute", part) for part in rest))
    found: list[Step] = []
    at, end = 0, len(text)
    while at < end:
        char = text[at]
        if char == "." or (not found and (char.isalpha() or char == "_")):
            start = at + (char == ".")
            at = start
            while at < end and (text[at].isalnum() or text[at] == "_"):
                at += 1
            if at == start:
                return ()
            name, about = text[start:at], ""
            if at < end and text[at] == "<":
                close = _close(text, at)
                about, at = text[at + 1 : close], close + 1
            found.append(Step("attribute" if char == "." else "name", name, about))
        elif text.startswith("()", at):
            found.append(CALL)
            at += 2
        elif text.startswith("[]", at):
            found.append(ELEMENT)
            at += 2
        elif text.startswith("[:]", at):
            found.append(SLICE)
            at += 3
        elif char == "<" and found:
            # `Rows[Order](Order)`: what the brackets gave is called, and no name is there to tell what that says.
            at = _close(text, at) + 1
        else:
            return ()
    return tuple(found)


def _close(text: str, at: int) -> int:
    """The place of the `>` that closes the `<` at a place; the end of the text where none does."""
    depth = 0
    for place in range(at, len(text)):
        depth += (text[place] == "<") - (text[place] == ">")
        if depth == 0:
            return place
    return len(text)


def last_name(text: str) -> str:
    """The last name of an expression in short, called or not, whatever its first argument says: `filter` of `rows.filter()`,
    `order_by` of `session.query<Order>().order_by<Order.id>()`.
    """
    if "<" in text:
        return next((step.name for step in reversed(steps(text)) if step.name), "")
    return text.removesuffix("()").rpartition(".")[2]


def shown(found: tuple[Step, ...]) -> str:
    """Steps as the expression in short that they are of."""
    parts = []
    for step in found:
        if step.kind in ("name", "attribute"):
            about = f"<{step.about}>" if step.about else ""
            parts.append(("." if step.kind == "attribute" else "") + step.name + about)
        else:
            parts.append({"call": "()", "element": "[]", "slice": "[:]"}[step.kind])
    return "".join(parts)

"""The arguments of a call, taken apart from their text; one that was cut off gives those that are whole."""

import re
from functools import lru_cache
from typing import NamedTuple

TOKEN = re.compile(
    r"\w{0,2}\"\"\"(?:[^\\\"]|\\.|\"(?!\"\"))*\"\"\"|\w{0,2}'''(?:[^\\']|\\.|'(?!''))*'''"
    r"|\w{0,2}\"(?:[^\\\"\n]|\\.)*\"|\w{0,2}'(?:[^\\'\n]|\\.)*'|#[^\n]*|[(\[{]|[)\]}]|,|[^\"'#()\[\]{},]+|[\"']",
    re.DOTALL,
)
FLAT = re.compile(r"[^\"'#()\[\]{}]*")
LAMBDA = re.compile(r"\blambda\b[^:]*\Z")
"""A `lambda` whose colon is still to come."""
KEYWORD = re.compile(r"(\w+)\s*=(?!=)\s*(.*)\Z", re.DOTALL)


class Arguments(NamedTuple):
    """What a call is given, as text. `spread` says that `*` or `**` gives more that nobody sees."""

    positional: tuple[str, ...] = ()
    keywords: dict[str, str] = {}
    spread: bool = False

    def get(self, place: int, keyword: str = "") -> str | None:
        """The argument at a place from 0 (-1: none) or of a keyword."""
        if keyword and keyword in self.keywords:
            return self.keywords[keyword]
        return self.positional[place] if 0 <= place < len(self.positional) else None

    def named(self, argument: str) -> str | None:
        """An argument as knowledge writes it: `timeout@1` is the keyword or the second positional one."""
        keyword, _, place = argument.partition("@")
        return self.get(int(place) if place else -1, keyword)


@lru_cache(maxsize=1 << 15)
def arguments(text: str) -> Arguments:
    """The arguments of `f(text)`."""
    positional: list[str] = []
    keywords: dict[str, str] = {}
    spread = False
    for part in split(text):
        if part.startswith("*"):
            spread = True
        elif match := KEYWORD.match(part):
            keywords[match[1]] = match[2]
        else:
            positional.append(part)
    return Arguments(tuple(positional), keywords, spread)


def split(text: str) -> list[str]:
    """The parts between the outer commas of a text, without comments."""
    if FLAT.fullmatch(text) and "lambda" not in text:
        return [part for one in text.split(",") if (part := one.strip())]
    parts: list[str] = []
    current: list[str] = []
    depth = 0
    naming = False
    """Whether the parameters of a `lambda` are being named: their commas part nothing."""
    for token in TOKEN.findall(text):
        if token in "([{":
            depth += 1
        elif token in ")]}":
            depth -= 1
        elif token.startswith("#"):
            continue
        if depth == 0 and token[0] not in "\"'":
            naming = LAMBDA.search(token) is not None or (naming and ":" not in token)
        if token == "," and depth == 0 and not naming:
            parts.append("".join(current).strip())
            current = []
        else:
            current.append(token)
    parts.append("".join(current).strip())
    return [part for part in parts if part]


def literal(text: str | None) -> str | None:
    """The value of a plain string literal, None for anything else."""
    if text is None:
        return None
    match = re.fullmatch(r"[rRuUbB]{0,2}(\"\"\"|'''|\"|')(.*)\1", text.strip(), re.DOTALL)
    return match[2] if match and match[1] not in match[2] else None


def summands(text: str) -> list[str]:
    """The parts of a sum, outside brackets and quotes."""
    parts: list[str] = []
    current: list[str] = []
    depth, quote = 0, ""
    for char in text:
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        depth += (char in "([{") - (char in ")]}") if not quote else 0
        if char == "+" and depth == 0 and not quote:
            parts.append("".join(current).strip())
            current = []
        else:
            current.append(char)
    return [*parts, "".join(current).strip()]

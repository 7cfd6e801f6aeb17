"""Figures in a sentence: value, unit, range and place. Which of them is the goal is decided elsewhere."""

import re

import msgspec

_UNITS: tuple[tuple[str, str], ...] = (
    ("points", r"%[- ]?points?\b|percentage[- ]points?\b|percent[- ]points?\b|p\.p\.|pp\b|pts?\b|points?\b"),
    ("%", r"%|percent\b|per cent\b|pct\b"),
    ("ms", r"ms\b|msecs?\b|millis\b|milli-?seconds?\b"),
    ("min", r"mins?\b|minutes?\b|minuten?\b"),
    ("months", r"months?\b|monaten?\b"),
    ("rps", r"rps\b|qps\b|req(?:uests)?\s?(?:/|per)\s?s(?:ec(?:ond)?)?\b"),
    ("s", r"secs?\b|seconds?\b|sekunden?\b|s\b"),
    ("h", r"hrs?\b|hours?\b|stunden?\b|h\b"),
    ("weeks", r"weeks?\b|wochen?\b|wks?\b"),
    ("days", r"(?:business |working |calendar )?days?\b|(?:arbeits)?tagen?\b|d\b"),
    ("KiB", r"kib\b"),
    ("MiB", r"mib\b"),
    ("GiB", r"gib\b"),
    ("KB", r"kb\b|kilobytes?\b"),
    ("MB", r"mb\b|megabytes?\b"),
    ("GB", r"gb\b|gigabytes?\b"),
    ("B", r"bytes?\b"),
    ("x", r"x\b|×|-?fold\b"),
    ("lines", r"lines?(?: of code)?\b|s?loc\b|zeilen\b"),
    ("/100", r"(?:/|out of) ?100\b"),
    ("/10", r"(?:/|out of) ?10\b"),
    ("/5", r"(?:/|out of) ?5\b"),
)
_UNIT = "|".join(f"(?P<u{index}>{pattern})" for index, (_, pattern) in enumerate(_UNITS))
_NUMBER = r"\d{1,3}(?:[,\u202f\u00a0' ]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:[.,]\d+)?|\.\d+"
_FIGURE = re.compile(
    rf"(?P<sign>(?<![\w)%])[+-])?(?<![\w.])(?P<number>{_NUMBER})(?P<scale>[kKM](?![\w/]))?"
    rf"(?:\s?(?P<plus1>\+))?(?:[\s-]?(?:{_UNIT}))?(?P<plus2>\s?\+)?(?P<tail>(?![\w]))",
    re.IGNORECASE,
)
_JOIN = re.compile(r"\s*(?:-|to|and|bis|through)\s*~?\s*\Z", re.IGNORECASE)
_UNIT_ALONE = re.compile(rf"[\s(\[]*(?:{_UNIT})", re.IGNORECASE)


class Quantity(msgspec.Struct, frozen=True):
    """A figure at `start:end` of the text. `high` is a range's upper bound; `plus` an `80+`; `sign` its - or +."""

    value: float
    unit: str
    start: int
    end: int
    sign: str = ""
    plus: bool = False
    high: float | None = None


def unit_named(text: str) -> str:
    """The unit that a table's header or a metric's name gives in brackets, as in `Response time (ms)`; else empty."""
    for bracket in re.findall(r"[(\[]\s*([^()\[\]]{1,30}?)\s*[)\]]", text):
        found = _UNIT_ALONE.fullmatch(bracket) or _UNIT_ALONE.fullmatch(bracket.removeprefix("in "))
        if found:
            return _unit_of(found)
    if ends := re.search(r"\bin (%|ms|seconds|minutes|hours|days|percent|per ?cent)\s*\Z", text, re.I):
        text = ends[1]
    found = _UNIT_ALONE.match(text) if len(text) < 30 else None
    return _unit_of(found) if found and found.end() == len(text) else ""


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every figure of the text, in order; `150-200 ms` and `between 80 and 90 %` are one figure with an upper bound."""
    found: list[Quantity] = []
    for match in _FIGURE.finditer(text):
        quantity = _read(match)
        if found and _is_range(text, found[-1], quantity):
            low = found.pop()
            quantity = Quantity(low.value, quantity.unit or low.unit, low.start, quantity.end, low.sign, False, quantity.value)
        found.append(quantity)
    return tuple(found)


def _is_range(text: str, low: Quantity, high: Quantity) -> bool:
    gap = text[low.end : high.start]
    if not _JOIN.fullmatch(gap) or low.high is not None or low.value >= high.value or high.sign == "+":
        return False
    if low.unit and high.unit and low.unit != high.unit:
        return False
    before = text[: low.start].rstrip().lower()
    if gap.strip().lower().startswith("and"):
        return before.endswith("between")
    if gap.strip().lower() == "to" and low.unit == high.unit == "%":
        return False  # `coverage 60 % to 68 %` says from where to where, `80 to 90 %` a range
    return not (gap.strip().lower().startswith("to") and re.search(r"\b(?:from|was|currently|now)[\s~:]*\Z", before))


def _read(match: re.Match[str]) -> Quantity:
    scale = {"k": 1e3, "m": 1e6}.get((match["scale"] or "").lower(), 1.0)
    sign = (match["sign"] or "").strip()
    plus = bool(match["plus1"] or match["plus2"])
    return Quantity(_number(match["number"]) * scale, _unit_of(match), match.start(), match.end(), sign, plus)


def _unit_of(match: re.Match[str]) -> str:
    return next((unit for index, (unit, _) in enumerate(_UNITS) if match[f"u{index}"] is not None), "")


def _number(text: str) -> float:
    """`1,200` is twelve hundred, `1,5` is one and a half."""
    bare = re.sub(r"[\s\u202f\u00a0']", "", text)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", bare):
        return float(bare.replace(",", ""))
    return float(bare.replace(",", "."))

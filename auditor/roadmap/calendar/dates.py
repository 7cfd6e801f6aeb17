"""Dates, spans, weeks and durations as people write them. Only what is stated is derived."""

import re
from datetime import date, timedelta

import msgspec

_MONTH_NAMES = (
    ("jan", 1),
    ("feb", 2),
    ("mär", 3),
    ("mar", 3),
    ("apr", 4),
    ("may", 5),
    ("mai", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
)
_MONTH = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|"
    r"sept?(?:ember)?|"
    r"o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\b\.?"
)
_ATOMS = re.compile(
    r"(?P<isomonth>\b(?P<ky>20\d{2})-(?P<km>0[1-9]|1[0-2])\b(?!-?\d))|"
    r"(?P<iso>\b(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})\b)"
    r"|(?P<ymd>\b(?P<sy>\d{4})/(?P<sm>\d{1,2})/(?P<sd>\d{1,2})\b)"
    r"|(?P<dotted>\b(?P<dd>\d{1,2})\.(?P<dm>\d{1,2})\.(?P<dy>\d{4})?(?!\d))"
    r"|(?P<slashed>\b(?P<s1>\d{1,2})/(?P<s2>\d{1,2})(?:/(?P<s3>\d{4}|\d{2}))?\b)"
    rf"|(?P<pair>(?<![.\w])(?P<p1>\d{{1,2}})(?:st|nd|rd|th|\.)?\s*(?:-|to|until|bis)\s*(?P<p2>\d{{1,2}})(?:st|nd|rd|th|"
    rf"\.)?\s+(?:of\s+)?(?P<pm>{_MONTH})(?:,?\s+(?P<py>\d{{4}}))?)"
    rf"|(?P<mpair>\b(?P<mm>{_MONTH})\s+(?P<m1>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:-|to|until)\s*(?P<m2>\d{{1,2}})(?:st|"
    rf"nd|rd|th)?\b(?!\s*{_MONTH})(?:,?\s+(?P<my>\d{{4}}))?)"
    rf"|(?P<daymonth>\b(?P<a1>\d{{1,2}})(?:(?:st|nd|rd|th|\.)?\s+(?:of\s+)?|[-/])(?P<am>{_MONTH})"
    r"(?:(?:,?\s+|[-/])(?P<ay>\d{4}))?)"
    rf"|(?P<monthday>\b(?P<bm>{_MONTH})\s+(?P<b1>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<by>\d{{4}}))?)"
    rf"|(?P<span>\b(?P<n1>{_MONTH})\s*(?:-|to|until|through|and|bis)\s*(?P<n2>{_MONTH})\s+(?P<ny>\d{{4}}))"
    rf"|(?P<month>\b(?P<cm>{_MONTH})\s+(?P<cy>\d{{4}})\b)"
    r"|(?P<quarter>\bQ(?P<q>[1-4])(?:\s*-\s*Q(?P<qto>[1-4]))?(?:[\s/'-]*(?P<qy>20\d{2})\b|[/'](?P<qy3>\d{2})\b(?!/))|"
    r"\b(?P<qy2>20\d{2})[\s/-]*Q(?P<q2>[1-4])\b)"
    r"|(?P<half>\bH(?P<h>[12])[\s/'-]*(?P<hy>20\d{2})\b|\b(?P<hy2>20\d{2})[\s/-]*H(?P<h2>[12])\b|"
    r"\b(?:first|(?P<second>second)) half (?:of )?(?P<hy3>20\d{2})\b)"
    r"|(?P<wholeyear>(?<=end of )(?P<wy2>20\d{2})\b)"
    r"|(?P<cw>\b(?:CW|KW|calendar weeks?|ISO weeks?)\s*(?P<w1>\d{1,2})(?:\s*(?:-|to)\s*(?:CW|"
    r"KW)?\s*(?P<w2>\d{1,2}))?(?:\s*[,/(]?\s*(?P<wy>20\d{2}))?\b)"
    r"|(?P<isoweek>\b(?P<wy3>20\d{2})-?W(?P<w3>\d{2})(?:\s*(?:-|to|until|bis)\s*(?:(?P=wy3)-?)?W(?P<w4>\d{2}))?\b)",
    re.IGNORECASE,
)
_DAYS_OF_A_MONTH = (
    ("pair", "pm", "p1", "p2", "py"),
    ("mpair", "mm", "m1", "m2", "my"),
    ("daymonth", "am", "a1", "a1", "ay"),
    ("monthday", "bm", "b1", "b1", "by"),
)
"""Groups of `_ATOMS`: the whole, its month, first day, last day, year."""
_SEPARATOR = re.compile(
    r"[\s,.)]*(?:-{1,2}|to|until|till|through|thru|->|→|\.\.\.?|bis|and ends?(?: on)?|;?\s*ends?:?|"
    r",?\s*end(?: date)?:?)[\s(]*\Z",
    re.I,
)
_WEEKS = re.compile(
    r"\b(?:weeks?|wks?|w)\.?\s*(\d{1,2})(?:\s*(?:-|to|and|&|through|/)\s*(?:weeks?\s*|wk\s*|"
    r"w)?(\d{1,2}))?(?!\d)\b(?!-?\d{0,2} ?(?:hours|days))",
    re.I,
)
_MONTHS_COUNTED = re.compile(r"\bmonths?\s*(\d{1,2})(?:\s*(?:-|to|and|&)\s*(\d{1,2}))?\b(?!\s*%)", re.I)
_DURATION = re.compile(r"\b(\d{1,2}|one|two|three|four|five|six|eight)[\s-]*(?:weeks?|wks?)\b", re.I)
_DAYS = re.compile(r"\b(\d{1,3})[\s-]*(?:calendar )?days?\b", re.I)
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8}
_ENDS = re.compile(
    r"\b(?:ends?|until|till|by|bis|fällig|due|deadline|before|finish(?:es)?|no later than|eod|target date|release[ds]?|"
    r"ship(?:s|ped)?|completion|complete)\b[^.;]{0,18}\Z",
    re.I,
)


_UNTIL = re.compile(r"\b(?:(?:until|till|by|before|up to|bis)(?: the)?(?: end of| ende)?|end of|ende)\s+\Z", re.I)


class Span(msgspec.Struct, frozen=True):
    """What a text states of a stretch of time: dates (either may be missing), weeks or months from 1, a length in weeks."""

    starts: date | None = None
    ends: date | None = None
    weeks: tuple[int, int] | None = None
    long_weeks: int | None = None
    months: tuple[int, int] | None = None
    floats: bool = False
    """Whether it has days and no year was said with any."""


class _Atom(msgspec.Struct, frozen=True):
    """A date or a whole month, quarter or pair of days: its first and last day, and whether the year was said."""

    first: date
    last: date
    has_year: bool
    start: int
    end: int

    @property
    def is_month(self) -> bool:
        """Whether it is one whole month."""
        return self.first.day == 1 and (self.first.year, self.first.month) == (self.last.year, self.last.month)


def read_span(text: str, year: int, only_end: bool = False) -> Span:
    """What the text states; a year that is not said is taken from the other date, else it is `year`.

    With `only_end` a single date is a due date (milestones, releases), else a first day unless a word says `until`.
    """
    text = text.replace("–", "-").replace("—", "-").replace("−", "-").replace("\u00a0", " ")
    atoms = tuple(atom for found in _ATOMS.finditer(text) if (atom := _atom(found, year)) is not None)
    span = _read_dates(text, atoms, only_end)
    if atoms:
        span = msgspec.structs.replace(span, floats=not any(atom.has_year for atom in atoms[:2]))
    months = _MONTHS_COUNTED.search(text)
    return msgspec.structs.replace(span, months=(int(months[1]), int(months[2] or months[1]))) if months else span


def add_months(day: date, months: int) -> date:
    """The same day some months later, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), _month_end(year, month + 1))


def _read_dates(text: str, atoms: tuple[_Atom, ...], only_end: bool) -> Span:
    weeks = _weeks(text)
    duration = _duration(text)
    if not atoms:
        return Span(None, None, weeks, duration)
    first = atoms[0]
    if len(atoms) > 1 and (_SEPARATOR.match(text[first.end : atoms[1].start]) or first.first < atoms[1].last):
        start, end = _joined(first, atoms[1])
        return Span(start, end, weeks, duration)
    if first.first != first.last and first.is_month and _UNTIL.search(text[: first.start]):
        return Span(None, first.last, weeks, duration)
    if first.first != first.last:
        return Span(first.first, first.last, weeks, duration)
    if duration and not _ENDS.search(text[: first.start]):
        return Span(first.first, first.first + timedelta(weeks=duration, days=-1), weeks, duration)
    if days := _DAYS.search(text):
        return Span(first.first, first.first + timedelta(days=int(days[1]) - 1), weeks, duration)
    if only_end or _ENDS.search(text[: first.start]):
        return Span(None, first.last, weeks, duration)
    return Span(first.first, None, weeks, duration)


def strip_dates(text: str) -> str:
    """The text without its dates and what joins them."""
    plain = text.replace("–", "-").replace("—", "-")
    found = list(_ATOMS.finditer(plain))
    for index in range(len(found) - 1, -1, -1):
        end = found[index].end()
        following = found[index + 1].start() if index + 1 < len(found) else end
        joined = _SEPARATOR.match(plain[end:following]) is not None
        text = text[: found[index].start()] + text[following if joined else end :]
    return text


def _joined(first: _Atom, second: _Atom) -> tuple[date, date]:
    start, end = first.first, second.last
    if second.has_year and not first.has_year:
        start = with_year(start, end.year)
        if start > end:
            start = with_year(start, end.year - 1)
    elif first.has_year and not second.has_year:
        end = with_year(end, start.year)
    if end < start and not second.has_year:
        end = with_year(end, end.year + 1)
    return start, end


def with_year(day: date, year: int) -> date:
    """The same day of that year."""
    return day.replace(year=year) if (day.month, day.day) != (2, 29) else date(year, 2, 28)


def _weeks(text: str) -> tuple[int, int] | None:
    found = _WEEKS.search(text)
    if found is None or re.search(r"\b(?:CW|KW|calendar|ISO)\s*\Z", text[: found.start()], re.I):
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return (first, last) if 0 < first <= last else None


def _duration(text: str) -> int | None:
    found = _DURATION.search(text)
    if found is None or re.search(r"\d\s*(?:-|to)\s*\Z", text[: found.start()]):
        return None
    return _WORDS.get(found[1].lower()) or int(found[1]) or None


def _atom(found: re.Match[str], year: int) -> _Atom | None:
    try:
        dates = _dates(found, year)
    except ValueError:
        return None
    return _Atom(*dates, found.start(), found.end()) if dates else None


def _dates(found: re.Match[str], year: int) -> tuple[date, date, bool] | None:
    """First day, last day, year said. Raises ValueError for a day that no calendar has."""
    if found["iso"]:
        return _one(int(found["iy"]), int(found["im"]), int(found["id"]), True)
    if found["ymd"]:
        return _one(int(found["sy"]), int(found["sm"]), int(found["sd"]), True)
    if found["dotted"]:
        return _one(int(found["dy"] or year), int(found["dm"]), int(found["dd"]), bool(found["dy"]))
    if found["slashed"]:
        return _slashed(found, year)
    for group, month, one, two, said in _DAYS_OF_A_MONTH:
        if found[group]:
            stated = int(found[said] or year)
            number = _month(found[month])
            return date(stated, number, int(found[one])), date(stated, number, int(found[two])), bool(found[said])
    return _long(found, year)


def _one(year: int, month: int, day: int, said: bool) -> tuple[date, date, bool]:
    return date(year, month, day), date(year, month, day), said


def _slashed(found: re.Match[str], year: int) -> tuple[date, date, bool] | None:
    """Month first, as in `1/23/2026`, unless that is no month. Without a year it is a date only in a pair."""
    one, two = int(found["s1"]), int(found["s2"])
    stated = int(found["s3"]) if found["s3"] else year
    stated += 2000 if stated < 100 else 0
    month, day = (one, two) if one <= 12 else (two, one)
    return _one(stated, month, day, bool(found["s3"]))


def _long(found: re.Match[str], year: int) -> tuple[date, date, bool] | None:
    if found["span"]:
        return date(int(found["ny"]), _month(found["n1"]), 1), _month_end(int(found["ny"]), _month(found["n2"])), True
    if found["isomonth"]:
        stated, month = int(found["ky"]), int(found["km"])
        return date(stated, month, 1), _month_end(stated, month), True
    if found["month"]:
        month = _month(found["cm"])
        return date(int(found["cy"]), month, 1), _month_end(int(found["cy"]), month), True
    if found["quarter"]:
        stated, quarter = int(found["qy"] or found["qy2"] or f"20{found['qy3']}"), int(found["q"] or found["q2"])
        last = int(found["qto"] or quarter)
        return date(stated, quarter * 3 - 2, 1), _month_end(stated, last * 3), True
    if found["half"]:
        stated = int(found["hy"] or found["hy2"] or found["hy3"])
        half = int(found["h"] or found["h2"] or (2 if found["second"] else 1))
        return date(stated, half * 6 - 5, 1), _month_end(stated, half * 6), True
    if found["wholeyear"]:
        return date(int(found["wy2"]), 1, 1), date(int(found["wy2"]), 12, 31), True
    if found["isoweek"]:
        stated, first, last = int(found["wy3"]), int(found["w3"]), int(found["w4"] or found["w3"])
        return date.fromisocalendar(stated, first, 1), date.fromisocalendar(stated, last, 7), True
    if found["cw"]:
        stated = int(found["wy"] or year)
        first, last = int(found["w1"]), int(found["w2"] or found["w1"])
        return date.fromisocalendar(stated, first, 1), date.fromisocalendar(stated, last, 7), bool(found["wy"])
    return None


def _month(name: str) -> int:
    return next(number for start, number in _MONTH_NAMES if name.lower().startswith(start))


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)

"""Sprints' names as people write them: `Sprint 1`, `Phase II`, `Milestone M3`, `S2`, `Q1 2026`, `Weeks 4-6`, `Now`."""

import re

import msgspec

from auditor.roadmap.calendar.dates import strip_dates

_KINDS = (
    "sprint|phase|milestone|iteration|stage|wave|cycle|increment|release|block|quarter|month|pi|step|gate|work package|"
    "arbeitspaket|schritt|etappe|meilenstein"
)
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "zero": 0,
    "first": 1, "second": 2, "third": 3, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8,
}  # fmt: skip
_WORDS = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
    "dec(?:ember)?|januar|februar|märz|mai|juni|juli|oktober|dezember"
)
_LABEL = re.compile(
    rf"\b(?P<kind>{_KINDS})s?[\s-]*(?:#|no\.? ?|nr\.? ?)?(?P<number>[A-Za-z]?-?\d{{1,4}}(?:\.\d{{1,3}})*"
    r"(?:-(?:alpha|beta|rc|ga)\d?\b)?|"
    rf"(?:{_WORDS})\b|(?-i:[A-H])\b|[a-h](?=\s*(?:[,:(–—]|\Z)))"
    rf"(?:\s*(?:-|–|to|&|and|/|\+)\s*(?:(?:{_KINDS})\s*)?(?P<upto>\d{{1,3}})(?![\d-]|\.\d| ?weeks?|"
    rf"(?:st|nd|rd|th|\.)? ?(?:of )?(?:{_MONTHS})\b))?(?!\d)"
    r"|(?P<quarter>(?:\bFY\s?'?(?:20)?\d{2}[\s/-]+)?\bQ(?P<q>[1-4])"
    r"(?:[\s/'-]*(?P<qyear>20\d{2}|\d{2}\b)|\s?/?FY ?'?(?:20)?\d{2}\b)?|"
    r"\b(?P<qyear2>20\d{2})[\s/-]*Q(?P<q2>[1-4]))\b"
    r"|(?P<half>\bH(?P<h>[12])[\s/'-]*(?P<hyear>20\d{2})|\b20\d{2}[\s/-]*H[12]|\b(?:first|second) half (?:of )?20\d{2})\b"
    r"|(?P<weeks>\b(?:w(?:ee)?ks?\.?\s*|(?-i:[KC]?W)\s?)(?P<w1>\d{1,2})(?:\s*(?:-|–|to|bis|&|and|through)\s*(?:week\s*|[KC]W\s*)?(?P<w2>\d{1,2}))?)\b"
    rf"|(?P<nth>\b(?P<nq>first|second|third|fourth|1st|2nd|3rd|4th) quarter\b(?:(?: of)? (?P<nyear>20\d{{2}}))?)"
    rf"|(?P<month>(?<!\d\s)(?<!\d\.\s)(?<!\d[a-z]{{2}}\s)\b(?:(?:{_MONTHS})\s?(?:-|–|/|to)\s?)?(?:{_MONTHS}|spring|summer|autumn|fall|winter)\s+20\d{{2}})\b"
    r"|(?P<short>(?-i:\b(?:[SMIRG]|WP))(?P<snumber>\d{1,2}))\b(?![.\d])"
    r"|(?P<version>\bv\d+\.\d+(?:\.\d+)?(?:-(?:alpha|beta|rc)\d?)?)\b",
    re.I,
)
_PREFIX = re.compile(
    r"\A(?:end of|after|by(?: the)?(?: end of)?|before|until|from|in|for|at the end of|during|due|target:?)\s+", re.I
)
_HORIZON = re.compile(r"\A(now|next|later)\b(?=\W*\Z|\s*[-–—:(])", re.I)
_PERIOD = re.compile(
    r"\A(?P<before>(?:by |until )?(?:the )?(?:end|middle|start)(?: of|-) ?|mid-|(?:bis )?ende )?"
    rf"(?P<name>(?-i:[A-Z])(?<=[A-Z])[a-zä]+(?:\s*(?:[-–—/&]|to|and|bis|und)\s*(?:{_MONTHS})(?![a-z]))?)"
    r"\b(?=\W*\Z|\s*[-–—:(,|])",
    re.I,
)
_PERIOD_NAME = re.compile(rf"(?:{_MONTHS})(?:\W.*)?\Z|(?:spring|summer|autumn|fall|winter)\Z", re.I)
_BARE_VERSION = re.compile(
    r"\A(?:version |release )?\[?(?P<number>\d{1,4}\.\d{1,3}(?:\.\d{1,3})?)\]?(?=\s*(?:\Z|[-–—(:\"'“„«]))",
    re.I,
)
_NAMED = re.compile(
    r"\b(?P<kind>sprint|milestone|release|phase|wave|stage|increment)\s+(?P<name>alpha|beta|gamma|delta|epsilon|gold|silver|bronze|ga|"
    r"mvp|rc\d?|zero|final)\b|"
    r"\b(?P<quoting>sprint|milestone|release|phase|iteration)\s+[\"'“„‘«](?P<quoted>[^\"'“”„‘’«»]{2,40})[\"'”“’»]",
    re.I,
)
"""Names that are no numbers: `Sprint Alpha`, `Milestone "Green main"`."""
_DAYS = re.compile(
    r"(?:days?\s+(?P<d1>\d{1,3})\s*(?:-|–|to)\s*(?P<d2>\d{1,3})|first\s+(?P<first>\d{1,3})\s+days|"
    r"day\s+(?P<day>[1-9]0)(?! ?%))\b",
    re.I,
)
"""The stretches of a plan of 30, 60 and 90 days."""
_WEEK_OF = re.compile(
    rf"(?:week|wk\.?) (?:of|beginning|starting)(?: the)? (?P<day>\d{{1,2}}(?:st|nd|rd|th|\.)? (?:{_MONTHS})(?: 20\d\d)?|"
    rf"(?:{_MONTHS}) \d{{1,2}}(?:st|nd|rd|th)?(?:,? 20\d\d)?|20\d\d-\d\d-\d\d)\b",
    re.I,
)
"""`Week of 3 April`."""
_STAGE = re.compile(
    r"\A((?:(?:private|public|closed|open) )?(?:alpha|beta)|mvp|ga|rc\d?|pilot|launch)\b(?=\W*\Z|\s*[-–—:(])", re.I
)
_CLASS = {"S": "sprint", "M": "milestone", "I": "iteration", "R": "release", "G": "gate", "WP": "work package"}
_NTH = {"f": 1, "1": 1, "s": 2, "2": 2, "t": 3, "3": 3, "4": 4}
"""The number of a quarter by the first character of its ordinal, `fourth` apart."""


class Label(msgspec.Struct, frozen=True):
    """A sprint's name at `start:end`. `key` is the same for `S1` and `Sprint 1`; `refers` for `After Sprint 1`."""

    key: str
    name: str
    start: int
    end: int
    refers: bool = False
    upto: str = ""
    """For `Sprints 1-2`: the key of the last."""

    @property
    def kind(self) -> str:
        """`sprint`, `phase`, `quarter`, `weeks` …"""
        return self.key.partition(":")[0]


def label_at_start(text: str, horizons: bool = False) -> Label | None:
    """The label the text begins with, an `End of`, `After` or `By` before it allowed; `Now` only with `horizons`."""
    prefix = _PREFIX.match(text)
    offset = prefix.end() if prefix else 0
    found = _LABEL.match(text, offset)
    if found:
        return _label(found, refers=bool(prefix))
    if named := _NAMED.match(text, offset):
        return _named(named, refers=bool(prefix))
    if days := _DAYS.match(text, offset):
        return Label(
            f"days:{days['d1'] or 1}-{days['d2'] or days['first'] or days['day']}",
            days.group(),
            offset,
            days.end(),
            refers=bool(prefix),
        )
    if week := _WEEK_OF.match(text, offset):
        name = week.group().rstrip(" .,")
        return Label(f"week of:{name.lower()}", name[0].upper() + name[1:], offset, week.start("day"), refers=bool(prefix))
    if not horizons:
        return None
    if stage := stage_at_start(text):
        return stage
    horizon = _HORIZON.match(text)
    if horizon:
        return Label(f"horizon:{horizon[1].lower()}", horizon[1], 0, horizon.end())
    return version_at_start(text) or period_at_start(text)


def stage_at_start(text: str) -> Label | None:
    """The stage of a release that a heading begins with: `Public beta (May 2026)`, `GA`."""
    stage = _STAGE.match(text)
    return Label(f"release:{stage[1].lower()}", stage[1], 0, stage.end()) if stage else None


def version_at_start(text: str) -> Label | None:
    """The version without a `v` that a heading begins with: `[2.8.0] - 2026-03-15`, `4.1 (31 January)`."""
    found = _BARE_VERSION.match(text)
    return Label(f"version:{found['number']}", found["number"], 0, found.end()) if found else None


def period_at_start(text: str) -> Label | None:
    """The month or season without a year that the text begins with: `March`, `End of June`, `Spring: fewer surprises`."""
    found = _PERIOD.match(text)
    if found is None or not _PERIOD_NAME.match(found["name"]):
        return None
    name = re.sub(r"\A(?:by|until) (?:the )?(?=\w+ )", "", found.group(), flags=re.I).strip()
    return Label(f"month:{name.lower()}", name[0].upper() + name[1:], 0, found.end())


def labels_in(text: str) -> tuple[Label, ...]:
    """Every label of the text."""
    found = [_label(found, refers=True) for found in _LABEL.finditer(text)]
    named = [_named(found, refers=True) for found in _NAMED.finditer(text)]
    return tuple(sorted((*found, *named), key=lambda label: label.start)) if named else tuple(found)


def cell_label(when: str) -> Label | None:
    """The label of a cell or value that says when: `Sprint 2`, `by Q2`, or a bare number."""
    label = label_at_start(when.strip()) or next(iter(labels_in(when)), None)
    number = re.fullmatch(r"\s*#?(\d{1,2})\s*", when)
    return label or (Label(f"sprint:{int(number[1])}", f"Sprint {int(number[1])}", 0, 0, refers=True) if number else None)


def title_after(text: str, label: Label) -> str:
    """What the heading says beside the label, brackets with dates and weeks and the separators taken off."""
    rest = text[label.end :]
    rest = re.sub(r"[(\[][^()\[\]]*\d[^()\[\]]*[)\]]", " ", rest)
    rest = strip_dates(rest)
    rest = re.sub(r"[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff\ufe0f]+", " ", rest)
    rest = re.sub(r"\s+\b(?:complete|completed|done|achieved|planned|in progress|shipped)\b\s*\Z", "", rest, flags=re.I)
    rest = re.sub(r"\W+(?:due|by|until|ends?|starts?)(?: on| by)?\W*\Z", "", f" {rest}", flags=re.I)
    rest = re.sub(r"\A\W*(?:led|owned|run|driven) by\b.*|\W+(?:led|owned|run|driven) by [A-Z]\w+\W*\Z", "", rest)
    rest = re.sub(r"\A\W*(?:plan|goals?|overview|summary|roadmap)\W*\Z", "", rest, flags=re.I)
    rest = re.split(r"(?<=[a-z]{3})\.\s", rest, maxsplit=1)[0]
    return " ".join(rest.strip(' \t:;,.-–—|/·"“”„').split())


def after_label(text: str, label: Label) -> str:
    """What follows the label and the brackets beside it: `Sprint 1 (5-23 Jan): coverage 70 % (60 % now)`."""
    rest = re.sub(r"\A\s*[(\[][^()\[\]]*[)\]]", "", text[label.end :])
    return rest.lstrip(" \t:;,.-–—|·").strip()


def _named(found: re.Match[str], refers: bool) -> Label:
    kind, name = (found["kind"] or found["quoting"]).lower(), found["name"] or found["quoted"]
    return Label(f"{kind}:{name.lower()}", found["quoted"] or found.group(), found.start(), found.end(), refers)


def _label(found: re.Match[str], refers: bool) -> Label:
    name = " ".join(found.group().split())
    name = name[0].upper() + name[1:] if found["kind"] or found["half"] or found["month"] else name
    span = (found.start(), found.end())
    if found["kind"]:
        kind, number = found["kind"].lower(), _number(found["number"])
        if found["upto"]:
            return Label(f"{kind}:{number}-{found['upto']}", name, *span, refers, f"{kind}:{found['upto']}")
        return Label(f"{kind}:{number}", name, *span, refers)
    if found["short"]:
        kind = _CLASS[found["short"].removesuffix(found["snumber"])]
        return Label(f"{kind}:{found['snumber'].lstrip('0') or '0'}", name, *span, refers)
    if found["quarter"]:
        year = found["qyear"] or found["qyear2"] or ""
        return Label(f"quarter:{found['q'] or found['q2']}{'/' + year[-2:] if year else ''}", name, *span, refers)
    if found["nth"]:
        nth, year = found["nq"].lower(), found["nyear"] or ""
        which = 4 if nth == "fourth" else _NTH[nth[0]]
        return Label(f"quarter:{which}{'/' + year[-2:] if year else ''}", name, *span, refers)
    if found["weeks"]:
        return Label(f"weeks:{found['w1']}-{found['w2'] or found['w1']}", name, *span, refers)
    kind = "half" if found["half"] else "month" if found["month"] else "version"
    return Label(f"{kind}:{name.lower()}", name, *span, refers)


def _number(text: str) -> str:
    lowered = text.lower()
    if lowered in _NUMBERS:
        return str(_NUMBERS[lowered])
    digits = re.sub(r"\A[a-z]-?(?=\d)", "", lowered)
    return digits.lstrip("0") or digits

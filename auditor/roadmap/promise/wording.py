"""One spelling for what people write in many: symbols, number words and fractions, before figures are looked for."""

import re

from auditor.roadmap.promise.cues import GONE

_SYMBOLS = str.maketrans(
    {
        "≥": ">=", "⩾": ">=", "≧": ">=", "±": "<=", "≤": "<=", "⩽": "<=", "≦": "<=", "＜": "<", "＞": ">", "≈": "~", "∼": "~",
        "→": "->", "⟶": "->", "➔": "->", "➜": "->", "➡": "->", "⇒": "->", "⟹": "->", "▶": "->",
        "↓": " -", "⬇": " -", "▼": " -", "↑": " +", "⬆": " +", "▲": " +",
        "—": " - ", "–": "-", "−": "-", "‑": "-", "‒": "-", "\u00a0": " ", "\u2009": " ", "\u202f": " ",
        "’": "'", "“": '"', "”": '"', "\ufe0f": "", "*": " ", "`": " ", "_": "_",
    }
)  # fmt: skip
_DIGITS = {
    "zero": "0", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15", "twenty": "20",
    "thirteen": "13", "fourteen": "14", "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
}  # fmt: skip
_PARTS = (
    (r"(?:a|one)[ -]third", "33.33", "66.67"),
    (r"two[ -]thirds", "66.67", "33.33"),
    (r"(?:a|one)[ -](?:quarter|fourth)", "25", "75"),
    (r"three[ -](?:quarters|fourths)", "75", "25"),
    (r"(?:a|one)[ -]fifth", "20", "80"),
    (r"(?:a|one)[ -]tenth", "10", "90"),
)
"""A part as people write it, in per cent, and what is left beside it."""
_NINES = (
    ("(?:two|2)", "99%"),
    ("(?:three|3)", "99.9%"),
    ("(?:three and a half|3.5)", "99.95%"),
    ("(?:four|4)", "99.99%"),
    ("(?:five|5)", "99.999%"),
)
_NOW = r"(?:today's|(?:the |our |its |their )?(?:current|present)(?: (?:level|value|figure))?(?: of)?) "
_FRACTIONS: tuple[tuple[str, str], ...] = (
    (r"(?<=\d) (?:working|business|office|calendar) (?=(?:hours?|days?|minutes?)\b)", " "),
    (r"\b(?:one|a|a full) hundred per ?cent\b", "100%"),
    *((rf"\b{count} nines\b", share) for count, share in _NINES),
    (r"\bninety-(?=(?:fifth|ninth) percentile)", "9"),
    (r"(?<=\b9)fifth(?= percentile)", "5th"),
    (r"(?<=\b9)ninth(?= percentile)", "9th"),
    (r"\b(one|two|three|four|nine) (?!week|day|month|hour|sprint|time)([a-z]+) in (?:every )?"
     r"(three|four|five|ten|an? (?:hundred|thousand))\b",
     r"\1 of \3 \2"),
    (r"\((\D{0,3}\d[^()]*?) (?:(?:on|at) day (?:1|one|0|zero)|in (?:version |release )?v?\d+\.\d+(?:\.\d+)?)\)", r"(now \1)"),
    (r"\b(?:the )?(?<![+.,])(\d+) ((?:[a-z-]+ ){1,4}?[a-z-]+), (?:all|each|every one) of (?:them|these|those)\b", r"all \1 \2"),
    (r"\((?:day (?:1|one|0|zero)|(?:version |release )?v?\d+\.\d+(?:\.\d+)?):(?: up to)?", "(now"),
    (
        r"\b(between|with|by|to|among|across) (?:all|both|each|every)(?: of)?(?: the| our)? "
        r"(?=(?:teams?|squads?|people|persons?|developers?|engineers?|leads?|maintainers?|stakeholders?)\b)",
        r"\1 the ",  # who agrees is not what is counted
    ),
    (r",? of which (?:there (?:are|were)|(?:you|we|i|they) (?:counted|count|found|have|had)|it has) (\d+)\b,?", r" (now \1)"),
    (r"\((\d+) (?:are |still )?(?:open|left|remaining|outstanding|to go)\)", r"(now \1)"),
    (r"\bthe (\d+) (?=(?:[a-z+1-]+ ){1,4}will (?:all|each) (?:be|have)\b)", r"all \1 "),
    (r"\bthere (?:are|is) (?:no|0) (?=[^.;]*\bany ?more\b)", "no "),
    (r"\bfrom an? (?:[a-z]+ ){1,3}of (?=\d)", "from "),
    (r"\bone of (?=(?:two|three|four|five|six|eight|ten)\b)", "1 of "),
    (r"\bboth (?=[a-z-]+s\b)", "all "),
    (r"\b(?:a|one) thousand\b", "1000"),
    (r"\b(?:a|one) dozen\b", "12"),
    (r"\btwo dozen\b", "24"),
    (r"\bhalf a (second|minute|day)\b", r"0.5 \1s"),
    (r"\b(?:half an|a half) hour\b", "30 minutes"),
    (r"\ba quarter of an hour\b", "15 minutes"),
    (r"\b(?:by|in) (?:a|one)[ -]?half\b|\b(?:by|in) half\b", "by 50%"),
    (r"\bto (?:a|one)[ -]half\b(?: of)?|\bto half\b(?: of)?", "reduced by 50%"),
    (r"\bhalv(?:e|es|ed|ing) (?=(?:from [^.;,]{1,20} )?to (?:under |below |at most )?~?\d)", "reduce "),
    (r"\b(?:doubl|tripl|quadrupl)(?:e|es|ed|ing) (?=(?:from [^.;,]{1,20} )?to (?:over |above |at least )?~?\d)", "increase "),
    (r"\bby an order of magnitude\b(?!.)", "by 10%"),
    (r"\bhalf (?:as many|as much|the (?:number|amount|count|time|size)(?: of)?|of today's)\b", "reduced by 50%"),
    (r"(?<!first )(?<!second )\b(?:one )?half of (?:all |the |our |its )?", "50% of "),
    (r"(?<=\bis )(?:about |around )?two[ -]thirds\b", "66.67%"),
    (r"\b(?:half|(?:a|one|two|three)[ -](?:quarter|third|fourth|fifth)s?) \((~?\d[\d.]* ?(?:%|per ?cent))\)", r"\1"),
    (r"\b(at(?: least)?) three[ -]quarters\b(?! of)", r"\1 75%"),
    *(
        (pattern, into)
        for part, share, rest in _PARTS
        for pattern, into in (
            (rf"\bby {part}\b", f"by {share}%"),
            (rf"\bto {part}\b(?: of)?", f"reduced by {rest}%"),
            (rf"\b{part} (?=fewer|less|lower|faster|smaller|more|higher|shorter)", f"{share}% "),
            (rf"\b{part} of (?:all |the |our )?", f"{share}% of "),
        )
    ),
    (rf"(?<=\d) ?((?:percentage )?points?) (?:above|over|(?:better|more|higher) than) {_NOW}(?=~?\d)", r" \1 up from "),
    (rf"(?<=\d) ?((?:percentage )?points?) (?:below|under|(?:less|lower) than) {_NOW}(?=~?\d)", r" \1 down from "),
    (rf"\b(below|under|above|over|at|than) {_NOW}(?=~?\d)", r"\1 "),
    (r"(?<![\d.,])(\d{1,3})(?: in| of| out of|/| per) 1[ ,.]?000\b(?= [a-z])", r"\1/10 %"),
    (r"\bhalv(?:e|es|ed|ing)\b", "reduce by 50%"),
    (r"\btwice as fast\b|\bdouble the speed\b", "reduce by 50%"),
    (r"\b(?:twice as (?:many|much|high)|twice the)\b", "increase by 100%"),
    (r"\bdoubl(?:e|es|ed|ing)\b(?![- ](?:check|entry|click|submit|book|writ|charg|opt|deliver|spend|free|quot))",
     "increase by 100%"),
    (r"\btripl(?:e|es|ed|ing)\b", "increase by 200%"),
)  # fmt: skip
_GERMAN = tuple(
    (re.compile(pattern, re.I), into)
    for pattern, into in (
        (r"\bnicht (?:mehr|höher|länger|größer) als\b", "no more than"),
        (r"\bnicht (?:weniger|niedriger|kleiner) als\b", "no less than"),
        (r"\b(?:kleiner|geringer|niedriger|kürzer|schneller) als\b", "under"),
        (r"\b(?:größer|höher) als\b", "over"),
        (r"\b(?:höchstens|maximal)\b", "at most"),
        (r"\bmindestens\b", "at least"),
        (r"\bweniger als\b|\bunter(?= [\d~])", "under"),
        (r"\bmehr als\b|\büber(?= [\d~])", "over"),
        (r"\b(?:aktuell|derzeit|bisher|zurzeit|momentan)\b", "currently"),
        (r"\b(?:vorher|zuvor|früher|bislang)\b|\bprev\.(?= ?~?\d)", "before"),
        (r"\bStand(?= (?:today|heute))", ""),
        (r"(?<=\d) ?v\. ?H\.", " %"),
        (r"(?<=\d) ?(?:Tsd\.?|Tausend\b)", "k"),
        (r"\b(?:entfern(?:en|t)|beseitig(?:en|t)|beheben|behoben|eliminier(?:en|t))\b", "removed"),
        (r"\bohne\b", "without"),
        (r"(?-i:\bCC)(?= ?(?:[<>]|above|over|of\b|\d))", "complexity"),
        (r"(?-i:\bIst)(?=[-: ]+~?\d)", "currently"),
        (r"(?-i:\bSoll)(?=[-: ]+[<>~=\d])", "target"),
        (r"\bheute\b", "today"),
        (r"(?<=\d )von(?= \d)", "of"),
        (r"\bvon(?= [\d~])", "from"),
        (r"\b(?:schrumpf|sink|fäll)\w*", "drops"),
        (r"\b(?:steigt|wächst)\b", "rises"),
        (r"\bauf(?= [\d~])", "to"),
        (r"\bum(?= [\d~])", "by"),
        (r"\bkeine[nr]?\b", "no"),
        (r"\balle[nrs]?\b(?= [a-zäöü])", "all"),
        (r"\bjede[nrsm]?\b(?= [a-zäöü])", "every"),
        (r"\b(?:um )?(?:die )?hälfte\b", "by half"),
        (r"\bum ein drittel\b", "by a third"),
        (r"\bum ein viertel\b", "by a quarter"),
        (r"\bein drittel weniger\b", "a third fewer"),
        (r"\bein viertel weniger\b", "a quarter fewer"),
        (r"\bhalbier\w+\b", "halved"),
        (r"\bverdoppel\w+\b", "doubled"),
        (r"\b(?:reduzier\w*|gesenkt|senken|verringer\w*|verkürz\w*|minimier\w*|verkleiner\w*|abbauen|abgebaut)\b", "reduce"),
        (r"\b(?:steiger\w*|gesteigert|erhöh\w*|anheben|angehoben)\b", "increase"),
        (r"\bProzentpunkten?\b|\bProzentpunkte\b", "percentage points"),
        (r"\bProzent\b", "percent"),
    )
)
_SUBSTITUTIONS = tuple((re.compile(pattern, re.IGNORECASE), into) for pattern, into in _FRACTIONS)
_TIMES_BETTER = re.compile(
    r"\b(?P<n>\d+(?:\.\d+)?|two|three|four|five|six|eight|ten) ?(?:x|×|times|-?fold) "
    r"(?P<how>faster|fewer|less|lower|smaller|shorter|quicker|more|"
    r"higher|throughput|capacity)\b",
    re.I,
)
_TIMES = {"one": "1", "once": "1", "twice": "2", "thrice": "3"}
_NOT_ONE = re.compile(r"\b(?:there|we) (?:will|shall|must|may) (?:not|never) be (?:an?|one|any)(?: single)? (?=[a-z])", re.I)
_ONE_AT_MOST = re.compile(
    r"\b(at most|no more than|not more than|fewer than|less than|at least|more than|maximum|max|up to|only) "
    r"(one|once|twice|thrice)\b",
    re.I,
)
_CLOCK = re.compile(r"\b(\d{1,3}) ?(h|m|min) ?(\d{1,2}) ?(m|min|s|sec)\b", re.I)
_SPEAKS_OF_TIME = re.compile(
    r"\b(?:\w*time|runtime|duration|build|pipeline|ci|deploy\w*|mtt\w|takes?|minutes|dauer|\w+dauer|runs?)\b", re.I
)
_MINUTES = re.compile(r"\b(\d{1,3}(?:\.\d+)?)m\b")
"""`14m` of a build time is fourteen minutes, of a budget as many millions."""
_NUMBER_WORD = re.compile(r"\b(" + "|".join(_DIGITS) + r")\b(?!-(?:factor|step|way|tier|phase|week|day))", re.I)
_NONE = re.compile(
    r"\b(?:no|(?<!\d have )none|nothing|nobody|no one|nil|without any|not a single|not one|never any)\b(?! of (?:this|that|it|"
    r"us)\b)(?! (?:more|less|later|longer|"
    r"fewer|slower|"
    r"lower|higher|greater|"
    r"worse|larger|bigger|need|impact|change|other|matter|owner|downtime|n/a))(?!\.? ?\d)(?!-)(?= ?(?:[a-z+]|\d+\+|"
    r"$|\)|,|\.|\())",
    re.I,
)
_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TENS_IN_WORDS = re.compile(rf"\b((?:twen|thir|for|fif|six|seven|eigh|nine)ty)-({'|'.join(_ONES[1:])})\b", re.I)
_BASELINE_AND_TARGET = re.compile(r"\bB: ?~?\d.*\bT: ?[<>~]?=? ?\d")
"""`B: 64 %, T: 75 %`."""
_TENS = re.compile(r"\b([2-9]0)-([1-9])(?= [a-z])")
_HUNDREDS = re.compile(r"\b([1-9]|an?|one) hundred(?: and)?(?: (\d{1,2})(?![\d.,]))?", re.I)
"""`two hundred and ten`, once its words are figures."""
_NO_MORE = re.compile(r"\b(?:no|not any) more (?=[a-z+])(?!than\b|\w+ than\b|often\b|or\b)", re.I)
"""`no more N+1 queries`: none are left."""
_PART_OF = re.compile(r"\b(\d{1,6}) ?(?:of|out of|/) ?(?:the |our |all )?(\d{1,6})\b(?! ?[%/.\d])", re.I)

_SHARE_OF_COUNT = re.compile(r"(\d{1,3}(?:\.\d+)? ?%) of (?:the |our |all |its )?(\d{1,6}) (?=[a-z])", re.I)
_CUT = re.compile(r"\b(?:drop|cut|shed|lose|trim|prune)(?:s|ping|ting|ding)? (?:about |some |at least )?\d[\d.]* ?% of\b", re.I)
_IN_SO_MANY = re.compile(
    r"\b(one|\d{1,3}) in (?:every |an? )?(10|20|50|100|1000|hundred|thousand)\b"
    r"(?= (?!min|sec|ms\b|hour|day|week|month|sprint|line)[a-z])",
    re.I,
)

_ALL_BUT = re.compile(r"\ball but (\d{1,4}) of (?:the |our |all |these )?(\d{1,5})\b", re.I)
_PART_ALONE = re.compile(r"\((\d{1,6} ?(?:of|out of|/) ?\d{1,6})(?: [^\W\d]+){0,3}\)", re.I)
"""`a breaker per upstream (0 of 11)`, `(3 of 11 have one)`: how many there are."""
_PART_NOW = re.compile(
    r"(\((?:currently|now|today|from|was|so far|before|baseline|start|at present|in \w+)[: ]+)(\d{1,6})(?=\s*\))|"
    r"\((\d{1,6})(?= (?:today|now|currently|so far|at present)\s*\))",
    re.I,
)
"""`8 of 8 integrations (currently 3)`: as many of the same whole."""


def normalise(text: str) -> str:
    """Lower-cased words stay words; `≥` becomes `>=`, `zero` and `no` become `0`, `halve` becomes `reduce by 50%`."""
    text = " ".join(text.translate(_SYMBOLS).split())
    for pattern, into in _GERMAN:
        text = pattern.sub(into, text)
    text = re.sub(r"(?<=\d)(\s?(?:%|[a-z]{1,5}\b))?\s*=>\s*(?=[<>~]?\d)|-{1,3}>", lambda found: f"{found[1] or ''} -> ", text)
    text = text.replace("=>", ">=").replace("=<", "<=").replace("< =", "<=").replace("> =", ">=")
    text = re.sub(r"(?<=\s)([-+]) (?=\d+(?:\.\d+)? ?%)(?<=\A[-+] )", r"\1", text)
    text = _TENS_IN_WORDS.sub(lambda found: str(int(_DIGITS[found[1].lower()]) + _ONES.index(found[2].lower())), text)
    if _BASELINE_AND_TARGET.search(text):
        text = re.sub(r"\bB: ?(?=~?\d)", "baseline ", re.sub(r"\bT: ?(?=[<>~]?=? ?\d)", "target ", text))
    text = _CLOCK.sub(_clock, text)
    if _SPEAKS_OF_TIME.search(text):
        text = _MINUTES.sub(r"\1 min", text)
    for pattern, into in _SUBSTITUTIONS:
        text = pattern.sub(into, text)
    text = re.sub(r"\b(\d{1,3})/10 %", lambda found: f"{_short(int(found[1]) / 10)} %", text)
    text = _NOT_ONE.sub("no ", text)
    text = _TIMES_BETTER.sub(_times_better, text)
    text = re.sub(r"\b(?:one|an?) (?=(?:hour|minute|second|day|week|per ?cent)\b)", "1 ", text, flags=re.I)
    text = _ONE_AT_MOST.sub(lambda found: f"{found[1]} {_TIMES[found[2].lower()]}", text)
    text = _NO_MORE.sub("0 ", text)
    text = _NUMBER_WORD.sub(lambda found: _DIGITS[found.group().lower()], text)
    text = _TENS.sub(lambda found: str(int(found[1]) + int(found[2])), text)
    text = _HUNDREDS.sub(lambda found: str(int(found[1]) * 100 + int(found[2] or 0)) if found[1].isdigit() else "100", text)
    text = _ALL_BUT.sub(lambda found: f"{max(int(found[2]) - int(found[1]), 0)} of {found[2]}", text)
    text = re.sub(r", (\d[\d.,]*)(?: \w+)? of (?:them|those|these),", r" (now \1)", text)
    text = _part_of_count(_IN_SO_MANY.sub(_in_so_many, text))
    text = re.sub(r"\bafter (?=\d+(?: \w+)? in (?:the )?last\b)", "from ", text)
    return _NONE.sub("0", text)


def _part_of_count(text: str) -> str:
    """`50% of 44 handlers are gone` is a cut by half from 44; `75% of 92 routes are limited` a share, whatever of."""
    is_cut = GONE.search(text) or _CUT.search(text)
    return _SHARE_OF_COUNT.sub(r"reduced by \1 from \2 " if is_cut else r"\1 of ", text)


def _in_so_many(found: re.Match[str]) -> str:
    """`9 in 10 calls` is 90 % of them."""
    part = 1 if found[1].lower() == "one" else int(found[1])
    whole = {"hundred": 100, "thousand": 1000}.get(found[2].lower()) or int(found[2])
    return f"{_short(100 * part / whole)}% of" if part < whole else found.group()


def _clock(found: re.Match[str]) -> str:
    """`14m30s` is 14.5 minutes, `1h 20m` 80 minutes: nothing is rounded."""
    large, small = ("h", "min") if found[2].lower() == "h" else ("min", "s")
    part = int(found[3])
    return f"{_short(int(found[1]) + part / 60)} {large}" if part % 3 == 0 else f"{int(found[1]) * 60 + part} {small}"


def _times_better(found: re.Match[str]) -> str:
    times = float(_DIGITS.get(found["n"].lower(), found["n"]))
    if times <= 1:
        return found.group()
    if found["how"].lower() in ("throughput", "capacity"):
        return f"{found['how']} increase by {_short((times - 1) * 100)}%"
    if found["how"].lower() in ("more", "higher"):
        return f"increase by {_short((times - 1) * 100)}%"
    return f"reduce by {_short(100 - 100 / times)}%"


def parts_as_shares(text: str) -> str:
    """`31 of 48` as `64.58%`: for promises whose goal is a share."""

    def share(found: re.Match[str]) -> str:
        part, whole = int(found[1]), int(found[2])
        is_score = "/" in found.group() and whole in (5, 10, 100)
        return found.group() if is_score or not 0 <= part <= whole or not whole else f"{_short(100 * part / whole)}%"

    text = re.sub(r"->\s+(?:all|every)\b", "-> 100%", _PART_ALONE.sub(r"(now \1)", text))
    wholes = [int(found[2]) for found in _PART_OF.finditer(text)]
    text = _PART_OF.sub(share, text)
    if len(wholes) == 1:
        text = re.sub(rf"\ball (?:of )?(?:the )?{wholes[0]}\b", "100%", text)
    if len(wholes) == 1 and wholes[0]:
        return _PART_NOW.sub(lambda found: f"{found[1] or '('}{_short(100 * int(found[2] or found[3]) / wholes[0])}%", text)
    return text


def _short(value: float) -> str:
    return f"{round(value, 2):g}"

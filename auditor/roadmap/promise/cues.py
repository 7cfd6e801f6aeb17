"""Which words beside a figure say what the figure is: a goal and how it compares, a baseline, a change, or neither."""

import re

import msgspec

from auditor.roadmap.promise.cue_words import AFTER_CUES, BEFORE_CUES, Role
from auditor.roadmap.promise.quantity import Quantity

_NEAR_CHARACTERS = 34


class Reading(msgspec.Struct, frozen=True):
    """A figure with its role. `comparator`: empty where no word says it; `rises`: which way a change goes, if said."""

    quantity: Quantity
    role: Role
    comparator: str = ""
    rises: bool | None = None


_CLAUSE = re.compile(r"[,;|]\s")
_CHANGE_AFTER = re.compile(
    r"[\s-]*(?:(?P<falls>reduction|decrease|drop|cut|fewer|less|lower|faster|smaller|shorter|quicker|down|off|"
    r"decline)|"
    r"(?P<rises>increase|more|higher|growth|uplift|rise|up|gain|greater)|(?P<either>improvement|better|change))\b"
    r"(?! (?:than (?:or equal|\d))| to\b)",
    re.I,
)
_FALLS_BEFORE = re.compile(r"\b(?:(?:reduction|decrease|drop|cut) of|down|drops?|falls?|shrinks?)[\s~]*\Z", re.I)
_RISES_BEFORE = re.compile(r"\b(?:(?:increase|rise|growth|uplift) of|up|grows?|rises?)[\s~]*\Z", re.I)
_LINES_GONE = re.compile(r"\s*(?:of [\w ]{2,30} )?(?:are |is |have been )?(?:removed|deleted|gone|less)\b", re.I)
_SOME_LINES_GONE = re.compile(r"\s(?:[a-z-]+ ){1,2}lines (?:are |have been )?(?:removed|deleted|gone)\b", re.I)
FALLING = re.compile(
    r"\b(?:reduc\w*|cut(?:s|ting)?|decreas\w*|lower(?:s|ed|ing)?|drop(?:s|ped|ping)?|shrink\w*|trim\w*|fewer|less|"
    r"slash\w*|faster|shorten\w*|"
    r"remov\w*|eliminat\w*|resolv\w*|clos(?:e|ed|ing)|fix(?:ed|es|ing)?|clean\w*|prun\w*|minimi[sz]\w*|bring down|"
    r"down|shav\w*|retir\w*|drain\w*|"
    r"smaller|shorter|loses?|losing|sheds?|paid? (?:down|off)|speed up|accelerat\w*|delet\w*|quicker|burn down)\b",
    re.I,
)
RISING = re.compile(
    r"\b(?:increas\w*|rais\w*|grow\w*|boost\w*|more|higher|lift\w*|gain\w*|expand\w*|extend\w*|add(?:s|ed|ing)?|up|"
    r"push(?:ed|ing)?|bump\w*|climb\w*)\b",
    re.I,
)


GONE = re.compile(
    r"\b(?:eliminat\w*|eradicat\w*|get rid of|remov\w+|resolv\w+|fix(?:e[sd])?|patch(?:e[sd])?|close[sd]?|"
    r"clear(?:ed)?|retired|delet(?:e|es|ed|ing)|drop(?:ped)? (?=the|our|these)|dropped|gone|"
    r"purged|extinct|(?:not|no longer) exist|"
    r"burn(?:ed|t)? down|never(?! (?:below|above|under|over|more|less|fall|drop|exceed)))\b",
    re.I,
)


_AGENT = re.compile(
    r"\b(?:review|approv|adopt|us|cover|own|sign|complet|finish|attend|answer|accept|confirm|follow|respect|observ|honou?r|enforc|validat|verif|shar|serv|handl|"
    r"protect|guard|call|read|seen|run|written|taken|known|kept|met)(?:ed|ied)?(?: off| out)? by[\s~]*\Z",
    re.I,
)
"""`reviewed by 4 squads` is no change by four."""
_OF_WHICH = re.compile(r"\((?:out )?of[\s~]*\Z", re.I)


def read_roles(text: str, figures: tuple[Quantity, ...]) -> tuple[Reading, ...]:
    """Every figure with its role, by the nearest cue before it, else by what follows it."""
    bounds = [0, *(figure.end for figure in figures)]
    starts = [*(figure.start for figure in figures), len(text)]
    return tuple(
        _role(
            figure,
            _CLAUSE.split(text[max(bounds[index], figure.start - 70) : figure.start])[-1],
            text[figure.end : starts[index + 1]],
            text,
        )
        for index, figure in enumerate(figures)
    )


_BRACKET_OPENS = re.compile(r"\(\s*(?:~|about|around|roughly|ca\.|found|still|some)?\s*\Z", re.I)
_BRACKET_CLOSES = re.compile(
    r"\s*(?P<said>(?:still |so far )?(?:today|now|currently|at present|"
    r"rn|open|left|known|found|in total|total|unresolved|outstanding|remaining|written|migrated|"
    r"finished|done|covered|converted|ready|complete|completed|"
    r"of (?:them|those|these)(?: are| is| have)?(?: today| now| already)?)"
    r"(?: so far| already| (?:in|by|at|during|since|as of) [^()]{2,30})?\s*|(?:in|at|on|during|since|as of) [^()\d]{2,40})?\)",
    re.I,
)
_OF_THE = re.compile(r"\W*of (?:the|our|all|these)(?: the)? ", re.I)
"""`Of the 18 advisories none may be left`."""
_BRACKET_WORDS = re.compile(r"(?! ?(?:per|a|each|every|of)\b)(?: [^\W\d][\w/'-]*:?){1,5}\s*\)")
"""`(26 occurrences)`, `(31 do not)`: a count of what is there."""
_BRACKET_DATES = re.compile(
    r"\(\s*(?:in |for |at the end of |end of )?"
    r"(?:(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\w*\.?\s*)?(?:average|avg\.?|mean|median|"
    r"level|figure|value)?\s*:\s*~?\s*\Z",
    re.I,
)
"""`(Q1: 410 ms)`, `(April: 30 %)`; the quarter has been blanked: how things stood."""
_STILL_OPEN = re.compile(r"\s*(?:still )?(?:open|left|known|outstanding|to go)\W*\Z", re.I)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_WHOLE = re.compile(r"\d|\b(?:all|every|each)\b", re.I)


def _role(figure: Quantity, before: str, after: str, text: str) -> Reading:
    if "(" in before and _repeats(figure, text):
        return Reading(figure, Role.ASIDE)  # `678 of 678 tests pass (100 %)`
    if figure.value and _OF_WHICH.search(before):  # `remove 12,000 lines (of 31,000)`
        return Reading(figure, Role.BASELINE if _lessens(text[: figure.start]) else Role.ASIDE)
    if figure.value and _OF_THE.fullmatch(text[: figure.start]):
        return Reading(figure, Role.BASELINE)
    if _is_bracketed(figure, before, after, text):
        return Reading(figure, Role.BASELINE)
    if after.lstrip().startswith("->") and figure.value:
        return Reading(figure, Role.BASELINE)
    change = _change(figure, before, after, text)
    if change is not None:
        return change
    cue = _nearest(before)
    if cue is None and _STILL_OPEN.match(after) and re.search(r"\d\W", text[: figure.start]):
        return Reading(figure, Role.BASELINE)  # `0 high advisories, 7 open`
    if (
        not figure.value
        and re.search(r"\bthere (?:are|is)\s*\Z", before, re.I)
        and not re.search(r"\d", _IN_BRACKETS.sub("", text[figure.end :]))
    ):
        return Reading(figure, Role.FREE)  # `there are no swallowed exceptions left` is promised
    follows = _following(after, is_last=after == text[figure.end :])
    if follows and follows[0] is Role.BASELINE and not figure.value and "->" not in after:
        follows = None  # `no regression in existing features`: none is what is promised, not how things stand
    if follows and (cue is None or cue[0] is Role.FREE or follows[1] or not cue[1]):
        both_say_goal = cue is not None and cue[0] is Role.GOAL and follows[0] is Role.GOAL
        is_aside = cue is not None and (cue[0] is Role.ASIDE or (cue[0] is Role.BASELINE and not follows[1]))
        if both_say_goal or not is_aside:
            return Reading(figure, follows[0], follows[1])
    if cue is None:
        return Reading(figure, Role.GOAL if figure.plus else Role.FREE, ">=" if figure.plus else "")
    if figure.plus and cue[0] is Role.GOAL:
        return Reading(figure, Role.GOAL, cue[1] or ">=")
    return Reading(figure, cue[0], cue[1])


def _lessens(text: str) -> bool:
    return bool(GONE.search(text) or FALLING.search(text))


def _repeats(figure: Quantity, text: str) -> bool:
    """Whether the figure stands alone in brackets right behind what it says again."""
    said = text[figure.start : figure.end]
    return bool(figure.unit) and text[: figure.start].count(said) > 0 and text[figure.start - 1 : figure.end + 1] == f"({said})"


def _is_bracketed(figure: Quantity, before: str, after: str, text: str) -> bool:
    """A figure alone in brackets says how things stand: `zero high advisories (5 open)`, `halved (64)`, `all gone (21 left)`."""
    if not figure.value and _BRACKET_OPENS.search(before) and re.match(r"\s*(?:today|now|currently|so far|yet)\W*\)", after):
        return True  # `breakers around Stripe and SES (none today)`
    is_whole = _WHOLE.search(text[: figure.start]) or GONE.search(_IN_BRACKETS.sub("", text))
    if figure.sign or not is_whole:
        return False
    if figure.value and not figure.unit and _BRACKET_OPENS.search(before) and _BRACKET_WORDS.match(after):
        return True
    return bool((_BRACKET_OPENS.search(before) and _BRACKET_CLOSES.match(after)) or _BRACKET_DATES.search(before))


def _following(after: str, is_last: bool) -> tuple[Role, str] | None:
    """What the words after a figure make of it, unless they lead on to the next figure (`80 % (now 62 %)`)."""
    for pattern, role, comparator in AFTER_CUES:
        found = pattern.match(after)
        if found and (
            is_last or comparator or found.group().endswith("->") or re.search(r"[,;.)/|]| and | to |->", after[found.end() :])
        ):
            return role, comparator
    return None


def _nearest(before: str) -> tuple[Role, str] | None:
    """The cue that ends nearest to the figure; of those that end at one place the longest."""
    if _AGENT.search(before):
        return None
    best: tuple[int, int, Role, str] | None = None
    for pattern, role, comparator in BEFORE_CUES:
        for found in pattern.finditer(before):
            key = (found.end(), len(found.group()))
            if best is None or key > best[:2]:
                best = (*key, role, comparator)
    if best is None:
        return None
    limit = 3 if best[2] is Role.CHANGE else _NEAR_CHARACTERS
    if len(before) - best[0] > limit:
        return None
    return best[2], best[3]


def _change(figure: Quantity, before: str, after: str, text: str) -> Reading | None:
    """A figure that is a change: `by 40 %`, `40 % fewer`, `-40 %`, `+10 points`."""
    if after.lstrip().startswith("->") or re.search(r"->[\s~<>=]*\Z", before):
        return None  # `endpoints removed: 27 -> 0` says where from and where to
    cue = _nearest(before)
    if cue is not None and cue[0] is Role.ASIDE:
        return None
    if cue is not None and (cue[0] is Role.CHANGE and _by_is_change(figure, text)):
        return Reading(figure, Role.CHANGE, rises=_direction(text, figure))
    if re.search(r"(?<!\bup )\bto[\s~<>=]*\Z", before, re.I):
        return None  # `from 45 % to 65 %`, with the verb after it as in German
    if cue is not None and cue[0] is not Role.CHANGE and cue[1] not in ("", ">=", ">"):
        return None
    if figure.unit in ("%", "points", "x") and (found := _CHANGE_AFTER.match(after)):
        rises = True if found["rises"] else False if found["falls"] else None
        return Reading(figure, Role.CHANGE, rises=rises)
    if not figure.unit and figure.value and re.match(r"\s*fewer (?!than\b)[a-z]", after):
        return Reading(figure, Role.CHANGE, rises=False)  # `12 fewer outdated packages`
    if figure.sign and (figure.unit in ("%", "points") or len(text) < 24):
        return Reading(figure, Role.CHANGE, rises=figure.sign == "+")
    if figure.unit == "points" and re.search(r"\b(?:up|down|gain|add|rise of|increase of|drop of|plus)\b[\s~]*\Z", before, re.I):
        return Reading(figure, Role.CHANGE, rises=_direction(text, figure))
    if (figure.unit == "lines" and _LINES_GONE.match(after)) or (not figure.unit and _SOME_LINES_GONE.match(after)):
        return Reading(figure, Role.CHANGE, rises=False)
    if figure.unit == "%" and _FALLS_BEFORE.search(before):
        return Reading(figure, Role.CHANGE, rises=False)
    if figure.unit == "%" and _RISES_BEFORE.search(before):
        return Reading(figure, Role.CHANGE, rises=True)
    return None


def _by_is_change(figure: Quantity, text: str) -> bool:
    if figure.unit in ("%", "points", "x"):
        return True
    return bool(FALLING.search(text) or RISING.search(text)) and figure.unit not in ("weeks", "months")


def _direction(text: str, figure: Quantity) -> bool | None:
    """Which way the sentence's verb points: the one nearest before the figure, else the first after it."""
    falls = [found.start() for found in FALLING.finditer(text)]
    rises = [found.start() for found in RISING.finditer(text)]
    if not falls and not rises:
        return None

    def distance(places: list[int]) -> int:
        return min((abs(figure.start - place) for place in places), default=1 << 30)

    return distance(rises) < distance(falls)

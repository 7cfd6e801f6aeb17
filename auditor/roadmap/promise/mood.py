"""Whether a sentence promises something or only says how things stand, by its words, wherever it stands."""

import re

from auditor.roadmap.promise.masking import mask_conditions
from auditor.roadmap.promise.quantity import quantities
from auditor.roadmap.promise.wording import normalise, parts_as_shares

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|"
    "oct|nov|dec"
)
_WANTS = re.compile(
    r"\b(?:will|won't|shall|must|should|may not|can not|cannot|'ll|going to|wants? to|wanted|we want|aim\w*|commit\w*|"
    r"promis\w*|"
    r"pledg\w*|plan to|need(?:s|ed)? to|ha(?:s|ve) to|agreed|decided|said|goals?|targets?|until|"
    r"if|when|unless|reach(?:es)?|(?:fall|rise|drop|grow|go|come|shrink|climb)s? (?:down |up )?(?:by|to|below|under|above)|"
    r"remains?|"
    r"never again|no longer|any ?more|goes? (?:down |up )?to|never|soll\w*|zu (?:reduce|increase|remove|\w+en)|wird|werden|"
    r"muss|müssen|bis)\b",
    re.I,
)
_DUE = re.compile(
    rf"\bby (?:the )?(?:end|close|start|middle|christmas|new year|\d|q[1-4]|h[12]|sprint|phase|release|milestone|{_MONTHS}|"
    rf"20\d\d)",
    re.I,
)
_BOUNDS = re.compile(
    r"[<>]|->|\b(?:at (?:least|most)|(?:no|not) (?:more|less|fewer|higher|lower|longer|slower|worse)|max(?:imum)?|min(?:imum)?|"
    r"(?:or|and) (?:more|less|fewer|lower|higher|better|below|above)|(?:down|up) to|from ~?[\d.,]+ ?\w*%? to|"
    r"(?:up|down) from|all of|every|each|halve\w*|double)\b|\bto ~?\d|\A\W*0\b",
    re.I,
)
_UNDER = re.compile(r"\b(?:(?:fewer|less|lower) than|under|below) ~?\d", re.I)
"""A bound, unless the sentence says that it is so by now: `the p95 is under 450 ms`, `coverage is below 50 % today`."""
_CHANGES = re.compile(
    r"\A\W*(?:\w+ ){0,2}(?:clear|resolve|eliminate|delete|retire|"
    r"reduce|cut|raise|increase|lower|bring|drop|keep|get|remove|fix|limit|stay|halve|add|lift|shrink|"
    r"close)s?\b",
    re.I,
)
_STANDS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|takes?|took|sits?|stands?|stood|hovers?|counted|found|measured|apply|applies|"
    r"carr(?:y|ies)|we (?:ship|use|run|own|maintain|serve|operate|rely on|depend on)|"
    r"today|now|currently|at present|at the moment|so far|still|already|there's|it's|only|ist|sind|haben|hat|derzeit|heute|"
    r"aktuell|"
    r"rose|fell|ended|hurts?)\b",
    re.I,
)
_SURELY = re.compile(
    r"\b(?:today|currently|at present|at the moment|right now|as of (?:today|now)|so far|derzeit|heute|aktuell|only|was|"
    r"were|had|"
    r"counted|measured (?:in|at|on)|last (?:year|quarter|month|sprint)|already|still)\b",
    re.I,
)
_HAPPENED = re.compile(
    r"\A(?:(?:[^\d<>]|\d+(?:st|nd|rd|th)\b|\b20\d\d\b|\b\d+ of (?:the )?\d+\b)*?|\W*\d[\d,.]* (?:[a-z-]+ ){1,4}?)"
    r"\b(?<!that )(?<!which )(?<!who )"
    r"(?:was|were|had|sat|lay|meant|happened|broke|crashed|rose|fell|slid|sank|grew|shrank|went|came|got|took|gave|lost|crept|peaked|became|began|"
    r"war|waren|hatte|hatten|lag|lagen|fiel|fielen|gab|wurde|wurden|stieg|stiegen|sank|sanken)\b|"
    r"\A.*\bwe (?:had )?(?:promised|aimed|hoped|planned|wanted|committed|set out)\b",
    re.I,
)
_HAS_CHANGED = re.compile(
    r"\A[^\d<>]*\bha(?:s|ve) (?:(?:more than|almost|nearly|roughly) )?"
    r"(?:doubled|tripled|halved|grown|risen|fallen|dropped|increased|decreased|shrunk|gone (?:up|down)|worsened|improved)\b"
    r"(?=.*\b(?:since|(?:over|in) the (?:last|past)|last)\b)",
    re.I,
)
"""`The response time has doubled since the spring.`"""
_ANY_MORE = re.compile(r"\bany ?more\b", re.I)
_WILL = re.compile(r"\b(?:will|shall|must|'ll)\b", re.I)
"""A verb of the past before the sentence's figure: `Response times grew to 900 ms`."""
_DESCRIBES = re.compile(
    r"\b(?:roughly|about|around|approximately|some|nearly|almost) ~?\d|"
    r"\b(?:found|saw|seen|counted|discovered|noticed|owns?|makes? up|allows?|costs?|would|contains?|consists?)\b|"
    r"\A[^%]*\b(?:has|have)\b[^%]*\Z",
    re.I,
)
"""What is there: about so many, so many that were found."""
_BRACKETS = re.compile(r"\([^()]*\)")


def stands(text: str) -> bool:
    """Whether the sentence states a figure of how things are, and nothing of how they shall be: `34 advisories apply`."""
    words = _BRACKETS.sub(" ", normalise(text))
    if not _STANDS.search(words) or _WANTS.search(words) or _DUE.search(words):
        return False
    if _BOUNDS.search(words) or _CHANGES.match(words) or (_UNDER.search(words) and not _SURELY.search(words)):
        return False
    figures = quantities(mask_conditions(parts_as_shares(words)))
    return len(figures) == 1 and figures[0].value > 0


def bounds(text: str) -> bool:
    """Whether the sentence compares a figure: `<`, `at most`, `from … to`."""
    return bool(_BOUNDS.search(_BRACKETS.sub(" ", normalise(text))))


def wants(text: str) -> bool:
    """Whether the sentence says in words that it is to be so: `shall`, `by the end of June`, `reduce`."""
    words = _BRACKETS.sub(" ", normalise(text))
    return bool(_WANTS.search(words) or _DUE.search(words) or _CHANGES.match(words))


def describes(text: str) -> bool:
    """Whether the sentence tells what there is, roughly or as somebody found it, with no bound, wish or day beside it: `We found
    4 of them`, `roughly 14,000 lines`, `It has 14 endpoints`.
    """
    words = _BRACKETS.sub(" ", normalise(text))
    return bool(_DESCRIBES.search(words)) and not (wants(text) or bounds(text) or _UNDER.search(words))


def surely_stands(text: str) -> bool:
    """As `stands`, and a word such as `today` or `was` says it of the present or the past; or it tells what happened."""
    if _HAS_CHANGED.match(text):
        return True
    words = _BRACKETS.sub(" ", normalise(text))
    if (told := _HAPPENED.match(words)) and not (_DUE.search(words) or _CHANGES.match(words)):
        once = told.group().rpartition(" ")[2] in ("promised", "aimed", "hoped", "planned", "wanted", "committed", "out")
        if not (_WILL if once else _WANTS).search(_ANY_MORE.sub("", words)):
            return True
    return stands(text) and bool(_SURELY.search(words))

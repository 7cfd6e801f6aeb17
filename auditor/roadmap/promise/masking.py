"""Blanks what looks like a figure and is none: dates, versions, sprint names, tickets, deadlines. Offsets stay."""

import re

_MONTH = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|"
    r"sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)"
)
_DAY = r"\b\d{1,2}(?:st|nd|rd|th|\.)?"
_ALWAYS = (
    r"\d{4}-\d{2}-\d{2}",
    rf"(?:\b[1-9]\d?(?:st|nd|rd|th|\.)? ?(?:-|to|until|bis|and) ?)?{_DAY}[ /-]{_MONTH}\b\.?(?:(?:,? |[/-])\d{{4}}\b)?",
    rf"\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?: ?- ?\d{{1,2}})?\b(?!%| ?ms)(?:,? \d{{4}}\b)?",
    rf"\b{_MONTH}\.? (?:19|20)\d{{2}}\b",
    r"\b\d{1,2}(?P<dot>[./])\d{1,2}(?P=dot)(?:\d{4}|\d{2})\b",
    r"(?<![\d/])(?:0?[1-9]|[12]\d|3[01])/0[1-9](?![\d/])",
    r"\b(?:from|since) (?:19|20)\d\d\b(?! ?(?:to\b|->|%|ms\b|lines?\b|down\b|up\b))",
    r"\b[QH][1-4](?:[ /-]?(?:20)?\d{2})?\b",
    r"\bin 20\d{2}\b|\b20[2-4]\d\b(?=[-/ ]?(?:Q\d|H\d|figures?|baseline|level|average|median|result|value|:))|"
    r"\b(?:of|by|end of|since|from(?! 20\d\d (?:to|->))|than in|"
    r"vs) 20[2-4]\d\b",
    r"\b(?:sprint|phase|milestone|iteration|stage|wave|release|increment|week|weeks|wk|kr|key result|objective|okr|"
    r"pi|"
    r"epic|story|ticket|issue|pr|adr|rfc|section|tier|sev|severity|priority)"
    r"[ -]?#?(?!0 [a-z])\d+(?:\.\d+)*(?: ?[-/&] ?#?\d+(?![\d%]| ?%| ?ms))?\b(?! ?(?:%|ms\b|s\b|min\b|hours?\b))",
    r"\(\d+ [a-z]+(?:, | and )(?:and )?\d+ [a-z]+(?: [a-z]+)?\)",
    r"(?:^|(?<=\s)|(?<=\())#\d+\b",
    r"\b(?:before|after|until|by|at|from|between) \d{1,2}:\d{2}\b",
    r"\b(?:goal|objective|target|ziel) #?\d{1,2}(?=:)",
    r"(?-i:\b[A-Z][A-Z0-9]{1,9}-\d+\b)(?! ?%)",
    r"\b(?:p|sev|prio|s|m|kr|o|l)-?\d{1,3}\b(?!\s?%)(?!\.\d)",
    r"\b(?:bv|sp) ?\d{1,3}\b(?!\s?%)",
    r"\b\d{1,2}(?:st|nd|rd|th)(?:[- ](?:percentile|centile|%ile))?",
    r"\b(?:percentile|quantile)\s\d{2}\b|\b\d{2}[ -]percentile\b",
    r"\bn ?\+ ?1(?:s|'s)?\b",
    r"\bv\d+(?:\.\d+)*\b",
    r"\A\W*\+1\b(?=[.!,])",
    r"\b(?:python|django|flask|fastapi|postgres(?:ql)?|mysql|redis|node(?:\.js)?|react|vue|angular|typescript|java|"
    r"php|"
    r"http|tls|ssl|oauth|saml|wcag|iso|rfc|pep|utf|sha|aes|rsa|es|ipv|soc|pci[- ]dss|owasp top|owasp|top|cwe|cve|"
    r"ubuntu|debian|k8s|kubernetes|graphql|openapi|swagger|celery|sqlalchemy|pydantic|mypy|level)"
    r"[ /-]?v?\d+(?:[.-]\d+)*\+?\b(?! ?(?:%|ms\b))",
    r"\b(?:all|(?:any|each|every one|all) of (?:the|our|its|these)) \d+(?: (?=[a-z])|(?=\W*\Z))|"
    r"\b(?:fix|resolve|close|eliminate|patch|clear|drop|remove|delete|retire|replace)(?:e?s)? "
    r"(?:the|our|these) (?:(?:last|remaining|other|final|known|open) )?\d+ (?=[a-z])",
    r"\A\W*(?:option|variant|alternative|proposal|solution)s? #?\d{1,2}\b(?! ?%)",
    r"\bof the (?:last|past|previous|next|coming) \d+ (?:days|weeks|months|quarters|years)\b",
    r"\b(?:https?://|www\.)\S+",
    r"\b(?:(?:upgrad|bump|mov|port)\w*|migrat(?:e[sd]?|ing|ion(?= to)))\b[^.;,<>%]{0,60}?"
    r"\bto (?:\w+ )?v?\d+(?:\.\d+)*\b(?! ?(?:%|ms\b|s\b|min))",
    r"\b[45]xx\b|\bhttp [45]\d\d\b|\b(?:no|zero|fewer|of|status) [45]\d\ds\b|\b[45]\d\ds\b|\b[45]\d\d errors?\b",
    r"\b24/7\b|\b\d+x\d+\b|\bs3\b|\bec2\b|\bk6\b|\bh2\b|\bi18n\b|\bl10n\b|\ba11y\b|\be2e\b|\bb2b\b|\bmd5\b|"
    r"\bbase64\b",
)
_CONDITIONS = (
    r"\b(?:on|across|in|for|of|at|from)(?: all)?(?: of)?(?: the| our)? \d{1,3} (?:[a-z][a-z-]+ ){1,2}(?:endpoints|routes|"
    r"services|modules|packages|apps|pages|paths|queries|teams|tables|repositories|tenants|customers)\b",
    r"\([<>]=? ?[\d.,]+ ?[a-z%]{0,3}\)(?=[^()]*\d)|"
    r"(?<=[a-z]s )[<>]=? ?[\d.,]+ ?(?:lines|loc|ms|s|min|minutes|days|mb)\b(?=[^.;]*(?:->|\bto)[\s<>=~]*\d)",
    r"\b(?:per|every|each) \d+ \w+",
    r"\b(?:for|over|during|across|in|within)(?: the)?(?: (?:last|past|next|first|previous|trailing|coming))? "
    r"(?:\d+|two|three|four|six)(?: (?:consecutive|straight|full|rolling))?[ -]"
    r"(?:days?|weeks?|months?|quarters?|sprints?|releases?|years?|builds?|runs?)\b",
    r"\b\d+[- ](?:day|week|month|hour|minute)s?[- ](?:window|period|average|rolling|moving|trial|long|run|soak|"
    r"load)\b",
    r"\b(?:rolling|trailing|last|past|next) \d+[- ]?(?:d|h|days?|hours?|weeks?|months?)\b",
    r"\bafter \d+ (?:days?|weeks?|months?|sprints?|requests?)\b",
    r"\b(?:at|with|under|for|of|(?<!\()from|by|on|across|behind|serving|"
    r"handling)(?: a)?(?: load of)?(?: up to)?(?: all)?(?: the)? ~?[\d.,]+ ?[kKM]? "
    r"?(?:rps\b|qps\b|req(?:uests)?(?: ?/ ?s|(?: per (?:second|minute))?)\b|(?:concurrent|simultaneous|parallel|"
    r"active|virtual)? ?"
    r"(?:users?|vus?|connections?|clients?|sessions?|services?|endpoints|routes|repositor(?:y|ies)|teams?|tenants?|"
    r"modules?|"
    r"external services?|integrations|providers))\b",
)
_MASKS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _ALWAYS)
_CONDITION_MASKS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _CONDITIONS)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def mask(text: str) -> str:
    """The text with names and dates that hold digits blanked, same length."""
    for pattern in _MASKS:
        text = pattern.sub(_blank, text)
    return text


def mask_conditions(text: str) -> str:
    """As `mask`, and deadlines, windows and loads too (`for 12 consecutive weeks`, `at 500 rps`)."""
    text = mask(text)
    for pattern in _CONDITION_MASKS:
        text = pattern.sub(_blank, text)
    return text

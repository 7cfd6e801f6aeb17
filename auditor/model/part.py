"""The part of the code that a promise is about, where its words name one: then the whole project's figure does not judge it."""

import re

from auditor.model.roadmap import Target

_AREA = (
    r"cart|basket|checkout|log-?in|sign-?(?:up|in)|registration|auth(?:entication)?|identity|billing|invoic(?:e|es|ing)|payments?|"
    r"refunds?|pricing|search|catalog(?:ue)?|orders?(?! of)|shipping|bookings?|reservations?|onboarding|profiles?|admin|"
    r"imports?|importer|exports?|exporter|inventory|warehouse|storefront|notifications?|uploads?|subscriptions?|ledger|payouts?|quotes?|tickets?|webhooks?|reporting|"
    r"chat|calendar|scheduling|fulfil?lment|coupons?|discounts?|returns|recommendations?|dashboards?|messaging|"
    r"warenkorb|kasse|anmeldung|suche|bestell(?:ung|ungen)?|rechnung(?:en)?|zahlung(?:en)?|lager|versand"
)
"""What applications are commonly made of."""
_COUNTED = (
    r"routes?|endpoints?|handlers?|views?|quer(?:y|ies)|requests?|calls?|code|module|package|service|component|layer|paths?|page|"
    r"list|screen|flow|tests?|coverage|p\d\d|latency|api|dialog|form|job|worker"
)
_PLACE = r"(?:module|package|service|component|layer|subsystem|area|domain|flow|list|page|screen|dialog|form|job|worker)s?"
_WHOLE = r"(?!(?:whole|entire|same|main|hot|last|first|test|nightly|code|api|web|public|external|outbound|third-party)\b)"
_UNIT = (
    r"(?:module|package|(?:micro)?service|component|subsystem|layer|library|plug-?in)"
    r"(?! (?:levels?|managers?|desk|accounts?|objectives?|providers?|owners?|names?|versions?|count)\b)"
)
_NO_NAME = (
    r"(?!(?:whole|entire|same|main|hot|every|each|any|no|an?|one|per|single|all|another|other|given|such|new|old|first|last|"
    r"is|are|of|in|on|to|for|by|with|and|or|than|not|its|their|your|the|our|this|that|which|"
    r"external|outbound|internal|remote|upstream|downstream|third-party|party|outside|partner|public|self|"
    r"outdated|unused|vulnerable|affected|duplicated?|direct|transitive|pinned|unpinned|critical|python|pypi|installed|missing|"
    r"third|supported|known|unknown|maintained|unmaintained|deprecated)\b)"
)
"""Words before `module`, `package`, `service` that name no particular one."""
_ALL_OF_IT = (
    r"(?:most|worst|longest|largest|whole|entire|same|main|code|codebase|project|applications?|app|backend|server|system|product|repo\w*|tests?|lines?|"
    r"branch\w*|statements?|functions?|methods?|last|next|first|previous|present|current|new|changed|quarter|year|sprint|release|"
    r"python|company|platform)\b"
)
"""What a share is of where it is of no part: `coverage of the code base`."""
_OF_A_UNIT = re.compile(
    rf"\b(?:the|our|this|that) (?:{_NO_NAME}[a-z][\w-]* ){{1,2}}{_UNIT}\b|(?<![\w'’-]){_NO_NAME}[a-z][\w-]* {_UNIT}\b", re.I
)
_PART = re.compile(
    r"(?-i:(?<![\w/:.])(?:(?:[a-z_][\w.-]*/)+(?:[\w-]+\.py)?(?![\w/])|[\w-]+\.py\b))|"
    r"\b(?P<route>(?-i:GET|POST|PUT|PATCH|DELETE) /[\w{}<>:.-]*(?:/[\w{}<>:.-]+)*)|"
    r"(?<![\w/:.)<])(?P<url>/(?!(?:api/?)?v\d+\b|api\b(?!/))[a-z][\w{}-]{2,}(?:/[\w{}.-]+)*)(?![\w/])|"
    rf"{_OF_A_UNIT.pattern}|"
    r"(?<=\bin |\bof |\bon )(?:the|our|this|that) (?:module|package)\b|"
    rf"\b(?:in|of|on|for|from) (?P<place>(?:the|our|this|that) {_WHOLE}[a-z][\w-]* "
    r"(?:list|page|screen|dialog|form|job|worker|component|layer))\b|"
    rf"\b(?:coverage|complexity|duplication) (?:of|in|for) (?P<of>(?:the|our) (?!{_ALL_OF_IT})[a-z][\w-]*"
    r"(?: (?!(?:is|at|to|by|from|"
    r"above|below|under|over|rises|reaches|of|in|on|stays|will|shall|must)\b)[a-z][\w-]*)?)\b|"
    rf"\b(?:in|of|on|for|from|inside|within) (?P<area>(?:(?:the|our|every|all|each) )?(?:{_AREA})\b(?![/.\w])(?: {_PLACE}\b)?)|"
    rf"\((?P<bracketed>{_AREA})\)|"
    rf"(?<!-)\b(?P<named>(?:{_AREA}) (?:{_COUNTED}))\b|"
    rf"\b(?:im|in der|in den|beim|bei der|der|des) (?P<teil>(?-i:[A-ZÄÖÜ])[\wäöüß]*(?:modul|paket|dienst|maske|liste)s?)\b",
    re.I,
)
"""A folder, a file or a named part: `orders/`, `views.py`, `the import package`, `the order list`, `the cart`, `login routes`."""


def part_of(target: Target) -> str:
    """The part that the target names, else the one that its text names; empty for the whole project."""
    return target.part or named_part(target.text)


def without_unit(text: str) -> str:
    """The text with `the cache module` as `the cache`: that it is a module says nothing of what is measured."""
    return _OF_A_UNIT.sub(lambda found: found.group().rpartition(" ")[0], text)


def named_part(text: str) -> str:
    """The part of the code that the text names; empty where it names none."""
    found = _PART.search(text)
    return next((said for said in found.groups() if said), found.group()) if found else ""

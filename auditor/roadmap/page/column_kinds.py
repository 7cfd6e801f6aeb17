"""What a table's column holds, by the words of its heading: the vocabulary, as teams head their columns."""

import re

from auditor.roadmap.calendar.dates import strip_dates
from auditor.roadmap.calendar.labels import (
    Label,
    label_at_start,
    labels_in,
    period_at_start,
    stage_at_start,
    version_at_start,
)

OWNER = (
    r"(?:owned by|owners?|dri|who(?: (?:drives|owns|leads|does)(?: it)?)?|leads?|led by|assignees?|assigned to|"
    r"responsible|accountable|answerable|in charge|point person|champion|captain|steward|pic|persons?|"
    r"(?!account |line |hiring |key )(?:[a-z]+ ){1,2}(?:lead|owner|captain|manager|driver)|"
    r"(?:owning|responsible|accountable) team|driver|coordinator|coordinated by|maintainer|"
    r"verantwortlich\w*|verantw\.?|zuständig\w*|wer)(?: person| \(.*\)| (?:of|for) (?:all|every|each|these|this|the)\b.*)?"
)  # fmt: skip
_SEASON = (
    r"january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|fall|winter"
)
_TIME = rf"(?:the )?(?:{_SEASON}|start|beginning|outset|sprint|week|q[1-4]|h[12]|\d{{1,2}}\b|20\d\d)"
"""What figures may have been measured in: `Measured in May`, and not `Measured in Grafana`."""
_KINDS: tuple[tuple[str, str], ...] = (
    ("sprint", r"(?:fix|target|planned)[ -]?versions?|"
     r"(?:target|due|goal|end|finish|delivery|completion|planned)? ?(?:dates?|sprints?|milestones?|"
     r"phases?|iterations?|quarter|release|trains?|waves?|stages?|"
     r"increments?|cycles?|wp|work packages?)|when|by|days?|due(?: by| in)?|"
     r"deadline|timeline|eta|until|termin|frist|zieltermin|abschnitte?|etappen?|meilensteine?|"
     r"(?:by|in|which) (?:when|sprint|phase|milestone)|delivered in|bis|wann"),
    ("weeks", r"weeks?|duration|time ?frame|length"),
    ("dates", r"windows?|periods?|zeitraum|time ?box|calendar|date range|runs?"),
    ("starts", r"starts?(?: date)?|begins?|from date"),
    ("ends", r"ends?(?: date)?|finish(?:es)?"),
    ("unit", r"units?"),
    ("operator", r"operator|direction|comparator|op\.?|comparison|rule"),
    ("status", r"rag|traffic lights?|health|ampel|"
     r"(?:current )?(?:status|state)|done\??|progress|completed?\??|met\??|achieved\??|✓|✔|✅|☑|"
     r"confirmed\??|verified\??|reached\??|accepted\??|"
     r"delivered\??|"
     r"\[ ?x? ?\]|checked|erledigt"),
    ("owner", OWNER),
    ("side", r"amber|yellow|red|orange|gelb|rot|"
     r"sponsors?|reviewers?|mentors?|facilitators?|authors?|approvers?|contacts?|"
     r"notes?|remarks?|est\.?|estimates?|story points|points|sp|size|t-?shirt(?: size)?|pts|ticket|jira|source|how(?! much|"
     r" many)(?: .*)?|tool(?:s|ing)?|priority|effort|comments?|weight|evidence|trend|"
     rf"gap|risks?|team|measure(?:d|ment)(?! (?:today|now|currently|so far|last|value|(?:in|on|at) {_TIME}))(?: .*)?|"
     r"frequency|why|rationale|impact|#|id|no\.?|nr\.?|stretch(?: .*)?|warning|alert|"
     r"method|data source|delta|change|resources?|"
     r"improvement|reference|link|confidence|critical(?: threshold)?|dependenc(?:y|ies)|mitigation|likelihood"),
    ("goal", r".*\b(?:targets?|zielwert|soll-?wert|"
     r"to[- ]be|desired|thresholds?|slo|aim|required|requirement|limit|expected|promised?|"
     r"commit(?:ment|ted)?|wanted|we want|criteri(?:a|on)|acceptance|"
     r"after|ziel|alvo|meta|objetivo|objectif|cible|doel|(?:should|shall|must) (?:be|hold)|soll|goal value|we promise|end state|"
     r"new)\b.*|goals?|green|grün|then|"
     r"(?:quality |exit )?gates?|to|budget|(?:fulfilled|met|done|satisfied|reached|kept|passed) (?:when|if)|"
     r"from \d{1,2}(?:st|nd|rd|th|\.)? [a-zä]{3,9}(?: 20\d\d)?|"
     rf"(?:by|until|at|end of)(?: the)?(?: end of)?(?: the)? (?:{_SEASON}|year|quarter)"),
    ("baseline", r".*\b(?:current(?:ly)?|baseline|now|today|as[- ]is|before|starting(?: point)?|actual|status quo|"
     r"initial|present|existing|previous|last|old|ist|ist-?wert|"
     r"ausgangswert|heute|aktuell|derzeit|bisher)\b.*|where we (?:are|stand)|"
     rf"from|start|value|measured(?: (?:in|on|at) {_TIME}\b.*)?|is|as of \w+|was(?: (?:on|in|at)\b.*)?"),
    ("deliverables", r"(?:key |main )?deliverables?|scope|work|tasks?|features?|content|highlights|activities|stories"),
    ("focus", r"focus|theme|title|summary|deliverables?|scope|outcomes?|main goal|sprint goal|key deliverables|"
     r"content|highlights|work|features?"),
    ("metric", r"def\.?|definition|bezeichnung|merkmal|kriterium|.*\b(?:metrics?|kpis?|measures?|indicators?|name|what|"
     r"items?|key results?|kr|attribute|"
     r"objectives?|kennzahl|aspect|topic|description|check|"
     r"subject|quality|question|conditions?)\b.*"),
    ("category", r"category|areas?|dimension|pillar|group|type|domain|component|goal area|bereich"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(pattern, re.I)) for kind, pattern in _KINDS)
_VALUE_OF = re.compile(
    r"\A(?:values?|levels?|figures?|wert)\s+(?:at |by |for |in )?(?:the )?"
    r"(?=(?:end|middle|start) of|[A-Z][a-z]+\b|Q\d|sprint|phase)",
    re.I,
)


def kind_of(header: str) -> tuple[str, Label | None]:
    """The kind of the column so headed, empty where its heading says none, and the sprint or period that it names."""
    text = re.sub(r"\s*[(\[][^()\[\]]*[)\]]\s*\Z", "", header).strip(" *:?").lower() or header.strip(" *").lower()
    header = _VALUE_OF.sub("", header.strip(" *"))
    label = label_at_start(header)
    if label is not None and label.refers:
        label = None
    label = (
        label
        or period_at_start(header)
        or version_at_start(header)
        or stage_at_start(header)
        or next(iter(labels_in(header)), None)
        or _bare_half(header)
        or _period_in_brackets(header)
        or _iso_month(header)
    )
    if label and re.search(r"\b(?:actual|baseline|current|now|before|results?|achieved|was|ist)\b", header, re.I):
        return "baseline", None
    bracket = re.search(r"[(\[]\s*([^()\[\]]{2,20}?)\s*[)\]]\s*\Z", header)
    is_time = bracket is not None and not re.search(r"[^\W\d]", strip_dates(re.sub(r"\b20\d\d\b", "", text)))
    said = (text, bracket[1].lower()) if bracket and is_time else (text,)  # `2026 (target)`, `2 March (baseline)`
    kind = next((kind for one in said for kind, pattern in _PATTERNS if pattern.fullmatch(one)), "")
    if label and kind in ("", "goal", "sprint", "category", "metric"):
        return ("goal" if kind == "goal" else ""), label
    return kind, None


def _bare_half(header: str) -> Label | None:
    """`H1 goal` is due in the first half of the page's year."""
    found = re.match(r"H([12])\b", header.strip())
    return Label(f"half:h{found[1]}", f"H{found[1]}", 0, found.end()) if found else None


def _period_in_brackets(header: str) -> Label | None:
    """`Target (Dec)` is due in December."""
    found = re.search(r"[(\[]((?:end of |by )?[A-Z][a-zä]{2,8})[)\]]\s*\Z", header)
    return period_at_start(found[1]) if found else None


def _iso_month(header: str) -> Label | None:
    """`2026-06` heads what is due in that month."""
    found = re.fullmatch(r"20\d{2}-(?:0[1-9]|1[0-2])", header)
    return Label(f"month:{header}", header, 0, found.end()) if found else None

"""What a heading's section is about: success metrics, goals, deliverables, the present state, or nothing to judge."""

import re
from enum import Enum


class Section(Enum):
    """The kind of a section, from its heading."""

    METRICS = "metrics"
    GOALS = "goals"
    DELIVERABLES = "deliverables"
    PRESENT = "present"
    ASIDE = "aside"
    ASIDE_ALONE = "aside alone"
    """An aside unless it stands within the metrics, where it names a kind of metric (`### Dependencies`)."""
    OTHER = "other"


_SURE = re.compile(
    r"\b(?:must[- ]haves?|should[- ]haves?|(?:success|acceptance|exit|completion|release|quality|done) (?:metrics?|criteria|"
    r"criterion|measures?|"
    r"indicators?|gates?|targets?|goals?|bar|"
    r"thresholds?|objectives?)|kpis?|key (?:results?|metrics?|performance indicators?|measures?|figures)|okrs?|"
    r"definition of done|dod|"
    r"measures? of success|metrics?|slos?|service[- ]level (?:objectives?|targets?|goals?)|scorecard|exit when|"
    r"done when|"
    r"(?:performance|latency|error|speed|complexity) budgets?|acceptance|we(?:'ll| will)? (?:promise|commit|"
    r"measure)|how (?:do |will |would |can |shall )?we(?:'ll| will| would)? (?:know|measure|tell|judge)|"
    r"(?:what|how) (?:we (?:promise|will measure|"
    r"measure|know)|(?:success|done|good) looks? like|do we know|will we know|we'll know|you'll know)|(?:our |"
    r"the )?(?:numbers|promises|commitments|pledges)|"
    r"measurable \w+|success looks like|erfolgskriterien|kennzahlen|abnahmekriterien|"
    r"was wir (?:zusagen|versprechen|erreichen|messen)|zusagen|"
    r"zusicherungen|what success means|success)\b"
    r"|\A\W*gates?\W*\Z|\A(?:\w+ ){0,3}(?:targets?|indicators?|criteria|thresholds?|benchmarks?|measures?)\b(?! (?:audience|"
    r"date|"
    r"users?|market|group|state|architecture|release|version|milestone|sprint|quarter))",
    re.I,
)
_UNPROMISED = re.compile(
    r"\b(?:do|does|did|will|can) ?n[o']t (?:yet )?(?:commit|promise|plan|include|cover|track|watch)\b|"
    r"\A\W*(?:what|things|topics|work|items) (?:that )?we (?:are|do|will|would|did|wo|can)(?: not|n't)\b|"
    r"\bnot (?:promised|guaranteed)\b|\bno (?:commitment|promise)s?\b|\bnot to (?:promise|commit|plan|include|cover|track|do)\b|"
    r"\A\W*nicht (?:teil|im|in|enthalten|geplant|zugesagt)\b|\A\W*not (?:on|in|part of|within|among|included|covered|planned)\b|"
    r"\A\W*not (?:(?:our|the|yet|an?|real(?:ly)?) )*(?:okrs?|goals?|targets?|metrics|kpis?|promis\w*|commit\w*|objectives?|"
    r"for (?:now|this)|"
    r"this (?:year|half|quarter|time|round))\b|"
    r"\A\W*(?:comments?|discussion|parked|postponed|on hold|paused|shelved|cancell?ed|withdrawn|descoped|ice ?box)"
    r"(?: (?:items?|work|topics?|goals?|okrs?|ideas?|for (?:now|later)|until .*|to .*))?\W*\Z",
    re.I,
)
_PER_PIECE = re.compile(
    r"\b(?:for|of|per) (?:(?:every|each|a|any|all) )?(?:tickets?|stor(?:y|ies)|tasks?|prs?|pull requests?|changes?)\b", re.I
)
"""What holds for every piece of work is no promise of the roadmap: `Definition of done for every ticket`."""
_SUCCESS = re.compile(
    r"\bwhen we(?: a|')re (?:done|finished|through)\b|"
    r"\b(?:(?:a )?success|successful|worked|done|finished|complete) (?:when|if|once)\b|"
    r"\bhow (?:we|you) (?:will |would )?(?:know|tell|see)\b|"
    r"\bmust (?:all )?(?:be|have been) (?:green|met|true|fulfilled|satisfied|reached)\b",
    re.I,
)
_ASIDE = re.compile(
    r"\b(?:how we work|ways? of working|working agreements?|"
    r"risks?|mitigations?|roll-?backs?|out of scope|non-?goals?|not in scope|not doing|not (?:committed|"
    r"planned|included|part)|won't do|backlog|"
    r"parking lot|budgets?|next steps?|"
    r"communications?|stakeholders?|approvals?|sign-?off|references?|further reading|links|appendix|glossary|"
    r"change ?log|history|revisions?|lessons|"
    r"retrospectives?|retro|scoring|grading|"
    r"post-implementation|reviews?|meetings?|cadence|ceremon\w+|rituals?|faq|contents|"
    r"assumptions?|questions?|decisions(?! (?:for|in|until|by) )|decision (?:log|record)s?|escalations?|polic(?:y|ies)|"
    r"contacts?|future|ideas?|later|not now|not yet|someday|nice to haves?|wish ?list|alternatives?|training|"
    r"hiring|contingenc\w+|"
    r"costs?|legend|licen[cs]e|how to|usage|"
    r"install\w*|getting started|commands?|contributing|status updates?|reporting|incident response|runbooks?|"
    r"on-?call|support|alert(?:ing)? (?:thresholds?|rules?)|"
    r"chatter|chit-?chat|gossip|news|worr(?:y|ies)|(?:since|until) (?:the |our )?(?:last|next|previous) \w+|"
    r"what (?:held|slowed|"
    r"stopped|blocked|delayed)|abandoned|dropped|what happened|root causes?|rejected|declined|deferred|exclusions?)\b|"
    r"\b(?:risiken|rückblick|offene fragen|nicht im umfang|nichtziele|annahmen|anhang|verlauf|ideen(?:speicher)?|"
    r"went (?:well|wrong|badly)|"
    r"(?:did|does|could|might|can) (?:not )?(?:go (?:well|wrong|badly))|what (?:did not|didn't)|progress log)\b|"
    r"\A\W*stretch(?: goals?| targets?)?\W*\Z|"
    r"\A(?:index|slis?|service[- ]level indicators?|definitions?|quer(?:y|ies)|formulas?|measurement)\Z",
    re.I,
)
_ASIDE_ALONE = re.compile(
    r"\b(?:team|people|staffing|roles?|dependenc(?:y|ies)|pre-?requisites?|infrastructure|resources?|effort|"
    r"environments?|tools?|tooling|notes?|"
    r"owners?|constraints?|capacity|monitoring plan|rollout|background|context|blockers?)\b",
    re.I,
)
_PRESENT = re.compile(
    r"\b(?:current (?:state|status|situation|baseline|position|metrics)|baselines?|as[- ]is|status quo|\Awhy|where (?:we|"
    r"things) (?:are|stand)|current (?:\w+ ){0,3}(?:inventory|numbers|figures|values)|today|starting "
    r"point|situation|findings|problems?|pain points?|(?:what|where it) hurts|problem statement|known issues|present state|"
    r"motivation|ausgangslage|ausgangssituation|ist-zustand|ist-stand|bestandsaufnahme)\b",
    re.I,
)
_STAND = re.compile(
    r"\A\W*before\W*(?:[(\[,:–-].*)?\Z|[(\[](?:before|current|today|now|baseline(?: [^()\[\]]*)?|actual|as[- ]is|"
    r"start)[)\]]\W*\Z",
    re.I,
)
_WANTED = re.compile(r"\A\W*(?:after|target)\W*(?:[(\[,:–-].*)?\Z|[(\[](?:after|targets?|goals?|to[- ]be)[)\]]\W*\Z", re.I)
"""`Metrics (before)` and `Metrics (target)` are of one kind but for their brackets."""
_GOALS = re.compile(
    r"\b(?:goals?|objectives?|outcomes?|aims?|ambitions?|ziele?|highlights?|"
    r"where we (?:want|will|need|ought|should|would like) .*|where we(?: a|')?(?:re)? (?:go|going|head|heading|headed))\b",
    re.I,
)
_DELIVERABLES = re.compile(
    r"\b(?:deliverables?|tasks?|scope|work(?: items| packages)?|stories|features?|activit(?:y|ies)|actions?|"
    r"to-?dos?|items|checklist|what we(?:'ll| will)? (?:do|change|improve|deliver)|"
    r"focus|themes?|initiatives?|projects?|epics?|implementation|steps|plan)\b",
    re.I,
)
_TARGET_STATE = re.compile(
    r"\b(?:target (?:state|architecture|audience|date|users?)|summary|vision|overview|introduction|about)\b", re.I
)
_EXPLICIT = re.compile(
    r"\b(?:metrics|kpis?|criteria|key results?|scorecard)\b|\A\W*what we(?:'ll| will)? (?:change|improve|deliver)\b", re.I
)
"""What else a heading speaks of, it is no aside: `What we change in how we work`."""
_LABEL_WORDS = frozenset(
    "scoring grading deadline "
    "effort capacity velocity resources resource risk risks owner owners lead team dependencies dependency notes note duration "
    "estimate status priority budget mitigation remark remarks legend fyi hinweis anmerkung history changelog "
    "exclusions exclusion excluded exclude excludes format "
    "trigger impact likelihood audience format frequency channel day location date author version timeline updated "
    "created how tool tools source why context "
    "evidence rationale reviewers stakeholders participants prerequisites blocked blockers cost assumption "
    "assumptions rollback reviewer contact related "
    "updated window schedule approach story example sign-off signoff approver "
    "specific achievable relevant realistic attainable".split()
)


_NUMBERED = re.compile(
    r"\W*(?:finding|initiative|theme|pillar|topic|workstream|work ?stream|step|problem|recommendation|track|project|epic|story|"
    r"priority|area)\s*#?(?:\d{1,2}|[A-H])\s*[:.–—-]",
    re.I,
)
NAMED_TEAM = (
    r"(?:[Tt]eam|[Ss]quad|[Tt]ribe|[Gg]uild|[Cc]hapter|[Cc]rew) (?!(?:Structure|Members?|Goals?|Targets?|Health|Velocity|Charter|"
    r"Leads?|Size|Set-?up|Topolog\w+|Capacity|Roles?|Norms|Rituals?|Plan|Work|Agreements?|Responsibilit\w+|Composition|Contacts?|Metrics|"
    r"Building|Training|Morale|Satisfaction|Performance|Pre-?requisites?|Requirements?|Objectives?|Commitments?|Values|Rules|Processes|"
    r"Budget|Resources|Dependencies|Communication|Meetings?|Events?|Calendar|Updates?|Status|Allocation|Staffing|Changes|Notes|"
    r"Actions?|Overview|Availability|Decisions?|Risks?|Needs|Skills|Onboarding)\b)[A-ZÀ-Þ\d][\w/&-]*(?: [A-ZÀ-Þ][\w/&-]*)?"
)
"""`Team Harbour`, and no `Team Structure`."""
_MEASURED_WORDS = frozenset("dependencies dependency cost duration frequency related resources resource response".split())


def section_of(heading: str) -> Section:
    """The kind of section under this heading."""
    if re.match(r"\W*(?:objective|O)[\s#]?\d{1,2}\b", heading):
        return Section.GOALS  # whatever it is about: `O1: Customers answer their own questions`
    if _NUMBERED.match(heading) or re.fullmatch(NAMED_TEAM, heading):
        return Section.OTHER  # whatever it is about: `Finding 3: Slow reporting`
    if _TARGET_STATE.search(heading) and not re.search(r"\b(?:metrics|kpis?|criteria)\b", heading, re.I):
        return Section.OTHER
    if _STAND.search(heading) or _WANTED.search(heading):
        return Section.PRESENT if _STAND.search(heading) else Section.METRICS
    if _UNPROMISED.search(heading) or (_SURE.search(heading) and _PER_PIECE.search(heading)):
        return Section.ASIDE
    if _SUCCESS.search(heading):
        return Section.METRICS
    explicit = _EXPLICIT.search(heading)
    if (
        _ASIDE.search(heading)
        and not explicit
        and not re.search(r"(?:performance|latency|error|speed|complexity) budget(?! polic)", heading, re.I)
    ):
        return Section.ASIDE
    if re.search(r"\bcurrent (?:state|status|situation|metrics)\b", heading, re.I):
        return Section.PRESENT
    for pattern, kind in (
        (_SURE, Section.METRICS),
        (_GOALS, Section.GOALS),
        (_PRESENT, Section.PRESENT),
        (_ASIDE_ALONE, Section.ASIDE_ALONE),
        (_DELIVERABLES, Section.DELIVERABLES),
    ):
        if pattern.search(heading):
            return kind
    return Section.OTHER


def is_unpromised(text: str) -> bool:
    """Whether the words say that what follows is no promise: `What we do not promise: …`."""
    return _UNPROMISED.search(text) is not None


def is_side_label(lead: str, among_metrics: bool = False) -> bool:
    """Whether a label such as `Effort:` or `Owner:` introduces something that is no promise.

    Among metrics `Dependencies:` and the like are what is measured.
    """
    words = lead.lower().split()
    if among_metrics and words and not {words[0], words[-1]}.isdisjoint(_MEASURED_WORDS):
        return False
    if words[-2:] == ["error", "budget"] or re.fullmatch(NAMED_TEAM, lead):
        return False
    return bool(words) and len(words) <= 3 and (words[0] in _LABEL_WORDS or words[-1] in _LABEL_WORDS)

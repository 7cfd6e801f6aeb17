"""The one stretch of time that a whole page is about, where it has no sprints: by name, or by its first and last day."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from auditor.roadmap.binding import candidates
from auditor.roadmap.calendar.dates import Span, read_span, strip_dates
from auditor.roadmap.calendar.labels import Label, cell_label, label_at_start, labels_in
from auditor.roadmap.calendar.years import following
from auditor.roadmap.page.headings import Section
from auditor.roadmap.page.outline import Placed, leads_of
from auditor.roadmap.plan.drafts import CONTAINERS, LIMIT_SPRINTS, Draft, span_of
from auditor.roadmap.plan.due import add_due

_WHOLE_LEAD = re.compile(
    r"(?:target |planned |fix |current )?(?:sprint|iteration|milestone|release|quarter|period|time ?frame|timeline|time ?box|"
    r"horizon|cycle|increment|version)",
    re.I,
)
_DUE_LEAD = re.compile(
    r"(?:target |planned |expected )?(?:due|deadline|target|release|ship|completion|end|(?:code |feature )?freeze|"
    r"go-?live|launch)(?: date)?(?: for (?:all|everything|all of (?:it|this|them)))?|due (?:by|on)|ships?(?: on)?",
    re.I,
)
_START_LEAD = re.compile(r"(?:start|starts|begin|begins|from|kick-?off)(?: date| on)?", re.I)
_WHEN_LEAD = re.compile(r"(?:target |planned )?(?:sprint|iteration)|(?:planned|scheduled)(?: for| in)?", re.I)
_DUE_KEYS = ("due", "due_date", "due-date", "duedate", "deadline", "target_date", "target-date", "ends", "end", "until")
_WHOLE_KEYS = ("sprint", "iteration", "milestone", "release", "quarter", "period", "cycle")
_BY = re.compile(
    r"\b(?:by|until|in|during|for|within|before|end of)(?: the)?(?: end of| close of)?(?: the)?\s+\Z|"
    r"\b(?:due|deadline|when|time-?bound|by|until|(?:due|target) date):\s*(?:the )?(?:end of )?(?:the )?\Z",
    re.I,
)
_AFTER = re.compile(r"\b(?:after|since|following|before|post|from|as of|starting)(?: the)?[\s-]+\Z", re.I)
"""`Improvements after the Q1 retro` are not for the first quarter."""
_OF_A_WEEK = re.compile(
    r"\b(?:status|report|update|notes|weekly|digest|summary|minutes|recap|retro\w*|exports?|stand-?up)\b", re.I
)
"""A title that names the week of which it tells."""
_STOOD = re.compile(r"\(\D{0,12}\d[^()]*\b(?:in|during)(?: the)?\s+\Z", re.I)
"""`(11 in the second quarter)` is how things stood."""
_NAME = re.compile(r"[`\"']?(?P<name>v?\d+(?:\.\d+)+|[A-Z]\w*(?:[ .-]\d+)+)[`\"']?(?=\s*(?:[(,;–—-]|\Z))")
_NAME_AND_DAY = re.compile(r"(?P<name>[^\W\d][^()\[\]:;]{1,40}?)\s*(?:[(\[,]|\s[–—-]\s)(?P<day>[^()\[\]]{5,30})")
"""`Enterprise GA (30 June 2026)`."""
_DUE_LINE = re.compile(
    r"(?:due|deadline|closes|ships|(?:the|this) (?:release|version|launch|product) "
    r"(?:goes out|goes live|ships|is (?:due|released)))"
    r"(?: on| by)?:? (?=[\w ,.]*\d)",
    re.I,
)
_DATED_LEAD = re.compile(
    r"(?:period|time ?frame|timeline|time ?box|window|duration|schedule|dates|runs|valid|zeitraum|laufzeit)", re.I
)
_NO_NAME = re.compile(rf"(?:{_DATED_LEAD.pattern})|(?:{_START_LEAD.pattern})|(?:{_DUE_LEAD.pattern})", re.I)
_DATED_HEAD = re.compile(r"\W*(?:(?:sprint|iteration|project) )?(?:dates|period|timeline|time ?frame|duration|when)\W*", re.I)
_ALL_DUE = re.compile(
    r"\b(?:(?:all|each|every one) of (?:the following|these|our)\b[^.;\d]{0,30}? (?:by|until|before|on)|"
    r"(?:everything|all(?: of (?:this|it|them))?|these|targets?)(?: \w+)? (?:is|are|be)? ?(?:due|done|finished)(?: on|"
    r" by)?|(?:everything|all of (?:this|it|the above)) (?:by|until|before)|"
    r"(?:what|everything) (?:everybody|everyone|we(?: all)?|each of us|the team)\b[^.;\d]{0,30}? (?:by|until|before)|"
    r"(?:by|at|until)(?= the end of|  end of| end of)|(?:code |feature )?freeze(?: on|:)?|ending(?: on)?|(?:gelten|"
    r"gültig) bis(?: zum)?)\s*(?=[\w ,.]*\d)",
    re.I,
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_UNTIL = re.compile(r"\b(?:until|till|through|ends?(?: on)?|expires?(?: on)?|bis(?: zum)?)\s+(?=[\w ,.]*\d)", re.I)
_SHORT_WORDS = 10
"""`In force until 30 November 2026.` above all promises."""
_OWN = (Section.OTHER, Section.GOALS, Section.METRICS)
_LASTS = re.compile(
    r"\b(?:valid|keep|hold|apply|applies|promise|run|runs|last|lasts|commit|between|plan|roadmap|programme|program|starting|"
    r"starts|kick-?off|gültig)\b",
    re.I,
)
_FROM = re.compile(r"\b(?:from|between|dates?|von)\b", re.I)
_MEASURED = re.compile(r"\b(?:measured|was|were|baseline|data|had|figures|survey\w*|sampled|audit(?:ed)?|incident)\b", re.I)


def add_whole(page: Sequence[Placed], matter: Mapping[str, str], drafts: dict[str, Draft], year: int, since: date | None) -> None:
    """On a page that has no sprint: the stretch that its title, a labelled line or its promises name.

    `since` is the day on which the page was written, if it says so.
    """
    if drafts:
        return
    labels = _whole(page, matter) or _mentioned(page) or _alone(page)
    if len(labels) == 1 and _is_past(labels[0], page, drafts, year, since):
        return
    span = Span() if labels else following(_dated(page, matter, year), since)
    if span.ends:
        drafts["stretch"] = Draft(Label("stretch", _lead_of(page, span, year) or _name(span.starts, span.ends), 0, 0), "")
        drafts["stretch"].spans.append(span)
    if not labels and not span.ends:
        add_due(page, drafts, year, since)
        return
    for label, text in labels[:LIMIT_SPRINTS]:
        draft = drafts.setdefault(label.key, Draft(label, ""))
        beside = text if label.kind in CONTAINERS else text[: label.start] + text[label.end :]
        draft.spans.append(span_of(beside, label, year))
    led = [matter[key] for key in _DUE_KEYS if matter.get(key)]
    if len(labels) == 1 and not (drafts[labels[0][0].key].first("starts") or drafts[labels[0][0].key].first("ends")):
        drafts[labels[0][0].key].spans.extend(read_span(said, year, only_end=True) for said in (*led, *_due(page)))
        begun = (rest for placed in page for lead, rest in leads_of(placed) if _START_LEAD.fullmatch(lead))
        drafts[labels[0][0].key].spans.extend(Span(read_span(rest, year).starts) for rest in begun)


def _is_past(named: tuple[Label, str], page: Sequence[Placed], drafts: dict[str, Draft], year: int, since: date | None) -> bool:
    """Whether all that is promised is due after the stretch that the page names: `audit of May 2026`; then the days count."""
    label, text = named
    last = span_of(text, label, year).ends
    if label.kind not in CONTAINERS or last is None:
        return False
    found: dict[str, Draft] = {}
    add_due(page, found, year, since)
    if not found or any(isinstance(ends := draft.first("ends"), date) and ends <= last for draft in found.values()):
        return False
    drafts.update(found)
    return True


def _due(page: Sequence[Placed]) -> Iterator[str]:
    """What stands behind `Due date:`, or in a line such as `Due by April 30, 2026 · 62% complete`."""
    for placed in page:
        yield from (rest for lead, rest in leads_of(placed) if _DUE_LEAD.fullmatch(lead))
        if placed.block.kind == "line" and (due := _DUE_LINE.match(placed.block.text) or _ALL_DUE.search(placed.block.text)):
            yield placed.block.text[due.end() :][:30]


def _dated(page: Sequence[Placed], matter: Mapping[str, str], year: int) -> Span:
    """The first and last day of the page: in its front matter, a labelled line, its title, or the one sentence with such.

    Where none says both, the one day by which a heading or a sentence wants it all done.
    """
    title = next((placed.block.text for placed in page if placed.block.kind == "heading"), "")
    leads = [(lead, rest) for placed in page for lead, rest in leads_of(placed)]
    said = [matter[key] for key in ("period", "timeline", "dates") if matter.get(key)]
    said += [rest for lead, rest in leads if _DATED_LEAD.fullmatch(lead)]
    said += [placed.block.text for placed in page if placed.frames and _DATED_HEAD.fullmatch(placed.frames[-1].text)]
    begins = next((rest for lead, rest in leads if _START_LEAD.fullmatch(lead)), "")
    said += [f"{begins} - {rest}" for lead, rest in leads if begins and _DUE_LEAD.fullmatch(lead)][:1]
    said += [rest for lead, rest in leads if len(lead.split()) < 4 and not _words(rest)]
    spans = [span for text in (*said, title) if (span := _both(text, year))]
    if spans:
        return spans[0]
    texts = [placed.block.text for placed in page if placed.block.kind in ("line", "heading") and placed.section in _OWN]
    told = {
        span
        for text in texts
        if (_LASTS.search(text) or not _words(_FROM.sub("", text))) and not _MEASURED.search(text) and (span := _both(text, year))
    }
    if len(told) == 1:
        return told.pop()
    if led := next((ends for key in _DUE_KEYS if (ends := read_span(matter.get(key, ""), year, only_end=True)).ends), None):
        return led
    dues = [text[by.end() :][:24] for text in texts if (by := _ALL_DUE.search(text))]
    own = [placed for placed in page if len(placed.frames) < 2 and placed.block.kind == "line" and not placed.opens]
    told_of = [one for placed in own for one in _SENTENCE.split(placed.block.text)]
    short = [one for one in told_of if len(one.split()) < _SHORT_WORDS and not candidates(one)]
    dues += [one[until.end() :][:24] for one in short if (until := _UNTIL.search(one))]
    dues += _due([placed for placed in page if len(placed.frames) < 2 and placed.block.kind == "line"])
    last = {span.ends: span.floats for due in dues if (span := read_span(due, year, only_end=True)).ends}
    return Span(None, next(iter(last)), floats=all(last.values())) if len(last) == 1 else Span()


def _lead_of(page: Sequence[Placed], span: Span, year: int) -> str:
    """The name that the page gives its stretch: `Spring term: 2 March – 29 May 2026`; empty for `Period` and its like."""
    own = ((lead, rest) for placed in page for lead, rest in leads_of(placed) if not _NO_NAME.fullmatch(lead))
    return next((lead for lead, rest in own if len(lead.split()) < 4 and not _words(rest) and _both(rest, year) == span), "")


def _words(text: str) -> bool:
    """Whether the text says more than dates."""
    return re.search(r"[^\W\d]", strip_dates(text)) is not None


def _both(text: str, year: int) -> Span | None:
    span = read_span(text, year)
    return Span(span.starts, span.ends, floats=span.floats) if span.starts and span.ends and span.starts < span.ends else None


def _name(starts: date | None, ends: date) -> str:
    """`Q3 2026` for what is just that quarter, else both days."""
    last = f"{ends.day} {ends:%B} {ends.year}"
    if starts is None:
        return f"Until {last}"
    following = ends + timedelta(days=1)
    months = (following.year - starts.year) * 12 + following.month - starts.month
    if starts.day == following.day == 1 and months in (3, 6) and starts.month % months == 1:
        return f"{'Q' if months == 3 else 'H'}{starts.month // months + 1} {starts.year}"
    return f"{starts.day} {starts:%B} {starts.year} to {last}"


def _whole(page: Sequence[Placed], matter: Mapping[str, str]) -> list[tuple[Label, str]]:
    """The one label of the page's front matter, title, or a line such as `Milestone: 2026.1`, with the text beside it."""
    said = [matter[key] for key in _WHOLE_KEYS if matter.get(key)]
    for text in said:
        if label := _only(text):
            return [(label, text)]
    title = next((placed.block for placed in page if placed.block.kind == "heading"), None)
    named = labels_in(title.text) if title else ()
    is_release = bool(title and re.search(r"\b(?:milestone|release)\b", title.text, re.I))
    labels = [
        label
        for label in named
        if title
        and (is_release or label.kind != "version" or _is_dated(title.text, label))
        and not _AFTER.search(title.text[: label.start])
        and not (label.kind == "weeks" and _OF_A_WEEK.search(title.text))
    ]
    labels = [label for label in labels if label.kind != "weeks"] or labels  # `Q4 check-in (week 6)`
    if title and len({label.key for label in labels}) == 1:
        return [(labels[0], title.text)]
    led = [(lead, rest) for placed in page for lead, rest in leads_of(placed) if _WHOLE_LEAD.fullmatch(lead)]
    found = {label.key: (label, rest) for _, rest in reversed(led) if (label := _only(rest))}
    first = list(reversed(found.values()))
    return first if all(label.kind == "quarter" for label, _ in first) else first[:1]


def _is_dated(title: str, label: Label) -> bool:
    """Whether a date stands right behind the label: `(v2.0, 29 May 2026)`."""
    span = read_span(title[label.end :][:24], 2000)
    return bool(span.starts or span.ends)


def _only(text: str) -> Label | None:
    label = label_at_start(text) or next(iter(labels_in(text)), None)
    if label is not None:
        return label
    found = _NAME.match(text)
    if found is None and (dated := _NAME_AND_DAY.match(text)) and read_span(dated["day"], 2000) != Span():
        found = dated
    return Label(f"release:{found['name'].lower()}", found["name"], 0, found.end("name")) if found else None


def _mentioned(page: Sequence[Placed]) -> list[tuple[Label, str]]:
    """The labels that sentences set their promises by: `by the end of Q2 2026`."""
    found: dict[str, tuple[Label, str]] = {}
    for placed in page:
        if placed.section in (Section.ASIDE, Section.PRESENT) or placed.block.kind == "table":
            continue
        for lead, rest in leads_of(placed):
            if _WHEN_LEAD.fullmatch(lead) and (named := cell_label(rest)) and named.kind not in ("version", "weeks"):
                found.setdefault(named.key, (named, named.name))
        for label in labels_in(placed.block.text):
            if _STOOD.search(placed.block.text[: label.start]):
                continue
            is_bracketed = placed.block.text[: label.start].endswith("(") and label.kind not in CONTAINERS
            if (is_bracketed or _BY.search(placed.block.text[: label.start])) and label.kind != "version":
                found.setdefault(label.key, (label, label.name))
    return list(found.values())


def _alone(page: Sequence[Placed]) -> list[tuple[Label, str]]:
    """The one quarter or half that the page's own words speak of at all: `It covers the third quarter of 2026`."""
    own = [placed for placed in page if placed.section in _OWN and placed.block.kind in ("line", "heading")]
    said = [sentence for placed in own for sentence in re.split(r"(?<=[.!?])\s+", placed.block.text)]
    found = {
        label.key: label
        for sentence in said
        if not _MEASURED.search(sentence)
        for label in labels_in(sentence)
        if label.kind in ("quarter", "half") and not _AFTER.search(sentence[: label.start])
    }
    return [(label, label.name) for label in found.values()] if len(found) == 1 else []

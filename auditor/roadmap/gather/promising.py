"""From a candidate to a target: binds it to a measure and reads its figures; which of them count is decided elsewhere."""

import re

import msgspec

from auditor.model.part import named_part, without_unit
from auditor.model.roadmap import MANUAL, Target
from auditor.model.units import convert, dimension
from auditor.roadmap.binding import Bindable, candidates, evidence_for, ideas
from auditor.roadmap.gather.candidate import Candidate, Strength
from auditor.roadmap.page.inline import LEAD
from auditor.roadmap.promise.completeness import inverted
from auditor.roadmap.promise.cues import FALLING, RISING
from auditor.roadmap.promise.mood import describes
from auditor.roadmap.promise.reading import read_promise, states_figure
from auditor.roadmap.promise.value import Promise
from auditor.roadmap.promise.wording import normalise

_ONLY_TALK = frozenset(
    "document design plan strategy review reviewed dashboard report training runbook decided agreed evaluated evaluate "
    "spike prototype poc rfc adr "
    "discussed presented proposal guideline guidelines chosen".split()
)
_TAKES_STOCK = re.compile(
    r"\A\W*(?:list|inventory|count|catalogue?|map|identify|triage|document|tag|record|collect|gather|assess|classify)\b"
    r"(?!.*\b(?:and|then|to) (?:fix|remove|resolve|close|patch|eliminate|drop|delete)\w*)",
    re.I,
)
"""`List every TODO in the login code` leaves them where they are."""
_ALL = re.compile(r"\b(?:all|every|each|alle[nrs]?|jede[nrsm]?)\b", re.I)
_PART = re.compile(r"\b\d+ (?:out )?of (?:the |our |all )?\d+ [a-z]")
"""`strict in 12 of 20 packages` is a share of them, whatever is counted."""
_PAIR = re.compile(r"[^\W\d][\w /&+'()-]{2,44}:\s+(?:[<>≤≥=~]*\s*\d|zero\b|none\b|at (?:most|least)\b)", re.I)
"""`Data loss incidents: 0` among goals promises what it names, whatever that is."""
_BETTER = r"\b(?:improv\w*|better|halv\w*|doubl\w*|optimi[sz]\w*)\b"
_MOVES = {
    "lower": re.compile(rf"{FALLING.pattern}|{_BETTER}", re.I),
    "higher": re.compile(rf"{RISING.pattern}|{_BETTER}", re.I),
}
"""What a level without a figure must at least say: that it goes the good way."""
_LONGEST_ANSWER_MS = 120_000
"""`lead time p95 below 5 days`: nobody waits so long for the answer to a request."""
LIMIT_TEXT = 400
_FEW_WORDS = 6
_LIMIT_WORDS = 12
"""Of a promise that may take what it is about from its heading."""


class Found(msgspec.Struct, frozen=True):
    """A candidate that is a promise, as a target without its sprint yet."""

    candidate: Candidate
    target: Target
    promise: Promise


def read_one(candidate: Candidate, subject: str = "", surely: bool = False) -> Found | None:
    """The candidate as a promise, None where it is none; `surely`: what stands beside it says that it is one."""
    is_loose = candidate.prose and candidate.strength <= Strength.WORK
    if is_loose and not surely and not candidate.goal_text and describes(candidate.text):
        return None
    measure, promise = _bind(candidate, subject or candidate.subject)
    if candidate.forbidden:
        if measure is None and not states_figure(candidate.text):
            return None
        promise = inverted(promise, measure)
    if surely and not promise.explicit:
        measure, promise = None, Promise()
    is_leftover = measure is not None and measure.kind == "leftover"
    if is_leftover and not states_figure(candidate.text) and _TAKES_STOCK.match(candidate.text):
        return None
    is_pair = candidate.strength is Strength.GOAL and _PAIR.match(candidate.text) is not None
    is_measurable = promise.explicit and (measure is not None or promise.compares or is_pair)
    if (
        not surely
        and (candidate.prose or candidate.strength is not Strength.METRIC)
        and not is_measurable
        and not _is_complete(candidate, measure)
        and not _promises_all(candidate, promise)
    ):
        return None
    target = Target(
        candidate.text[:LIMIT_TEXT],
        measure.name if measure else MANUAL,
        promise.comparator,
        promise.goal,
        promise.baseline if measure or promise.goal is not None else None,  # `no` before `yes` is no figure
        promise.unit,
        "",
        candidate.mark is True,
        promise.relative,
        candidate.category,
        "" if measure else evidence_for(candidate.text),
        candidate.line,
        owner=candidate.owner,
        part=candidate.name if candidate.part else named_part(candidate.text) if measure else "",
    )
    return Found(candidate, target, promise)


def _promises_all(candidate: Candidate, promise: Promise) -> bool:
    """A goal or an item of a sprint that begins with `All …`, whatever it is about: `Docs: every endpoint documented`."""
    is_goal = candidate.strength in (Strength.GOAL, Strength.WORK) and not candidate.prose
    return is_goal and promise.goal is not None and _ALL.match(LEAD.sub("", candidate.text, count=1)) is not None


def _is_complete(candidate: Candidate, measure: Bindable | None) -> bool:
    """A deliverable that says of something measurable that it is done: kept for pages that state no metrics at all."""
    return measure is not None and measure.kind != "level" and candidate.strength is Strength.WORK and not candidate.prose


def _bind(candidate: Candidate, subject: str = "") -> tuple[Bindable | None, Promise]:
    """The first measure in whose unit the promise can be read, else none."""
    name = without_unit(candidate.name or candidate.text)
    context = f"{candidate.category}: {name}"
    with_state = candidates(f"{name} {candidate.baseline_text}") if re.search(r"[a-z]{4}", candidate.baseline_text) else ()
    whole = candidates(f"{candidate.text} {subject}")
    options = [*with_state, *candidates(name), *whole] if candidates(name) else [*candidates(name), *whole, *with_state]
    if len(candidate.goal_text.split()) > _FEW_WORDS // 2:  # a promise in words, whatever the row is called
        options = [*candidates(candidate.goal_text), *options]
    if not options and len(name.split()) <= _LIMIT_WORDS and not candidate.part:
        said = f"{candidate.text} {candidate.baseline_text} {candidate.unit_text}"
        options = [option for option in candidates(context) if option.unit != "%" or re.search(r"%|per ?cent|\bpct\b", said)]
        if len(name.split()) > _FEW_WORDS:  # then the heading alone does not tell: its words and the promise's own do
            options = [option for option in options if option not in candidates(candidate.category)]
    lead, _, told = name.rpartition(": ")
    if not options and lead and states_figure(told):  # a sentence before the colon may speak of much
        is_said = len(lead.split()) > _FEW_WORDS
        options = [option for option in candidates(told) if is_said or (option.unit == "%" and "%" in told)]
    if not options and candidate.around and len(name.split()) <= _LIMIT_WORDS:
        named = candidates(candidate.around)  # by the words of both: what a heading alone names is not what this one is about
        options = [option for option in candidates(f"{candidate.around}: {name}") if option not in named]
    for measure in dict.fromkeys(option.name for option in options):
        bindable = next(option for option in options if option.name == measure)
        promise = _promise(candidate, name, bindable)
        if bindable.kind != "share" and bindable.unit == "count" and _PART.search(normalise(candidate.text)):
            continue
        is_upside_down = not candidate.forbidden and _is_upside_down(promise, bindable)
        if bindable.kind == "level" and promise.goal is None and not _MOVES[bindable.better].search(candidate.text):
            continue
        if not is_upside_down and _fits(promise, bindable) and (promise.explicit or not _ONLY_TALK & ideas(candidate.text)):
            return bindable, promise
    return None, _promise(candidate, name, None)


def _promise(candidate: Candidate, name: str, measure: Bindable | None) -> Promise:
    promise = read_promise(name, measure, candidate.goal_text, candidate.baseline_text, candidate.unit_text)
    says_all = bool(_ALL.search(candidate.goal_text) and candidates(candidate.goal_text))
    says_how_much = states_figure(candidate.goal_text) or says_all
    in_name = bool(candidate.goal_text) and states_figure(name) and not says_how_much
    if candidate.goal_text and (in_name or promise.goal is None or not promise.explicit):
        named = read_promise(name, measure, "", candidate.baseline_text, candidate.unit_text)
        return named if named.explicit else promise
    return promise


def _is_upside_down(promise: Promise, measure: Bindable) -> bool:
    """Whether it promises a floor of what is better low, or a ceiling of what is better high: then it is about something else."""
    if measure.kind != "level" or promise.relative or promise.goal is None:
        return False
    return promise.comparator in ((">", ">=") if measure.better == "lower" else ("<", "<="))


def _fits(promise: Promise, measure: Bindable) -> bool:
    if promise.relative and promise.unit in ("lines", "count"):
        return measure.unit in ("lines", "count")  # a share does not fall by 2,500 lines
    if promise.relative or promise.goal is None:
        return True
    if measure.unit == "%" and promise.goal > 100:
        return False
    if measure.unit == "ms" and (convert(promise.goal, promise.unit, "ms") or 0) > _LONGEST_ANSWER_MS:
        return False
    if measure.kind == "share" and promise.goal == 0 and promise.comparator == "==" and dimension(promise.unit) == "count":
        return True  # none left without it: all have it
    if measure.kind == "share" and promise.comparator in ("<", "<="):
        return False  # what is counted is what is left: `unhandled error paths: 38 % → 10 %`
    if measure.kind == "level" and measure.unit in ("count", "lines", "ms") and promise.goal == 0:
        return False  # nobody wants no dependencies, no code at all, answers in no time
    if measure.kind == "leftover" and promise.comparator in (">", ">="):
        return False  # `3 of the 5 families merged` counts what was done, not what is left
    scores = ("points", "/100")
    return dimension(promise.unit) == dimension(measure.unit) or (promise.unit in scores and measure.name.startswith("maintain"))

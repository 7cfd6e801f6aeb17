"""What headings, and lines such as `Owner: Ann` or `Deadline: 3 May`, say of all that stands under them; the nearest counts."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum

import msgspec

from auditor.roadmap.calendar.dates import Span, read_span, strip_dates
from auditor.roadmap.calendar.labels import Label, cell_label
from auditor.roadmap.gather.names import clean_name
from auditor.roadmap.gather.owners import own_owner, owner_in, owner_stated
from auditor.roadmap.gather.people import People, read_people
from auditor.roadmap.page.columns import read_columns
from auditor.roadmap.page.headings import Section
from auditor.roadmap.page.outline import WHEN, Frame, Placed, leads_of

_TITLE = 1
_ANY_YEAR = 2000
_SHORT_WORDS = 8
_PROMISED = (Section.METRICS, Section.GOALS)
_DATED = re.compile(r"(?:[–—|·:,(\[]|\s-)\s*(?P<day>[^()\[\]–—|·:]{4,30}?)[)\]]?\W*\Z")
"""`Starling 5.0 — 30 January 2026`, `Milestone A (due 3 May)`: the day behind a name."""
_HAPPENED = re.compile(
    r"\b(?:minutes|meetings?|calls?|sync|retro\w*|reviews?|reviewed|status|reports?|reported|updates?|updated|notes|incidents?|"
    r"outages?|after|since|from|as of|written|dated|measured|figures|baselines?|results?|survey|audit|scan|started|kick-?off)\b",
    re.I,
)
"""What a heading's day is no deadline of."""
_AHEAD = re.compile(r"\b(?:will|shall|must|checks?|checked|verif\w+)\b", re.I)
"""A heading of what is to be so on its day: `What will be different on 1 March`, `Ann checks on 1 March that …`."""
_DUE_LINE = re.compile(
    r"\W*(?:(?:is |to be )?(?:due|done|finished|ready|deadline|by|until|ends|ships|fällig|bis)\b[ :]*(?:by|on|until|am|zum)? )"
    r"(?P<day>[^.;]*\d[^.;]*)\W*\Z",
    re.I,
)
"""`Due on 30 January 2026`, as the whole of a line."""


_ALL_DUE = re.compile(
    r"\W*(?:these|they|all (?:of (?:them|these|the above)|targets|goals|objectives)|"
    r"the (?:targets|goals|objectives|metrics|figures|numbers|values|following)(?: (?:below|above))?)\b[^.;:]*"
    r"\b(?:reached|met|achieved|fulfilled|hit|attained|due|true|done|in place)\b"
    r"(?: (?:by|until|on|no later than|at the latest (?:by|on)))* (?P<day>[^.;]*\d[^.;]*)\W*",
    re.I,
)
"""`These hold for all services and are to be reached by 31 October 2026.`"""


class Kind(Enum):
    """What is said."""

    OWNER = "owner"
    SPRINT = "sprint"
    DAY = "day"


class Above(msgspec.Struct, frozen=True):
    """What is said under each heading, item or bold line, by its line: the place in the page, and the words."""

    said: dict[tuple[int, Kind], list[tuple[int, str]]]
    begins: dict[int, int]
    """The place of the first thing under each that is said of nothing else."""
    of_sprint: dict[str, str]
    """Whoever the page names for a sprint, anywhere, where it is one."""
    people: People
    of_page: str
    """Whoever the page's front matter names."""

    def nearest(self, page: Sequence[Placed], index: int, kind: Kind) -> Iterator[tuple[Frame | None, str]]:
        """For all that the block stands under, itself first: what speaks of it there, empty where nothing does."""
        placed = page[index]
        if placed.opens:
            yield None, self._of(placed.block.line, index, kind)
        for frame in reversed(placed.frames):
            yield frame, self._of(frame.line, index, kind)

    def _of(self, line: int, index: int, kind: Kind) -> str:
        """Of what is said under that line the words for the block at `index`: the only ones, else the next on its side."""
        said = self.said.get((line, kind), [])
        if len(said) < 2:
            return said[0][1] if said else ""
        if said[0][0] < self.begins.get(line, said[0][0] + 1):
            return next((words for place, words in reversed(said) if place < index), "")
        return next((words for place, words in said if place > index), "")


def read_above(page: Sequence[Placed], of_page: str = "") -> Above:
    """What the page's lines and headings say, in one pass."""
    said: dict[tuple[int, Kind], list[tuple[int, str]]] = {}
    begins: dict[int, int] = {}
    sprints: dict[str, set[str]] = {}
    teams: dict[int, tuple[int, str]] = {}
    people = read_people(page)
    for index, placed in enumerate(page):
        for key, name in _leaders(placed):
            sprints.setdefault(key, set()).add(name)
        if placed.opens and (name := people.headed.get(placed.block.line, "")):
            said[placed.block.line, Kind.OWNER] = [(index, name)]
        if not placed.frames:
            continue
        line = placed.frames[-1].line
        told = (*_told(placed), *((Kind.OWNER, name) for name in (people.answered.get(index, ""),) if name))
        for kind, words in told:
            said.setdefault((line, kind), []).append((index, words))
            if kind is Kind.OWNER and placed.frames[-1].label:
                sprints.setdefault(placed.frames[-1].label.key, set()).add(words)
        if not told:
            begins.setdefault(line, index)
        if team := _team_alone(placed):
            teams.setdefault(line, (index, team))
    for line, told_team in teams.items():
        said.setdefault((line, Kind.OWNER), [told_team])
    return Above(said, begins, {key: min(names) for key, names in sprints.items() if len(names) == 1}, people, of_page)


def _team_alone(placed: Placed) -> str:
    """The team that a line `Team: Payments` names, which answers for all where nobody else is said to."""
    said = dict(leads_of(placed)) if placed.block.kind != "table" and not placed.opens else {}
    team = next((rest for lead, rest in said.items() if lead.lower() in ("team", "squad", "owning team")), "")
    return "" if re.search(r"\d|,| and |&", team) or len(team.split()) > 4 else clean_name(team)


def _leaders(placed: Placed) -> Iterator[tuple[str, str]]:
    """By sprint whom a table of the sprints names for each."""
    columns = read_columns(placed.block) if placed.block.kind == "table" else None
    if columns is None or columns.states_metrics or not columns.lists_sprints or "owner" not in columns.at:
        return
    for _, row in placed.block.rows:
        label, name = columns.sprint_label(row), columns.cell("owner", row).lstrip("@")
        if label and re.search(r"\w", name):
            yield label.key, name


def _told(placed: Placed) -> Iterator[tuple[Kind, str]]:
    """What the block says of all that stands beside it: `Owner: Ann`, `Sprint: 31`, `Deadline: 3 May`, a line of one day."""
    if owner := owner_stated(placed):
        yield Kind.OWNER, owner
    if placed.opens:
        return
    led = [rest for lead, rest in leads_of(placed) if WHEN.fullmatch(lead)]
    for when in led:
        label = cell_label(when)
        if label:
            yield Kind.SPRINT, when
        if not label or read_span(when, _ANY_YEAR) != Span():
            yield Kind.DAY, when
    text = placed.block.text
    if led or placed.block.kind != "line" or not re.search(r"\d", text):
        return
    all_due = _ALL_DUE.fullmatch(text)
    due = all_due or (_DUE_LINE.match(text) if len(text.split()) <= _SHORT_WORDS else None)
    day = due["day"] if due else text if len(text.split()) <= _SHORT_WORDS else ""
    yield from ((Kind.DAY, day),) if day and not _words(day) else ()


def _words(text: str) -> bool:
    return re.search(r"[^\W\d]", strip_dates(text)) is not None


def owner_of(page: Sequence[Placed], index: int, above: Above) -> str:
    """Whoever the block itself names, else the nearest of what it stands under: in its heading or in a line; empty if nobody."""
    placed, people = page[index], above.people
    own = own_owner(placed, people.known) if placed.block.kind != "table" else None
    if own is not None or (own := people.by_sender(placed.block.text)):
        return own
    for frame, name in above.nearest(page, index, Kind.OWNER):
        beside = owner_in(frame.text) or people.of_topic(frame.text) if frame and frame.level > _TITLE else ""
        if found := name or beside or (people.by_sender(frame.text) if frame else ""):
            return found
    return (above.of_sprint.get(placed.label.key, "") if placed.label else "") or above.of_page


def due_above(page: Sequence[Placed], index: int, above: Above) -> tuple[str, ...]:
    """The texts that may say by when what stands here is due, the nearest first; a sprint has days of its own."""
    texts: list[str] = []
    for frame, when in above.nearest(page, index, Kind.DAY):
        if frame and frame.label:
            break
        if when and (frame is None or frame.level > _TITLE):
            texts += (when, f"by {when}")
        if frame:
            texts += (_day_of(frame), frame.text)
    return tuple(text for text in texts if text)


def _day_of(frame: Frame) -> str:
    """`by 31 August` for a heading that ends with that day: `How we shall know (to be checked on 31 August)`."""
    is_ahead = frame.section in _PROMISED or _AHEAD.search(frame.text) is not None
    if is_ahead and (on := re.search(r"\bon (?=\d|[A-Z])", frame.text)):
        return f"by {frame.text[on.end() :]}"
    dated = _DATED.search(frame.text) if frame.level > _TITLE else None
    is_day = dated is not None and re.search(r"(?<!\d)\d{1,2}(?!\d)", dated["day"]) and not _words(dated["day"])
    if dated is None or not is_day or _HAPPENED.search(frame.text) or read_span(dated["day"], _ANY_YEAR) == Span():
        return ""
    return f"by {dated['day']}"


def label_beside(page: Sequence[Placed], index: int, above: Above) -> Label | None:
    """The sprint that lines under the headings above name, the nearest first: `Priority: high | Sprint: 23` under `PAY-120`."""
    told = (cell_label(when) for _, when in above.nearest(page, index, Kind.SPRINT))
    return next((label for label in told if label), None)

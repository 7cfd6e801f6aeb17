"""What is the name of a person, a team or a party, and what only looks like one: a topic, a tool, a month."""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

from auditor.roadmap.binding import candidates
from auditor.roadmap.calendar.labels import labels_in, period_at_start
from auditor.roadmap.page.headings import NAMED_TEAM, Section, section_of

_FIRST = r"[A-ZÀ-ÖØ-Þ\u0100-\u017f][a-zß-öø-ÿ\u0100-\u017f]{1,15}(?:['’-][A-Za-zÀ-ÿ][a-zß-ÿ]{1,15})?"
_LAST = r"(?:(?:van|von|de|der|den|di|da|la|al|bin|ter) ){0,2}[A-ZÀ-ÖØ-Þ\u0100-\u017f][\w’'.-]{0,18}"
PERSON = rf"{_FIRST}(?: {_LAST}){{0,2}}"
_GROUPS = r"team|squad|tribe|guild|chapter|crew|department"
TEAM = (
    rf"(?:{NAMED_TEAM}|"
    rf"(?!(?i:each|every|no|any|all|both|our|your|their|its|an?|one|the|this|that|whole|entire|other|another|same)\b)"
    rf"[A-Za-zÀ-ÿ][\w/&-]+(?: (?:& )?[A-Za-zÀ-ÿ][\w/&-]+)? (?i:{_GROUPS})\b)"
)
"""`Team Harbour`, `Messaging guild`."""
PARTY = (
    r"(?:[A-Z][\w&-]+(?: [A-Z][\w&-]+){0,2} (?:Ltd|GmbH|AG|Inc|LLC|BV|plc|SE|Oy|AB|Corp)\.?|"
    r"Supplier|Contractor|Sub-?contractor|Provider|Vendor|Customer|Client|Consultant|Licensor|Operator|Agency|Integrator)"
)
"""Whom a contract calls by what they are to it: `The Supplier shall …`."""
EVERYBODY = r"(?:[Ee]veryone|[Ee]verybody|[Aa]ll of us|(?:[Tt]he )?[Ww]hole team|[Aa]ll(?: teams| engineers| developers)?)"
NAME = rf"(?:{TEAM}|{PERSON})"
_TOPIC = re.compile(
    r"(?:ing|tions?|ity|ments?|[mtnr]ance|[st]ence|lience|ness|ture|base|form|kend|tend|out|ware|logy|ops|ability|ages?|ries|"
    r"ties|ports?|ists?|aries)\b|"
    r"\b(?:search|data|docs?|api|mail|web|mobile|core|cost|code|team|tests?|checks?|metrics|stock|carts?|catalogue?|shop|orders?|"
    r"notes?|summary|workers?|servers?|partners?|tools?|users?|customers?|sales|speed|debt|errors?|crm|apps?|accounts?|trust|"
    r"importer|exporter|scheduler|parser|gateway|client|login|basket|routes?|pages?|queues?|jobs?|backups?|deploys?|releases?|"
    r"incidents?|alerts?|logs?|latency|quality|safety|health|uptime|load|scale|risk|process|people|product|design|frontend|"
    r"backend|platform|database|cache|events?|invoices?|crash(?:es)?|finance|legal|growth|result|goal|target|owner|status|"
    r"draft|final|internal|external|public|private|staging|main|total|overall|everything|live|beta|alpha|critical|major|minor|"
    r"internet|cloud|kernel|engine|index|audit|access|secrets|scope|impact|budget)\b",
    re.I,
)
"""What is no person's name, alone."""
_NOBODY = re.compile(
    r"(?:we|whoever|who|it|this|that|nobody|high|medium|low|critical|mandatory|optional|stretch|must|should|could|done|open|yes|no|"
    r"grafana|codecov|prometheus|sentry|datadog|locust|redis|jira|github|gitlab|jenkins|ci|sonarqube|pytest|monthly|weekly|daily|"
    r"new|today|baseline|continuous|ongoing|postgres\w*|mysql|oracle|kafka|rabbit\w*|mongo\w*|elastic\w*|kubernetes|docker|python|"
    r"django|flask|celery|stripe|slack|confluence|windows|linux|macos|android|ios|java|node|react|aws|azure|tbd|tba|n/?a|none|"
    r"unassigned|vacant|open|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|christmas|easter)\b",
    re.I,
)
"""What stands where names do and is nobody's."""
_SUBJECTS = frozenset(
    "they you he she everybody someone somebody everyone all both each nothing nobody that these those there the a an and "
    "or but so then if when where why what which how who by at in on for from to with as of until till after before once "
    "here now today more less most least not only our my your their its his her every no one two three four five first "
    "second third last next exit entry time phase sprint step milestone release stage wave iteration engineering operations "
    "done note nb re subject date see please hi hello dear thanks best regards morning also agreed plan goals".split()
)
"""What begins a sentence and is nobody's own name."""
_ENDS = re.compile(r"\s*(?:[(\[;|]|\s[–—-]\s|,(?= ?[^A-ZÀ-ÖØ-Þ ])|\.(?: |\Z)|\s(?:with|supported|helped|backed) )")


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    return frozenset(files("auditor.roadmap").joinpath("given_names.txt").read_text("utf-8").split())


def is_given(text: str) -> bool:
    """Whether the text begins with a given name that is no other word: then it needs no other sign that it is a person."""
    first = re.split(r"[^\w]", text, maxsplit=1)[0]
    plain = unicodedata.normalize("NFKD", first).encode("ascii", "ignore").decode().lower()
    return first[:1].isupper() and plain in _given_names()


def is_nobody(text: str) -> bool:
    """Whether what stands in a name's place is none: `TBD`, `Codecov`, `high`."""
    return not text or _NOBODY.match(text) is not None


def is_team(text: str) -> bool:
    """Whether the text is but the name of a team."""
    return re.fullmatch(TEAM, text) is not None


def is_person(text: str) -> bool:
    """Whether the text can be a person's name and is no topic, tool, month, section or measure."""
    if (
        re.fullmatch(PERSON, text) is None
        or (_TOPIC.search(text) and not is_given(text))
        or is_nobody(text)
        or text.split()[0].lower() in _SUBJECTS
    ):
        return False
    return section_of(text) is Section.OTHER and not (candidates(text) or labels_in(text) or period_at_start(text))


def is_name(text: str) -> bool:
    """Whether the text is the name of a person or a team, or of several: `Ann and Bo`."""
    return all(is_team(piece) or is_person(piece) for piece in names_of(text))


def names_of(text: str) -> list[str]:
    """The names that the text joins: `Ann, Bo and Cy`."""
    return re.split(r",\s*(?:and )?| and | & | \+ |\s*/\s*", text)


def clean_name(text: str) -> str:
    """The name that the text begins with, without what else is told of it: `Ann Bell (Platform), with help of Bo`."""
    bare = text.strip(" *_@")
    end = _ENDS.search(bare)
    name = (bare[: end.start()] if end else bare).strip(" .")
    return "" if is_nobody(name) else name

"""What brings an error about, in words that ask for no knowledge of the library: `the mail server can not be reached`."""

import re
from collections.abc import Iterable, Sequence

from auditor.knowledge.values import Effect
from auditor.paths.errors.picked import FIRST
from auditor.paths.written.arguments import split

MACHINE = (
    (re.compile(r"IncompleteRead|PayloadError|ChunkedEncodingError"), "breaks off in the middle"),
    (re.compile(r"Time(?:d)?_?[Oo]ut|DeadlineExceeded"), "does not answer in time"),
    (re.compile(r"HTTPError|Status|Response|Api|API|Client(?:Error)?\Z|S3Error|Reply|RpcError"), "answers with an error"),
    (re.compile(r"onnect|URLError|gaierror|Transport|Network|Unavailable|OSError|Operational|MaxRetry"), "can not be reached"),
)
"""What another machine did, by the name of the error; the first that fits."""
FAILS = "fails"
ORDER = ("can not be reached", "does not answer in time", "answers with an error", "breaks off in the middle", FAILS)
MOST = 2
"""More ways to fail than these need no list."""
ROWS = (
    (re.compile(r"NoResult|DoesNotExist|NotFound"), "no row fits"),
    (re.compile(r"Multiple"), "several rows fit where one is meant"),
    (re.compile(r"Protected|Restricted"), "other rows need the one that is deleted"),
    (re.compile(r"Integrity|Unique"), "the database refuses the row"),
    (re.compile(r"Operational|Interface|Timeout|Connection"), "the database can not be reached"),
)
PROGRAM = (
    (re.compile(r"CalledProcess"), "the program ends with an error"),
    (re.compile(r"Timeout"), "the program takes too long"),
    (re.compile(r"OSError|NotFound|Permission"), "the program can not be started"),
)
MEANT = (
    (re.compile(r"(?:\A|\.)(?:int|float|complex|Decimal|Fraction)\Z"), "is no number"),
    (re.compile(r"(?:\A|\.)UUID\Z"), "is no UUID"),
    (re.compile(r"strptime|fromisoformat|fromtimestamp|\bdateutil\b|\barrow\b|\bpendulum\b"), "is no date"),
    (re.compile(r"\b(?:base64|binascii)\b"), "is no Base64"),
    (re.compile(r"\bipaddress\b"), "is no IP address"),
    (re.compile(r"timezone|ZoneInfo"), "names no time zone"),
    (re.compile(r"(?:\b|_)[ou]?r?json\b|JSON|\.get_json\Z"), "is no valid JSON"),
    (re.compile(r"\bya?ml\b", re.IGNORECASE), "is no valid YAML"),
    (re.compile(r"\btoml", re.IGNORECASE), "is no valid TOML"),
    (re.compile(r"\bxml|etree|ElementTree", re.IGNORECASE), "is no valid XML"),
    (re.compile(r"\b(?:zipfile|tarfile)\b"), "is no archive"),
    (re.compile(r"\b(?:jwt|jose|itsdangerous|fernet)\b"), "is no valid token"),
    (re.compile(r"\burllib\.parse\b"), "is no valid address"),
    (re.compile(r"\bbytes\.decode\b"), "is no text in the encoding that it is read in"),
    (re.compile(r"Signature"), "is not signed as it should be"),
    (re.compile(r"UnicodeDecodeError"), "is no valid text"),
)
"""What a text is not, by the call that reads it or the error."""
READING = re.compile(r"reading (.+)\[('[^']*')\]\Z")
KEYED = re.compile(r"\bQuerySet\.\w+\Z|_or_404\Z")
UNPACKS = "str.split"
"""`first, second = text.split(":")`."""
PICKS = "list.__getitem__"
"""`text.split(":")[1]`."""
OF_REQUEST = re.compile(r"\b[Rr]equest\.(?:json|body|get_json|data|get_data)\b")
SHORT = re.compile(r"[\w.]+(?:\[[^\]]{1,30}\]|\([^()]{0,30}\))?(?:\.\w+(?:\(\))?)?\Z")
LONGEST = 64


def happening(errors: Sequence[str], effect: Effect | None, name: str, given: str) -> str:
    """What happened when these types left a call: the first half of a sentence. `name` is the call's or `reading x['y']`,
    `given` its arguments as they are written. Empty for what the project raises itself.
    """
    lasts = tuple(error.rpartition(".")[2] for error in errors)
    if missing := READING.match(name):
        return f"`{missing[1]}` holds no {missing[2]}"
    if name in (UNPACKS, PICKS):
        sent = given.removesuffix("[]").removesuffix(".get()")
        shown = _shown(given) if sent == given else f"what is sent in `{sent}`"
        return f"{shown} has {'fewer or more' if name == UNPACKS else 'fewer'} parts"
    if KEYED.search(name) and lasts == ("ValueError",):
        return f"{_shown(given.partition('=')[2])} is no key of a row"
    if effect is None:
        return ""
    if effect.kind in ("external", "task"):
        return _of_machine(lasts, effect.service or "another machine")
    if effect.kind in ("query", "delete"):
        return _first(ROWS, lasts) or "the database refuses what it is asked"
    if effect.kind == "process":
        return _first(PROGRAM, lasts) or "the program fails"
    if effect.kind == "file":
        return "a file can not be read or written"
    if name == FIRST:
        return "none fits of those that are looked through"
    return _of_text(lasts, effect, name, given)


def _of_machine(lasts: Iterable[str], service: str) -> str:
    did = {_first(MACHINE, (last,)) or FAILS for last in lasts}
    if len(did) > MOST:
        did = {FAILS}
    *most, last = [words for words in ORDER if words in did]
    who = service.removesuffix("'s answer")
    return f"{who} {', '.join(most)}{' or ' if most else ''}{last}"


def _of_text(lasts: Sequence[str], effect: Effect, name: str, given: str) -> str:
    if effect.service:
        what = effect.service
        if what.endswith("'s answer") and "JSONDecodeError" not in lasts:
            return _of_machine(lasts, what)
    elif OF_REQUEST.search(name):
        what = "the body"
    else:
        what = _shown(given)
    return f"{what} {_first(MEANT, (name, *lasts)) or 'can not be read'}"


def _shown(given: str) -> str:
    """What is read, as it is written where that is short."""
    first = next(iter(split(given)), "").strip() if given else ""
    return f"`{first}`" if len(first) <= LONGEST and first.isprintable() and SHORT.match(first) else "what it is given"


def _first(table: Sequence[tuple[re.Pattern[str], str]], texts: Sequence[str]) -> str:
    return next((words for pattern, words in table for text in texts if pattern.search(text)), "")

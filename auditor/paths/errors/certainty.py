"""How sure it is that an error nobody catches is met, and that somebody would mend it: by what raises it, and how far away."""

import re
from collections.abc import Sequence

from auditor.model.finding import Confidence
from auditor.paths.calls.graph import Node
from auditor.paths.entry.entries import EntryPoint
from auditor.paths.errors.blame import is_native
from auditor.paths.errors.dependence import Witness

HIGH, MEDIUM, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW
DOUBTFUL = frozenset("ValueError RuntimeError Exception LookupError KeyError".split())
"""Types that may mean either: what the state of things does not allow, or a wrong call."""
UNSURE = DOUBTFUL | {"TypeError"}
"""Types by which code may also say that it was called wrongly."""
WRITES = re.compile(r"['\"][wax]b?t?\+?['\"]")
"""A file that is made anew: only a full disk or a folder that is gone keeps it from being written."""
MAKES = re.compile(
    r"(?:os\.(?:makedirs|mkdir|chmod|chown|utime)|pathlib\.Path\.(?:mkdir|touch|write_text|write_bytes|chmod)|tempfile\.\w+)\Z"
)
"""The same by what is called: folders and files that are made, or were made by then."""
MOVES = "shutil."
"""What moves whole files about that a caller has put there: away from it, they are."""
NEAR = 3
"""Farther from a command, a machine that is away stops all of them alike. Whoever runs a command sees what it ends with, so a
team mends the error that it has overlooked among those it answers for.
"""
GONE = re.compile(r"(?:DoesNotExist|NoResultFound)\Z")
OWN_GONE = re.compile(r"(?:NotExists?|NotFound)(?:Error|Exception)?\Z")
"""A row that a task was told of and that is gone by then: seldom, and of no use to anybody."""
ASKED_BEFORE = re.compile(r"(?:IntegrityError|NoResultFound|MultipleResultsFound|StopIteration|FileNotFoundError)\Z")
"""What rows and files bring about, which code often asks for before in ways that nobody reads here."""
SAID_ONE = re.compile(r"(?:NoResultFound|MultipleResultsFound)\Z")
"""Who asks for exactly one row in a helper mostly knows that it is there."""
SELDOM = ("urllib.parse.", "datetime.datetime.fromtimestamp", "datetime.datetime.utcfromtimestamp")
"""What fails for hardly any text, `urlsplit("http://[")`, or number: only somebody who means harm sends it."""
NUMBER = r"(?:-?[\d.]+|False|True)"
OWN_PARTS = re.compile(
    rf"(?!.*\brequest\b)[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*"
    rf"(?:\.[A-Za-z_]\w*(?:\s*or\s+{NUMBER})?|\.get\(\s*['\"]\w+['\"]\s*(?:,\s*{NUMBER}\s*\)(?:\s*or\s+{NUMBER})?|\)\s*or\s+{NUMBER}))\Z"
)
"""Away from a handler, parts of an object, or of a mapping where a number stands for what is not there, mostly are numbers."""
FARTHEST = {"raw": 3, "keys": 1}
"""By what it depends on: so many hops away, what was sent has seldom gone through nobody's hands."""
SET_UP = ("ImportError", "ModuleNotFoundError")
"""What tells whoever set the program up that a part of it is missing."""
LONG = 4
"""So many hops away, what the scopes between ask about may keep the call from being made."""
BROKEN = re.compile(r"(?:IncompleteRead|ClientPayloadError|ChunkedEncodingError|RemoteProtocolError)\Z")
"""An answer that breaks off half way, which is seldom met where the call itself is answered for."""
INTERNAL = re.compile(r"(?:Internal|Integrity|Corrupt(?:ed|ion)?|Inconsisten(?:t|cy)|Invariant)\w*(?:Error|Exception|Failure)\Z")
"""What says by its name that nobody is expected to answer for it."""
INVARIANTS = ("RuntimeError", "AssertionError", "SystemError")
"""Python's own types by which code says that what it has made or got before should be there."""
KNOWN = ("told", "given", "answer")
"""What decides about a raise, where input from outside or another machine does."""


def certainty(entry: EntryPoint, error: str, steps: Sequence[tuple[Node, Witness]], caught: bool, tried: bool) -> Confidence:
    """How sure it is, for the way of an error from an entry point down to where it begins; `caught` says whether others
    reckon with the type, `tried` whether something on the way answers for other errors there.
    """
    witness, hops = steps[-1][1], len(steps)
    if entry.kind == "task" and (GONE.search(error) or (not witness.name and OWN_GONE.search(error))):
        return LOW
    if not witness.name:
        return _of_own(entry.kind, error, witness.mode, hops, caught)
    if BROKEN.search(error) or (error == "subprocess.TimeoutExpired" and hops > 2):
        return LOW
    if entry.kind == "task" and witness.mode:
        return MEDIUM if hops == 1 else LOW
    if entry.kind == "command":
        return MEDIUM if tried and not _is_seen_to(witness) and hops <= NEAR else LOW
    if witness.mode == "named" and (WRITES.search(witness.text) or MAKES.match(witness.name)):
        return LOW
    if witness.name.startswith(MOVES) and hops > 1:
        return LOW
    if witness.mode == "raw" and hops > 1 and OWN_PARTS.match(witness.text):
        return LOW
    if (SAID_ONE.search(error) and hops > 1) or witness.name.startswith(SELDOM) or hops > FARTHEST.get(witness.mode, hops):
        return LOW
    return MEDIUM if error in UNSURE or ASKED_BEFORE.search(error) or hops > LONG else HIGH


def _of_own(kind: str, error: str, mode: str, hops: int, caught: bool) -> Confidence:
    """The same for what the project raises: the farther from the entry point, the more may rule it out that nobody reads here,
    and what nobody else reckons with may be meant to end there.
    """
    known = mode in KNOWN
    if kind == "command" or error in SET_UP or (is_native(error) and (hops > 1 or kind != "route")):
        return LOW
    if (hops > 1 and (not mode or INTERNAL.search(error))) or (error in INVARIANTS and mode == "told"):
        return LOW
    if not caught and (kind == "task" or hops > 1 + (known and kind == "route")):
        return LOW
    if mode in ("state", "flag") or kind == "task":
        return MEDIUM if hops <= (2 if caught else 1) else LOW
    return MEDIUM if hops <= 2 else LOW


def _is_seen_to(witness: Witness) -> bool:
    """Whether whoever runs a command mends it themselves: a program that fails, a file that can not be written."""
    return (
        witness.name.startswith("subprocess.") or WRITES.search(witness.text) is not None or MAKES.match(witness.name) is not None
    )

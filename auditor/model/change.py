"""Why a figure moved between two snapshots: the causes kept apart, and what could not be told apart named as such."""

from enum import StrEnum

import msgspec


class Cause(StrEnum):
    """What made a figure move. `OPEN` is the part for which two causes can not be told apart: it is never shared out."""

    CODE = "code"
    RULES = "rules or tool"
    ADVISORIES = "advisories"
    SCOPE = "scope"
    EVIDENCE = "evidence"
    OPEN = "not separable"


class Part(msgspec.Struct, frozen=True):
    """What one cause did to a figure, with the reason in words (`12 findings fixed, 3 new`)."""

    cause: Cause
    amount: float
    note: str = ""


class Attribution(msgspec.Struct, frozen=True):
    """A figure's move: `was` plus all parts is `now`. Unknown on either side: no parts, and `note` says why."""

    figure: str
    was: float | None
    now: float | None
    parts: tuple[Part, ...] = ()
    note: str = ""


class Lever(msgspec.Struct, frozen=True):
    """A single change and the grade it would bring."""

    text: str
    letter: str
    score: float
    gain: float

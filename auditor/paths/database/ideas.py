"""What fields of many projects stand for, and the names that each idea goes by."""

import re

IDEAS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    (
        "time",
        "when it was made",
        re.compile(
            r"(?:date_?|time_?|dt_?)?(?:created|creation|create|inserted)(?:_?(?:at|on|date|time|dt|datetime|timestamp|ts))?\Z"
        ),
    ),
    (
        "time",
        "when it was changed",
        re.compile(
            r"(?:date_?|time_?|last_?|dt_?)?(?:updated|update|modified|modification|changed|edited)(?:_?(?:at|on|date|time|dt|datetime|timestamp|ts))?\Z"
        ),
    ),
    (
        "time",
        "when it was deleted",
        re.compile(r"(?:date_?|dt_?)?(?:deleted|deletion|removed)(?:_?(?:at|on|date|time|dt|datetime|timestamp))?\Z"),
    ),
    (
        "time",
        "when it begins",
        re.compile(r"(?:date_?)?(?:start|starts|begin|begins)_?(?:at|on|date|time|dt|datetime)?\Z"),
    ),
    ("time", "when it ends", re.compile(r"(?:date_?)?(?:end|ends|finish)_?(?:at|on|date|time|dt|datetime)?\Z")),
    # What is planned and what has come to pass are two ideas: a lesson starts_at, a run has started_at.
    ("time", "when it began", re.compile(r"(?:date_?)?(?:started|begun|began)_?(?:at|on|date|time|dt|datetime)?\Z")),
    ("time", "when it ended", re.compile(r"(?:date_?)?(?:ended|finished)_?(?:at|on|date|time|dt|datetime)?\Z")),
    ("who", "who made it", re.compile(r"(?:created_?by|creator|create_?user|created_?by_?user|creator_?user)(?:_?id)?\Z")),
    (
        "who",
        "who changed it",
        re.compile(r"(?:last_?)?(?:updated|modified|changed|edited)_?by(?:_?user)?(?:_?id)?\Z|(?:modifier|updater)(?:_?id)?\Z"),
    ),
)
"""Ideas that go by several names, with what a field has to be: a time, or somebody."""

EVENT = re.compile(r"(?:History|Log|Change|Edit|Revision|Event|Audit|Update)(?:s|Entry|Record)?\Z")


def is_event(owner: str, idea: str) -> bool:
    """Whether the rows of a class are changes themselves, whose time is another idea: `UsernameChange.changed_on`."""
    return idea in ("when it was changed", "who changed it") and EVENT.search(owner) is not None

"""Trying again: failures that pass are retried with growing pauses, the others are told at once."""

import time
from collections.abc import Callable
from typing import TypeVar

PAUSES_S = (1.0, 4.0, 16.0)
"""Seconds between the tries; there is one try more than there are pauses."""
LONGEST_S = 60.0
"""A server may ask for a longer pause, up to this."""

Sleep = Callable[[float], None]
T = TypeVar("T")


class Passing(Exception):
    """A failure that may be gone in a moment. `after_s` is the pause that the server asked for, 0 where it did not."""

    def __init__(self, message: str, after_s: float = 0.0) -> None:
        super().__init__(message)
        self.after_s = after_s


class Refused(Exception):
    """A failure that stays: nothing was delivered, and trying again would change nothing."""


class Unsure(Exception):
    """The connection broke after everything was handed over: it may have arrived, so it is not sent again."""


def persistently(send: Callable[[], T], sleep: Sleep = time.sleep) -> T:
    """What `send` gives back, tried again after each Passing failure. The last one of these becomes Refused."""
    for pause in PAUSES_S:
        try:
            return send()
        except Passing as failure:
            sleep(min(max(pause, failure.after_s), LONGEST_S))
    try:
        return send()
    except Passing as failure:
        raise Refused(f"{failure} ({len(PAUSES_S) + 1} tries)") from failure

"""The post office: every recipient once, each with a claim in the book, and what became of it."""

from collections.abc import Callable, Iterable

import msgspec

from auditor.deliver.attempt import Refused, Unsure
from auditor.deliver.sent import CLAIMED, SENT, UNSURE, Key, Sent


class Delivery(msgspec.Struct, frozen=True):
    """What became of one recipient. `state` is `sent`, `already sent`, `unsure` or `failed`; `why` is for the latter two."""

    key: Key
    state: str
    why: str = ""

    @property
    def well(self) -> bool:
        """Whether the report has arrived, now or before."""
        return self.state in ("sent", "already sent")


def post(keys: Iterable[Key], send: Callable[[Key], None], book: Sent, again: bool = False) -> tuple[Delivery, ...]:
    """Sends to each recipient that has not got it. `send` raises Refused or Unsure with words that hold no secret."""
    return tuple(_one(key, send, book, again) for key in keys)


def _one(key: Key, send: Callable[[Key], None], book: Sent, again: bool) -> Delivery:
    if not book.claim(key, again):
        standing = book.standing(key)
        if standing == SENT:
            return Delivery(key, "already sent")
        died = "another run is sending it or ended while it did" if standing == CLAIMED else "an earlier run could not tell"
        return Delivery(key, "unsure", f"{died}; see whether it arrived, and send it with --again if not")
    try:
        send(key)
    except Unsure as failure:
        book.mark(key, UNSURE)
        return Delivery(key, "unsure", f"{failure}; see whether it arrived, and send it with --again if not")
    except Refused as failure:
        book.release(key)
        return Delivery(key, "failed", str(failure))
    except BaseException:
        book.mark(key, UNSURE)
        raise
    book.mark(key, SENT)
    return Delivery(key, "sent")

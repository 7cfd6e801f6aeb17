"""What has to be seen for a label of the pack `resilience` to be true."""

import re

from tests.projects.labels import Label, Place
from tests.projects.proofs.sight import Play, ours
from tests.projects.stage import TRACKED
from tests.projects.watch import on

TRACE = "b7e151628aed2a6a"
ROWS = 2


def no_timeout(label: Label, place: Place, play: Play) -> None:
    """What the transport was told to wait."""
    _, seen = play()
    waits = [call.timeout for call in seen.outbound if on(place, call.lines)]
    assert waits, "nothing went out there"
    assert all(wait is None for wait in waits) == (label.kind == "bad"), waits


def no_circuit_breaker(label: Label, place: Place, play: Play) -> None:
    """Of eight failing calls all go out, and only once; a breaker lets fewer through, a retry makes more of them."""
    _, seen = play(times=8)
    tries = sum(on(place, call.lines) for call in seen.outbound)
    assert tries, "nothing went out there"
    assert (tries == 8) == (label.kind == "bad"), tries


def no_correlation_id(label: Label, place: Place, play: Play) -> None:
    """Where the caller's id arrives: in the answer, in the log, in calls to others, in what is queued."""
    _, seen = play(headers={"X-Request-ID": TRACE})
    if label.link == "entry":
        heard = [str(seen.headers)]
    elif label.link == "log":
        heard = [str(vars(record)) for record in seen.records if ours(record, seen)]
    elif label.link == "task":
        heard = [message for message, lines in seen.published if on(place, lines)]
    else:
        heard = [str(call.headers) for call in seen.outbound if on(place, call.lines)]
    assert heard, "the link was not used"
    assert all(TRACE in text for text in heard) == (label.kind == "good"), heard


def hard_delete(label: Label, place: Place, play: Play) -> None:
    """The row is gone, or still there; a reader that forgets the filter still shows what was deleted."""
    stage, seen = play()
    assert seen.ran(place), "the line was not reached"
    if label.hidden:
        shown = 1 in [one if isinstance(one, int) else one.get("id") for one in seen.answer]
        assert shown == (label.kind == "bad"), seen.answer
        return
    gone = stage.count(label.table) < ROWS
    assert gone == (label.kind == "bad" or bool(label.why))


def unmonitored(label: Label, place: Place, play: Play) -> None:
    """Whether an error tracker is on, and what the route table holds."""
    stage, _ = play()
    paths = " ".join(route.path for route in stage.routes())
    there = {
        "tracker": stage.root.name in TRACKED,
        "metrics": "metrics" in paths,
        "health": bool(re.search("health|ready|alive|/live", paths)),
    }[label.lacks]
    assert there == (label.kind == "good")

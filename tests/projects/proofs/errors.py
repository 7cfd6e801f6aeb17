"""What has to be seen for a label of the pack `errors` to be true."""

from tests.projects.labels import Label, Place
from tests.projects.proofs.sight import Play, kinds, load, told

ANSWERS = {"LookupError", "ValueError", "ObjectDoesNotExist", "NoResultFound"}
"""Types that say no to a question, and need no log."""


def unhandled_error_path(label: Label, place: Place, play: Play) -> None:
    """The type leaves the entry point, and a client sees 500; or it was raised inside and neither happened."""
    _, seen = play(propagate=False)
    assert seen.ran(place) or label.whole, "the entry point was not reached"
    inside = {kind for _, _, error in seen.errors for kind in kinds(error)}
    assert label.type in inside, sorted(inside)
    if label.kind == "good":
        assert seen.raised is None, seen.raised
        assert seen.status < 500 or seen.status == 503, seen.status
        return
    assert seen.raised is not None or seen.status == 500, seen.status
    left = play(propagate=True)[1].raised or seen.errors[-1][2]
    assert label.type in (*kinds(left), *kinds(left.__cause__)), left


def swallowed_exception(label: Label, place: Place, play: Play) -> None:
    """Nobody hears of the failure: no record, no error, no other answer; or somebody hears, or it was an answer."""
    _, seen = play()
    assert seen.ran(place), "the handler was not reached"
    heard = bool(told(seen)) or seen.raised is not None or seen.status >= 400
    narrow = any(ANSWERS & set(kinds(error)) for _, _, error in seen.errors)
    assert heard or narrow if label.kind == "good" else not heard


def broad_except(label: Label, place: Place, play: Play) -> None:
    """The failure is told, and its traceback is lost; or it is told with it."""
    _, seen = play()
    assert seen.ran(place), "the handler was not reached"
    traced = any(record.exc_info for record in told(seen)) or seen.raised is not None
    assert traced == (label.kind == "good")


def lost_cause(label: Label, place: Place, play: Play) -> None:
    """The new error knows the first one only by accident."""
    error = _raised_at(place, play)
    assert error.__context__ is not None
    meant = error.__cause__ is not None or error.__suppress_context__
    assert meant == (label.kind == "good")


def generic_raise(label: Label, place: Place, play: Play) -> None:
    """What is raised is Exception itself."""
    assert (type(_raised_at(place, play)) is Exception) == (label.kind == "bad")


def _raised_at(place: Place, play: Play) -> BaseException:
    _, seen = play()
    found = [error for path, line, error in seen.errors if path == place.path and place.first <= line <= place.last]
    assert found, "nothing was raised there"
    return found[-1]


def lost_task(label: Label, place: Place, play: Play) -> None:
    """The work fails and nobody hears of it."""
    _, seen = play()
    assert seen.ran(place)
    heard = bool(told(seen)) or seen.raised is not None or seen.status >= 400
    assert heard == (label.kind == "good")


def unchecked_result(label: Label, place: Place, play: Play) -> None:
    """The other side refuses, and the application goes on as if it had not."""
    _, seen = play()
    assert seen.ran(place)
    assert (seen.raised is None and seen.status < 400) == (label.kind == "bad"), seen.status


def duplicate_hierarchy(label: Label, place: Place, play: Play) -> None:
    """Two classes under different bases with one name, or one class under two module names."""
    first, second = (load(name) for name in label.pair.split())
    play()
    if label.kind == "good":
        assert first is second or issubclass(first, second)
        return
    assert not issubclass(first, second)
    assert not issubclass(second, first)
    assert {kind.__name__ for kind in _family(first)} & {kind.__name__ for kind in _family(second)} or not _family(first)


def _family(kind: type) -> set[type]:
    return {kind, *(one for below in kind.__subclasses__() for one in _family(below))}

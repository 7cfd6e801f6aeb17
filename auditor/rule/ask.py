"""Asking a rule, or a part of the engine: it may fail in any way, and the run must go on."""

import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from auditor.model.errors import AuditorError
from auditor.model.finding import Finding
from auditor.model.snapshot import Crashed
from auditor.rule.api import Rule

T = TypeVar("T")


def ask(rule: Rule, answer: Callable[[], Iterable[Finding]], path: str, line: int = 0) -> Iterator[Finding | Crashed]:
    """One rule's answer, whole or not at all: where it fails, a Crashed with the place and the traceback."""
    told = tried(rule.id, lambda: list(answer()), path, line)
    yield from (told,) if isinstance(told, Crashed) else told


def tried(name: str, work: Callable[[], T], path: str = "", line: int = 0) -> T | Crashed:
    """What a work gives, or that it failed: `name` says what is missing then, a rule or a part of the report.

    Raises AuditorError where the work meets a mistake of the user's.
    """
    try:
        return work()
    except AuditorError:
        # A user's mistake in a file that is first read here, such as knowledge of an in-house library, is no failure of a rule.
        raise
    except Exception:  # noqa: BLE001  the one broad except around what may fail in any way
        return Crashed(name, path, line, traceback.format_exc(limit=-4))

"""Asking a rule: it may fail in any way, and the run must go on."""

import traceback
from collections.abc import Callable, Iterable, Iterator

from auditor.model.finding import Finding
from auditor.model.snapshot import Crashed
from auditor.rule.api import Rule


def ask(rule: Rule, answer: Callable[[], Iterable[Finding]], path: str, line: int = 0) -> Iterator[Finding | Crashed]:
    """One rule's answer, whole or not at all: where it fails, a Crashed with the place and the traceback."""
    try:
        yield from list(answer())
    except Exception:  # noqa: BLE001  the one broad except around rules
        yield Crashed(rule.id, path, line, traceback.format_exc(limit=-4))

"""How the proofs read what was seen of an application."""

import importlib
from collections.abc import Callable
from typing import Any

from tests.projects.labels import Label, Place
from tests.projects.stage import Stage
from tests.projects.watch import Lines, Seen, on

Play = Callable[..., tuple[Stage, Seen]]
"""Plays the label's scenario on a fresh stage: `play(rows=2, propagate=True, times=0, headers=None)`; 0 is the scenario's own."""


def stood(label: Label, place: Place, lines: Lines) -> bool:
    """Whether a label's place was on the stack; a defect may show itself at a place that is as good."""
    return on(place, lines) or (label.kind == "bad" and any(on(one, lines) for one in place.near))


def kinds(error: BaseException | None) -> list[str]:
    return [kind.__name__ for kind in type(error).__mro__] if error is not None else []


def told(seen: Seen) -> list[Any]:
    return [record for record in seen.records if record.levelname in ("WARNING", "ERROR", "CRITICAL") and ours(record, seen)]


def ours(record: Any, seen: Seen) -> bool:
    return str(record.pathname).startswith(seen.root)


def load(name: str) -> type:
    module, _, kind = name.rpartition(".")
    found: type = getattr(importlib.import_module(module), kind)
    return found

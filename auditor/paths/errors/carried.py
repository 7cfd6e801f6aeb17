"""Errors of the project that carry their own answer: a library that nobody here knows turns them into a response."""

import builtins
import re

from auditor.paths.errors.families import NUMBER, STATUS
from auditor.paths.names.hierarchy import ELSEWHERE, Hierarchy
from auditor.paths.names.symbol import Symbol

SPEAKS = re.compile(r"(?:HTTP|Http|REST|Rest|API|Api)\w*(?:Exception|Error)\Z")
"""What the base of such errors is called."""


def carries_answer(hierarchy: Hierarchy, name: str) -> bool:
    """Whether a type of the project descends from a library's error about requests, or from an unknown one and has a status."""
    own = hierarchy.own.get(name)
    if own is None:
        return False
    family = hierarchy.symbols.classes.mro(own)
    unknown = [klass.name for klass in family if klass.kind == "external" and _is_unknown(hierarchy, klass.name)]
    return any(SPEAKS.search(one) for one in unknown) or (
        bool(unknown) and any(_has_status(hierarchy, klass) for klass in family if klass.kind == "class")
    )


def _is_unknown(hierarchy: Hierarchy, name: str) -> bool:
    plain = hierarchy.knowledge.normal(name).removeprefix("builtins.")
    return not (plain in hierarchy.knowledge.bases or plain in ELSEWHERE or hasattr(builtins, plain))


def _has_status(hierarchy: Hierarchy, klass: Symbol) -> bool:
    """Whether a class says with which status of HTTP it is answered."""
    for name, assigns in hierarchy.symbols.table(klass.path).by_scope.get(klass.place, {}).items():
        if STATUS.match(name) and any(NUMBER.match(one.text or one.value) for one in assigns):
            return True
    return False

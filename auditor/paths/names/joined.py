"""Paths that are put together: `FOLDER / name` is a path as `FOLDER` is one."""

import re

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Assign
from auditor.paths.names.symbol import DEPTH, Names, Symbol

JOINED = re.compile(r"\(*\s*(?P<folder>[A-Za-z_][\w.]*(?:\((?:[^()]|\([^()]*\))*\)(?:\.\w+)*)*(?:\[\d+\])?)\s*/(?![/=])")
IS_PATH = re.compile(
    r"pathlib\.Path(?:\(\)|\.(?:home|cwd)\(\))?"
    r"(?:\.parent|\.parents\[\]|\.(?:joinpath|resolve|absolute|expanduser|with_suffix|with_name)\(\))*\Z"
)
PATH = Symbol("external", name="pathlib.Path()")


def joined(names: Names, path: str, assign: Assign, depth: int) -> Symbol | None:
    """A path, where an assignment puts one together of another and a name."""
    match = JOINED.match(assign.text) if "/" in assign.text and depth <= DEPTH else None
    folder = names.chain(path, assign.scope, elided(match["folder"].encode()), depth + 1) if match else None
    return PATH if folder is not None and folder.kind == "external" and IS_PATH.match(folder.name) else None

"""Both searches for what stands more than once, over the files that are searched: one call, so that it can run elsewhere."""

from collections.abc import Mapping

import msgspec

from auditor.clones.families import Family, families
from auditor.clones.find import find
from auditor.clones.groups import CloneGroup
from auditor.clones.statements import FileClones


class Copies(msgspec.Struct, frozen=True, array_like=True):
    """The groups of clones among source and tests, and the families of handlers in source."""

    groups: tuple[CloneGroup, ...] = ()
    families: tuple[Family, ...] = ()


def copies(rows: Mapping[str, FileClones], kinds: Mapping[str, str]) -> Copies:
    """Searches files; `kinds` says for each what kind of file it is."""
    return Copies(
        find(
            {path: row for path, row in rows.items() if kinds[path] in ("source", "test")},
            tests={path for path in rows if kinds[path] == "test"},
        ),
        families({path: row for path, row in rows.items() if kinds[path] == "source"}),
    )

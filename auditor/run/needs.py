"""What an audit must know of files beyond what stands in them: the rules that run, and what was promised, decide."""

from collections.abc import Collection
from fnmatch import fnmatchcase

from auditor.packs.described import about_projects, asked_of_project
from auditor.packs.rules import Place
from auditor.run.record import Needs

OF_FILES = frozenset(("files", "today", "before"))
OF_COPIES = frozenset(("clone_groups", "families"))


def needs(running: tuple[Place, ...], measured: Collection[str], supply: bool) -> Needs:
    """What the rules that run ask of the project, and the measures that a gate or a roadmap names. `supply` is whether
    dependencies are audited: of a vulnerable one it is told whether a path from an entry point leads to it.
    """
    calls = supply and any(place.id == "dependencies/vulnerable" for place in running)
    copies = False
    for place in about_projects(running):
        asked = asked_of_project(place)
        calls = calls or asked is None or bool(asked - OF_FILES - OF_COPIES)
        copies = copies or asked is None or bool(asked & OF_COPIES)
        if calls and copies:
            return Needs()
    named = _of_measures(measured) if measured else Needs(False, False)
    return Needs(calls or named.calls, copies or named.copies)


def _of_measures(names: Collection[str]) -> Needs:
    from auditor.run.figures import OF_CALLS, OF_COPIES

    def speaks_of(taken: Collection[str]) -> bool:
        return any(fnmatchcase(name, wanted) for wanted in names for name in taken)

    return Needs(speaks_of(OF_CALLS), speaks_of(OF_COPIES))

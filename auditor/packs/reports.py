"""Reports from their folders: a report is a folder with a `report.py` that holds one Report."""

from auditor.model.errors import AuditorError
from auditor.packs.shelf import load, shelf
from auditor.report.api import Report


def names() -> tuple[str, ...]:
    """The reports on the shelf, sorted; what `--format` takes."""
    return tuple(sorted(folder.name for folder in shelf("reports").iterdir() if (folder / "report.py").is_file()))


def load_report(name: str) -> Report:
    """One report by its folder's name. Raises AuditorError for a name that is not on the shelf."""
    if name not in names():
        raise AuditorError(f"no report {name}", f"there are {', '.join(names())}")
    made_up = f"auditor_shelf.reports.{name}.report"
    module = load(shelf("reports") / name / "report.py", made_up)
    kinds = [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Report) and thing.__module__ == made_up
    ]
    if len(kinds) != 1:
        raise AuditorError(f"{module.__file__}: holds {len(kinds)} reports, and must hold one")
    return kinds[0]()

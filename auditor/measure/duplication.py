"""How much of the code stands more than once, and how many lines could go."""

from auditor.clones.find import duplicated_lines
from auditor.model.measure import Measure, unknown
from auditor.paths.project import Project

NAMES = {"duplication.density_pct": "%", "duplication.controller_families": "count", "duplication.removable_lines": "lines"}


def duplication(project: Project) -> tuple[Measure, ...]:
    """Density over source files (tests are searched too, but do not count here); unknown where there is no source."""
    source = {path: file for path, file in project.files.items() if file.kind == "source"}
    code_lines = sum(file.code_lines for file in source.values())
    if not code_lines:
        return tuple(unknown(name, "no Python source was found", unit) for name, unit in sorted(NAMES.items()))
    lines = duplicated_lines(project.clone_groups, source)
    removable = sum(group.removable([place for place in group.places if place.path in source]) for group in project.clone_groups)
    return (
        Measure("duplication.controller_families", len(project.families)),
        Measure(
            "duplication.density_pct", round(100 * min(lines / code_lines, 1.0), 2), "%", note=f"{lines} of {code_lines} lines"
        ),
        Measure("duplication.removable_lines", removable, "lines"),
    )

"""How much of the code stands more than once."""

from auditor.model.measure import Measure, unknown
from auditor.paths.project import Project


def duplication(project: Project) -> tuple[Measure, ...]:
    """Density, families and lines that could go; unknown where there is no source."""
    return (unknown("duplication.density_pct", "no source", "%"),)

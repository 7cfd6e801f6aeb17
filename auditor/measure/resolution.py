"""How much of the project's calls the call graph could follow."""

from auditor.model.measure import Measure, unknown
from auditor.paths.project import Project

NAME = "analysis.unresolved_calls_pct"
NAMES = {NAME: "%"}
"""The measures of this part, with their units."""


def resolution(project: Project) -> Measure:
    """The share of calls which may stay inside the project and of which nobody can say where they lead, in percent."""
    if not project.flows:
        return unknown(NAME, "no Python source was found", "%")
    inside, lost = project.graph.followed
    if not inside + lost:
        return unknown(NAME, "nothing in the project calls anything else of it", "%")
    return Measure(NAME, round(100 * lost / (inside + lost), 1), "%")

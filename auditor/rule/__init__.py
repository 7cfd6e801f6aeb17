"""All that a rule's file imports, besides libcst."""

from auditor.facts.marks import Mark, marks
from auditor.facts.values import Comment, Definition, Docstring, FileFacts, Ignore, Import
from auditor.knowledge.topics import Weighed, weigh
from auditor.model.finding import Confidence, Finding, Hop, Location, Related, Severity
from auditor.paths.project import Project
from auditor.rule.api import FileRule, NodeRule, ProjectRule, Rule

__all__ = [
    "Comment",
    "Confidence",
    "Definition",
    "Docstring",
    "FileFacts",
    "FileRule",
    "Finding",
    "Hop",
    "Ignore",
    "Import",
    "Location",
    "Mark",
    "NodeRule",
    "Project",
    "ProjectRule",
    "Region",
    "Related",
    "Rule",
    "Severity",
    "Weighed",
    "marks",
    "weigh",
]


def __getattr__(name: str) -> object:
    """Region comes with libcst, which is slow to import: only who asks for it pays."""
    if name == "Region":
        from auditor.facts.region import Region

        return Region
    raise AttributeError(name)

"""All that a rule's file imports, besides libcst."""

import importlib
from typing import TYPE_CHECKING

from auditor.facts.marks import Mark, marks
from auditor.facts.values import Comment, Definition, Docstring, FileFacts, Ignore, Import
from auditor.knowledge.topics import Weighed, weigh
from auditor.model.finding import Confidence, Finding, Hop, Location, Related, Severity
from auditor.model.inventory import Advisory, Demand, Inventory, Missing, Package, Purpose, Unused
from auditor.paths.project import Project
from auditor.rule.api import FileRule, NodeRule, ProjectRule, Rule, SupplyRule

if TYPE_CHECKING:
    from auditor.clones.families import Family
    from auditor.clones.groups import CloneGroup
    from auditor.facts.order import below, children, preorder
    from auditor.facts.region import Region
    from auditor.paths.repeated.told import RepeatedQuery

__all__ = [
    "Advisory",
    "CloneGroup",
    "Comment",
    "Confidence",
    "Definition",
    "Demand",
    "Docstring",
    "Family",
    "FileFacts",
    "FileRule",
    "Finding",
    "Hop",
    "Ignore",
    "Import",
    "Inventory",
    "Location",
    "Mark",
    "Missing",
    "NodeRule",
    "Package",
    "Project",
    "ProjectRule",
    "Purpose",
    "Region",
    "Related",
    "RepeatedQuery",
    "Rule",
    "Severity",
    "SupplyRule",
    "Unused",
    "Weighed",
    "below",
    "children",
    "marks",
    "preorder",
    "weigh",
]


SLOW = {
    "CloneGroup": "auditor.clones.groups",
    "Family": "auditor.clones.families",
    "RepeatedQuery": "auditor.paths.repeated.told",
    "Region": "auditor.facts.region",
    "below": "auditor.facts.order",
    "children": "auditor.facts.order",
    "preorder": "auditor.facts.order",
}
"""What comes with libcst, the call graph or the search for copies: only who asks for it pays for the import."""


def __getattr__(name: str) -> object:
    """Loads the slow names when they are asked for."""
    if name in SLOW:
        return getattr(importlib.import_module(SLOW[name]), name)
    raise AttributeError(name)

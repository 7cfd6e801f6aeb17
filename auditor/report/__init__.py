"""The report author's API. A report is a folder with a `report.py` that imports from here and nowhere else."""

import importlib
from typing import TYPE_CHECKING

from auditor.model.finding import Finding, Location, Severity
from auditor.model.measure import Measure
from auditor.model.roadmap import Progress
from auditor.model.snapshot import RuleInfo
from auditor.report.api import Report
from auditor.report.excerpt import Excerpt
from auditor.report.letter import Attachment, Letter, Picture
from auditor.report.parts.cause import caused
from auditor.report.parts.chapter import Chapter
from auditor.report.parts.figure import figure, goal, journey, number, plural
from auditor.report.parts.gap import KINDS, Gap, counted
from auditor.report.parts.group import Count, Group, by_file
from auditor.report.parts.package import PackageRow
from auditor.report.screen import Screen
from auditor.report.view import View
from auditor.report.visible import cut, visible

if TYPE_CHECKING:
    from auditor.report.bill.cyclonedx import cyclonedx
    from auditor.report.bill.openvex import openvex
    from auditor.report.extras import extra
    from auditor.report.told.brief import Brief, brief, spoken
    from auditor.report.told.document import Document, document
    from auditor.report.told.sprint_brief import SprintBrief, sprint_brief
    from auditor.report.told.sprint_document import sprint_document

__all__ = [
    "KINDS",
    "Attachment",
    "Brief",
    "Chapter",
    "Count",
    "Document",
    "Excerpt",
    "Finding",
    "Gap",
    "Group",
    "Letter",
    "Location",
    "Measure",
    "PackageRow",
    "Picture",
    "Progress",
    "Report",
    "RuleInfo",
    "Screen",
    "Severity",
    "SprintBrief",
    "View",
    "brief",
    "by_file",
    "caused",
    "counted",
    "cut",
    "cyclonedx",
    "document",
    "extra",
    "figure",
    "goal",
    "journey",
    "number",
    "openvex",
    "plural",
    "spoken",
    "sprint_brief",
    "sprint_document",
    "visible",
]


SLOW = {
    "Brief": "told.brief",
    "Document": "told.document",
    "SprintBrief": "told.sprint_brief",
    "brief": "told.brief",
    "cyclonedx": "bill.cyclonedx",
    "document": "told.document",
    "extra": "extras",
    "openvex": "bill.openvex",
    "spoken": "told.brief",
    "sprint_brief": "told.sprint_brief",
    "sprint_document": "told.sprint_document",
}
"""What comes with charts and documents: only the reports that ask for it pay for the import."""


def __getattr__(name: str) -> object:
    """Loads the slow names when they are asked for."""
    if name in SLOW:
        return getattr(importlib.import_module(f"auditor.report.{SLOW[name]}"), name)
    raise AttributeError(name)

"""The report author's API. A report is a folder with a `report.py` that imports from here and nowhere else."""

from auditor.model.finding import Finding, Location, Severity
from auditor.model.measure import Measure
from auditor.model.roadmap import Progress
from auditor.model.snapshot import RuleInfo
from auditor.report.api import Report
from auditor.report.bill.cyclonedx import cyclonedx
from auditor.report.bill.openvex import openvex
from auditor.report.brief import Brief, brief, spoken
from auditor.report.document import Document, document
from auditor.report.excerpt import Excerpt
from auditor.report.extra import extra
from auditor.report.letter import Attachment, Letter, Picture
from auditor.report.parts.cause import caused
from auditor.report.parts.chapter import Chapter
from auditor.report.parts.figure import figure, goal, journey, number, plural
from auditor.report.parts.gap import KINDS, Gap, counted
from auditor.report.parts.group import Count, Group, by_file
from auditor.report.parts.package import PackageRow
from auditor.report.screen import Screen
from auditor.report.sprint_brief import SprintBrief, sprint_brief
from auditor.report.sprint_document import sprint_document
from auditor.report.view import View
from auditor.report.visible import cut, visible

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

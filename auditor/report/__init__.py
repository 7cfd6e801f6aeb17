"""The report author's API. A report is a folder with a `report.py` that imports from here and nowhere else."""

from auditor.report.api import Report
from auditor.report.document import Document, document
from auditor.report.excerpt import Excerpt
from auditor.report.parts.chapter import Chapter
from auditor.report.parts.figure import figure, goal, journey, number
from auditor.report.parts.gap import Gap
from auditor.report.parts.group import Group
from auditor.report.screen import Screen
from auditor.report.view import View
from auditor.report.visible import visible

__all__ = [
    "Chapter",
    "Document",
    "Excerpt",
    "Gap",
    "Group",
    "Report",
    "Screen",
    "View",
    "document",
    "figure",
    "goal",
    "journey",
    "number",
    "visible",
]

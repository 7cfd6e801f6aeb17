"""Small projects from texts, as the engine sees them."""

import textwrap
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from auditor.facts.flow.read import PATTERNS, flow
from auditor.facts.screen import screen
from auditor.paths.project import Project


def project(files: Mapping[str, str], knowledge: tuple[Path, ...] = ()) -> Project:
    """The project of these files by path; texts may be indented."""
    sheets = {path: screen(path, textwrap.dedent(text).encode(), PATTERNS) for path, text in files.items()}
    facts = {path: sheet.facts for path, sheet in sheets.items()}
    flows = {path: flow(sheet) for path, sheet in sheets.items()}
    return Project(facts, date(2026, 1, 1), flows=flows, knowledge=knowledge)


def table(files: Mapping[str, str], knowledge: tuple[Path, ...] = ()) -> list[tuple[str, str, str]]:
    """The route table: method, path and the handler's name within its module."""
    found = project(files, knowledge).routes
    return sorted((route.method, route.path, route.handler.partition(".")[2]) for route in found)

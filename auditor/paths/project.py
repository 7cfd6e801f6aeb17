"""The project as rules see it: every file's facts, and what stands in several places."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from auditor.clones.stretch import FileClones
from auditor.facts.values import FileFacts


class Project:
    """All judged files. Values derived from them are worked out once, when the first rule asks."""

    def __init__(
        self, files: Mapping[str, FileFacts], today: date, clones: Mapping[str, FileClones] | None = None
    ) -> None:
        self.files = files
        self.today = today
        self.clones = clones or {}

    @cached_property
    def by_module(self) -> dict[str, FileFacts]:
        """Files by their dotted module name."""
        return {file.module: file for file in self.files.values() if file.module}

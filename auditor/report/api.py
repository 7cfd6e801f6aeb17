"""What a report is: a name, words for people, and one `render` from a View to text."""

import sys
from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar

from auditor.report.view import View


class Report(ABC):
    """One form in which an audit is shown. Holds no state, reads nothing but its own folder, prints nothing."""

    name: ClassVar[str] = ""
    """What `--format` calls it: the folder's name."""
    suffix: ClassVar[str] = ""
    """How its files end, with the dot; empty where it is meant for the screen."""
    title: ClassVar[str] = ""
    """One line for `--help`."""

    @abstractmethod
    def render(self, view: View) -> str | bytes:
        """The whole report. The same view gives the same text."""

    def template(self, name: str, view: View) -> str:
        """Fills the template `name` of the report's own folder with `view`: escaped, and strict about names."""
        from auditor.report.render import render

        return render(self.folder(), name, view)

    def folder(self) -> Path:
        """Where the report's `report.py` lies."""
        return Path(str(sys.modules[type(self).__module__].__file__)).parent

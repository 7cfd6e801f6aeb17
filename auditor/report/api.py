"""What a report is: a name, words for people, and one `render` from a View to text."""

import sys
from abc import ABC, abstractmethod
from datetime import date
from pathlib import Path
from typing import ClassVar

from auditor.report.letter import Attachment, Letter, plain_letter
from auditor.report.view import View


class Report(ABC):
    """One form in which an audit is shown. Holds no state, reads nothing but its own folder, prints nothing."""

    name: ClassVar[str] = ""
    """What `--format` calls it: the folder's name."""
    suffix: ClassVar[str] = ""
    """How its files end, with the dot; empty where it is meant for the screen."""
    title: ClassVar[str] = ""
    """One line for `--help`."""

    endings: ClassVar[tuple[str, ...]] = ()
    """For a report that comes in several forms: the endings of its files, the first where none is asked for. The view's
    `ending` says which form is wanted."""
    period: ClassVar[str] = "day"
    """What it speaks of, and so how often it is sent to one recipient: a `day`, a `week`, a `sprint`."""

    @abstractmethod
    def render(self, view: View) -> str | bytes:
        """The whole report. The same view gives the same text."""

    def letter(self, view: View) -> Letter:
        """The report as it is sent: unless it has words of its own, the audit's summary with the report as a file."""
        return plain_letter(view, self.title, Attachment(f"{self.name}{self.ending(view)}", self.data(view)))

    def data(self, view: View) -> bytes:
        """The whole report as bytes."""
        body = self.render(view)
        return body if isinstance(body, bytes) else body.encode("utf-8")

    def ending(self, view: View) -> str:
        """How a file with this report ends."""
        return view.ending or (self.endings[0] if self.endings else self.suffix or ".txt")

    def span(self, view: View) -> str:
        """The stretch of time that it speaks of: `2026-W48`, `2026-11-27`, or the sprint that runs or was the last to end."""
        day = view.snapshot.taken_at[:10]
        if self.period == "week" and day:
            year, week, _ = date.fromisoformat(day).isocalendar()
            return f"{year}-W{week:02}"
        sprints = [chapter.sprint.name for chapter in view.chapters if chapter.when in ("past", "running")]
        return sprints[-1] if self.period == "sprint" and sprints else day

    def template(self, name: str, view: View, **more: object) -> str:
        """Fills the template `name` of the report's own folder with `view` and `more`: escaped, and strict about names."""
        from auditor.report.render import render

        return render(self.folder(), name, view, more)

    def folder(self) -> Path:
        """Where the report's `report.py` lies."""
        return Path(str(sys.modules[type(self).__module__].__file__)).parent

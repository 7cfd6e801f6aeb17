"""The templates of the audited tree: read as data when a rule asks for one, never rendered."""

from auditor.facts import source
from auditor.facts.discover import Discovered, shown
from auditor.paths.templates.files import TemplateFiles
from auditor.run.job import Job


def templates(job: Job, found: Discovered) -> TemplateFiles:
    """The templates that were found, by path; one that can not be read is empty."""
    paths = {shown(path): path for path in found.templates}

    def read(path: str) -> str:
        try:
            return source.normalise(source.read(job.root / paths[path], job.max_file_kib << 10)).decode("utf-8", "replace")
        except source.Unreadable:
            return ""

    return TemplateFiles(tuple(paths), read)

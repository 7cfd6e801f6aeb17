"""The templates of the audited tree: read as data when a rule asks for one, never rendered."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.facts import source
from auditor.facts.cache import key
from auditor.facts.discover import Discovered, shown
from auditor.run.job import Job

if TYPE_CHECKING:
    from auditor.paths.templates.files import TemplateFiles


def template_keys(job: Job, found: Discovered) -> Iterator[tuple[str, str]]:
    """A name made of each template's bytes, by path; for one that can not be read the reason."""
    for path in found.templates:
        try:
            yield shown(path), key(source.read(job.root / path, job.max_file_kib << 10))
        except source.Unreadable as error:
            yield shown(path), str(error)


def templates(job: Job, found: Discovered) -> "TemplateFiles":
    """The templates that were found, by path; one that can not be read is empty."""
    from auditor.paths.templates.files import TemplateFiles

    paths = {shown(path): path for path in found.templates}

    def read(path: str) -> str:
        try:
            return source.normalise(source.read(job.root / paths[path], job.max_file_kib << 10)).decode("utf-8", "replace")
        except source.Unreadable:
            return ""

    return TemplateFiles(tuple(paths), read)

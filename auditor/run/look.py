"""The project as the rules see it, for commands that look closer: mapped and gathered, with no rule asked."""

from auditor.model.snapshot import Skipped
from auditor.packs.rules import rules_digest
from auditor.paths.project import Project
from auditor.run.audit import find
from auditor.run.desk import Order
from auditor.run.gather import gather
from auditor.run.job import Job
from auditor.run.pool import records
from auditor.run.templates import templates


def look(job: Job) -> tuple[Project, tuple[Skipped, ...]]:
    """The project at the job's root and what could not be read of it."""
    found = find(job)
    order = Order(job.root, job.rules, rules_digest(job.rules), job.max_file_kib << 10, job.cache, job.kinds)
    gathered = gather(records(order, found.files, job.workers))
    project = Project(gathered.files, job.today, gathered.clones, gathered.flows, job.knowledge, templates=templates(job, found))
    return project, tuple(sorted({*found.skipped, *gathered.skipped}))

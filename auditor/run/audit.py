"""The recipe of an audit on one page: discover, map, reduce, snapshot."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial

import msgspec

from auditor import __version__
from auditor.facts.cache import key
from auditor.facts.discover import Discovered, discover
from auditor.facts.values import FileFacts
from auditor.model.finding import Finding
from auditor.model.inventory import Use
from auditor.model.measure import Measure
from auditor.model.route import Route
from auditor.model.snapshot import Crashed, Scope, Snapshot
from auditor.packs.described import about_files, about_projects, described
from auditor.packs.rules import info, load_rules, rules_digest
from auditor.paths.project import Project, Search
from auditor.rule.api import ProjectRule
from auditor.rule.ask import tried
from auditor.run import git
from auditor.run.desk import Order
from auditor.run.gather import Gathered, fingerprinted, gather, settled
from auditor.run.job import Job
from auditor.run.memory import Memory, now
from auditor.run.pool import hire
from auditor.run.templates import template_keys, templates


class Progress(msgspec.Struct, frozen=True):
    """How an audit tells how far it is: `begin` hears the number of files, `advance` how many more are done."""

    begin: Callable[[int], None] = lambda _: None
    advance: Callable[[int], None] = lambda _: None


SILENT = Progress()


def audit(job: Job, progress: Progress = SILENT, started: Callable[[], None] = lambda: None) -> Snapshot:
    """The code's part of a snapshot. Reads the tree, runs none of it. The same tree and rules give the same bytes,
    but for `taken_at`. `started` is called once the worker processes stand: threads may begin from then on.
    """
    found = find(job)
    digest = rules_digest(job.rules) if job.whole or job.cache is not None else ""
    order = Order(job.root, job.rules, digest, job.max_file_kib << 10, job.cache, job.kinds, job.whole, job.needs)
    commit = git.commit(job.root)
    memory = Memory(order, job, found, commit)
    known = memory.recall()
    if known is not None:
        return known
    progress.begin(len(found.files))
    crew = hire(order, len(found.files), job.workers)
    started()
    try:
        bodies = []
        for body in crew.run(found.files):
            bodies.append(body)
            progress.advance(1)
        search = crew.search(bodies) if job.whole and job.figures and job.needs.copies else None
        gathered = gather(bodies)
        del bodies
        return memory.keep(reduce(job, found, gathered, commit, search), gathered.keys)
    finally:
        crew.dismiss()


def reduce(job: Job, found: Discovered, gathered: Gathered, commit: str, search: Search | None = None) -> Snapshot:
    """All files' answers to one snapshot. `search` fetches the copies where another process looks for them."""
    rules = load_rules(about_projects(job.rules)) if job.whole else ()
    follows = job.whole and job.needs.calls
    pages = templates(job, found) if follows else None
    project = Project(gathered.files, job.today, gathered.clones, gathered.flows, job.knowledge, search, job.before, pages)
    told = _told([rule for rule in rules if isinstance(rule, ProjectRule)], project, job.workers)
    late = fingerprinted((a for a in told if isinstance(a, Finding)), job)
    findings = settled((*gathered.findings, *late), gathered.files, job)
    findings, ages = git.aged(job.root, findings, gathered.files, job.today) if job.figures else (findings, {})
    crashed = {*gathered.crashed, *(one for one in told if isinstance(one, Crashed))}
    measures, failed = _measures(job, project, findings, ages, crashed)
    reached = tried("the files on paths", partial(_reached, project)) if follows else None
    shown = tried("the route table", partial(_routes, project)) if follows and job.figures else ()
    crashed |= {*failed, *(one for one in (reached, shown) if isinstance(one, Crashed))}
    return Snapshot(
        project=job.root.resolve().name,
        commit=commit,
        taken_at=now(),
        tool_version=__version__,
        findings=findings,
        measures=measures,
        skipped=tuple(sorted({*found.skipped, *gathered.skipped})),
        crashed=tuple(sorted(crashed)),
        rules=described(job.rules) if job.whole else info(load_rules(about_files(job.rules))),
        scope=_scope(gathered.files),
        uses=_uses(gathered.files) if job.whole else (),
        reached=None if isinstance(reached, Crashed) else reached,
        routes=() if isinstance(shown, Crashed) else shown,
        inputs=key(*(f"{path}\0{name}" for path, name in sorted((*gathered.keys.items(), *template_keys(job, found)))))[:16],
    )


def _told(rules: Sequence[ProjectRule], project: Project, workers: int) -> list[Finding | Crashed]:
    """What the rules about the whole project answer. Who asks for none of them does without what shares them out."""
    if not rules:
        return []
    from auditor.run.halves import answers

    return answers(rules, project, workers)


def _uses(files: Mapping[str, FileFacts]) -> tuple[Use, ...]:
    from auditor.supply.use.imports import uses

    return uses(files)


def _routes(project: Project) -> tuple[Route, ...]:
    from auditor.run.routes import routes

    return routes(project)


def _measures(
    job: Job, project: Project, findings: tuple[Finding, ...], ages: Mapping[tuple[str, int], int], crashed: AbstractSet[Crashed]
) -> tuple[tuple[Measure, ...], tuple[Crashed, ...]]:
    if not (job.whole and job.figures):
        return (), ()
    from auditor.run import figures

    ran, failed = frozenset(place.id for place in job.rules), frozenset(one.rule for one in crashed)
    return figures.measures(project, findings, ages, figures.Asked(ran, failed, job.needs), job.hot)


def _reached(project: Project) -> tuple[str, ...] | None:
    """The files of which some scope stands on a path from an entry point; None where no entry point was found."""
    from auditor.paths.calls.reach import Reach

    starts = [node for entry in project.entries for node in (entry.node, *entry.hooks)]
    return tuple(sorted({node.path for node in Reach(project.graph, starts).from_entries})) if starts else None


def find(job: Job) -> Discovered:
    """The files of the whole tree, or of the folders and files that were named."""
    if not job.only:
        return discover(job.root, job.exclude)
    parts = [
        discover(job.root, job.exclude, path) if (job.root / path).is_dir() else Discovered((path,), ()) for path in job.only
    ]
    files = {file for part in parts for file in part.files}
    beside = {file for part in parts for file in part.templates}
    return Discovered(
        tuple(sorted(files)), tuple(sorted({skip for part in parts for skip in part.skipped})), tuple(sorted(beside))
    )


def _scope(files: dict[str, FileFacts]) -> Scope:
    kinds = sorted({file.kind for file in files.values()})
    return Scope(
        files={kind: sum(file.kind == kind for file in files.values()) for kind in kinds},
        lines={kind: sum(file.lines for file in files.values() if file.kind == kind) for kind in kinds},
    )

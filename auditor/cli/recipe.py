"""From what the user said to an audit's outcome: settings read, code and dependencies audited, all of it judged."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import msgspec

from auditor.cli.choice import EVERYTHING, Choice, chosen, promised_measures, runs
from auditor.model.errors import AuditorError
from auditor.model.roadmap import Roadmap
from auditor.model.snapshot import Skipped, Snapshot
from auditor.model.verdict import Verdict
from auditor.settings import Settings, read

if TYPE_CHECKING:
    from concurrent.futures import Future

    from auditor.model.inventory import Package
    from auditor.packs.rules import Place
    from auditor.run.audit import Progress
    from auditor.run.job import Job
    from auditor.supply.audit import Supply


class Outcome(msgspec.Struct, frozen=True):
    """All that reports need of one audit."""

    root: Path
    snapshot: Snapshot
    verdict: Verdict
    roadmap: Roadmap | None
    settings: Settings = Settings()
    rules: "tuple[Place, ...]" = ()
    """The rules that ran."""
    recipe: "Recipe | None" = None
    """How it was made, so that a past commit can be audited likewise."""


class Recipe(msgspec.Struct, frozen=True):
    """What the user asked for. `path` may be a folder or one file; the folder is the project."""

    path: Path
    settings: Path | None = None
    rules: tuple[Path, ...] = ()
    roadmap: Path | None = None
    baseline: Path | None = None
    deps: bool = True
    jobs: int | None = None
    cache: bool = True
    offline: bool = False
    advisories: Path | None = None
    """A folder or a zip of OSV documents that answers instead of the network."""
    evidence: tuple[Path, ...] = ()
    """Files of evidence beside those that the project keeps."""
    fetch: bool = False
    """Whether the sources that the settings name are asked over the network."""
    given: Settings | None = None
    """Settings that were read already; None to read those of the project."""
    today: date | None = None
    """The day of a past commit, by which ages and ends of suppressions count; None for the tree of this day."""
    base: str = ""
    """The commit whose contract is compared with today's."""
    history: str | None = None
    """Where the history lies that knows the first figures, as the user said it."""
    choice: Choice = EVERYTHING
    """The rules that this run is narrowed to."""

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self.path if self.path.is_dir() else self.path.parent

    def audit(self, stream: TextIO, skipped: tuple[Skipped, ...] = ()) -> Outcome:
        """Runs it; progress shows on `stream` where that is a terminal. `skipped` is what is known to be missing already."""
        from auditor.cli.origin import with_origins
        from auditor.judge.verdict import judge
        from auditor.model.contract import IDS
        from auditor.packs.rules import places

        wanted = places(self.rules)
        self.choice.check(wanted)
        settings = self.given or self.agreed(wanted)
        promised = self._promised(settings)
        known = self.known(settings)
        narrowed = self.choice.over(settings)
        running = chosen(wanted, narrowed)
        left = {rule for rule in IDS if not runs(rule, narrowed)}
        off = tuple(sorted({place.id for place in wanted} - {place.id for place in running} | left))
        snapshot = self._snapshot(settings, running, stream, promised_measures(settings, promised))
        snapshot = self._measured(noted(snapshot, settings), settings, promised)
        snapshot = msgspec.structs.replace(snapshot, switched_off=off, skipped=tuple(sorted({*snapshot.skipped, *skipped})))
        snapshot = self._held(snapshot, settings, promised)
        promised, notes = (promised, ()) if self.today else with_origins(self.root, settings, promised, self.history)
        snapshot = msgspec.structs.replace(snapshot, skipped=tuple(sorted({*snapshot.skipped, *notes})))
        verdict = judge(snapshot, self.choice.bounds(settings.gate), promised, known, settings.supply)
        verdict = self.choice.ungraded(verdict, settings.gate)
        return Outcome(self.root, snapshot, verdict, promised, settings, running, self)

    def agreed(self, rules: "tuple[Place, ...]") -> Settings:
        """The settings, with the rules that they name checked against these."""
        return read(self.root, self.settings, frozenset(place.id for place in rules))

    def dependencies(self, stream: TextIO) -> Outcome:
        """The dependencies alone, with the code's imports. The verdict is about holes that nobody accepted, and about packages
        that nobody audited and that may not wait.
        """
        from auditor.judge.supply import judge_supply
        from auditor.packs.rules import places

        wanted = places(self.rules)
        settings = read(self.root, self.settings, frozenset(place.id for place in wanted))
        running = tuple(place for place in chosen(wanted, settings) if place.id.startswith("dependencies/"))
        snapshot = noted(self._snapshot(settings, running, stream), settings)
        return Outcome(self.root, snapshot, judge_supply(snapshot, settings.supply), None)

    def supplies(self, revision: str) -> "tuple[tuple[Package, ...], tuple[Package, ...]]":
        """The packages at a revision and now, both audited. Raises AuditorError where git knows no such revision."""
        import tempfile

        from auditor.cli.supply import options
        from auditor.run.checkout import laid_out
        from auditor.supply.audit import audit
        from auditor.supply.stock import is_manifest

        settings = read(self.root, self.settings)
        wanted = msgspec.structs.replace(options(self.root, settings, self.offline, self.advisories), releases=False)
        with tempfile.TemporaryDirectory(prefix="auditor-") as name:
            then = laid_out(self.root, revision, is_manifest, Path(name))
            before = audit(then, msgspec.structs.replace(wanted, environment=None))
        return before.packages, audit(self.root, wanted).packages

    def job(self, settings: Settings, rules: "tuple[Place, ...]") -> "Job":
        """The audit of the code as values."""
        from auditor.facts.cache import folder
        from auditor.run.job import Job
        from auditor.run.pool import cores

        return Job(
            root=self.root,
            rules=rules,
            today=self.today or date.today(),
            only=() if self.path.is_dir() else (self.path.name,),
            exclude=settings.discover.exclude,
            max_file_kib=settings.discover.max_file_kib,
            cache=folder() if self.cache else None,
            workers=self.jobs or cores(),
            kinds=tuple(sorted(settings.discover.kinds.items())),
            boundaries=settings.rules.boundaries,
            path_ignores=tuple(sorted(settings.rules.path_ignores.items())),
            severities=tuple(sorted(settings.rules.severity.items())),
            hot=settings.paths.hot,
            before=self._before(),
            knowledge=tuple(self.root / name for name in settings.knowledge),
        )

    def _before(self) -> tuple[tuple[str, str, str], ...]:
        """The routes that the baseline holds, where there is one that can be read: path, method, file of the handler."""
        from auditor.judge.baseline import read as read_baseline

        file = self.baseline or self.root / "auditor-baseline.json"
        if not file.is_file():
            return ()
        return tuple((known.path, known.method, known.file) for known in read_baseline(file.read_bytes(), file).routes)

    def _snapshot(
        self, settings: Settings, rules: "tuple[Place, ...]", stream: TextIO, named: Collection[str] | None = None
    ) -> Snapshot:
        """Code and dependencies side by side: the one waits for processors, the other for the network. `named` are the
        measures that somebody promised, None where no figures are asked for.
        """
        from auditor.run.audit import audit
        from auditor.run.needs import needs
        from auditor.run.supply import joined

        job = self.job(settings, rules)
        job = msgspec.structs.replace(job, figures=named is not None, needs=needs(rules, named or (), self.deps))
        if not self.deps:
            with bar(stream) as progress:
                return joined(audit(job, progress), None, job)
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(1) as pool, bar(stream) as progress:
            supply: Future[Supply] | None = None

            def begin() -> None:
                nonlocal supply
                supply = pool.submit(self._supply(settings))

            snapshot = audit(job, progress, begin)
            answer = supply.result() if supply is not None else self._supply(settings)()
            return joined(snapshot, answer, job, settings.supply, Path(settings.source).name)

    def _measured(self, snapshot: Snapshot, settings: Settings, promised: Roadmap | None) -> Snapshot:
        """The snapshot with what others measured, and what persons answer for in the roadmap."""
        from auditor.evidence.collect import collect
        from auditor.evidence.declared import declared
        from auditor.run.evidence import with_evidence

        pieces, skipped = collect(self.root, settings.evidence, self.evidence, self.fetch)
        if promised is not None:
            pieces = (*pieces, declared(promised))
        return with_evidence(snapshot, pieces, skipped, settings.evidence, self.job(settings, ()))

    def _held(self, snapshot: Snapshot, settings: Settings, promised: Roadmap | None) -> Snapshot:
        """The snapshot with what was softened in the contract since the base commit."""
        from auditor.run import contract

        own = {rule.id: rule.severity for rule in snapshot.rules}
        answer = contract.compare(self.root, settings, promised, own, self.base, committed=self.today is not None)
        found = contract.findings(answer.changes, settings.rules.severity)
        found = tuple(one for one in found if runs(one.rule, self.choice.over(settings)))
        infos = [info for info in contract.infos() if any(one.rule == info.id for one in found)]
        return msgspec.structs.replace(
            snapshot,
            findings=tuple(sorted((*snapshot.findings, *found), key=lambda one: one.sort_key)),
            rules=tuple(sorted((*snapshot.rules, *infos), key=lambda one: one.id)),
            skipped=tuple(sorted({*snapshot.skipped, *contract.told(answer)})),
        )

    def _supply(self, settings: Settings) -> "Callable[[], Supply]":
        from auditor.cli.supply import options
        from auditor.supply.audit import audit

        wanted = options(self.root, settings, self.offline, self.advisories)
        return lambda: audit(self.root, wanted)

    def _promised(self, settings: Settings) -> Roadmap | None:
        from auditor.cli.promises import find_roadmap

        if self.roadmap is not None:
            return find_roadmap(self.roadmap)
        return find_roadmap(self.root / settings.roadmap.path if settings.roadmap.path else self.root)

    def known(self, settings: Settings) -> frozenset[str] | None:
        """The fingerprints of the baseline, None where none is asked for. Raises AuditorError where it can not be read."""
        from auditor.judge.baseline import read as read_baseline

        file = self.baseline
        if file is None:
            file = self.root / "auditor-baseline.json"
            if not (settings.gate.new_only and file.exists()):
                return None
        if file.exists() and not file.is_file():
            raise AuditorError(f"{file}: is no file", "write it with `auditor baseline`")
        try:
            return read_baseline(file.read_bytes(), file).fingerprints
        except OSError as error:
            raise AuditorError(f"{file}: can not be read: {error.strerror}", "write it with `auditor baseline`") from error


def noted(snapshot: Snapshot, settings: Settings) -> Snapshot:
    """The snapshot with what a reader should know of the settings, though it is no mistake: a file that was not used."""
    notes = [Skipped("pyproject.toml", note, "left out") for note in settings.notes]
    return msgspec.structs.replace(snapshot, skipped=tuple(sorted((*snapshot.skipped, *notes)))) if notes else snapshot


def bar(stream: TextIO) -> "AbstractContextManager[Progress]":
    """A progress bar on a terminal, nothing in a pipe."""
    from auditor.run.audit import Progress

    if not stream.isatty():
        return nullcontext(Progress())
    from auditor.cli.bar import shown

    return shown(stream)

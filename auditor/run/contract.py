"""The contract then and now: roadmap and settings as they stood in the base commit, what was softened since, and by whom."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from auditor.judge.integrity import softened
from auditor.model.contract import Change, Contract, Kind
from auditor.model.errors import AuditorError
from auditor.model.finding import Confidence, Finding, Location, Severity, fingerprint
from auditor.model.roadmap import Roadmap
from auditor.model.snapshot import RuleInfo, Skipped
from auditor.roadmap import read_toml
from auditor.roadmap.toml_lines import Lines
from auditor.run.lineage import Lineage, Step
from auditor.run.shadow import repository, shadow
from auditor.settings import Settings, read
from auditor.settings.place import Places

ROADMAPS = ("roadmap.toml", "docs/roadmap.toml")
SETTINGS = ("auditor.toml", "pyproject.toml")
LIGHT = (Kind.DATE,)
"""Softening that is told and weighs little; the rest is of medium severity."""
WHY = "A promise that is made easier once it is due says nothing of the work. What a team softens is told, with who and when."


class Softened(msgspec.Struct, frozen=True):
    """What was softened since `base`, a commit's full name; empty where there is none, and `note` may say why."""

    base: str = ""
    changes: tuple[Change, ...] = ()
    note: str = ""


def compare(
    root: Path, settings: Settings, promised: Roadmap | None, own: Mapping[str, str], base: str = "", committed: bool = False
) -> Softened:
    """Holds today's roadmap and settings against those of the base commit. `own` are the rules' own severities by id.

    With `committed`, the checked-out commit's own stand for today's: a past commit is judged by what was agreed then.
    `base` is what a person asked for; else the settings' `roadmap.base`, else see `_base`. Raises AuditorError where an asked
    base is no commit.
    """
    found = repository(root)
    if found is None or not found.commit:
        if base:
            raise AuditorError(f"{base!r} can not be looked up: there is no commit here", "leave --base out")
        return Softened(note="the roadmap was compared with no earlier one: there is no git history" if promised else "")
    paths = (*dict.fromkeys((settings.roadmap.path, *ROADMAPS)), *SETTINGS)
    paths = tuple(path for path in paths if path)
    asked = base or settings.roadmap.base
    with shadow(found) as environment:
        lineage = Lineage(found, root, environment)
        name = lineage.named(asked) if asked else _base(lineage, paths, own)
        if not name and asked:
            raise AuditorError(f"{asked!r} is no commit here", "name a branch, a tag or a commit that was fetched")
        if not name:
            return Softened(note="")
        now = _at(lineage, found.commit, own) if committed else contract(settings, promised, own)
        was = _at(lineage, name, own)
        if was is None or now is None:
            unread = name if was is None else found.commit
            return Softened(name, note=f"roadmap or settings of {unread[:10]} can not be read, so the contract was not compared")
        changes = softened(was, now)
        return Softened(name, tuple(_signed(changes, name, was, lineage, paths, own, root)))


def _base(lineage: Lineage, paths: tuple[str, ...], own: Mapping[str, str]) -> str:
    """Where the work left the default branch. On that branch itself, the commit that stood when the roadmap began, or the first
    that held it; before it began, or without one, the commit before the last that touched the roadmap or the settings.
    """
    fork = lineage.fork()
    if fork:
        return fork
    roadmaps = [path for path in paths if path not in SETTINGS]
    first = lineage.first(roadmaps)
    then = _at(lineage, first, own) if first else None
    sprints = then.roadmap.sprints if then is not None and then.roadmap is not None else ()
    days = [day for day in (then.roadmap.starts if then and then.roadmap else "", *(one.starts for one in sprints)) if day]
    stood = lineage.upto(min(days)) if days else lineage.newest
    if stood == lineage.newest:
        return lineage.before_last(paths)
    return stood if any(lineage.text(stood, path) is not None for path in roadmaps) else first


def contract(settings: Settings, promised: Roadmap | None, own: Mapping[str, str]) -> Contract:
    """Today's contract as a value."""
    return Contract(
        promised, settings.discover, settings.rules, settings.gate, settings.supply, settings.evidence, severities=dict(own)
    )


def _at(lineage: Lineage, name: str, own: Mapping[str, str]) -> Contract | None:
    """The contract of a commit; None where it can not be read as one."""
    with tempfile.TemporaryDirectory(prefix="auditor-base-") as place:
        folder = Path(place)
        for path in SETTINGS:
            text = lineage.text(name, path)
            if text is not None:
                (folder / path).write_text(text, encoding="utf-8")
        try:
            settings = read(folder)
            for path in filter(None, (settings.roadmap.path, *ROADMAPS)):
                text = lineage.text(name, path)
                if text is not None:
                    return contract(settings, read_toml(text, path), own)
        except AuditorError:
            return None
    return contract(settings, None, own)


def _signed(
    changes: tuple[Change, ...],
    base: str,
    was: Contract,
    lineage: Lineage,
    paths: tuple[str, ...],
    own: Mapping[str, str],
    root: Path,
) -> Iterator[Change]:
    """The changes with who made each, when, in which commit: the last one whose own step softened it."""
    if not changes:
        return
    last: dict[tuple[str, str], str] = {}
    authors: dict[tuple[str, str], Step] = {}
    before = was
    for commit in lineage.between(base, paths):
        then = _at(lineage, commit.name, own)
        if then is not None:
            steps = {(change.kind, change.now) for change in softened(before, then)}
            values = {change.key: change.now for change in softened(was, then)}
            authors |= {key: commit for key, now in values.items() if last.get(key) != now and (Kind(key[0]), now) in steps}
            before, last = then, values
    for change in changes:
        placed = _placed(change, root, paths)
        author = authors.get(change.key) if last.get(change.key) == change.now else None
        if author is None:
            yield placed
        else:
            yield msgspec.structs.replace(placed, who=author.who, when=author.when, commit=author.name)


def _placed(change: Change, root: Path, paths: tuple[str, ...]) -> Change:
    """The change with the file and line that say it now."""
    table, number, key = change.place
    of_roadmap = table in ("target", "sprint") or change.kind in (Kind.TARGET, Kind.SPRINT)
    names = [path for path in paths if (path not in SETTINGS) == of_roadmap and (root / path).is_file()]
    for name in names:
        try:
            text = (root / name).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue
        if of_roadmap:
            return msgspec.structs.replace(change, file=name, line=Lines(text).of(table, number, key) if table else 1)
        if name == SETTINGS[0] or "tool.auditor" in text:
            prefix = () if name == SETTINGS[0] else ("tool", "auditor")
            return msgspec.structs.replace(change, file=name, line=Places(text).line((*prefix, table, key)))
    return msgspec.structs.replace(change, file=(names or ["roadmap.toml" if of_roadmap else SETTINGS[0]])[0])


def findings(changes: tuple[Change, ...], severities: Mapping[str, str]) -> tuple[Finding, ...]:
    """A finding a change, gravest first; `severities` are the settings' own by rule."""
    found = []
    for change in changes:
        rule = change.kind.rule
        facts = {"was": change.was, "now": change.now, "who": change.who, "when": change.when, "commit": change.commit}
        found.append(
            Finding(
                rule=rule,
                severity=Severity(severities.get(rule, _severity(change.kind))),
                confidence=Confidence.HIGH,
                location=Location(change.file, change.line),
                message=f"{change.sentence}, {signature(change)}",
                fingerprint=fingerprint(rule, change.file, f"{change.subject}\0{change.now}", 0),
                facts={"subject": change.subject} | {key: value for key, value in facts.items() if value},
            )
        )
    return tuple(sorted(found, key=lambda one: one.sort_key))


def signature(change: Change) -> str:
    """`by Ada on 2026-03-02 in 1234567890`."""
    return f"by {change.who} on {change.when} in {change.commit[:10]}" if change.commit else "not committed yet"


def infos() -> tuple[RuleInfo, ...]:
    """What reports may say of these rules, by id."""
    found = (RuleInfo(kind.rule, kind.value, WHY, _severity(kind).value) for kind in Kind)
    return tuple(sorted(found, key=lambda info: info.id))


def _severity(kind: Kind) -> Severity:
    return Severity.LOW if kind in LIGHT else Severity.MEDIUM


def told(softened_: Softened) -> tuple[Skipped, ...]:
    """What could not be compared, for the report's list of gaps."""
    return (Skipped("roadmap.toml", softened_.note, "left out"),) if softened_.note else ()

"""What types do not say of settings: rules that exist, dates, bounds that can be read, paths that stay in the project."""

import os
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path, PurePosixPath, PureWindowsPath

from auditor.model import policy
from auditor.model.closest import closest
from auditor.model.contract import IDS
from auditor.settings.mistake import Mistake, near, quoted
from auditor.settings.place import Path as Keys

BOUND = re.compile(r"\s*(<=|>=|==|<|>)\s*-?\d{1,15}(\.\d{1,15})?\s*\Z")
DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
NAME = re.compile(r"\w+(\.\w+)*\Z")


def rules(section: policy.Rules, known: frozenset[str]) -> Iterable[Mistake]:
    """Rules and packs that nobody knows, where it is known which there are; names of functions that can be none."""
    known = known | IDS if known else known
    packs = {rule.partition("/")[0] for rule in known}
    for place, names, may_be_pack in _named_rules(section):
        for name in names:
            if known and name not in known and not (may_be_pack and name in packs):
                meant = _meant(name, known | packs if may_be_pack else known)
                yield Mistake(place, f"{quoted(name)} is no rule" + " and no pack" * may_be_pack, meant, name)
    for name in section.boundaries:
        if not NAME.match(name):
            yield Mistake(("rules", "boundaries"), f"{quoted(name)} is no dotted name", 'write it like "shop.worker.main"', name)


def _named_rules(section: policy.Rules) -> Iterable[tuple[Keys, Iterable[str], bool]]:
    yield ("rules", "select"), section.select, True
    yield ("rules", "ignore"), section.ignore, True
    for name in section.severity:
        yield ("rules", "severity", name), (name,), False
    for pattern, names in section.path_ignores.items():
        yield ("rules", "path_ignores", pattern), names, True


def _meant(name: str, known: Iterable[str]) -> str:
    """The rule that was most likely meant; a bare name is looked for behind the packs' names too."""
    by_tail = {rule.rpartition("/")[2]: rule for rule in sorted(known)}
    tail = closest(name.rpartition("/")[2], by_tail, 0.75)
    return near(name, known, f"did you mean {by_tail[tail]}?" if tail else "`auditor rules` lists them")


def gate(section: policy.Gate) -> Iterable[Mistake]:
    """Bounds that can not be read."""
    for name, bound in section.measures.items():
        if not BOUND.match(bound):
            yield Mistake(
                ("gate", "measures", name), f"{quoted(bound)} is no bound", 'write a comparator and a number: "<= 5"', bound
            )


def supply(section: policy.Supply, root: Path) -> Iterable[Mistake]:
    """Days that are none, and reasons that are empty."""
    for number, risk in enumerate(section.accepted):
        place = ("supply", "accepted", number)
        if risk.until:
            yield from _day((*place, "until"), risk.until)
        for name, text in (("id", risk.id), ("reason", risk.reason)):
            if not text.strip():
                yield Mistake((*place, name), "is empty", "a risk without a reason is not accepted" if name == "reason" else "")
    yield from inside(("supply", "environment"), section.environment, root)
    for package, until in section.allow_unaudited.items():
        yield from _day(("supply", "allow_unaudited", package), until)


def history(section: policy.History, root: Path) -> Iterable[Mistake]:
    """A file outside the project, or none."""
    yield from inside(("history", "path"), section.path, root)
    if not section.path.strip() or section.path.endswith("/"):
        yield Mistake(("history", "path"), "names no file", 'write it like ".auditor/history.sqlite3"', section.path)


def _day(place: Keys, text: str) -> Iterable[Mistake]:
    try:
        if not DATE.match(text):
            raise ValueError
        date.fromisoformat(text)
    except ValueError:
        yield Mistake(place, f"{quoted(text)} is no day", "write it like 2027-01-31", text)


def inside(place: Keys, path: str, root: Path) -> Iterable[Mistake]:
    """A path that leads out of the project: by its words, or by a link on the way."""
    if not path:
        return
    windows, posix = PureWindowsPath(path), PurePosixPath(path)
    plain = not (posix.is_absolute() or windows.drive or windows.root or ".." in windows.parts or "\0" in path)
    if not plain or not within(root / path, root):
        hint = "name a path inside it; the command line may name others"
        yield Mistake(place, f"{quoted(path)} leads out of the project", hint, path)


def knowledge(files: object, root: Path) -> Iterable[Mistake]:
    """Files of knowledge that are not there, or not in the project."""
    for number, name in enumerate(files if isinstance(files, tuple) else ()):
        found = list(inside(("knowledge", number), name, root))
        yield from found
        if not found and not (root / name).is_file():
            yield Mistake(("knowledge", number), f"{quoted(name)} is no file", "name TOML files, relative to the project", name)


def within(file: Path, root: Path) -> bool:
    """Whether a file lies in the folder once links are followed."""
    real, top = os.path.realpath(file), os.path.realpath(root)
    return real == top or real.startswith(top.rstrip(os.sep) + os.sep)


def all_of(values: Mapping[str, object], root: Path, known: frozenset[str]) -> Iterable[Mistake]:
    """Every mistake of sense in the sections that could be made."""
    yield from knowledge(values.get("knowledge"), root)
    for section in values.values():
        if isinstance(section, policy.Rules):
            yield from rules(section, known)
        elif isinstance(section, policy.Gate):
            yield from gate(section)
        elif isinstance(section, policy.Supply):
            yield from supply(section, root)
        elif isinstance(section, policy.RoadmapPlace):
            yield from inside(("roadmap", "path"), section.path, root)
        elif isinstance(section, policy.EvidencePlace):
            yield from inside(("evidence", "folder"), section.folder, root)
        elif isinstance(section, policy.History):
            yield from history(section, root)

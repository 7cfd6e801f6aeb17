"""Reading the settings of a project. The file is untrusted: it can load no code and point at nothing outside."""

import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from auditor.model import policy
from auditor.model.errors import AuditorError
from auditor.settings.check import Checker
from auditor.settings.mistake import error, shown
from auditor.settings.sense import all_of, within

OWN = "auditor.toml"
SHARED = "pyproject.toml"
MOST_KIB = 256
MOST_DOTS = 400
"""`tomllib` needs memory by the square of a key's parts: a key of 100,000 parts in 200 KB of text takes all there is."""
OURS = re.compile(r"""\[\s*["']?tool["']?\s*\.\s*["']?auditor\b|\btool\.auditor\b""")


class Settings(msgspec.Struct, frozen=True):
    """All sections. `source` is the file they were read from, empty where there is none."""

    discover: policy.Discover = policy.Discover()
    rules: policy.Rules = policy.Rules()
    paths: policy.Paths = policy.Paths()
    gate: policy.Gate = policy.Gate()
    roadmap: policy.RoadmapPlace = policy.RoadmapPlace()
    supply: policy.Supply = policy.Supply()
    evidence: policy.EvidencePlace = policy.EvidencePlace()
    history: policy.History = policy.History()
    knowledge: tuple[str, ...] = ()
    """Files that say what in-house libraries mean, relative to the project; `docs/knowledge.md` gives their form."""
    source: str = ""
    notes: tuple[str, ...] = ()
    """What a reader of the settings should be told, though it is no mistake."""


class Broken(ValueError):
    """The text is no TOML that can be read; the message says why, `line` where."""

    def __init__(self, why: str, line: int) -> None:
        super().__init__(why)
        self.line = line


def read(root: Path, explicit: Path | None = None, known_rules: frozenset[str] = frozenset()) -> Settings:
    """The settings of the project at `root`, or of the file `explicit`; defaults where there is no file.

    `auditor.toml` wins over `[tool.auditor]` in `pyproject.toml`. Rules are checked by name where `known_rules` holds any.
    Raises AuditorError with every mistake of the file, each with its line and a hint. A `pyproject.toml` that can not be
    read as TOML and does not speak of auditor is only noted.
    """
    if explicit is not None:
        return _settings(explicit, _text(explicit, root), explicit.name != SHARED, root, known_rules)
    own, shared = root / OWN, root / SHARED
    if _there(own, root):
        settings = _settings(own, _text(own, root), True, root, known_rules)
        if _there(shared, root) and OURS.search(_text(shared, root, strict=False)):
            note = f"{OWN} is read; [tool.auditor] in {SHARED} is not"
            return msgspec.structs.replace(settings, notes=(*settings.notes, note))
        return settings
    return _shared(shared, root, known_rules) if _there(shared, root) else Settings()


def _shared(file: Path, root: Path, known_rules: frozenset[str]) -> Settings:
    text = _text(file, root, strict=False)
    if OURS.search(text):
        return _settings(file, _text(file, root), False, root, known_rules)
    try:
        table = _table(text)
    except Broken as broken:
        where = f", line {broken.line}" if broken.line else ""
        return Settings(notes=(f"{SHARED} is not valid TOML{where} ({broken}); the audit goes by the default settings",))
    tool = table.get("tool")
    if isinstance(tool, dict) and "auditor" in tool:
        return _settings(file, text, False, root, known_rules)
    return Settings()


def _there(file: Path, root: Path) -> bool:
    """Whether the project has such a file. A link out of the project is not followed: what it leads to would be told."""
    if not file.exists() and not file.is_symlink():
        return False
    if not file.is_file() or not within(file, root):
        why = "leads out of the project or nowhere" if file.is_symlink() else "is no file"
        raise AuditorError(f"{shown(str(file), 400)}: {why}", "take it away, or name the settings with --settings")
    return True


def _text(file: Path, root: Path, strict: bool = True) -> str:
    name = shown(str(file), 400)
    try:
        with file.open("rb") as stream:
            raw = stream.read((MOST_KIB << 10) + 1)
    except OSError as failure:
        raise AuditorError(f"{name}: can not be read: {failure.strerror}", "check its name and permissions") from failure
    if len(raw) > MOST_KIB << 10:
        raise AuditorError(f"{name}: is larger than {MOST_KIB} KiB", f"keep the settings in a smaller {OWN}")
    try:
        return raw.decode("utf-8-sig", "strict" if strict else "replace")
    except UnicodeDecodeError as failure:
        line = raw.count(b"\n", 0, failure.start) + 1
        raise AuditorError(f"{name}:{line}: is not UTF-8 text", "save it as UTF-8") from failure


def _table(text: str) -> dict[str, Any]:
    """The text as TOML. Raises Broken."""
    lines = text.split("\n")
    for number, one in enumerate(lines, 1):
        if one.count(".") > MOST_DOTS:
            raise Broken(f"more than {MOST_DOTS} dots on one line", number)
    try:
        return tomllib.loads(text)
    except RecursionError as failure:
        raise Broken("nested too deeply", 0) from failure
    except ValueError as failure:
        place = re.search(r" \(at line (\d+), column \d+\)\Z| \(at end of document\)\Z", str(failure))
        line = int(place[1]) if place and place[1] else len(lines) if place else 0
        raise Broken(shown(str(failure)[: place.start()] if place else str(failure), 200), line) from failure


def _settings(file: Path, text: str, own: bool, root: Path, known_rules: frozenset[str]) -> Settings:
    try:
        table: Any = _table(text)
    except Broken as broken:
        line = f":{broken.line}" if broken.line else ""
        hint = "texts stand in quotes, each setting on a line of its own: name = value"
        raise AuditorError(f"{shown(str(file), 400)}{line}: is not valid TOML: {broken}", hint) from broken
    prefix: tuple[str, ...] = () if own else ("tool", "auditor")
    for name in prefix:
        table = table.get(name, {}) if isinstance(table, dict) else {}
    checker = Checker()
    settings = checker.struct(table, Settings)
    if not isinstance(settings, Settings):
        raise error(file, text, prefix, checker.mistakes)
    mistakes = [*checker.mistakes, *all_of(msgspec.structs.asdict(settings), root, known_rules)]
    if mistakes:
        raise error(file, text, prefix, mistakes)
    return msgspec.structs.replace(settings, source=str(file))

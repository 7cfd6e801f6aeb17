"""Reading the settings of a project. The file is untrusted: it can load no code and point at nothing outside."""

import tomllib
from pathlib import Path
from typing import Any

import msgspec

from auditor.model import policy
from auditor.model.errors import AuditorError
from auditor.settings.check import Checker

OWN = "auditor.toml"
SHARED = "pyproject.toml"


class Settings(msgspec.Struct, frozen=True):
    """All sections. `source` is the file they were read from, empty where there is none."""

    discover: policy.Discover = policy.Discover()
    rules: policy.Rules = policy.Rules()
    gate: policy.Gate = policy.Gate()
    roadmap: policy.RoadmapPlace = policy.RoadmapPlace()
    supply: policy.Supply = policy.Supply()
    evidence: policy.Evidence = policy.Evidence()
    knowledge: tuple[str, ...] = ()
    """Files that tell what the team's own libraries mean, relative to the project."""
    source: str = ""
    notes: tuple[str, ...] = ()
    """What a reader of the settings should be told, though it is no mistake."""


def read(root: Path, explicit: Path | None = None, known_rules: frozenset[str] = frozenset()) -> Settings:
    """The settings of the project at `root`, or of the file `explicit`.

    `auditor.toml` wins over `[tool.auditor]` in `pyproject.toml`. Raises AuditorError with every mistake of the file, each
    with its line and a hint. A `pyproject.toml` that is no TOML but does not speak of auditor is only noted.
    """
    if explicit is not None:
        return _parse(explicit, _text(explicit), explicit.name != SHARED, known_rules)
    own, shared = root / OWN, root / SHARED
    if own.is_file():
        settings = _parse(own, _text(own), True, known_rules)
        if shared.is_file() and "[tool.auditor" in _text(shared, strict=False):
            note = f"{OWN} is read; [tool.auditor] in {SHARED} is not"
            return msgspec.structs.replace(settings, notes=(*settings.notes, note))
        return settings
    if not shared.is_file():
        return Settings()
    text = _text(shared, strict=False)
    if "tool.auditor" in text:
        return _parse(shared, _text(shared), False, known_rules)
    try:
        tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Settings(notes=(f"{SHARED} is not valid TOML ({error}), so nothing of it was used",))
    return Settings()


def _text(file: Path, strict: bool = True) -> str:
    try:
        with file.open("rb") as stream:
            raw = stream.read(4 << 20)
        return raw.decode("utf-8", "strict" if strict else "replace")
    except UnicodeDecodeError as error:
        raise AuditorError(f"{file}: is not UTF-8 text", "save it as UTF-8") from error
    except OSError as error:
        raise AuditorError(f"{file}: can not be read: {error.strerror}", "check its name and permissions") from error


def _parse(file: Path, text: str, own: bool, known_rules: frozenset[str]) -> Settings:
    try:
        table: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AuditorError(f"{file}: is not valid TOML: {error}", "mend the line that it names") from error
    except RecursionError as error:
        raise AuditorError(f"{file}: is nested too deeply to be read", "take the nesting away") from error
    prefix: tuple[str, ...] = () if own else ("tool", "auditor")
    for name in prefix:
        table = table.get(name, {}) if isinstance(table, dict) else {}
    checker = Checker(file, text, prefix, known_rules)
    values = checker.sections(table, Settings)
    checker.judge(values)
    if checker.mistakes:
        count = len(checker.mistakes)
        told = "\n".join(checker.mistakes)
        raise AuditorError(f"{count} mistake{'s' * (count > 1)} in the settings\n{told}", "docs/settings.md lists them all")
    return Settings(**values, source=str(file))

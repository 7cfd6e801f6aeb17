"""Other tools' findings brought into this project: under its root, under no name of ours, as grave as the settings say."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from auditor.evidence.record import Evidence
from auditor.model.finding import Finding, Severity


def rooted(evidence: Evidence, root: Path) -> Evidence:
    """The piece with paths relative to the project; findings elsewhere are counted in its notes.

    A tool may have been run in a folder above: where its path does not exist here, it is tried without its first parts.
    """
    kept = []
    away = 0
    for finding in evidence.findings:
        path = _path(finding.location.path, root)
        if path:
            kept.append(msgspec.structs.replace(finding, location=msgspec.structs.replace(finding.location, path=path)))
        else:
            away += 1
    notes = (*evidence.notes, f"{away:,} results lie outside the project") if away else evidence.notes
    return msgspec.structs.replace(evidence, findings=tuple(kept), notes=notes)


def _path(path: str, root: Path) -> str:
    """A safe relative path, or an empty string. `//` at the beginning marks a path that was absolute in the tool's file."""
    words = path.lstrip("/").split("/")
    if any(word in ("", ".", "..") or "\0" in word for word in words):
        return ""
    if path.startswith("//"):
        top = root.resolve().as_posix().strip("/").split("/")
        if words[: len(top)] == top and len(words) > len(top):
            return "/".join(words[len(top) :])
    return _there(words, root, path.startswith("//"))


def _there(words: list[str], root: Path, was_absolute: bool) -> str:
    """The longest end of the path that is a file here; else the path itself unless it was absolute."""
    for first in range(min(len(words), 12)):
        rest = "/".join(words[first:])
        file = root / rest
        if file.is_file() and (first == 0 or len(words) - first > 1):
            return rest if _within(file, root) else ""
    return "" if was_absolute else "/".join(words)


def _within(file: Path, root: Path) -> bool:
    """Whether no link on the way leads out: reports show the lines that a finding stands on."""
    return file.resolve().is_relative_to(root.resolve())


def others(evidence: Evidence, own: frozenset[str], severities: dict[str, str]) -> Iterator[Finding]:
    """The findings under their tool's name: a rule that goes by the name of one of our packs is renamed, so that nothing
    from outside counts as ours.
    """
    for finding in evidence.findings:
        name = renamed(finding.rule, own)
        facts = {**finding.facts, "tool": finding.facts.get("tool") or evidence.tool}
        grave = severities.get(name) or severities.get(name.partition("/")[0])
        severity = Severity(grave) if grave else finding.severity
        yield msgspec.structs.replace(finding, rule=name, facts=facts, severity=severity)


def renamed(rule: str, own: frozenset[str]) -> str:
    """A foreign rule's id: `other-security/x` for a tool that is named like our pack `security`."""
    pack, _, rest = rule.partition("/")
    return f"other-{pack}/{rest or 'unnamed'}" if pack in own or not pack else rule

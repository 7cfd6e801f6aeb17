"""Poetry's tables and its short forms of versions (`^1.2`, `~1.2`, `1.*`), as specifiers of PEP 440."""

import re
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from auditor.model.inventory import Demand
from auditor.supply.manifests.reading import Reading, exact, line_of, table


def poetry(reading: Reading, path: str, text: str, tool: dict[str, Any]) -> None:
    """`[tool.poetry]` with its groups."""
    poetry_rows(reading, path, text, table(tool.get("dependencies")), True, "")
    poetry_rows(reading, path, text, table(tool.get("dev-dependencies")), False, "dev")
    for name, group in table(tool.get("group")).items():
        poetry_rows(reading, path, text, table(table(group).get("dependencies")), name == "main", str(name))


def poetry_rows(reading: Reading, path: str, text: str, entries: dict[str, Any], production: bool, group: str) -> None:
    """One table of names and versions, or of names and tables, or of names and several tables."""
    for name, value in entries.items():
        if name.lower() == "python":
            continue
        for one in value if isinstance(value, list) else [value]:
            fields = {"version": one} if isinstance(one, str) else table(one)
            specifier = specifier_of(str(fields.get("version", "*")))
            if specifier is None:
                reading.skip(
                    path, f"{name} = {str(one)[:60]!r} is no version that can be read", line_of(text, f"\n{name} =", name)
                )
                specifier = SpecifierSet()
            reading.demands.append(
                Demand(
                    name=str(canonicalize_name(name)),
                    specifier=str(specifier),
                    version=exact(specifier),
                    production=production,
                    manifest=path,
                    line=_line(text, name),
                    group=group,
                    origin=next((kind for key, kind in ORIGINS.items() if key in fields), ""),
                    marker=str(fields.get("markers", "")),
                )
            )


LONGEST = 300
"""Characters of a version that anybody would write."""
ORIGINS = {"git": "vcs", "hg": "vcs", "svn": "vcs", "path": "path", "file": "path", "url": "url"}


def _line(text: str, name: str) -> int:
    """The line that begins with the name as a key, quoted or not."""
    found = re.search(rf"^[ \t]*[\"']?{re.escape(name)}[\"']?[ \t]*=", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else line_of(text, name)


def specifier_of(text: str) -> SpecifierSet | None:
    """A version as poetry writes it; None where it can not be read. Alternatives (`||`) allow what their first to last do."""
    if len(text) > LONGEST:
        return None
    parts: list[str] = []
    for one in re.split(r"[,\s]+(?![^<>=!~^]*$)|,", re.sub(r"([<>=!~^]+)\s+", r"\1", text.split("||")[0].strip())):
        made = _one(one.strip())
        if made is None:
            return None
        parts += [made] if made else []
    try:
        return SpecifierSet(",".join(parts)) if "||" not in text else SpecifierSet()
    except InvalidSpecifier:
        return None


def _one(text: str) -> str | None:
    if text in ("", "*"):
        return ""
    if text[0] in "^~" and not text.startswith("~="):
        return _caret(text[1:].lstrip("="), text[0])
    if re.fullmatch(r"[\d.]+\.\*|[\w.!+-]+", text):
        return f"=={text}"
    return text if text.startswith(("<", ">", "=", "!", "~=")) else None


def _caret(text: str, sign: str) -> str | None:
    """`^1.2.3` is at least that and below the next number after the first that is not 0; `~1.2` keeps the second number."""
    try:
        release = Version(text).release
    except InvalidVersion:
        return None
    at = min(1, len(release) - 1) if sign == "~" else next((i for i, number in enumerate(release) if number), len(release) - 1)
    above = ".".join(str(number) for number in (*release[:at], release[at] + 1))
    return f">={text},<{above}"

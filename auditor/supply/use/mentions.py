"""Packages that are named without being imported: in strings of the code, in settings, in files that start or build it."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from auditor.facts import source
from auditor.facts.discover import discover

MAX_BYTES = 2 << 20
PLACES = re.compile(
    r"(^|[._-])(Dockerfile|Containerfile|Procfile|Makefile)|\.(py|cfg|ini|toml|ya?ml|sh|conf|service|env|html|jinja2?)$",
    re.IGNORECASE,
)
NOT_HERE = re.compile(r"(^|/)(pyproject\.toml|setup\.(py|cfg)|Pipfile|.*\.lock|pylock[^/]*\.toml|environment\.ya?ml|uv\.toml)$")
"""Manifests and locks name every package, and that says nothing."""


def mentioned(root: Path, exclude: tuple[str, ...], wanted: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Those packages of which a module, or the package itself as a command, is named somewhere. `wanted` holds the words to
    look for by package.
    """
    words = {word.lower(): name for name, some in wanted.items() for word in some if len(word) > 2}
    if not words:
        return frozenset()
    either = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w.-])({either})(?![\w-])".encode(), re.IGNORECASE)
    found: set[str] = set()
    for path in discover(root, exclude, names=lambda name: bool(PLACES.search(name))).files:
        if NOT_HERE.search(path):
            continue
        try:
            raw = source.read(root / path, MAX_BYTES)
        except source.Unreadable:
            continue
        if path.endswith(".py"):
            raw = b"\n".join(re.findall(rb"[\"'][^\"'\n]{2,200}[\"']", raw))
        found |= {words[hit.decode().lower()] for hit in pattern.findall(raw)}
        if len(found) == len(wanted):
            break
    return frozenset(found)

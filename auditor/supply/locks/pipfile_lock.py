"""`Pipfile.lock`: JSON with one section for production and one for development."""

import json

from packaging.utils import canonicalize_name

from auditor.supply.locks.pinned import NoLock, Pinned
from auditor.supply.manifests.reading import Reading, line_of, table

SECTIONS = {"default": True, "develop": False}


def pipfile_lock(reading: Reading, path: str) -> list[Pinned]:
    """The packages. Raises NoLock, RecursionError, Unreadable and UnicodeDecodeError."""
    text = reading.text(path)
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        raise NoLock(f"is not valid JSON: {error.msg}", error.lineno) from error
    if not isinstance(whole, dict) or not set(SECTIONS) & set(whole):
        raise NoLock("holds neither `default` nor `develop`")
    found: dict[str, Pinned] = {}
    for section, production in SECTIONS.items():
        for name, entry in table(whole.get(section)).items():
            own = str(canonicalize_name(name))
            fields = table(entry)
            version = str(fields.get("version", "")).lstrip("=")
            origin = next((kind for key, kind in {"git": "vcs", "path": "path", "file": "url"}.items() if key in fields), "")
            line = line_of(text, f'"{name}"')
            if not version and not origin:
                reading.skip(path, f"{name[:60]} has no version", line)
            else:
                found.setdefault(own, Pinned(own, version, path, line, production=production, origin=origin))
    return list(found.values())

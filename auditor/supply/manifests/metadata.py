"""The `METADATA` of an unpacked distribution: what it says that it needs."""

import re
from email.parser import HeaderParser

from auditor.supply.manifests.reading import DEVELOPMENT, Reading, line_of

EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)")


def metadata(reading: Reading, path: str) -> None:
    """Raises Unreadable and UnicodeDecodeError."""
    text = reading.text(path)
    head = HeaderParser().parsestr(text)
    reading.owns(head.get("Name"))
    for entry in head.get_all("Requires-Dist") or ():
        extra = EXTRA.search(str(entry))
        name = extra[1] if extra else ""
        reading.add(
            str(entry), path, line_of(text, f"Requires-Dist: {entry}"), not DEVELOPMENT.search(name), name, published=True
        )

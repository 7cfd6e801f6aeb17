"""conda's `environment.yml`: packages of conda, which no advisory of the Python index speaks of, and those of pip."""

import re

from packaging.utils import canonicalize_name

from auditor.model.inventory import Demand
from auditor.supply.manifests.reading import DEVELOPMENT, Reading, line_of, rows, table


def conda(reading: Reading, path: str) -> None:
    """Raises yaml.YAMLError, RecursionError, Unreadable and UnicodeDecodeError."""
    import yaml

    text = reading.text(path)
    whole = table(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    production = not DEVELOPMENT.search(path.rpartition(".")[0])
    for entry in rows(whole.get("dependencies")):
        for one in rows(table(entry).get("pip")):
            if not isinstance(one, str):
                reading.add(one, path, 1, production)
            elif not one.startswith("-"):
                reading.add(one, path, line_of(text, one), production)
        if isinstance(entry, str):
            _conda(reading, path, text, entry, production)


def _conda(reading: Reading, path: str, text: str, entry: str, production: bool) -> None:
    found = re.match(r"(?:[\w.-]+::)?([\w.-]+)\s*(.*)", entry)
    if found is None:
        reading.skip(path, f"is no package of conda: {entry[:80]!r}", line_of(text, entry))
    elif found[1] not in ("python", "pip"):
        pin = re.match(r"==?\s*(\d[\w.!]*)(?:=|$)", found[2])
        reading.demands.append(
            Demand(
                name=str(canonicalize_name(found[1])),
                specifier=found[2],
                version=pin[1] if pin else "",
                production=production,
                manifest=path,
                line=line_of(text, entry),
                origin="conda",
            )
        )

"""The examples of rules about dependencies: a small tree in a folder made for the moment, and what only the outside knows."""

import re
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from auditor.facts.screen import screen
from auditor.model.inventory import Advisory, Inventory, Package
from auditor.rule.api import SupplyRule

KNOWN = "known.toml"
MARK = re.compile(r"[ \t]*#\s*<-.*$", re.MULTILINE)


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the outside says of a package in an example, as `Package` has it; without advisories it is clean."""

    advisories: tuple[Advisory, ...] = ()
    fix: str = ""
    latest: str = ""
    behind_releases: int | None = None
    behind_days: int | None = None
    licence: str = ""
    licence_fault: str = ""


def trial_of_supply(rule: SupplyRule, files: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    """The places that a rule flags in an example's files."""
    findings = rule.check(inventory_of({path: MARK.sub("", text) for path, text in files.items()}))
    return tuple(sorted({(finding.location.path, finding.location.line) for finding in findings}))


def inventory_of(files: Mapping[str, str]) -> Inventory:
    """The dependencies of a tree that is given as texts by path."""
    from auditor.supply.audit import Supply
    from auditor.supply.packages import packages
    from auditor.supply.stock import stock
    from auditor.supply.use.imports import uses
    from auditor.supply.use.inventory import inventory

    known = msgspec.convert(tomllib.loads(files.get(KNOWN, "")), dict[str, Known])
    with tempfile.TemporaryDirectory(prefix="auditor-") as name:
        root = Path(name)
        for path, text in files.items():
            if path != KNOWN:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text, encoding="utf-8")
        found = stock(root)
        listed = tuple(_known(package, known) for package in packages(found))
        supply = Supply(listed, files=found.files, locks=found.locks, own=found.own)
        code = {path: screen(path, text.encode()).facts for path, text in files.items() if path.endswith(".py")}
        return inventory(supply, root, uses(code))


def _known(package: Package, known: Mapping[str, Known]) -> Package:
    told = known.get(package.name)
    if told is None:
        return package if package.note else msgspec.structs.replace(package, state="clean")
    fields = {name: getattr(told, name) for name in Known.__struct_fields__}
    return msgspec.structs.replace(package, state="vulnerable" if told.advisories else "clean", **fields)

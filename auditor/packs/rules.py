"""Rules from their folders: a pack is a folder with an `__init__.py`, a rule is a file in it, its id is the place."""

from pathlib import Path
from typing import Any

import msgspec

from auditor.model.errors import AuditorError
from auditor.model.finding import Severity
from auditor.model.snapshot import RuleInfo
from auditor.packs.shelf import digest, load, shelf
from auditor.rule.api import FileRule, NodeRule, ProjectRule, Rule, SupplyRule

KINDS = (NodeRule, FileRule, ProjectRule, SupplyRule)


class Place(msgspec.Struct, frozen=True, order=True):
    """Where a rule lies: its id and its file."""

    id: str
    file: Path


def places(extra: tuple[Path, ...] = ()) -> tuple[Place, ...]:
    """Every rule on the shelf and in the user's folders, sorted by id, without loading one.

    Raises AuditorError where a user's folder is missing or holds no pack, or two rules have one id.
    """
    found: dict[str, Place] = {}
    for folder in (shelf("rules"), *extra):
        here = in_folder(folder)
        if not here:
            raise AuditorError(f"{folder}: no rules found", "a pack is a folder with an __init__.py and one file a rule")
        for place in here:
            if place.id in found:
                raise AuditorError(f"{place.file}: the id {place.id} is taken by {found[place.id].file}", "rename the file")
            found[place.id] = place
    return tuple(found[name] for name in sorted(found))


def in_folder(folder: Path) -> list[Place]:
    """The rules of a folder of packs, or of one pack."""
    if not folder.is_dir():
        raise AuditorError(f"{folder}: no such folder of rules")
    packs = [folder] if (folder / "__init__.py").is_file() and folder.name != "rules" else sorted(folder.iterdir())
    return [
        Place(f"{pack.name}/{file.stem.replace('_', '-')}", file)
        for pack in packs
        if (pack / "__init__.py").is_file()
        for file in sorted(pack.glob("*.py"))
        if not file.name.startswith("_")
    ]


def load_rules(wanted: tuple[Place, ...]) -> tuple[Rule, ...]:
    """One object a rule. Raises AuditorError, with all mistakes together, where a file breaks the rules for rules."""
    mistakes: list[str] = []
    rules = []
    for place in wanted:
        klass = _rule_class(place, mistakes)
        if klass is not None:
            klass.id = place.id
            mistakes += [f"{place.file}:1: {text}" for text in _faults(klass)]
            rules.append(klass())
    if mistakes:
        raise AuditorError("\n".join(mistakes), "see docs/writing-rules.md")
    return tuple(rules)


def _rule_class(place: Place, mistakes: list[str]) -> type[Rule] | None:
    name = "auditor_shelf.rules." + place.id.replace("/", ".").replace("-", "_")
    module = load(place.file, name)
    own = [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, KINDS) and thing.__module__ == name
    ]
    if len(own) != 1:
        mistakes.append(f"{place.file}:1: holds {len(own)} rules, and must hold one")
        return None
    return own[0]


def _faults(rule: type[Rule]) -> list[str]:
    faults = [f"{rule.__name__} has no {what}" for what in ("title", "bad", "good") if not getattr(rule, what)]
    if not rule.why():
        faults.append(f"{rule.__name__} has no docstring that says why")
    if not isinstance(rule.severity, Severity):
        faults.append(f"{rule.__name__}.severity is no Severity")
    if any("# <-" not in example for example in rule.bad):
        faults.append(f"{rule.__name__} has a bad example without `# <-`")
    if issubclass(rule, NodeRule):
        faults += _strange_nodes(rule)
    return faults


def _strange_nodes(rule: type[NodeRule[Any]]) -> list[str]:
    from auditor.facts.order import TREE_KINDS

    try:
        names = rule.node_types()
    except TypeError as error:
        return [str(error)]
    known = ", ".join(sorted(TREE_KINDS))
    strange = [name for name in names if name not in TREE_KINDS]
    return [f"{rule.__name__} looks at cst.{name}, which the screen does not find; it finds {known}" for name in strange]


def info(rules: tuple[Rule, ...]) -> tuple[RuleInfo, ...]:
    """What reports say of rules, as values."""
    return tuple(
        RuleInfo(rule.id, rule.title, type(rule).why(), rule.severity.value, rule.cwe)
        for rule in sorted(rules, key=lambda rule: rule.id)
    )


def rules_digest(wanted: tuple[Place, ...]) -> str:
    """Changes when a rule file or the engine does, or other rules are wanted: what was cached before is then a miss."""
    from auditor.packs.shelf import PACKAGE

    folders = sorted({place.file.parent for place in wanted} | {PACKAGE})
    return " ".join((digest(*folders), *sorted(place.id for place in wanted)))

"""What a rule's file says of it, read without running it: running all of them costs a process a tenth of a second."""

import ast
import inspect

from auditor.model.snapshot import RuleInfo
from auditor.packs.rules import Place, info, load_rules


def about_projects(wanted: tuple[Place, ...]) -> tuple[Place, ...]:
    """The rules that look at all files together, told by their source."""
    return tuple(place for place in wanted if b"ProjectRule)" in place.file.read_bytes())


def about_supply(wanted: tuple[Place, ...]) -> tuple[Place, ...]:
    """The rules that look at dependencies, told by their source."""
    return tuple(place for place in wanted if b"SupplyRule)" in place.file.read_bytes())


def about_files(wanted: tuple[Place, ...]) -> tuple[Place, ...]:
    """The rules that look at one file by itself: all others."""
    away = {*about_projects(wanted), *about_supply(wanted)}
    return tuple(place for place in wanted if place not in away)


def asked_of_project(place: Place) -> frozenset[str] | None:
    """The values that a rule reads off the project it checks; None where that can not be told from its source."""
    tree = ast.parse(place.file.read_bytes())
    checks = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "check"]
    if len(checks) != 1 or len(checks[0].args.args) != 2:
        return None
    name = checks[0].args.args[1].arg
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == name]
    read = [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
    ]
    return frozenset(read) if len(names) == len(read) else None


def described(wanted: tuple[Place, ...]) -> tuple[RuleInfo, ...]:
    """What reports say of rules. A file that works its words out instead of writing them down is loaded."""
    return tuple(_described(place) or info(load_rules((place,)))[0] for place in wanted)


def _described(place: Place) -> RuleInfo | None:
    """None where the file does not hold one class with plain words."""
    tree = ast.parse(place.file.read_bytes())
    rules = [node for node in tree.body if isinstance(node, ast.ClassDef) and any("Rule" in ast.unparse(b) for b in node.bases)]
    if len(rules) != 1:
        return None
    values = {
        target.id: statement.value
        for statement in rules[0].body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    title, severity, cwe = values.get("title"), values.get("severity"), values.get("cwe")
    why = ast.get_docstring(rules[0])
    if not isinstance(title, ast.Constant) or not isinstance(severity, ast.Attribute) or why is None:
        return None
    try:
        numbers = tuple(ast.literal_eval(cwe)) if cwe is not None else ()
    except ValueError:
        return None
    return RuleInfo(place.id, str(title.value), inspect.cleandoc(why), severity.attr.lower(), numbers)

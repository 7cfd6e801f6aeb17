"""Which dotted name a local name stands for, by the file's own imports. Nothing is imported to find out."""

from auditor.facts.values import FileFacts, Import


def absolute(module: str, is_package: bool, level: int, name: str) -> str:
    """The target of `from ...name import x` in `module`; keeps the dots where the module's place is unknown."""
    if level == 0:
        return name
    parts = module.split(".") if module else []
    drop = level - 1 if is_package else level
    if drop > len(parts) or not module:
        return "." * level + name
    kept = parts[: len(parts) - drop]
    return ".".join([*kept, name]) if name else ".".join(kept)


def resolver(file: FileFacts) -> dict[str, str]:
    """Local name to dotted target. A name bound twice keeps the last import: the usual try/except fallback."""
    return {entry.local: entry.target for entry in file.imports if entry.local != "*"}


def resolve(dotted: str, names: dict[str, str]) -> str:
    """The full name of `alias.attr` by the imports, or the text itself where its root is not imported."""
    root, _, rest = dotted.partition(".")
    target = names.get(root)
    if target is None:
        return dotted
    return f"{target}.{rest}" if rest else target


def top_level(imports: tuple[Import, ...]) -> frozenset[str]:
    """The packages that a file imports by their first name; relative imports left out."""
    return frozenset(entry.target.partition(".")[0] for entry in imports if not entry.target.startswith("."))

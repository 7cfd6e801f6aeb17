"""`setup.cfg`, and `setup.py` by its syntax tree alone: it is never run, and what only running would tell is said."""

import ast
import configparser

from auditor.supply.manifests.reading import DEVELOPMENT, Reading, line_of

FIELDS = {"install_requires": True, "tests_require": False}


def setup_cfg(reading: Reading, path: str) -> None:
    """Raises configparser.Error, Unreadable and UnicodeDecodeError."""
    text = reading.text(path)
    parser = configparser.RawConfigParser(strict=False)
    parser.read_string(text)
    reading.owns(parser.get("metadata", "name", fallback=""))
    options = dict(parser.items("options")) if parser.has_section("options") else {}
    extras = dict(parser.items("options.extras_require")) if parser.has_section("options.extras_require") else {}
    for field, production in FIELDS.items():
        _entries(reading, path, text, options.get(field, ""), production, "")
    for extra, entries in extras.items():
        _entries(reading, path, text, entries, not DEVELOPMENT.search(extra), extra)


def _entries(reading: Reading, path: str, text: str, entries: str, production: bool, group: str) -> None:
    for entry in entries.replace(";\n", "\n").splitlines():
        bare = entry.split(" #")[0].strip()
        if bare and not bare.startswith(("#", "file:", "-")):
            reading.add(bare, path, line_of(text, bare), production, group, published=True)


def setup_py(reading: Reading, path: str) -> None:
    """Raises SyntaxError, ValueError, RecursionError, MemoryError, Unreadable and UnicodeDecodeError."""
    tree = ast.parse(reading.text(path))
    names = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if called != "setup":
            continue
        for keyword in call.keywords:
            if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                reading.owns(keyword.value.value)
            elif keyword.arg in FIELDS:
                _field(reading, path, keyword.arg, keyword.value, names, FIELDS[keyword.arg], "")
            elif keyword.arg == "extras_require":
                _extras(reading, path, keyword.value, names)


def _extras(reading: Reading, path: str, value: ast.expr, names: dict[str, ast.expr]) -> None:
    value = names.get(value.id, value) if isinstance(value, ast.Name) else value
    if not isinstance(value, ast.Dict):
        reading.skip(path, "extras_require is worked out when it runs, and it is not run", value.lineno)
        return
    for key, entries in zip(value.keys, value.values, strict=True):
        extra = str(key.value) if isinstance(key, ast.Constant) else ""
        _field(reading, path, f"extras_require {extra}".strip(), entries, names, not DEVELOPMENT.search(extra), extra)


def _field(
    reading: Reading, path: str, field: str, value: ast.expr, names: dict[str, ast.expr], production: bool, group: str
) -> None:
    found = _strings(value, names, 0)
    if found is not None:
        for line, entry in found:
            for one in entry.splitlines():
                if one.strip() and not one.strip().startswith("#"):
                    reading.add(one.strip(), path, line, production, group, published=True)
    elif not _reads_a_file(reading, value, names):
        reading.skip(path, f"{field} is worked out when it runs, and it is not run", value.lineno)


def _strings(value: ast.expr, names: dict[str, ast.expr], depth: int) -> list[tuple[int, str]] | None:
    """The strings of a list, with their lines; None where they are not all written down."""
    if depth > 20:
        return None
    match value:
        case ast.Constant(value=str(text)):
            return [(value.lineno, text)]
        case ast.Name(id=name) if name in names:
            return _strings(names[name], names, depth + 1)
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            both = _strings(left, names, depth + 1), _strings(right, names, depth + 1)
            return None if both[0] is None or both[1] is None else both[0] + both[1]
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            parts = [_strings(element, names, depth + 1) for element in elements if not isinstance(element, ast.Starred)]
            parts += [_strings(element.value, names, depth + 1) for element in elements if isinstance(element, ast.Starred)]
            return None if None in parts else [one for part in parts if part for one in part]
    return None


def _reads_a_file(reading: Reading, value: ast.expr, names: dict[str, ast.expr]) -> bool:
    """Whether the expression, or the assignment it names, mentions a requirements file that is read anyway."""
    trees = [value, *(names[node.id] for node in ast.walk(value) if isinstance(node, ast.Name) and node.id in names)]
    words = [node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return any(isinstance(word, str) and word.endswith((".txt", ".in")) and (reading.root / word).is_file() for word in words)

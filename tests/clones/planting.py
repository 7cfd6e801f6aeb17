"""Plants clones of known kinds at random in a code base, and counts how many the detector finds.

Run by hand on any tree: `python tests/clones/planting.py FOLDER [SEED]`.
"""

import ast
import builtins
import copy
import random
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from auditor.clones import stretch
from auditor.clones.find import find
from auditor.clones.groups import CloneGroup
from auditor.clones.statements import FileClones
from auditor.facts import source
from auditor.facts.discover import discover
from auditor.facts.screen import screen
from auditor.run.summary import kinds_and_names


class Original(NamedTuple):
    """A function of the tree, by its lines."""

    path: str
    line: int
    end_line: int
    node: ast.FunctionDef


class Planted(NamedTuple):
    """A copy as it was planted: which kind, of what, and where."""

    kind: str
    original: Original
    path: str
    line: int
    end_line: int


def read_file(path: str, text: bytes) -> FileClones:
    """A file's statements, as the audit's map makes them."""
    sheet = screen(path, text, stretch.PATTERNS)
    names = kinds_and_names(sheet.facts.definitions)
    return stretch.read(sheet.source, sheet.captures, sheet.starts, names)


def read_tree(root: Path) -> dict[str, str]:
    """The sources of a tree that this Python can parse, migrations and tests left out."""
    found = {}
    for path in discover(root).files:
        if not any(part in path for part in ("migrations/", "tests/", "test/", "vendor", "site-packages", "lib2to3")):
            try:
                text = source.normalise(source.read(root / path, 1 << 20))
                ast.parse(text)
            except (source.Unreadable, SyntaxError, RecursionError, ValueError):
                continue
            found[path] = text.decode()
    return found


def originals(files: Mapping[str, str], clones: Mapping[str, FileClones]) -> list[Original]:
    """The functions that are long enough: fifty tokens and five lines, more than one statement in the body."""
    found = []
    for path, text in sorted(files.items()):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno and len(node.body) > 2:
                tokens = sum(
                    count
                    for start, count in zip(clones[path].starts, clones[path].tokens, strict=True)
                    if node.lineno <= start <= node.end_lineno
                )
                if tokens >= 60 and node.end_lineno - node.lineno >= 6:
                    found.append(Original(path, node.lineno, node.end_lineno, node))
    return found


class Renamer(ast.NodeTransformer):
    """Gives parameters, locals and literals other names and values, consistently."""

    def __init__(self, names: set[str], seed: random.Random, attributes: bool = False) -> None:
        self.names = {name: f"{seed.choice(('item', 'entry', 'thing', 'part'))}_{i}" for i, name in enumerate(sorted(names))}
        self.attributes = attributes

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.arg = self.names.get(node.arg, node.arg)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if self.attributes:
            node.attr = self.names.get(node.attr, node.attr)
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if type(node.value) is int:
            node.value += 7
        elif type(node.value) is str and node.value:
            node.value = "other " + node.value[:3]
        return node


def renamed(node: ast.FunctionDef, seed: random.Random) -> ast.FunctionDef:
    """The function under another name, with other names of its own things and other literals."""
    own = {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
    own |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    made = Renamer(own - {"self", "cls"}, seed).visit(copy.deepcopy(node))
    made.name = f"planted_{seed.randrange(10**6)}"
    return made


def renamed_throughout(node: ast.FunctionDef, seed: random.Random) -> ast.FunctionDef:
    """The function with other names for everything, what it calls and reads included; Python's own names stay."""
    names = {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
    names |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    names |= {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
    own = {name for name in names if not name.startswith("__") and not hasattr(builtins, name)}
    made = Renamer(own - {"self", "cls"}, seed, attributes=True).visit(copy.deepcopy(node))
    made.name = f"planted_{seed.randrange(10**6)}"
    return made


def edited(node: ast.FunctionDef, seed: random.Random) -> ast.FunctionDef:
    """The function with up to 30 % of its statements changed, added or taken away."""
    made = copy.deepcopy(node)
    blocks = [
        block
        for part in ast.walk(made)
        for name in ("body", "orelse", "finalbody")
        if isinstance(block := getattr(part, name, None), list) and block and isinstance(block[0], ast.stmt)
    ]
    statements = sum(map(len, blocks)) + 1
    for _ in range(max(1, int(0.3 * statements))):
        block = seed.choice(blocks)
        at = seed.randrange(len(block))
        what = seed.choice(("insert", "delete", "change"))
        fresh = ast.parse(seed.choice((
            "checked = limit + 1", "logger.debug('step')", "if not ready:\n    return None", "counter.update(total=len(rows))"
        ))).body[0]  # fmt: skip
        if what == "insert":
            block.insert(at, fresh)
        elif what == "delete" and len(block) > 1 and not hasattr(block[at], "body"):
            del block[at]
        elif not hasattr(block[at], "body"):
            block[at] = fresh
        else:
            block.insert(at, fresh)
    return made


KINDS: dict[str, Callable[[ast.FunctionDef, random.Random], ast.FunctionDef]] = {
    "exact": lambda node, seed: copy.deepcopy(node),
    "renamed": renamed,
    "renamed throughout": renamed_throughout,
    "gapped": edited,
    "renamed and gapped": lambda node, seed: edited(renamed(node, seed), seed),
}
"""The ways to make a copy, by name."""


def plant(files: dict[str, str], clones: dict[str, FileClones], count: int, seed: random.Random) -> list[Planted]:
    """Puts `count` copies of each kind at the end of other files, and reads those files anew."""
    pool = originals(files, clones)
    planted = []
    for kind, make in KINDS.items():
        for original in seed.sample(pool, min(count, len(pool))):
            node = make(original.node, seed)
            node.decorator_list = []
            target = seed.choice([path for path in files if path != original.path])
            text = files[target].rstrip("\n") + "\n\n\n"
            made = "# planted\n" + ast.unparse(node).replace("\n    ", "\n    ", 1)
            line = text.count("\n") + 2
            files[target] = text + made + "\n"
            planted.append(Planted(kind, original, target, line, line + made.count("\n") - 1))
            clones[target] = read_file(target, files[target].encode())
    return planted


def is_found(groups: tuple[CloneGroup, ...], one: Planted) -> bool:
    """Whether one group covers seven tenths of the original's and of the copy's lines."""
    for group in groups:
        left = _covered(group, one.original.path, one.original.line, one.original.end_line)
        right = _covered(group, one.path, one.line, one.end_line)
        if left >= 0.7 and right >= 0.7:
            return True
    return False


def _covered(group: CloneGroup, path: str, line: int, end_line: int) -> float:
    best = max((min(end_line, p.end_line) - max(line, p.line) + 1 for p in group.places if p.path == path), default=0)
    return best / (end_line - line + 1)


def recall(root: Path, count: int, seed: int) -> dict[str, tuple[int, int]]:
    """By kind: how many planted copies were found, of how many."""
    files = read_tree(root)
    clones = {path: read_file(path, text.encode()) for path, text in files.items()}
    planted = plant(files, clones, count, random.Random(seed))
    groups = find(clones)
    return {
        kind: (sum(is_found(groups, one) for one in planted if one.kind == kind), sum(one.kind == kind for one in planted))
        for kind in KINDS
    }


if __name__ == "__main__":
    print(recall(Path(sys.argv[1]), 100, int(sys.argv[2]) if len(sys.argv) > 2 else 1))

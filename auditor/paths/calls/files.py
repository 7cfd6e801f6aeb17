"""Files that are there: those that a scope asks for or has written, or that it goes through because a folder has them."""

import re
from collections.abc import Iterator

from auditor.facts.flow.events import Assign
from auditor.paths.calls.forms import STRINGS, plain_text
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.calls.one_of import is_one_of
from auditor.paths.written.arguments import arguments

LISTS = re.compile(r"\b(?:r?glob|iterdir|listdir|scandir|walk)\(")
"""What goes through the files that are there."""
ROOT = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?!\s*[\w(.]|\s*=[^=])")
CHAIN = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
ASKS_FOR = frozenset("exists isfile isdir is_file is_dir lexists access".split())
WRITES = re.compile(r"(?:\A|[._])(?:write|save|export|dump|download|render|generate|store)(?:_\w+)?\Z")
"""What makes a file that it is given the name of."""
ANEW = re.compile(r",\s*(?:mode\s*=\s*)?['\"][wx]b?t?\+?['\"]")
"""The same by how it is opened: `ZipFile(path, "w")`."""
SAME = re.compile(r"(Path\(\)|[A-Za-z_]\w*)(?:\.(?:resolve|absolute|expanduser)\(\))*\Z")
"""What names the same file in another way."""
LAST = re.compile(r"([A-Za-z_]\w*)\s*\)*\Z")
JOINS = re.compile(r"(?:\A|\.)join(?:path)?\Z")
JOINED = re.compile(r"(?:os\.)?(?:path\.)?join\(\)\Z|[A-Za-z_]\w*\.joinpath\(\)\Z")
DEPTH = 2
OPTION = r"(?:\[['\"]\w+['\"]\])?"
READS = re.compile(
    rf"\bopen\(\s*(?P<opened>[A-Za-z_]\w*){OPTION}\s*[,)]"
    rf"|(?:\bPath\(\s*(?P<made>[A-Za-z_]\w*){OPTION}\s*\)|\b(?P<path>[A-Za-z_]\w*){OPTION})\.(?:read_text|read_bytes|open)\("
)
"""What a file holds: `open(path)`, `Path(options["path"]).read_text()`."""


def read_from(text: str) -> str:
    """The name of the file whose content an expression gives; empty where it reads none."""
    match = READS.search(text)
    return match[match.lastgroup or 0] if match is not None else ""


def is_there(graph: Graph, node: Node, text: str, line: int) -> bool:
    """Whether a scope asks for a file that a text names at a line, has written it before, has it from a folder, or refuses all
    but a few names.
    """
    if is_listed(graph, node, text):
        return True
    roots = {match[0] for match in CHAIN.finditer(STRINGS.sub("", text))}
    roots |= {name for root in tuple(roots) for name in _same(graph, node, root)}
    if any(is_one_of(graph, node, name, line) for name in (*roots, *_made_of(graph, node, roots))):
        return True
    for call in graph.calls.get(node, ()):
        owner, _, last = call.target.rpartition(".")
        if last in ASKS_FOR and (owner in roots or any(call.args.startswith(root) for root in roots)):
            return True
        written = call.line < line and text.isidentifier() and (WRITES.search(call.target) or ANEW.search(call.args))
        if written and text in (*(given := arguments(call.args)).positional, *given.keywords.values()):
            return True
    return False


def _same(graph: Graph, node: Node, name: str) -> Iterator[str]:
    """Other names of the file that a name names: `path` after `found = Path(path).resolve()`."""
    table = graph.symbols.table(node.path)
    for assign in table.assigns.get((node.scope, name), ()):
        match = SAME.match(assign.value)
        if match is not None and match[1] != "Path()":
            yield match[1]
        elif match is not None:
            yield from (call.args for call in table.at.get(assign.start, ()) if call.args.isidentifier())


def _made_of(graph: Graph, node: Node, names: set[str]) -> Iterator[str]:
    """The names in what other names of a scope are given."""
    table = graph.symbols.table(node.path)
    for name in names:
        for assign in table.assigns.get((node.scope, name), ()):
            for text in (assign.text, *(call.args for call in table.at.get(assign.start, ()))):
                yield from (match[0] for match in CHAIN.finditer(plain_text(text, filled=True)))


def is_listed(graph: Graph, node: Node, text: str, depth: int = DEPTH) -> bool:
    """Whether a text of a scope names such a file: what a loop over a folder gives, or what a name is made of that ends so."""
    last = LAST.search(STRINGS.sub("", text).strip())
    if last is None:
        return False
    table = graph.symbols.table(node.path)
    name, at = last[1], node.scope
    if any(_goes_through(graph, node, loop.text, depth) for loop in table.loops.get((at, name), ())):
        return True
    assigns = table.assigns.get((at, name), ()) if depth else ()
    return bool(assigns) and all(is_listed(graph, node, _joined(graph, node, one), depth - 1) for one in assigns)


def _joined(graph: Graph, node: Node, assign: Assign) -> str:
    """What a name is given, or the parts that are joined to that: `os.path.join(folder, name)`."""
    calls = graph.symbols.table(node.path).at.get(assign.start, ()) if JOINED.match(assign.value) else ()
    return next((call.args for call in calls if JOINS.search(call.target)), assign.text or assign.value)


def _goes_through(graph: Graph, node: Node, text: str, depth: int) -> bool:
    """Whether a loop goes through a folder, or through the names that one over a folder gives: `for name in names`."""
    if LISTS.search(text):
        return True
    table = graph.symbols.table(node.path)
    for name in ROOT.findall(STRINGS.sub("", text)) + re.findall(r"\w+(?=\))", text) if depth else ():
        if any(LISTS.search(loop.text) for loop in table.loops.get((node.scope, name), ())):
            return True
        if any(LISTS.search(f"{one.text} {one.value}") for one in table.assigns.get((node.scope, name), ())):
            return True
    return False

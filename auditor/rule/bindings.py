"""What a name holds, where it is plain to see: `self.session` set once, `with Pool() as pool`, an annotated parameter."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

import libcst as cst

from auditor.facts.imports import resolve
from auditor.facts.region import Region
from auditor.rule.names import dotted

KEPT = re.compile(
    r"(?m)^(?P<indent>[ \t]*)(?P<name>(?:self\.|cls\.)?\w+)[ \t]*(?::[ \t]*(?P<type>[\w.]+)[^=\n]{0,60})?"
    r"(?:=[ \t]*(?:await[ \t]+)?(?:\w+[ \t]+or[ \t]+)?(?P<maker>[\w.]+)[ \t]*\(|=|$)"
)
"""`self.client = Client(`, `client: Client = ...`, at the start of a line."""
GIVES = re.compile(r"\bdef[ \t]+(?P<name>\w+)\((?:[^()]|\([^()]*\)){0,400}\)\s*->\s*[\"']?(?P<type>[\w.]+)[\"']?\s*:")
"""`def client(self) -> Client:`."""


def made_by(owner: cst.CSTNode, region: Region, makers: frozenset[str]) -> str:
    """Which of the makers, by its dotted name, has made what `owner` holds; empty where that is not plain to see."""
    if isinstance(owner, cst.Await):
        owner = owner.expression
    if isinstance(owner, cst.Call):
        name = _given(resolve(dotted(owner.func), region.names), region)
        return name if name in makers else ""
    name = dotted(owner)
    if not name:
        return ""
    for local, maker in _in_region(region):
        if local == name and maker in makers:
            return maker
    wanted = name.removeprefix("self.").removeprefix("cls.")
    for local, text in _in_file(region.sheet.source).get(wanted, ()):
        if local in (name, f"self.{wanted}", wanted) and ("." in name or local == name):
            maker = resolve(text, region.names)
            if maker in makers:
                return maker
    return ""


def held(name: str, region: Region) -> tuple[str, ...]:
    """What the function that is looked at gives a name, or declares it to be, as dotted names."""
    return tuple(maker for local, maker in _in_region(region) if local == name and maker)


@lru_cache(maxsize=1)
def _in_region(region: Region) -> tuple[tuple[str, str], ...]:
    """Names and their makers in the function that is looked at."""
    return tuple(_bound(region))


def _bound(region: Region) -> Iterator[tuple[str, str]]:
    for node in region.parents:
        if isinstance(node, cst.WithItem) and node.asname is not None:
            yield dotted(node.asname.name), _maker(node.item, region)
        elif isinstance(node, cst.Assign):
            for target in node.targets:
                yield dotted(target.target), _maker(node.value, region)
        elif isinstance(node, cst.AnnAssign) and node.value is not None:
            yield dotted(node.target), _maker(node.value, region)
        elif isinstance(node, cst.Param) and node.annotation is not None:
            for part in _types(node.annotation.annotation):
                yield node.name.value, resolve(part, region.names)


def _types(annotation: cst.BaseExpression) -> Iterator[str]:
    """The dotted names in an annotation: `Client`, `Client | None`, `Optional[Client]`, `"Client"`."""
    waiting: list[cst.CSTNode] = [annotation]
    while waiting:
        node = waiting.pop()
        if isinstance(node, cst.BinaryOperation):
            waiting += [node.left, node.right]
        elif isinstance(node, cst.Subscript):
            waiting += [part.slice.value for part in node.slice if isinstance(part.slice, cst.Index)]
        elif isinstance(node, cst.SimpleString):
            yield node.raw_value
        elif name := dotted(node):
            yield name


def _maker(value: cst.BaseExpression, region: Region) -> str:
    """The dotted name of what is called to make a value, `a or Client()` and `await Client()` included."""
    node: cst.CSTNode = value
    while True:
        if isinstance(node, cst.Await):
            node = node.expression
        elif isinstance(node, cst.BooleanOperation):
            node = node.right
        elif isinstance(node, cst.IfExp):
            node = node.body if isinstance(node.body, cst.Call) else node.orelse
        else:
            return _given(resolve(dotted(node.func), region.names), region) if isinstance(node, cst.Call) else ""


def _given(maker: str, region: Region) -> str:
    """What a function of the file says that it gives, for its name: `httpx.Client` for `self.client`; else the name itself."""
    owner, _, name = maker.rpartition(".")
    said = _gives(region.sheet.source).get(name, "") if owner in ("", "self", "cls") else ""
    return resolve(said, region.names) if said else maker


@lru_cache(maxsize=4)
def _gives(source: bytes) -> dict[str, str]:
    """The types that functions of a file say they give, by their names."""
    return {match["name"]: match["type"] for match in GIVES.finditer(source.decode("utf-8", "replace"))}


@lru_cache(maxsize=4)
def _in_file(source: bytes) -> dict[str, list[tuple[str, str]]]:
    """Names of the module, of classes and of objects with their makers or declared types as they are written, anywhere in the
    file, by the name without its object.
    """
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for match in KEPT.finditer(source.decode("utf-8", "replace")):
        name, indent = match["name"], match["indent"]
        own = name.removeprefix("self.").removeprefix("cls.")
        if match["maker"]:
            found[own].append((name if not indent or "." in name else f"self.{name}", match["maker"]))
        elif match["type"] and indent:
            found[own].append((f"self.{name}", match["type"]))
    return dict(found)

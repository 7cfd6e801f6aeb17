"""The names of a region: where each is bound, and in which function it lives."""

from collections.abc import Iterator
from functools import lru_cache

import libcst as cst

from auditor.facts.order import preorder
from auditor.facts.region import Region

FUNCTIONS = (cst.FunctionDef, cst.Lambda)


class Scopes:
    """Looks names up in one region. A scope is a function's node, or None for the module."""

    def __init__(self, region: Region) -> None:
        self.region = region

    @property
    def names(self) -> dict[str, list[cst.Name]]:
        """Every place of a variable by its name, in the order of the source."""
        return _names(self.region)

    @property
    def order(self) -> dict[cst.CSTNode, int]:
        """Every node with its place in the order of the source."""
        return _order(self.region)

    def is_stored(self, node: cst.CSTNode) -> bool:
        """Whether a name is given a value here."""
        parent = self.region.parents.get(node)
        if isinstance(parent, cst.Element | cst.StarredElement):
            inner = self.region.parents.get(parent)
            return isinstance(inner, cst.Tuple | cst.List) and self.is_stored(inner)
        return (
            isinstance(parent, cst.AssignTarget | cst.AsName)
            or (isinstance(parent, cst.AnnAssign | cst.AugAssign | cst.For | cst.CompFor) and parent.target is node)
            or (isinstance(parent, cst.NamedExpr) and parent.target is node)
        )

    def is_local(self, name: cst.Name) -> bool:
        """Whether a name belongs to the function it stands in: bound there, and not declared to be another's."""
        scope = self.scope(name)
        if scope is None:
            return self.sees_module and self.is_bound(name.value, None)
        for node in preorder(scope):
            if isinstance(node, cst.Global | cst.Nonlocal) and any(n.name.value == name.value for n in node.names):
                return False
        return self.is_bound(name.value, scope)

    @property
    def sees_module(self) -> bool:
        """Whether the region is the whole file."""
        return self.region.span == (0, len(self.region.sheet.source))

    def is_bound(self, name: str, scope: cst.CSTNode | None) -> bool:
        """Whether a name is given a value anywhere in a scope."""
        return any(self.is_stored(node) and self.inside(node, scope) for node in self.names.get(name, ()))

    def scope(self, node: cst.CSTNode | None) -> cst.CSTNode | None:
        """The function around a node, or None at the top of a module."""
        while node is not None and not isinstance(node, FUNCTIONS):
            node = self.region.parents.get(node)
        return node

    def is_same(self, name: cst.Name, scope: cst.CSTNode | None) -> bool:
        """Whether a name within a scope is the scope's: no function in between has a parameter called so."""
        node: cst.CSTNode | None = name
        while node is not None and node is not scope:
            if isinstance(node, FUNCTIONS) and any(param.name.value == name.value for param in node.params.params):
                return False
            node = self.region.parents.get(node)
        return node is scope

    def inside(self, node: cst.CSTNode | None, scope: cst.CSTNode | None) -> bool:
        """Whether a node stands in a scope."""
        if scope is None:
            return True
        while node is not None and node is not scope:
            node = self.region.parents.get(node)
        return node is scope

    def blocks(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """The blocks around a node, innermost first."""
        up: cst.CSTNode | None = node
        while up is not None:
            if isinstance(up, cst.IndentedBlock | cst.Module):
                yield up
            up = self.region.parents.get(up)

    def statement(self, node: cst.CSTNode) -> cst.CSTNode:
        """The statement around a node."""
        up = node
        while not isinstance(up, cst.BaseSmallStatement | cst.BaseCompoundStatement):
            parent = self.region.parents.get(up)
            if parent is None:
                return up
            up = parent
        return up


@lru_cache(maxsize=1)
def _names(region: Region) -> dict[str, list[cst.Name]]:
    found: dict[str, list[cst.Name]] = {}
    for node in region.nodes:
        if type(node) is cst.Name and not _is_label(node, region.parents.get(node)):
            found.setdefault(node.value, []).append(node)
    return found


@lru_cache(maxsize=1)
def _order(region: Region) -> dict[cst.CSTNode, int]:
    return {node: place for place, node in enumerate(region.nodes)}


def _is_label(node: cst.Name, parent: cst.CSTNode | None) -> bool:
    """Whether a name is no variable: an attribute, a keyword of an argument, a parameter, a definition's own name."""
    return (
        (isinstance(parent, cst.Attribute) and parent.attr is node)
        or (isinstance(parent, cst.Arg) and parent.keyword is node)
        or (isinstance(parent, cst.Param) and parent.name is node)
        or (isinstance(parent, cst.FunctionDef | cst.ClassDef) and parent.name is node)
    )

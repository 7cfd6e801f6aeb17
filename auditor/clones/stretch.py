"""Placeholder until the detector lands."""

import msgspec
from tree_sitter import Tree


class FileClones(msgspec.Struct, frozen=True, array_like=True):
    """Nothing yet."""


def read(source: bytes, tree: Tree) -> FileClones:
    return FileClones()
